/**
 * A frame as PNG (W3C, Portable Network Graphics, third edition): RGB of 8 or 16 bits, deflated by the platform.
 *
 * Of colour there is a `cICP` chunk alone: the video's own primaries and curve, by code. `sRGB` would be untrue, and
 * `gAMA` and `cHRM` make some readers convert what is to be shown as it is.
 */
import { colourCodes } from './h273.ts';
import type { ColourTags } from './types.ts';

export interface PngPicture {
  readonly width: number;
  readonly height: number;
  readonly depth: 8 | 16;
  /** R, G, B, R … over the full range. */
  readonly samples: Uint8Array | Uint16Array;
  readonly colour?: ColourTags | undefined;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOUR_TYPE_RGB = 2;
const CHANNELS = 3;
/** Of `cICP`: no matrix, since it is RGB, and the full range. */
const RGB_FULL_RANGE = [0, 1] as const;
/** Rows go to the compressor in portions of about so many bytes. */
const PORTION = 1 << 20;

export async function encodePng(picture: PngPicture): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, depth, colour } = picture;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([depth, COLOUR_TYPE_RGB], 8);

  const parts = [SIGNATURE, chunk('IHDR', header)];
  if (colour !== undefined) {
    const { primaries, transfer } = colourCodes(colour);
    parts.push(chunk('cICP', Uint8Array.of(primaries, transfer, ...RGB_FULL_RANGE)));
  }
  for (const data of await deflated(picture)) parts.push(chunk('IDAT', data));
  parts.push(chunk('IEND', new Uint8Array(0)));
  return joined(parts);
}

/** Its rows, filtered and as one zlib stream, in the pieces they came in. */
async function deflated(picture: PngPicture): Promise<Uint8Array[]> {
  const stream = new CompressionStream('deflate');
  const pieces = collected(stream.readable);
  const writer = stream.writable.getWriter();
  for (const portion of filtered(picture)) await writer.write(portion);
  await writer.close();
  return pieces;
}

async function collected(stream: ReadableStream<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return pieces;
    pieces.push(value);
  }
}

/**
 * Each row less what its neighbours foretell, by the one of four filters whose bytes are smallest in sum (section 12.7).
 */
function* filtered({ width, height, depth, samples }: PngPicture): Generator<Uint8Array<ArrayBuffer>> {
  const pixel = (CHANNELS * depth) / 8;
  const length = width * pixel;
  // A pixel of zeros in front, so that the first has a neighbour.
  let row = new Uint8Array(pixel + length);
  let above = new Uint8Array(pixel + length);
  const tried = FILTERS.map(() => new Uint8Array(length));
  const rows = Math.max(1, Math.floor(PORTION / length));
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    const portion = new Uint8Array(count * (1 + length));
    for (let y = 0; y < count; y++) {
      [row, above] = [above, row];
      bigEndian(samples, (top + y) * width * CHANNELS, width * CHANNELS, row, pixel);
      let best = 0;
      let least = Infinity;
      FILTERS.forEach(({ filter }, index) => {
        const sum = filter(row, above, pixel, tried[index] as Uint8Array);
        if (sum < least) [best, least] = [index, sum];
      });
      portion[y * (1 + length)] = (FILTERS[best] as (typeof FILTERS)[number]).type;
      portion.set(tried[best] as Uint8Array, y * (1 + length) + 1);
    }
    yield portion;
  }
}

function bigEndian(
  samples: Uint8Array | Uint16Array,
  from: number,
  count: number,
  into: Uint8Array,
  at: number,
): void {
  if (samples instanceof Uint8Array) {
    into.set(samples.subarray(from, from + count), at);
    return;
  }
  for (let index = 0, to = at; index < count; index++) {
    const sample = samples[from + index] as number;
    into[to++] = sample >>> 8;
    into[to++] = sample;
  }
}

/** Fills `out` and gives the sum of its bytes' sizes, each as signed. `row` and `above` begin `pixel` bytes early. */
type Filter = (row: Uint8Array, above: Uint8Array, pixel: number, out: Uint8Array) => number;

const sub: Filter = (row, _above, pixel, out) => {
  let sum = 0;
  for (let at = 0; at < out.length; at++) {
    const value = ((row[at + pixel] as number) - (row[at] as number)) & 0xff;
    out[at] = value;
    sum += value < 128 ? value : 256 - value;
  }
  return sum;
};

const up: Filter = (row, above, pixel, out) => {
  let sum = 0;
  for (let at = 0; at < out.length; at++) {
    const value = ((row[at + pixel] as number) - (above[at + pixel] as number)) & 0xff;
    out[at] = value;
    sum += value < 128 ? value : 256 - value;
  }
  return sum;
};

const average: Filter = (row, above, pixel, out) => {
  let sum = 0;
  for (let at = 0; at < out.length; at++) {
    const value =
      ((row[at + pixel] as number) - (((row[at] as number) + (above[at + pixel] as number)) >> 1)) & 0xff;
    out[at] = value;
    sum += value < 128 ? value : 256 - value;
  }
  return sum;
};

/** Whichever of left, above and upper left is nearest to left + above − upper left (section 9.4). */
const paeth: Filter = (row, above, pixel, out) => {
  let sum = 0;
  for (let at = 0; at < out.length; at++) {
    const left = row[at] as number;
    const over = above[at + pixel] as number;
    const corner = above[at] as number;
    const toLeft = Math.abs(over - corner);
    const toOver = Math.abs(left - corner);
    const toCorner = Math.abs(left + over - 2 * corner);
    const nearest = toLeft <= toOver && toLeft <= toCorner ? left : toOver <= toCorner ? over : corner;
    const value = ((row[at + pixel] as number) - nearest) & 0xff;
    out[at] = value;
    sum += value < 128 ? value : 256 - value;
  }
  return sum;
};

const FILTERS: readonly { readonly type: number; readonly filter: Filter }[] = [
  { type: 1, filter: sub },
  { type: 2, filter: up },
  { type: 3, filter: average },
  { type: 4, filter: paeth },
];

/** Length, type, data and a check sum of the latter two. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let at = 0; at < 4; at++) bytes[4 + at] = type.charCodeAt(at);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** Annex D. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++)
    crc = (CRC_TABLE[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
