/** Documents of any mode and depth, opened from what the simulator itself saved of them. */
import { createPhotoshop } from '../../../simulator/photoshop/index.ts';
import { newContents } from '../../../simulator/photoshop/edits.ts';
import type { Contents, Layer } from '../../../simulator/photoshop/model.ts';
import { componentsOf } from '../../../simulator/photoshop/modes.ts';
import { makeSamples, Surface, type Depth, type Samples } from '../../../simulator/photoshop/surface.ts';
import { writePsd } from '../../../simulator/psd/write.ts';
import type { Opened } from './support.ts';

export interface Kind {
  readonly mode: string;
  readonly depth: Depth;
  readonly profile?: string;
}

export const KINDS: readonly Kind[] = [
  { mode: 'RGBColorMode', depth: 8 },
  { mode: 'RGBColorMode', depth: 16 },
  { mode: 'RGBColorMode', depth: 32 },
  { mode: 'grayscaleMode', depth: 8 },
  { mode: 'grayscaleMode', depth: 16 },
  { mode: 'grayscaleMode', depth: 32 },
  { mode: 'CMYKColorMode', depth: 8 },
  { mode: 'CMYKColorMode', depth: 16 },
  { mode: 'labColorMode', depth: 8 },
  { mode: 'labColorMode', depth: 16 },
];

export const blank = ({ mode, depth, profile = '' }: Kind, width: number, height: number): Contents =>
  newContents({ width, height, resolution: 72, mode, depth, profile, fill: 'white' });

/** Samples that are all different enough, none of them transparent; beyond 0 to 1 at 32 bits. */
export function pattern({ mode, depth }: Kind, pixels: number): Samples {
  const components = componentsOf({ mode });
  const samples = makeSamples(depth, pixels * components);
  for (let i = 0; i < samples.length; i++) {
    const isAlpha = i % components === components - 1;
    if (depth === 8) samples[i] = 1 + ((i * 91) % 255);
    else if (depth === 16) samples[i] = 1 + ((i * 4369) % 65535);
    else samples[i] = isAlpha ? 0.5 : i / 7 - 1;
  }
  return samples;
}

/** A layer of the same samples everywhere, or of given ones, above what there is. */
export function withLayer(
  contents: Contents,
  name: string,
  samples: Samples,
  place: { left: number; top: number; right: number; bottom: number },
  more: Partial<Layer> = {},
): Contents {
  const [bottom] = contents.layers;
  if (!bottom || contents.depth === 1) throw new Error('There is no layer');
  const pixels = Surface.from(samples, componentsOf(contents), contents.depth, place);
  const id = 900 + contents.layers.length;
  const locks = { all: false, pixels: false, position: false, transparency: false };
  const layer: Layer = { ...bottom, id, name, background: false, locks, pixels, ...more };
  return { ...contents, layers: [layer, ...contents.layers] };
}

export function opening(contents: Contents): Opened {
  const photoshop = createPhotoshop();
  return { ...photoshop, id: photoshop.simulator.openPsd(writePsd(contents), 'test.psd') };
}
