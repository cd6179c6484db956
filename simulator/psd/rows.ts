/**
 * The rows of a channel in any of a PSD's four compressions, one at a time, so that a large picture is never held
 * twice. Adobe Photoshop File Formats Specification > Channel image data.
 */
import { unzlibSync } from 'fflate';
import { height, width } from '../photoshop/bounds.ts';
import type { Bounds } from '../photoshop/interface.ts';
import { fullScale, makeSamples, Surface, type Components, type Depth } from '../photoshop/surface.ts';
import { unpackBits } from './packbits.ts';
import { view, type Header } from './sections.ts';

export const RAW = 0;
export const RLE = 1;
const ZIP = 2;
const ZIP_WITH_PREDICTION = 3;

/** A row's samples, big-endian. Rows are asked for in any order. */
export type Rows = (y: number) => Uint8Array;

interface Shape {
  readonly across: number;
  readonly down: number;
  readonly depth: Depth;
}

const rowBytes = ({ across, depth }: Shape): number => (across * depth) / 8;

const CUT_SHORT = 'The Photoshop document is cut short';

function plain(bytes: Uint8Array, length: number): Rows {
  return (y) => {
    const row = bytes.subarray(y * length, (y + 1) * length);
    if (row.length !== length) throw new Error(CUT_SHORT);
    return row;
  };
}

/** @param lengths of the packed rows, one after the other from `bytes`' start */
function packed(bytes: Uint8Array, lengths: ArrayLike<number>, length: number): Rows {
  const ends = new Float64Array(lengths.length);
  let end = 0;
  for (let y = 0; y < lengths.length; y++) ends[y] = end += lengths[y] ?? 0;
  return (y) => {
    const start = y === 0 ? 0 : (ends[y - 1] ?? 0);
    if (start >= bytes.length) throw new Error(CUT_SHORT);
    return unpackBits(bytes.subarray(start, ends[y]), length);
  };
}

function lengthsOf(bytes: Uint8Array, count: number, large: boolean): Uint32Array {
  const lengths = new Uint32Array(count);
  if (bytes.length < count * (large ? 4 : 2)) throw new Error(CUT_SHORT);
  const data = view(bytes);
  for (let y = 0; y < count; y++) lengths[y] = large ? data.getUint32(y * 4) : data.getUint16(y * 2);
  return lengths;
}

/** Rows of which each sample is told by its difference from the one before; 32 bits byte by byte, in four planes. */
function predicted(rows: Rows, { across, depth }: Shape): Rows {
  return (y) => {
    const row = rows(y).slice();
    if (depth === 16) {
      const words = view(row);
      for (let x = 1; x < across; x++) {
        words.setUint16(x * 2, words.getUint16(x * 2) + words.getUint16(x * 2 - 2));
      }
      return row;
    }
    for (let i = 1; i < row.length; i++) row[i] = (row[i] ?? 0) + (row[i - 1] ?? 0);
    if (depth === 8) return row;
    const floats = new Uint8Array(row.length);
    for (let x = 0; x < across; x++) {
      for (let b = 0; b < 4; b++) floats[x * 4 + b] = row[b * across + x] ?? 0;
    }
    return floats;
  };
}

/** Of one channel of a layer or mask. */
export function channelRows(compression: number, data: Uint8Array, shape: Shape, large: boolean): Rows {
  const length = rowBytes(shape);
  switch (compression) {
    case RAW:
      return plain(data, length);
    case RLE: {
      const lengths = lengthsOf(data, shape.down, large);
      return packed(data.subarray(shape.down * (large ? 4 : 2)), lengths, length);
    }
    case ZIP:
      return plain(unzlibSync(data), length);
    case ZIP_WITH_PREDICTION:
      return predicted(plain(unzlibSync(data), length), shape);
    default:
      throw new Error(`A channel has an unknown compression, ${compression}`);
  }
}

/** Of the channels of a composite, whose compression is the same for all and comes first. */
export function compositeRows(composite: Uint8Array, header: Header, depth: Depth): Rows[] {
  const { width: across, height: down, channels } = header;
  const compression = view(composite).getUint16(0);
  const shape = { across, down: down * channels, depth };
  const rows = channelRows(compression, composite.subarray(2), shape, header.version === 2);
  return Array.from({ length: channels }, (_, channel) => (y: number) => rows(channel * down + y));
}

const BAND = 256;

/** Channels put together; one that is missing is full. */
export function surfaceOf(channels: readonly (Rows | null)[], depth: Depth, place: Bounds): Surface {
  const components = channels.length as Components;
  const surface = new Surface(components, depth);
  const across = width(place);
  for (let top = 0; top < height(place); top += BAND) {
    const down = Math.min(BAND, height(place) - top);
    const samples = makeSamples(depth, across * down * components);
    channels.forEach((rows, c) => {
      if (!rows) {
        const full = fullScale(depth);
        for (let i = c; i < samples.length; i += components) samples[i] = full;
        return;
      }
      for (let y = 0; y < down; y++) {
        const row = rows(top + y);
        const words = view(row);
        let at = y * across * components + c;
        for (let x = 0; x < across; x++, at += components) {
          if (depth === 8) samples[at] = row[x] ?? 0;
          else samples[at] = depth === 16 ? words.getUint16(x * 2) : words.getFloat32(x * 4);
        }
      }
    });
    surface.put(samples, {
      left: place.left,
      top: place.top + top,
      right: place.right,
      bottom: place.top + top + down,
    });
  }
  return surface;
}
