/**
 * How large a document may become. 300,000 pixels a side is Photoshop's own bound, 30,000 that of the PSD
 * format; beyond it a document can only be saved as PSB or TIFF (Adobe, “Photoshop image size limits”).
 */
import { LoupeError } from '../../errors.ts';

const PHOTOSHOP_SIDE = 300_000;
const PSD_SIDE = 30_000;

/** What is enlarged: the canvas, and the layer, which may be larger than it. */
export interface Extent {
  readonly documentWidth: number;
  readonly documentHeight: number;
  readonly layerWidth: number;
  readonly layerHeight: number;
  /** The document's file name, or whatever is there instead before it is saved. */
  readonly fileName: string;
}

/** The largest of the scales 0 to 4 whose result still fits; null when all do. */
export function largestScale(extent: Extent): 0 | 1 | 2 | 3 | null {
  for (const scale of [4, 3, 2, 1] as const) {
    if (!tooLarge(extent, scale)) return scale === 4 ? null : scale;
  }
  return 0;
}

/** Why the result at that scale would not fit; undefined if it does. */
export function tooLarge(extent: Extent, scale: number): LoupeError | undefined {
  const width = scale * Math.max(extent.documentWidth, extent.layerWidth);
  const height = scale * Math.max(extent.documentHeight, extent.layerHeight);
  const side = Math.max(width, height);
  const size = `${grouped(width)} × ${grouped(height)}`;
  if (side > PHOTOSHOP_SIDE) return new LoupeError('too-large-for-photoshop', size);
  if (side > PSD_SIDE && !/\.psb$/i.test(extent.fileName)) return new LoupeError('too-large-for-psd', size);
  return undefined;
}

/** Thousands apart. UXP's `toLocaleString` is not documented. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
