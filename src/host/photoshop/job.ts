/** One enhancement under way: the layer as it was read, and where its rows are. */
import type { PixelFormat } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { LayerPixels } from './pixels.ts';
import { bitsOf, type Document, type Photoshop } from './photoshop.ts';
import type { Spool } from './spool.ts';

/** What must not change while the model runs. */
export interface DocumentFacts {
  readonly width: number;
  readonly height: number;
  readonly mode: string;
  readonly bits: number;
}

export interface Job {
  readonly layerName: string;
  readonly scale: number;
  readonly document: DocumentFacts;
  readonly pixels: LayerPixels;
  readonly spool: Spool;
}

/** The page's wish that a job end, which may come at any moment. */
export interface Discardable {
  discarded: boolean;
}

export function factsOf(ps: Photoshop, document: Document): DocumentFacts {
  const { width, height, mode } = document;
  return { width, height, mode, bits: bitsOf(ps, document) };
}

export function sameFacts(a: DocumentFacts, b: DocumentFacts): boolean {
  return a.width === b.width && a.height === b.height && a.mode === b.mode && a.bits === b.bits;
}

export function sourceFormat({ bounds, channels, depth }: LayerPixels): PixelFormat {
  return { width: bounds.right - bounds.left, height: bounds.bottom - bounds.top, channels, depth };
}

export function resultFormat({ pixels, scale }: Job): PixelFormat {
  const { width, height, channels, depth } = sourceFormat(pixels);
  return { width: width * scale, height: height * scale, channels, depth };
}

export function rowBytes({ width, channels, depth }: PixelFormat): number {
  return width * channels * (depth / 8);
}

/** Throws `bad-message` unless these are rows of the picture, and no more at once than the protocol allows. */
export function checkRows(format: PixelFormat, y: number, rows: number, most: number): void {
  if (y + rows > format.height)
    throw new LoupeError('bad-message', `rows ${y} to ${y + rows} of ${format.height}`);
  if (rows > 1 && rows * rowBytes(format) > most) throw new LoupeError('bad-message', `${rows} rows at once`);
}
