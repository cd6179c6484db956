/** Changes to a finished MP4 or QuickTime file whose `moov` lies behind its media, so that no offset moves. */

interface Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** ISO/IEC 14496-12, 8.5.2 and 12.1.3: what stands before a sample entry's own boxes, header included. */
const BEFORE_ENTRIES = 16;
const BEFORE_EXTENSIONS = 86;
const VIDEO_ENTRY = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];

function boxesIn(file: Buffer, start: number, end: number): Box[] {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end;) {
    const size = file.readUInt32BE(at);
    // 1: a 64-bit size follows the type.
    const whole = size === 1 ? Number(file.readBigUInt64BE(at + 8)) : size;
    boxes.push({ type: file.toString('latin1', at + 4, at + 8), start: at, end: at + whole });
    at += Math.max(8, whole);
  }
  return boxes;
}

/** The boxes from the outermost to the video's sample entry, which is the last. */
function wayToEntry(file: Buffer): Box[] {
  const walk = (start: number, end: number, path: readonly string[]): Box[] | undefined => {
    const [type, ...rest] = path;
    for (const box of boxesIn(file, start, end)) {
      if (box.type !== type) continue;
      if (rest.length > 0) {
        const found = walk(box.start + 8, box.end, rest);
        if (found) return [box, ...found];
      } else {
        const [entry] = boxesIn(file, box.start + BEFORE_ENTRIES, box.end);
        // Sound's entries are shorter.
        if (entry && entry.end - entry.start > BEFORE_EXTENSIONS) return [box, entry];
      }
    }
    return undefined;
  };
  const way = walk(0, file.length, VIDEO_ENTRY);
  if (!way) throw new Error('The file has no video.');
  return way;
}

/** With a further box in the video's sample entry, before those it has. */
export function withBox(bytes: Uint8Array, type: string, content: readonly number[]): Buffer {
  const file = Buffer.from(bytes);
  const way = wayToEntry(file);
  const entry = way.at(-1);
  if (!entry) return file;
  const length = 8 + content.length;
  for (const { start } of way) file.writeUInt32BE(file.readUInt32BE(start) + length, start);
  const box = Buffer.alloc(length);
  box.writeUInt32BE(length);
  box.write(type, 4, 'latin1');
  box.set(content, 8);
  const at = entry.start + BEFORE_EXTENSIONS;
  return Buffer.concat([file.subarray(0, at), box, file.subarray(at)]);
}

/** With another name of the codec. */
export function withCodec(bytes: Uint8Array, fourcc: string): Buffer {
  const file = Buffer.from(bytes);
  file.write(fourcc, (wayToEntry(file).at(-1)?.start ?? 0) + 4, 'latin1');
  return file;
}
