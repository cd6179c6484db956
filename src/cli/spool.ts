/**
 * Pictures on disk as rows: the decoded source and the result on its way to the encoder.
 *
 * sharp gives and takes whole pictures, never rows. libvips, beneath it, streams from and to its own `.v` files:
 * a header of 64 bytes, the samples as they are, then the metadata as XML
 * (libvips, `libvips/iofuncs/vips.c`). So rows travel through such a file and no picture is ever in memory.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { LoupeError } from '../errors.ts';
import type { Channels, PictureFormat, Samples, Sink, Source } from '../engine/types.ts';

const HEADER_BYTES = 64;
const MAGIC = 0x08f2a6b6;
/** VipsBandFormat */
const UCHAR = 0;
const USHORT = 2;
/** VipsInterpretation: b-w, srgb, rgb16, grey16 */
const interpretations = { gray8: 1, rgb8: 22, rgb16: 25, gray16: 26 } as const;

/** What sharp calls the colour space of samples so laid out. */
export function colourspaceOf(channels: Channels, depth: 8 | 16): 'b-w' | 'srgb' | 'grey16' | 'rgb16' {
  if (channels <= 2) return depth === 8 ? 'b-w' : 'grey16';
  return depth === 8 ? 'srgb' : 'rgb16';
}

/** Rows of a decoded picture. Close it when done. */
export interface SourceSpool extends Source {
  readonly format: PictureFormat & { readonly depth: 8 | 16 };
  /** Pixels per millimetre each way; 1 when the file told none. */
  readonly density: readonly [number, number];
  /** libvips' XML with the picture's metadata. */
  readonly metadata: string;
  close(): Promise<void>;
}

