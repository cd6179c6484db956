/**
 * EXIF in TIFF files, which libvips neither reads nor writes: there it is not a block of its own but part of the
 * file's directories (TIFF 6.0 section 2; BigTIFF by Aware Systems; CIPA DC-008 4.6.3).
 */
import { open, type FileHandle } from 'node:fs/promises';

const EXIF_DIRECTORY = 0x8769;
const GPS_DIRECTORY = 0x8825;
/** ImageDescription, Make, Model, Software, DateTime, Artist, Copyright, and Windows' XPTitle to XPSubject. */
const DESCRIPTIVE = new Set([
  0x010e, 0x010f, 0x0110, 0x0131, 0x0132, 0x013b, 0x8298, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f,
]);

/** By TIFF type: bytes of one element, and of the units whose order of bytes the file's header tells. */
const SIZES: Record<number, readonly [element: number, unit: number]> = {
  1: [1, 1],
  2: [1, 1],
  3: [2, 2],
  4: [4, 4],
  5: [8, 4],
  6: [1, 1],
  7: [1, 1],
  8: [2, 2],
  9: [4, 4],
  10: [8, 4],
  11: [4, 4],
  12: [8, 8],
  13: [4, 4],
  16: [8, 8],
  17: [8, 8],
  18: [8, 8],
};
const LONG = 4;
const LONG8 = 16;
/** Points to a directory that says nothing of the picture; its offset would not hold elsewhere. */
const INTEROPERABILITY = 0xa005;
/** Directories and values beyond these come from damaged files, or are no description of a picture. */
const MOST_ENTRIES = 1000;
const MOST_BYTES = 1 << 20;

/** One tag and its value, in little-endian order. */
interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Buffer;
}

/** What EXIF says of a picture, wherever it is kept. */
interface Description {
  readonly main: readonly Entry[];
  readonly exif: readonly Entry[];
  readonly gps: readonly Entry[];
}

type ReadAt = (at: number, length: number) => Promise<Buffer>;

/** The EXIF of a TIFF file as a block such as JPEG has; undefined when there is none that can be read. */
export async function readTiffExif(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r');
  try {
    const { main, exif, gps } = await readDescription(readerOf(file));
    if (main.length + exif.length + gps.length === 0) return undefined;
    return Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), blockOf({ main, exif, gps })]);
  } catch {
    // The pixels decode all the same: a description in disorder is no reason to refuse them.
    return undefined;
  } finally {
    await file.close();
  }
}

/** Adds an EXIF block's description to a little-endian TIFF file, as libvips writes them. */
export async function addTiffExif(path: string, block: Buffer): Promise<void> {
  const tiff = block.toString('latin1', 0, 4) === 'Exif' ? block.subarray(6) : block;
  const description = await readDescription((at, length) => Promise.resolve(tiff.subarray(at, at + length)));
  const file = await open(path, 'r+');
  try {
    const read = readerOf(file);
    const { big, first } = await readHeader(read);
    const own = await rawEntries(read, first, big);
    const end = (await file.stat()).size;
    const start = end + (end % 2);
    const taken = new Set(own.map((entry) => entry.readUInt16LE(0)));
    const added = description.main.filter((entry) => !taken.has(entry.tag));
    const { bytes, directory } = layOut(start, { ...description, main: added }, own, big);
    await file.write(bytes, 0, bytes.length, start);
    const pointer = Buffer.alloc(big ? 8 : 4);
    if (big) pointer.writeBigUInt64LE(BigInt(directory));
    else pointer.writeUInt32LE(directory);
    await file.write(pointer, 0, pointer.length, big ? 8 : 4);
  } finally {
    await file.close();
  }
}

function readerOf(file: FileHandle): ReadAt {
  return async (at, length) => {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await file.read(bytes, 0, length, at);
    return bytes.subarray(0, bytesRead);
  };
}

async function readHeader(read: ReadAt): Promise<{ little: boolean; big: boolean; first: number }> {
  const header = await read(0, 16);
  const little = header.toString('latin1', 0, 2) === 'II';
  const order = orderOf(header, little);
  const big = order.u16(2) === 43;
  return { little, big, first: big ? order.u64(8) : order.u32(4) };
}

async function readDescription(read: ReadAt): Promise<Description> {
  const { little, big, first } = await readHeader(read);
  const main = await readEntries(read, first, little, big);
  const below = async (tag: number) => {
    const pointer = main.find((entry) => entry.tag === tag)?.value;
    if (!pointer) return [];
    const at = pointer.length === 8 ? Number(pointer.readBigUInt64LE()) : pointer.readUInt32LE();
    return (await readEntries(read, at, little, big)).filter((entry) => entry.tag !== INTEROPERABILITY);
  };
  return {
    main: main.filter((entry) => DESCRIPTIVE.has(entry.tag)),
    exif: await below(EXIF_DIRECTORY),
    gps: await below(GPS_DIRECTORY),
  };
}

