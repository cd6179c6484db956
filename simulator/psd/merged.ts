/** The composite at the end of a PSD: what programs show that do not read layers. */
import { sized } from '../photoshop/bounds.ts';
import { fullScale, makeSamples, type Depth, type Samples } from '../photoshop/surface.ts';
import { compositeOf } from '../photoshop/composite.ts';
import type { Contents } from '../photoshop/model.ts';
import { ChannelEncoder, RAW, RLE } from './channels.ts';
import { view, type Header } from './sections.ts';

const BAND = 64;

export function encodeComposite(
  contents: Contents,
  psb: boolean,
): { channels: number; transparent: boolean; data: readonly Uint8Array[] } {
  const depth: Depth = contents.depth === 1 ? 8 : contents.depth;
  const components = contents.mode === 'grayscaleMode' ? 2 : 4;
  const transparent = !contents.layers.some((layer) => layer.background && layer.visible);
  const channels = components - (transparent ? 0 : 1);
  const encoders = Array.from({ length: channels }, () => new ChannelEncoder(depth, psb));
  const full = fullScale(depth);
  for (let top = 0; top < contents.height; top += BAND) {
    const band = sized(0, top, contents.width, Math.min(BAND, contents.height - top));
    const samples = compositeOf(contents.layers, band, components, depth);
    // Photoshop's composite is mixed with white where it is transparent.
    for (let a = components - 1; a < samples.length; a += components) {
      const alpha = (samples[a] ?? 0) / full;
      if (alpha === 1) continue;
      for (let c = a - components + 1; c < a; c++) {
        const value = (samples[c] ?? 0) * alpha + full * (1 - alpha);
        samples[c] = depth === 32 ? value : Math.round(value);
      }
    }
    encoders.forEach((encoder, c) => encoder.add(samples, components, c, contents.width));
  }
  const compression = new Uint8Array([0, encoders[0]?.compression ?? 0]);
  return {
    channels,
    transparent,
    data: [
      compression,
      ...encoders.map((encoder) => encoder.lengths()),
      ...encoders.flatMap((encoder) => encoder.body),
    ],
  };
}

/** The first planes of a composite of 8, 16 or 32 bits, each row after row. Throws if it is cut short. */
export function decodeComposite(composite: Uint8Array, header: Header, planes: number): Samples[] {
  const { width, height, channels, depth } = header;
  if (depth !== 8 && depth !== 16 && depth !== 32) throw new Error(`There is no composite of ${depth} bits`);
  const data = view(composite);
  const compression = data.getUint16(0);
  const rowBytes = (width * depth) / 8;
  const rows: Uint8Array[] = [];
  if (compression === RAW) {
    for (let row = 0; row < planes * height; row++) {
      rows.push(composite.subarray(2 + row * rowBytes, 2 + (row + 1) * rowBytes));
    }
  } else if (compression === RLE) {
    const step = header.version === 2 ? 4 : 2;
    let at = 2 + channels * height * step;
    for (let row = 0; row < planes * height; row++) {
      const length = step === 4 ? data.getUint32(2 + row * 4) : data.getUint16(2 + row * 2);
      rows.push(unpackBits(composite.subarray(at, at + length), rowBytes));
      at += length;
    }
  } else {
    throw new Error(`The composite has an unknown compression, ${compression}`);
  }
  return Array.from({ length: planes }, (_, plane) => {
    const samples = makeSamples(depth, width * height);
    for (let y = 0; y < height; y++) {
      const row = rows[plane * height + y];
      if (row?.length !== rowBytes) throw new Error('The Photoshop document is cut short');
      const words = view(row);
      for (let x = 0; x < width; x++) {
        samples[y * width + x] =
          depth === 8 ? (row[x] ?? 0) : depth === 16 ? words.getUint16(x * 2) : words.getFloat32(x * 4);
      }
    }
    return samples;
  });
}

/** Apple PackBits. */
function unpackBits(packed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < packed.length && at < length;) {
    const head = packed[i++] ?? 128;
    if (head === 128) continue;
    if (head > 128) {
      const run = 257 - head;
      out.fill(packed[i++] ?? 0, at, Math.min(length, at + run));
      at += run;
    } else {
      const literal = packed.subarray(i, i + head + 1).subarray(0, length - at);
      out.set(literal, at);
      i += head + 1;
      at += head + 1;
    }
  }
  return out;
}
