/** What a size makes of a layer, reckoned by src/size.ts alone, so that what is promised is what the host makes. */
import type { LayerSettings, Place } from '../bridge/protocol.ts';
import type { LoupeError } from '../errors.ts';
import {
  enlarge,
  factorProblem,
  FACTORS,
  PHOTOSHOP_SIDE,
  printLength,
  sideProblem,
  targetOf,
  type Dimensions,
  type Enlargement,
  type Rectangle,
  type Target,
  type Unit,
} from '../size.ts';
import type { ShownDocument, ShownLayer } from './layer.ts';

export type Factor = (typeof FACTORS)[number];
/** As a layer's settings have it: a factor is one of those offered. */
export type Size = LayerSettings['size'];

type Whole = Pick<ShownDocument, 'width' | 'height' | 'psb'>;
type Part = Pick<ShownLayer, 'left' | 'top' | 'width' | 'height'>;

/** What comes out of a layer. */
export interface Enlarged {
  /** Of the document where that is enlarged, else of the layer. */
  readonly enlargement: Enlargement;
  /** The whole layer's; a part of it gives less. */
  readonly target: Target;
  /** Why it cannot be. */
  readonly problem: LoupeError | undefined;
}

export function enlarged(
  document: Whole,
  layer: Part,
  { size, place }: Pick<LayerSettings, 'size' | 'place'>,
): Enlarged {
  const enlargement = enlarge(enlargedBy(document, layer, place), size);
  const rectangle = rectangleOf(layer, place);
  const target = targetOf(rectangle, enlargement);
  // The canvas is not the only thing that must fit: a layer may be larger.
  const problem =
    factorProblem(enlargement) ?? sideProblem(enlargement, document) ?? sideProblem(target, document);
  return { enlargement, target, problem };
}

/** What the size is of: the document where that is enlarged, else the layer. */
export function enlargedBy(document: Dimensions, layer: Part, place: Place): Dimensions {
  const { width, height } = place === 'document' ? document : layer;
  return { width: Math.max(1, width), height: Math.max(1, height) };
}

/** The layer's pixels in what is enlarged. */
function rectangleOf({ left, top, width, height }: Part, place: Place): Rectangle {
  const [x, y] = place === 'document' ? [left, top] : [0, 0];
  return { left: x, top: y, right: x + Math.max(1, width), bottom: y + Math.max(1, height) };
}

/** The factors at which every one of the layers fits. */
export function factorsThatFit(document: Whole, layers: readonly Part[], place: Place): Factor[] {
  return FACTORS.filter((factor) =>
    layers.every((layer) => !enlarged(document, layer, { size: { kind: 'factor', factor }, place }).problem),
  );
}

/** The size itself where it fits; a factor that does not becomes the largest that does, if one does. */
export function fitting(document: Whole, layers: readonly Part[], place: Place, size: Size): Size {
  if (size.kind !== 'factor') return size;
  const fits = factorsThatFit(document, layers, place);
  const factor = fits.filter((each) => each <= size.factor).at(-1);
  return factor ? { kind: 'factor', factor } : size;
}

export type SizeKind = Size['kind'];

/** The same size said in another way: where a field begins when the way of saying it is changed. */
export function saidAs(
  kind: SizeKind,
  size: Size,
  from: Dimensions,
  { ppi, unit }: { readonly ppi: number; readonly unit: Unit },
): Size {
  if (size.kind === kind) return size;
  const { width, factorX } = enlarge(from, size);
  switch (kind) {
    case 'factor': {
      const [nearest = 4] = [...FACTORS].sort((a, b) => Math.abs(a - factorX) - Math.abs(b - factorX));
      return { kind, factor: nearest };
    }
    case 'pixels':
      return { kind, side: 'width', pixels: Math.min(width, PHOTOSHOP_SIDE) };
    case 'print': {
      const whole = Math.max(1, Math.round(ppi));
      return { kind, side: 'width', length: hundredths(printLength(width, unit, whole)), unit, ppi: whole };
    }
  }
}

/** To a hundredth, and no shorter than can be typed. */
function hundredths(length: number): number {
  return Math.max(0.1, Math.round(length * 100) / 100);
}

/** How the factor is come by: as far as the network goes by it, the rest by interpolation. */
export function shares(
  { factorX, factorY }: Enlargement,
  network: number,
): { readonly network: number; readonly interpolated: number } | undefined {
  const factor = Math.max(factorX, factorY);
  const interpolated = factor / network;
  // Less than that reads as 1×.
  return interpolated >= 1.05 ? { network, interpolated } : undefined;
}

/** A number as it is typed, with a point or a comma; undefined if it is none. */
export function typedNumber(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  return /^(\d+(\.\d*)?|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}