async function readEntries(read: ReadAt, at: number, little: boolean, big: boolean): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const raw of await rawEntries(read, at, big, little)) {
    const order = orderOf(raw, little);
    const [tag, type, count] = [order.u16(0), order.u16(2), big ? order.u64(4) : order.u32(4)];
    const sizes = SIZES[type];
    if (!sizes) continue;
    const bytes = count * sizes[0];
    if (bytes > MOST_BYTES) continue;
    const inside = big ? 8 : 4;
    const field = raw.subarray(raw.length - inside);
    const value =
      bytes <= inside
        ? Buffer.from(field.subarray(0, bytes))
        : await read(big ? order.u64(12) : order.u32(8), bytes);
    if (value.length < bytes) continue;
    entries.push({ tag, type, count, value: little ? value : swapped(value, sizes[1]) });
  }
  return entries;
}

/** A directory's entries as they stand in the file: 12 bytes each, or 20 in BigTIFF. */
async function rawEntries(read: ReadAt, at: number, big: boolean, little = true): Promise<Buffer[]> {
  const [countBytes, entryBytes] = big ? [8, 20] : [2, 12];
  const order = orderOf(await read(at, countBytes), little);
  const count = Math.min(big ? order.u64(0) : order.u16(0), MOST_ENTRIES);
  const bytes = await read(at + countBytes, count * entryBytes);
  return Array.from({ length: Math.floor(bytes.length / entryBytes) }, (_, i) =>
    bytes.subarray(i * entryBytes, (i + 1) * entryBytes),
  );
}

function blockOf(description: Description): Buffer {
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  const { bytes, directory } = layOut(header.length, description, [], false);
  header.writeUInt32LE(directory, 4);
  return Buffer.concat([header, bytes]);
}

/** The bytes that put a description, and `own` entries beside it, into a file from `start` on. */
function layOut(
  start: number,
  { main, exif, gps }: Description,
  own: readonly Buffer[],
  big: boolean,
): { bytes: Buffer; directory: number } {
  const parts: Buffer[] = [];
  let at = start;
  const put = (bytes: Buffer): number => {
    const where = at;
    const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    parts.push(padded);
    at += padded.length;
    return where;
  };
  const rawOf = ({ tag, type, count, value }: Entry): Buffer => {
    const inside = big ? 8 : 4;
    const raw = Buffer.alloc(big ? 20 : 12);
    raw.writeUInt16LE(tag, 0);
    raw.writeUInt16LE(type, 2);
    raw.writeUInt32LE(count, 4);
    const field = raw.length - inside;
    if (value.length <= inside) value.copy(raw, field);
    else if (big) raw.writeBigUInt64LE(BigInt(put(value)), field);
    else raw.writeUInt32LE(put(value), field);
    return raw;
  };
  const putDirectory = (raws: readonly Buffer[]): number => {
    const sorted = [...raws].sort((a, b) => a.readUInt16LE(0) - b.readUInt16LE(0));
    const count = Buffer.alloc(big ? 8 : 2);
    count.writeUInt16LE(sorted.length);
    return put(Buffer.concat([count, ...sorted, Buffer.alloc(big ? 8 : 4)]));
  };
  const pointers: Buffer[] = [];
  for (const [tag, entries] of [
    [EXIF_DIRECTORY, exif],
    [GPS_DIRECTORY, gps],
  ] as const) {
    if (entries.length === 0) continue;
    const value = Buffer.alloc(big ? 8 : 4);
    const where = putDirectory(entries.map(rawOf));
    if (big) value.writeBigUInt64LE(BigInt(where));
    else value.writeUInt32LE(where);
    pointers.push(rawOf({ tag, type: big ? LONG8 : LONG, count: 1, value }));
  }
  const directory = putDirectory([...own, ...main.map(rawOf), ...pointers]);
  return { bytes: Buffer.concat(parts), directory };
}

function orderOf(bytes: Buffer, little: boolean) {
  return {
    u16: (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
    u32: (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
    u64: (at: number) => Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at)),
  };
}

function swapped(value: Buffer, unit: number): Buffer {
  const copy = Buffer.from(value);
  if (unit === 2) return copy.swap16();
  if (unit === 4) return copy.swap32();
  if (unit === 8) return copy.swap64();
  return copy;
}
