/**
 * Small ICC profiles, made here because Adobe's files may not be passed on: three primaries or none, and tone
 * curves. ICC.1:2010 (version 4.2), section 8.3 and 8.4 for the tags, section 10 for their types.
 */

/** A curve as an exponent, as sRGB's formula, or as a table of values of 0 to 1. */
export type Curve = number | 'sRGB' | readonly number[];

/** XYZ of red, green and blue, adapted to D50. */
export type Primaries = readonly [XYZ, XYZ, XYZ];
export type XYZ = readonly [number, number, number];

const D50: XYZ = [0.9642, 1, 0.8249];
/** Bradford, D65 to D50: what the whites of all but ProPhoto were adapted with. */
const FROM_D65 = [1.04788, 0.02292, -0.05022, 0.02959, 0.99047, -0.01708, -0.00925, 0.01508, 0.75168];
const HEADER = 128;

export function rgbProfile(name: string, primaries: Primaries, curve: Curve): Uint8Array {
  const trc = curveTag(curve);
  const [red, green, blue] = primaries.map(xyzTag);
  return profile('RGB ', [
    ...common(name),
    ['chad', fixedTag('sf32', FROM_D65)],
    ['rXYZ', red ?? []],
    ['gXYZ', green ?? []],
    ['bXYZ', blue ?? []],
    ['rTRC', trc],
    ['gTRC', trc],
    ['bTRC', trc],
  ]);
}

export const grayProfile = (name: string, curve: Curve): Uint8Array =>
  profile('GRAY', [...common(name), ['kTRC', curveTag(curve)]]);

type Tag = readonly [signature: string, bytes: readonly number[]];

const common = (name: string): Tag[] => [
  ['desc', textTag(name)],
  ['cprt', textTag('No copyright, use freely')],
  ['wtpt', xyzTag(D50)],
];

function profile(space: string, tags: readonly Tag[]): Uint8Array {
  const table = 4 + tags.length * 12;
  const places = new Map<readonly number[], number>();
  let end = HEADER + table;
  for (const [, bytes] of tags) {
    if (places.has(bytes)) continue;
    places.set(bytes, end);
    end += Math.ceil(bytes.length / 4) * 4;
  }
  const out = new Uint8Array(end);
  const put = (at: number, bytes: readonly number[]): void => out.set(bytes, at);
  put(0, uint32(end));
  put(8, uint32(0x04200000));
  put(12, text('mntr'));
  put(16, text(space));
  put(20, text('XYZ '));
  // A date is required.
  put(24, [2026, 1, 1, 0, 0, 0].flatMap(uint16));
  put(36, text('acsp'));
  put(68, D50.flatMap(fixed));
  put(HEADER, uint32(tags.length));
  tags.forEach(([signature, bytes], index) => {
    const at = places.get(bytes) ?? 0;
    put(HEADER + 4 + index * 12, [...text(signature), ...uint32(at), ...uint32(bytes.length)]);
    put(at, bytes);
  });
  return out;
}

const text = (word: string): number[] => Array.from(word, (letter) => letter.charCodeAt(0));
const uint16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const uint32 = (value: number): number[] => [...uint16(value >>> 16), ...uint16(value & 0xffff)];
/** s15Fixed16Number. */
const fixed = (value: number): number[] => uint32(Math.round(value * 65536) >>> 0);

const fixedTag = (type: string, values: readonly number[]): number[] => [
  ...text(type),
  ...uint32(0),
  ...values.flatMap(fixed),
];
const xyzTag = (xyz: XYZ): number[] => fixedTag('XYZ ', xyz);

/** multiLocalizedUnicodeType with one record, American English. */
const textTag = (words: string): number[] => [
  ...text('mluc'),
  ...[0, 1, 12].flatMap(uint32),
  ...text('enUS'),
  ...[words.length * 2, 28].flatMap(uint32),
  ...Array.from(words, (letter) => letter.charCodeAt(0)).flatMap(uint16),
];

function curveTag(curve: Curve): number[] {
  if (curve === 'sRGB') {
    // parametricCurveType 3: gamma, a, b, c, d.
    const values = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
    return [...text('para'), ...uint32(0), ...uint16(3), ...uint16(0), ...values.flatMap(fixed)];
  }
  if (typeof curve === 'number') {
    return [...text('para'), ...uint32(0), ...uint16(0), ...uint16(0), ...fixed(curve)];
  }
  const values = curve.flatMap((value) => uint16(Math.round(value * 65535)));
  return [...text('curv'), ...uint32(0), ...uint32(curve.length), ...values];
}
