/** The composite at the end of a PSD: what programs show that do not read layers. */
import { sized } from '../photoshop/bounds.ts';
import { fullScale, type Depth } from '../photoshop/surface.ts';
import { compositeOf } from '../photoshop/composite.ts';
import type { Contents } from '../photoshop/model.ts';
import { componentsOf, whiteOf } from '../photoshop/modes.ts';
import { ChannelEncoder } from './channels.ts';

const BAND = 64;

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { round } = Math;

export function encodeComposite(
  contents: Contents,
  psb: boolean,
): { channels: number; transparent: boolean; data: readonly Uint8Array[] } {
  const depth: Depth = contents.depth === 1 ? 8 : contents.depth;
  const components = componentsOf(contents);
  const white = whiteOf(contents, depth);
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
      const first = a - components + 1;
      for (let c = first; c < a; c++) {
        const value = (samples[c] ?? 0) * alpha + (white[c - first] ?? 0) * (1 - alpha);
        samples[c] = depth === 32 ? value : round(value);
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
