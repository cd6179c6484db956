/**
 * How large the result is to be: what the user asks for, in pixels, and whether it fits. Panel, host and shell all
 * reckon here, so that what is promised is what is made.
 */
import { LoupeError } from './errors.ts';

/** What can be asked for. Sides that are not named follow in proportion. */
export type Size =
  | { readonly kind: 'factor'; readonly factor: number }
  | { readonly kind: 'pixels'; readonly side: Side; readonly pixels: number }
  | {
      readonly kind: 'print';
      readonly side: Side;
      /** In `unit`. */
      readonly length: number;
      readonly unit: Unit;
      /** Pixels per inch. */
      readonly ppi: number;
    };
export type Side = 'width' | 'height';
export type Unit = 'cm' | 'inch';

/** The factors offered by name. */
export const FACTORS = [2, 3, 4, 8] as const;

/** The least and the most that anything is enlarged by. At 1 only the model's cleaning is had. */
export const LEAST_FACTOR = 1;
export const MOST_FACTOR = 16;

/** Photoshop's own bound for a side in pixels, and that of the PSD format (Adobe, “Photoshop image size limits”). */
export const PHOTOSHOP_SIDE = 300_000;
export const PSD_SIDE = 30_000;

const CM_PER_INCH = 2.54;

/** Integer pixels. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** Integer pixels; right and bottom are exclusive. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A picture and what it becomes. The two factors differ by the rounding of the sides only. */
export interface Enlargement extends Dimensions {
  readonly factorX: number;
  readonly factorY: number;
}

/** A rectangle of the enlarged picture, and where in the source it lies. All in pixels of the result. */
export interface Target extends Dimensions {
  readonly scaleX: number;
  readonly scaleY: number;
  /**
   * Where the first pixel begins, less where the enlarged source begins: −0.5 to 0.5. The centre of result pixel x is
   * at (x + 0.5 + offsetX) / scaleX source pixels from the source's left edge.
   */
  readonly offsetX: number;
  readonly offsetY: number;
}

/** The pixels of a print's side. */
export function printPixels(length: number, unit: Unit, ppi: number): number {
  return Math.round((unit === 'cm' ? length / CM_PER_INCH : length) * ppi);
}

/** A side of so many pixels in print. */
export function printLength(pixels: number, unit: Unit, ppi: number): number {
  return (pixels / ppi) * (unit === 'cm' ? CM_PER_INCH : 1);
}

/** What a picture becomes at that size. Both sides are whole pixels, at least 1. */
export function enlarge({ width, height }: Dimensions, size: Size): Enlargement {
  const sides = sidesOf({ width, height }, size);
  return { ...sides, factorX: sides.width / width, factorY: sides.height / height };
}

function sidesOf({ width, height }: Dimensions, size: Size): Dimensions {
  if (size.kind === 'factor') {
    return { width: atLeastOne(width * size.factor), height: atLeastOne(height * size.factor) };
  }
  const pixels = size.kind === 'pixels' ? size.pixels : printPixels(size.length, size.unit, size.ppi);
  return size.side === 'width'
    ? { width: pixels, height: atLeastOne((height * pixels) / width) }
    : { width: atLeastOne((width * pixels) / height), height: pixels };
}

function atLeastOne(side: number): number {
  return Math.max(1, Math.round(side));
}

/** Where a rectangle of a picture comes to lie when the picture is enlarged: on whole pixels, each side rounded. */
export function enlargedRectangle(
  { left, top, right, bottom }: Rectangle,
  { factorX, factorY }: Enlargement,
): Rectangle {
  const from = { left: Math.round(left * factorX), top: Math.round(top * factorY) };
  return {
    ...from,
    right: Math.max(from.left + 1, Math.round(right * factorX)),
    bottom: Math.max(from.top + 1, Math.round(bottom * factorY)),
  };
}

/** What is to be made of a rectangle of a picture, for it to lie in register with the enlarged picture. */
export function targetOf(rectangle: Rectangle, enlargement: Enlargement): Target {
  const { left, top, right, bottom } = enlargedRectangle(rectangle, enlargement);
  const { factorX, factorY } = enlargement;
  return {
    width: right - left,
    height: bottom - top,
    scaleX: factorX,
    scaleY: factorY,
    offsetX: left - rectangle.left * factorX,
    offsetY: top - rectangle.top * factorY,
  };
}

/** What is to be made of a picture as a whole. */
export function wholeTarget(source: Dimensions, size: Size): Target {
  const rectangle = { left: 0, top: 0, right: source.width, bottom: source.height };
  return targetOf(rectangle, enlarge(source, size));
}

/** Why a picture cannot be made that large; undefined if it can. */
export function factorProblem({ factorX, factorY }: Enlargement): LoupeError | undefined {
  const factor = Math.max(factorX, factorY);
  if (Math.min(factorX, factorY) < LEAST_FACTOR - 1e-9) return new LoupeError('size-smaller');
  return factor > MOST_FACTOR + 1e-9 ? new LoupeError('size-beyond', String(MOST_FACTOR)) : undefined;
}

/** Why Photoshop or the file could not hold sides of that many pixels; undefined if they can. */
export function sideProblem(
  { width, height }: Dimensions,
  { psb }: { readonly psb: boolean },
): LoupeError | undefined {
  const side = Math.max(width, height);
  const size = `${grouped(width)} × ${grouped(height)}`;
  if (side > PHOTOSHOP_SIDE) return new LoupeError('too-large-for-photoshop', size);
  return side > PSD_SIDE && !psb ? new LoupeError('too-large-for-psd', size) : undefined;
}

/** Thousands apart. UXP's `toLocaleString` is not documented. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