export async function openSourceSpool(path: string): Promise<SourceSpool> {
  const file = await open(path, 'r');
  try {
    const header = await readExactly(file, HEADER_BYTES, 0);
    const width = header.readUInt32LE(4);
    const height = header.readUInt32LE(8);
    const channels = header.readUInt32LE(12);
    const bandFormat = header.readUInt32LE(20);
    if (
      header.readUInt32LE(0) !== MAGIC ||
      !isChannels(channels) ||
      (bandFormat !== UCHAR && bandFormat !== USHORT)
    ) {
      throw new Error(`${path} is not a spool of 8- or 16-bit samples`);
    }
    const format = { width, height, channels, depth: bandFormat === UCHAR ? 8 : 16 } as const;
    const rowBytes = (width * channels * format.depth) / 8;
    const end = HEADER_BYTES + rowBytes * height;
    const metadata = (await readExactly(file, (await file.stat()).size - end, end)).toString();
    let at = HEADER_BYTES;
    return {
      format,
      density: [header.readFloatLE(32), header.readFloatLE(36)],
      metadata,
      async read(rows, signal) {
        signal.throwIfAborted();
        const bytes = await readExactly(file, rowBytes * rows, at);
        at += bytes.byteLength;
        return format.depth === 8
          ? bytes
          : new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Bytes of samples in one of a result's files, but for the largest results, whose files would be too many. */
const PART_BYTES = 64e6;
const MOST_PARTS = 200;

/** A sink of rows that the encoder can read. */
export interface ResultSpool extends Sink {
  /** Ends the rows, and says where they are. */
  finish(metadata: string): Promise<SpooledResult>;
  /** Closes what is open, finished or not. */
  close(): Promise<void>;
}

/** A result on disk, as `.v` files to be put one below the other; the first has the metadata. */
export interface SpooledResult {
  readonly parts: readonly string[];
  readonly format: PictureFormat & { readonly depth: 8 | 16 };
}

/**
 * Spools a result into `folder`. libvips maps each file it reads into memory as a whole and lets go of it when it is
 * past: a single file would count as memory of its full size.
 * @param depth What is stored: 8 rounds 16-bit rows to the nearest of 255 steps, for formats that hold no more.
 * @param density Pixels per millimetre of the result, each way.
 * @throws disk-full while writing
 */
export function createResultSpool(
  folder: string,
  depth: 8 | 16,
  density: readonly [number, number],
  partBytes = PART_BYTES,
): ResultSpool {
  const parts: string[] = [];
  let format: SpooledResult['format'] | undefined;
  let partRows = 1;
  let file: FileHandle | undefined;
  /** Rows still to come, and how many of them belong to the open file. */
  let rowsLeft = 0;
  let inFile = 0;

  const close = async () => {
    const done = file;
    file = undefined;
    await done?.close();
  };
  const nextPart = async ({ width, channels }: PictureFormat) => {
    await close();
    const path = join(folder, `result-${parts.length}.v`);
    parts.push(path);
    file = await open(path, 'wx');
    inFile = Math.min(partRows, rowsLeft);
    await append(file, headerOf(width, inFile, channels, depth, density));
  };
  return {
    open(opened) {
      format = { ...opened, depth };
      rowsLeft = opened.height;
      const rowBytes = (opened.width * opened.channels * depth) / 8;
      // sharp cannot join pictures of gray and alpha; they are rare, and half as large.
      partRows =
        opened.channels === 2
          ? opened.height
          : Math.ceil(Math.max(partBytes, (rowBytes * opened.height) / MOST_PARTS) / rowBytes);
      return Promise.resolve();
    },
    async write(rows, samples, signal) {
      if (!format) throw new Error('write before open');
      signal.throwIfAborted();
      const stored = depth === 8 && samples instanceof Uint16Array ? toEightBits(samples) : samples;
      const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
      const rowBytes = bytes.length / rows;
      for (let row = 0; row < rows;) {
        if (inFile === 0) await nextPart(format);
        const count = Math.min(inFile, rows - row);
        if (!file) throw new Error('write after close');
        await append(file, bytes.subarray(row * rowBytes, (row + count) * rowBytes));
        row += count;
        inFile -= count;
        rowsLeft -= count;
      }
    },
    async finish(metadata) {
      await close();
      const [first] = parts;
      if (!format || first === undefined || rowsLeft > 0) throw new Error('finish before the last row');
      file = await open(first, 'a');
      await append(file, Buffer.from(metadata));
      await close();
      return { parts, format };
    },
    close,
  };
}

function headerOf(
  width: number,
  height: number,
  channels: Channels,
  depth: 8 | 16,
  [xres, yres]: readonly [number, number],
): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(width, 4);
  header.writeUInt32LE(height, 8);
  header.writeUInt32LE(channels, 12);
  header.writeUInt32LE(depth, 16);
  header.writeUInt32LE(depth === 8 ? UCHAR : USHORT, 20);
  header.writeUInt32LE(interpretations[`${channels <= 2 ? 'gray' : 'rgb'}${depth}`], 28);
  header.writeFloatLE(xres, 32);
  header.writeFloatLE(yres, 36);
  return header;
}

function toEightBits(samples: Samples): Uint8Array {
  const out = new Uint8Array(samples.length);
  for (let i = 0; i < out.length; i++) out[i] = ((samples[i] ?? 0) + 128) / 257;
  return out;
}

/** A buffer of its own, so that 16-bit samples are aligned in it. */
async function readExactly(file: FileHandle, length: number, position: number): Promise<Buffer> {
  const bytes = Buffer.from(new ArrayBuffer(length));
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new Error('the spool ended before its last row');
    done += bytesRead;
  }
  return bytes;
}

async function append(file: FileHandle, bytes: Buffer): Promise<void> {
  let done = 0;
  try {
    while (done < bytes.length) done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
  } catch (error) {
    if (isDiskFull(error)) throw new LoupeError('disk-full', '', { cause: error });
    throw error;
  }
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function isChannels(count: number): count is Channels {
  return count >= 1 && count <= 4;
}
