/** One enhancement under way: the layer as it was read, what is to become of it, and where its rows are. */
import type { LayerSettings, Part, PixelFormat } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import {
  type Dimensions,
  type Enlargement,
  enlarge,
  factorProblem,
  sideProblem,
  type Target,
  targetOf,
} from '../../size.ts';
import type { LayerPixels } from './pixels.ts';
import { bitsOf, type Bounds, type Document, isPsb, type Photoshop } from './photoshop.ts';
import type { Spool } from './spool.ts';

/** What must not change while the model runs. */
export interface DocumentFacts {
  readonly width: number;
  readonly height: number;
  readonly mode: string;
  readonly bits: number;
  /** The name of its colour profile: the same samples mean other colours in another. */
  readonly profile: string;
}

export interface Job {
  readonly documentId: number;
  readonly layerId: number;
  readonly layerName: string;
  readonly settings: LayerSettings;
  readonly part: Part;
  readonly document: DocumentFacts;
  /** The part's bounding rectangle and how its pixels were read; `pixels.whole` is the layer's. */
  readonly pixels: LayerPixels;
  /** At 32 bits, what the colour samples range over, 0 to 1 at least. */
  readonly range?: { readonly low: number; readonly high: number };
  /** Of the document where it is enlarged, else of the whole layer. */
  readonly enlargement: Enlargement;
  readonly target: Target;
  /**
   * `input`: the part's pixels. `result`: those of the target. `coverage`, unless the part is the whole layer: one byte
   * for each of the part's pixels, 0 untouched to 255 enhanced.
   */
  readonly spool: Spool;
}

/** The page's wish that a job end, which may come at any moment. */
export interface Discardable {
  discarded: boolean;
}

export function factsOf(ps: Photoshop, document: Document): DocumentFacts {
  const { width, height, mode, colorProfileName } = document;
  return { width, height, mode, bits: bitsOf(ps, document), profile: colorProfileName };
}

export function sameFacts(a: DocumentFacts, b: DocumentFacts): boolean {
  return (
    a.width === b.width &&
    a.height === b.height &&
    a.mode === b.mode &&
    a.bits === b.bits &&
    a.profile === b.profile
  );
}

/** What the run makes of the document, or of the layer, and what of it becomes of a part's rectangle. */
export function plan(
  document: Dimensions,
  layer: Bounds,
  part: Bounds,
  { place, size }: LayerSettings,
): { enlargement: Enlargement; target: Target } {
  if (place === 'document') {
    const enlargement = enlarge(document, size);
    return { enlargement, target: targetOf(part, enlargement) };
  }
  const enlargement = enlarge(dimensions(layer), size);
  const { left, top, right, bottom } = part;
  const within = {
    left: left - layer.left,
    top: top - layer.top,
    right: right - layer.left,
    bottom: bottom - layer.top,
  };
  return { enlargement, target: targetOf(within, enlargement) };
}

/** Why the result would be too small or too large where it goes; undefined if it fits. */
export function sizeProblem(document: Document, job: Pick<Job, 'settings' | 'enlargement' | 'target'>) {
  const { settings, enlargement, target } = job;
  const bound = { psb: isPsb(document) };
  // A layer may exceed its canvas. A smart object's contents are saved within the document that holds them.
  const canvas = settings.place === 'document' ? sideProblem(enlargement, bound) : undefined;
  return factorProblem(enlargement) ?? canvas ?? sideProblem(target, bound);
}

export function sourceFormat({ bounds, channels, depth }: LayerPixels): PixelFormat {
  return { ...dimensions(bounds), channels, depth };
}

export function resultFormat({ pixels, target }: Pick<Job, 'pixels' | 'target'>): PixelFormat {
  const { channels, depth } = pixels;
  return { width: target.width, height: target.height, channels, depth };
}

export function rowBytes({ width, channels, depth }: PixelFormat): number {
  return width * channels * (depth / 8);
}

export function dimensions({ left, top, right, bottom }: Bounds): Dimensions {
  return { width: right - left, height: bottom - top };
}

/** Throws `bad-message` unless these are rows of the picture, and no more at once than the protocol allows. */
export function checkRows(format: PixelFormat, y: number, rows: number, most: number): void {
  if (y + rows > format.height)
    throw new LoupeError('bad-message', `rows ${y} to ${y + rows} of ${format.height}`);
  if (rows > 1 && rows * rowBytes(format) > most) throw new LoupeError('bad-message', `${rows} rows at once`);
}
