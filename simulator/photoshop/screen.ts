/**
 * Pixels for the simulator's own window, and colours a person picks there. The screen takes RGB numbers as they are;
 * CMYK and Lab are converted to sRGB, and the linear light of 32 bits is given sRGB's curve.
 */
import { COLOURS, convertColours, type Colour } from '../colour/convert.ts';
import type { Contents } from './model.ts';
import { colourOf, workingColour } from './modes.ts';
import { fullScale, makeSamples, toSample, type Depth, type Samples } from './surface.ts';

const SCREEN = workingColour('RGB', false);

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { min, pow, round } = Math;

const curved = (value: number): number =>
  value <= 0.0031308 ? value * 12.92 : 1.055 * pow(min(1, value), 1 / 2.4) - 0.055;

type Profiled = Pick<Contents, 'mode' | 'depth' | 'profile' | 'icc'>;

const needsConversion = ({ space }: Colour): boolean => space === 'CMYK' || space === 'Lab';

/** Interleaved samples of the document's mode and alpha as 8-bit RGBA. */
export function toScreen(samples: Samples, contents: Profiled, depth: Depth): Uint8ClampedArray<ArrayBuffer> {
  const own = colourOf(contents);
  const converted = needsConversion(own) ? convertColours(samples, true, own, SCREEN, depth) : samples;
  const step = 1 + (needsConversion(own) ? 3 : COLOURS[own.space]);
  const pixels = converted.length / step;
  const data = new Uint8ClampedArray(pixels * 4);
  const full = fullScale(depth);
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < 3; c++) {
      const value = (converted[p * step + (step === 2 ? 0 : c)] ?? 0) / full;
      data[p * 4 + c] = round((depth === 32 ? curved(value) : value) * 255);
    }
    data[p * 4 + 3] = round(((converted[p * step + step - 1] ?? 0) / full) * 255);
  }
  return data;
}

/** An opaque pixel of a document in a colour of 0 to 255 each. */
export function pixelOf(rgb: readonly [number, number, number], contents: Profiled, depth: Depth): number[] {
  const own = colourOf(contents);
  const [r, g, b] = rgb;
  const picked = own.space === 'Grayscale' ? [0.299 * r + 0.587 * g + 0.114 * b] : [r, g, b];
  const samples = makeSamples(depth, picked.length);
  picked.forEach((value, i) => {
    samples[i] = toSample(value / 255, depth);
  });
  const colours = needsConversion(own) ? convertColours(samples, false, SCREEN, own, depth) : samples;
  return [...colours, fullScale(depth)];
}
