/** Boxes of a film's tables (ISO/IEC 14496-12). */

/** Boxes that hold others, on the way to those with times. */
const HOLDERS = new Set(['moov', 'trak', 'mdia']);
/** Boxes that say when something was made and changed. */
const TIMED = new Set(['mvhd', 'tkhd', 'mdhd']);

/**
 * The same with its times of creation and change unset, as ffmpeg leaves them too: the same render is to give the same
 * file, whenever and in however many goes it is made.
 */
export function withoutTimes(tables: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  clear(tables, 0, tables.length);
  return tables;
}

function clear(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = start; at + 8 <= end;) {
    const size = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (size < 8 || at + size > end) return;
    if (HOLDERS.has(type)) clear(bytes, at + 8, at + size);
    // After version and flags: two times, of 8 bytes in version 1.
    if (TIMED.has(type)) bytes.fill(0, at + 12, at + 12 + (bytes[at + 8] === 1 ? 16 : 8));
    at += size;
  }
}
