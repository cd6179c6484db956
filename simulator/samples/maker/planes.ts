/** Pictures as the planes that a video encoder takes, in 4:2:0. */
import { paintOf, type Paint, type Size } from '../clip-picture.ts';
import type { ClipSpec, Colour } from '../clip-specs.ts';

export interface Planes extends Size {
  readonly format: 'I420' | 'I420P10';
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Frame `number` of a clip as it is coded: turned so that its rotation makes it upright, and of two fields if it has. */
export function patternPlanes(spec: ClipSpec, number: number): Planes {
  const { width, height, rotation, fields } = spec;
  const upright = rotation % 180 === 0 ? { width, height } : { width: height, height: width };
  const first = paintOf(number, number, upright);
  const second = paintOf(number, number + 0.5, upright);
  const early = fields === 'lower' ? 1 : 0;
  const at: Paint = (x, y) => (fields && y % 2 !== early ? second : first)(...turned(x, y, spec));
  // Woven, a line of chroma belongs to the field of its parity.
  return planesOf(spec, at, (x, y) => at(2 * x, fields ? Math.floor(y / 2) * 4 + (y % 2) : 2 * y));
}

/** Where a coded pixel lies in the upright picture. */
function turned(x: number, y: number, { width, height, rotation }: ClipSpec): [number, number] {
  if (rotation === 90) return [height - 1 - y, x];
  if (rotation === 180) return [width - 1 - x, height - 1 - y];
  if (rotation === 270) return [y, width - 1 - x];
  return [x, y];
}

/** `luma` is asked at pixels, `chroma` at places of the smaller planes. */
function planesOf({ width, height, colour, bitDepth }: ClipSpec, luma: Paint, chroma: Paint): Planes {
  const [half, quarter] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const samples = new Uint16Array(width * height + 2 * half * quarter);
  const code = codes(colour?.fullRange === true, bitDepth);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) samples[y * width + x] = code.luma(luma(x, y)[0]);
  }
  const [cbAt, crAt] = [width * height, width * height + half * quarter];
  for (let y = 0; y < quarter; y += 1) {
    for (let x = 0; x < half; x += 1) {
      const [, cb, cr] = chroma(x, y);
      samples[cbAt + y * half + x] = code.chroma(cb);
      samples[crAt + y * half + x] = code.chroma(cr);
    }
  }
  if (bitDepth === 8) return { width, height, format: 'I420', data: Uint8Array.from(samples) };
  return { width, height, format: 'I420P10', data: new Uint8Array(samples.buffer) };
}

/** ITU-R BT.709, 3.4 and BT.2100, table 9: what 0..1 is in numbers of so many bits. */
function codes(fullRange: boolean, bits: number) {
  const most = 2 ** bits - 1;
  const unit = 2 ** (bits - 8);
  return fullRange
    ? {
        luma: (value: number) => Math.round(value * most),
        chroma: (value: number) => Math.min(most, Math.round((value - 0.5) * most + 128 * unit)),
      }
    : {
        luma: (value: number) => Math.round((16 + value * 219) * unit),
        chroma: (value: number) => Math.round((128 + (value - 0.5) * 224) * unit),
      };
}

/** RGBA as planes, for colours of BT.709 or, as the matrix says, BT.601. */
export function picturePlanes(spec: ClipSpec, rgba: Uint8ClampedArray): Planes {
  const [kr, kb] = weights(spec.colour);
  const at = (x: number, y: number): readonly [number, number, number] => {
    const place = (y * spec.width + x) * 4;
    const [r = 0, g = 0, b = 0] = rgba.subarray(place, place + 3);
    const luma = (kr * r + (1 - kr - kb) * g + kb * b) / 255;
    return [luma, 0.5 + (b / 255 - luma) / (2 - 2 * kb), 0.5 + (r / 255 - luma) / (2 - 2 * kr)];
  };
  const chroma: Paint = (x, y) => {
    const [upper, lower] = [at(2 * x, 2 * y), at(2 * x, 2 * y + 1)];
    return [0, (upper[1] + lower[1]) / 2, (upper[2] + lower[2]) / 2];
  };
  return planesOf(spec, at, chroma);
}

/** ITU-R BT.601-7, 2.5.1 and BT.709-6, 3.2. */
const weights = (colour: Colour | null): readonly [kr: number, kb: number] =>
  colour?.matrix === 'smpte170m' ? [0.299, 0.114] : [0.2126, 0.0722];
