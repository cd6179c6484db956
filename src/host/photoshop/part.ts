/**
 * The part of a layer that is enhanced: all of it, what of it is selected, or what its mask shows. A part has a coverage:
 * one byte a pixel, as a selection has (Adobe, Selection: “pixel-based, though 8-bit transparency is possible”).
 */
import type { Part } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { LayerDescriptor } from './descriptor.ts';
import { type Bounds, type Document, intersect, isEmpty, type Layer, type Photoshop } from './photoshop.ts';

/** Pixels aimed at in one strip of coverage. */
const STRIP_PIXELS = 1 << 20;

/** A part that is not the whole layer. */
export type Piece = Exclude<Part, 'layer'>;

interface CoverageStrip {
  /** Of the first row, from the top of the bounds. */
  readonly y: number;
  readonly rows: number;
  readonly coverage: Uint8Array<ArrayBuffer>;
}

/** Whether something is selected, and whether it may touch those pixels. Needs no modal state. */
export function selectionTouches({ selection }: Document, pixels: Bounds): boolean {
  const bounds = selectedBounds(selection);
  return bounds !== undefined && !isEmpty(intersect(bounds, pixels));
}

/**
 * Why what the mask shows cannot be enhanced. Photoshop gives a mask as it was painted (Adobe, Imaging › getLayerMask, says
 * nothing of its feather), and how it feathers is not published.
 */
export function maskProblem(
  { name, layerMaskFeather }: Layer,
  described: LayerDescriptor | undefined,
): LoupeError | undefined {
  if (!described?.mask) return new LoupeError('mask-missing', name);
  if (!described.maskShown) return new LoupeError('mask-disabled', name);
  return layerMaskFeather > 0 ? new LoupeError('mask-feathered', name) : undefined;
}

/** Why a part cannot be enhanced as far as can be told without reading it; undefined if it can. */
export function partProblem(
  document: Document,
  layer: Layer,
  pixels: Bounds,
  part: Part,
  described: LayerDescriptor | undefined,
): LoupeError | undefined {
  if (part === 'mask') return maskProblem(layer, described);
  if (part !== 'selection') return undefined;
  if (!selectedBounds(document.selection)) return new LoupeError('selection-missing');
  return selectionTouches(document, pixels) ? undefined : new LoupeError('selection-outside', layer.name);
}

/**
 * The bounding rectangle of what of the layer's pixels the part covers. Throws if it covers none. To be used within a
 * modal state.
 */
export async function boundsOfPart(
  ps: Photoshop,
  document: Document,
  layer: Layer,
  pixels: Bounds,
  part: Piece,
  step: () => void,
): Promise<Bounds> {
  let found: Bounds | undefined;
  for await (const { y, rows, coverage } of readCoverage(ps, document, layer, pixels, part)) {
    found = covered(found, coverage, { left: pixels.left, top: pixels.top + y }, rows);
    step();
  }
  if (!found) throw new LoupeError(part === 'mask' ? 'mask-empty' : 'selection-outside', layer.name);
  return found;
}

/** The coverage of such bounds, in strips from the top. To be used within a modal state. */
export async function* readCoverage(
  ps: Photoshop,
  { id: documentId, selection }: Document,
  layer: Layer,
  bounds: Bounds,
  part: Piece,
): AsyncGenerator<CoverageStrip, void, undefined> {
  const width = bounds.right - bounds.left;
  const height = bounds.bottom - bounds.top;
  const step = Math.max(1, Math.floor(STRIP_PIXELS / width));
  const dense = part === 'mask' ? densityOf(layer) : 1;
  for (let y = 0; y < height; y += step) {
    const rows = Math.min(step, height - y);
    const strip = { ...bounds, top: bounds.top + y, bottom: bounds.top + y + rows };
    const coverage = new Uint8Array(width * rows);
    // Beyond its bounds nothing is selected, and asking for it may be an error. A mask has a value everywhere.
    const asked = part === 'mask' ? strip : intersect(strip, selectedBounds(selection) ?? strip);
    if (!isEmpty(asked)) await readStrip(ps, { documentId, layerId: layer.id }, asked, part, strip, coverage);
    // A mask less than dense shows that much of what it would hide (Adobe, Layer.layerMaskDensity, in percent).
    if (dense < 1)
      for (let i = 0; i < coverage.length; i += 1) coverage[i] = 255 - dense * (255 - (coverage[i] ?? 0));
    yield { y, rows, coverage };
  }
}

