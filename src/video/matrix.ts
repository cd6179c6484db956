/**
 * Between coded Y′CbCr and R′G′B′ in 0..1. The signals stay as coded (gamma-corrected): the networks were trained on
 * those, and nothing is converted from one transfer or primaries to another.
 *
 * E′Y = Kr·E′R + (1 − Kr − Kb)·E′G + Kb·E′B, E′Pb = (E′B − E′Y) / 2(1 − Kb), E′Pr = (E′R − E′Y) / 2(1 − Kr):
 * ITU-R BT.601-7 § 2.5, BT.709-6 § 3.2–3.3, BT.2020-2 table 4 (non-constant luminance). Their integer codes, limited
 * and full range, are ITU-T H.273 § 8.3 (equations 19–30).
 */
import type { PlaneDepth, PlaneLayoutName } from './planes.ts';
import type { ColourMatrix, ColourTags } from './types.ts';

/** Kr and Kb. */
const LUMA: Readonly<Record<Exclude<ColourMatrix, 'rgb'>, readonly [number, number]>> = {
  bt709: [0.2126, 0.0722],
  // BT.601 of both line numbers: 470 System B/G's are the same.
  bt470bg: [0.299, 0.114],
  smpte170m: [0.299, 0.114],
  'bt2020-ncl': [0.2627, 0.0593],
};

/** Codes to signals and back: `(code − offset) · scale`, luma in 0..1 and chroma in ±½. */
export interface Codes {
  readonly lumaOffset: number;
  readonly lumaScale: number;
  readonly chromaOffset: number;
  readonly chromaScale: number;
  /** The highest code. */
  readonly most: number;
}

/** R = Y + rv·Cr, G = Y + gu·Cb + gv·Cr, B = Y + bu·Cb; Y = kr·R + kg·G + kb·B. */
export interface Matrix {
  readonly rv: number;
  readonly gu: number;
  readonly gv: number;
  readonly bu: number;
  readonly kr: number;
  readonly kg: number;
  readonly kb: number;
}

export function codesOf(depth: PlaneDepth, fullRange: boolean): Codes {
  const unit = 2 ** (depth - 8);
  const most = 2 ** depth - 1;
  return fullRange
    ? {
        lumaOffset: 0,
        lumaScale: 1 / most,
        chromaOffset: 128 * unit,
        chromaScale: 1 / most,
        most,
      }
    : {
        lumaOffset: 16 * unit,
        lumaScale: 1 / (219 * unit),
        chromaOffset: 128 * unit,
        chromaScale: 1 / (224 * unit),
        most,
      };
}

export function matrixOf(coefficients: Exclude<ColourMatrix, 'rgb'>): Matrix {
  const [kr, kb] = LUMA[coefficients];
  const kg = 1 - kr - kb;
  const [rv, bu] = [2 * (1 - kr), 2 * (1 - kb)];
  return { rv, bu, gu: (-bu * kb) / kg, gv: (-rv * kr) / kg, kr, kg, kb };
}

/**
 * How planes hold their colours: by a matrix, or as the colours themselves. H.273's matrix 0 (“rgb”) keeps them as
 * G, B, R in the places of Y, Cb and Cr; planes called `rgb` are R, G, B over the whole range.
 */
export type Holding =
  | { readonly kind: 'matrix'; readonly matrix: Matrix; readonly codes: Codes }
  | { readonly kind: 'colours'; readonly order: readonly [number, number, number]; readonly codes: Codes };

export function holdingOf(format: PlaneLayoutName, depth: PlaneDepth, colour: ColourTags): Holding {
  if (format === 'rgb') return { kind: 'colours', order: [0, 1, 2], codes: codesOf(depth, true) };
  const codes = codesOf(depth, colour.fullRange);
  return colour.matrix === 'rgb'
    ? { kind: 'colours', order: [2, 0, 1], codes }
    : { kind: 'matrix', matrix: matrixOf(colour.matrix), codes };
}

/**
 * The tags of a render: the source's, but that colours kept as such become Y′CbCr, which every encoder takes, and that
 * the range is limited where the format knows no other (ProRes).
 */
export function renderColour(colour: ColourTags, limitedOnly: boolean): ColourTags {
  return {
    ...colour,
    matrix: colour.matrix === 'rgb' ? 'bt709' : colour.matrix,
    fullRange: colour.fullRange && !limitedOnly,
  };
}

/** For a `VideoFrame`; the browser knows more names than TypeScript. */
export function colorSpaceOf(colour: ColourTags): VideoColorSpaceInit {
  return colour as VideoColorSpaceInit;
}