/** Where Photoshop has less than was asked for, nothing is covered. */
async function readStrip(
  ps: Photoshop,
  { documentId, layerId }: { documentId: number; layerId: number },
  asked: Bounds,
  part: Piece,
  strip: Bounds,
  to: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const options = { documentID: documentId, sourceBounds: { ...asked } };
  const given =
    part === 'mask'
      ? await ps.imaging.getLayerMask({ ...options, layerID: layerId, kind: 'user' })
      : await getSelection(ps, options);
  if (!given) return;
  const { imageData, sourceBounds } = given;
  try {
    const { width, height, components } = imageData;
    if (width === 0 || height === 0) return;
    const samples = await imageData.getData({ chunky: true, fullRange: true });
    const left = sourceBounds.left - strip.left;
    const top = sourceBounds.top - strip.top;
    const stripWidth = strip.right - strip.left;
    const fits =
      left >= 0 && top >= 0 && left + width <= stripWidth && top + height <= strip.bottom - strip.top;
    if (!fits || components !== 1 || samples.length !== width * height) {
      throw new LoupeError(
        'host-failed',
        `a ${part} of an unexpected form (${width} × ${height} × ${components})`,
      );
    }
    for (let y = 0; y < height; y += 1) {
      const row = samples.subarray(y * width, (y + 1) * width);
      copyAsBytes(row, to.subarray((top + y) * stripWidth + left));
    }
  } finally {
    await imageData.dispose();
  }
}

/**
 * What is selected in a region within the selection's bounds; undefined if nothing is, as in the notch of an L or between
 * two islands. Adobe does not say what Photoshop gives there: an error is taken for it only where the selection as a
 * whole can be read.
 */
async function getSelection(ps: Photoshop, options: { documentID: number; sourceBounds: Bounds }) {
  try {
    return await ps.imaging.getSelection(options);
  } catch (thrown) {
    const { documentID } = options;
    const whole = ps.imaging.getSelection({ documentID, targetSize: { width: 1, height: 1 } });
    const { imageData } = await whole.catch(() => {
      throw thrown;
    });
    await imageData.dispose();
    return undefined;
  }
}

function copyAsBytes(from: Uint8Array | Uint16Array | Float32Array, to: Uint8Array): void {
  if (from.BYTES_PER_ELEMENT === 1) {
    to.set(from);
    return;
  }
  const toByte = 255 / (from.BYTES_PER_ELEMENT === 2 ? 65_535 : 1);
  for (let i = 0; i < from.length; i += 1) {
    to[i] = Math.round(Math.min(255, Math.max(0, (from[i] ?? 0) * toByte)));
  }
}

/** Widens the bounds by what is covered of rows that begin at a place of the document. */
function covered(
  known: Bounds | undefined,
  coverage: Uint8Array,
  { left, top }: { left: number; top: number },
  rows: number,
): Bounds | undefined {
  const width = coverage.length / rows;
  let found = known;
  for (let y = 0; y < rows; y += 1) {
    const row = coverage.subarray(y * width, (y + 1) * width);
    let first = 0;
    while (first < width && row[first] === 0) first += 1;
    if (first === width) continue;
    let last = width - 1;
    while (row[last] === 0) last -= 1;
    found = {
      left: Math.min(found?.left ?? left + first, left + first),
      top: found?.top ?? top + y,
      right: Math.max(found?.right ?? left + last + 1, left + last + 1),
      bottom: top + y + 1,
    };
  }
  return found;
}

function densityOf({ layerMaskDensity }: Layer): number {
  return Number.isFinite(layerMaskDensity) ? Math.min(1, Math.max(0, layerMaskDensity / 100)) : 1;
}

/** Null if nothing is selected (Adobe, Selection). */
function selectedBounds({ bounds }: Document['selection']): Bounds | undefined {
  return bounds ?? undefined;
}
