/** The active document and its selected layers as the panel shows them, and what stands in the way of enhancing them. */
import { LoupeError } from '../../errors.ts';
import type { LayerReport, Report } from '../../bridge/protocol.ts';
import { colourProblem, modeName } from './colour.ts';
import { describeLayers, type LayerDescriptor } from './descriptor.ts';
import { maskProblem, selectionTouches } from './part.ts';
import {
  bitsOf,
  type Document,
  isEmpty,
  isPsb,
  type Layer,
  pixelBounds,
  type Photoshop,
} from './photoshop.ts';

/** A report without what is remembered, which is not Photoshop's to say, and what its layers' own metadata is. */
export interface Looked {
  readonly document: Document | undefined;
  readonly report: Omit<Report, 'last'>;
  /** The layers' own metadata, in their order. */
  readonly xmp: readonly (string | undefined)[];
}

/** Needs no modal state, as it changes nothing and reads no pixels. */
export async function reportActiveLayers(ps: Photoshop): Promise<Looked> {
  const document = activeDocument(ps);
  if (!document) {
    const refusal = wire(new LoupeError('no-document'));
    return { document, report: { document: null, layers: [], refusal }, xmp: [] };
  }
  const layers = [...document.activeLayers];
  const ids = layers.map(({ id }) => id);
  const described = await describeLayers(ps, document.id, ids);
  const refusal = layers.length === 0 ? new LoupeError('no-layer') : colourProblem(ps, document);
  return {
    document,
    report: {
      document: reportDocument(ps, document),
      layers: layers.map((layer, i) => reportLayer(ps, document, layer, described[i])),
      refusal: refusal ? wire(refusal) : null,
    },
    xmp: described.map(({ xmp }) => xmp),
  };
}

function reportDocument(ps: Photoshop, document: Document): Report['document'] {
  const { id, name, width, height, resolution } = document;
  const bits = bitsOf(ps, document);
  const depth = bits === 1 || bits === 16 || bits === 32 ? bits : 8;
  return { id, name, width, height, resolution, mode: modeName(document), depth, psb: isPsb(document) };
}

function reportLayer(
  ps: Photoshop,
  document: Document,
  layer: Layer,
  described: LayerDescriptor | undefined,
): LayerReport {
  const bounds = pixelBounds(layer);
  const refusal = refusalOf(ps, document, layer, described);
  const parts: LayerReport['parts'] = ['layer'];
  if (!refusal && selectionTouches(document, bounds)) parts.push('selection');
  if (!refusal && !maskProblem(layer, described)) parts.push('mask');
  return {
    id: layer.id,
    name: layer.name,
    left: bounds.left,
    top: bounds.top,
    width: Math.max(0, bounds.right - bounds.left),
    height: Math.max(0, bounds.bottom - bounds.top),
    refusal: refusal ? wire(refusal) : null,
    note: noteOf(ps, layer),
    parts,
    remembered: null,
  };
}

/** Why this layer cannot be enhanced at whatever size, whether active or not; undefined if it can. */
export function refusalOf(
  ps: Photoshop,
  document: Document,
  layer: Layer,
  described: LayerDescriptor | undefined,
): LoupeError | undefined {
  const kind = kindRefusal(ps, document, layer, described);
  if (kind) return kind;
  for (const each of withParents(layer)) {
    if (!each.visible) return new LoupeError('hidden-layer', each.name);
  }
  for (const each of withParents(layer)) {
    // The Background's position is always locked and it can be enhanced all the same.
    if (each.allLocked || (each.pixelsLocked && !each.isBackgroundLayer))
      return new LoupeError('locked-layer', each.name);
  }
  const colour = colourProblem(ps, document);
  if (colour) return colour;
  return isEmpty(pixelBounds(layer)) ? new LoupeError('empty-layer', layer.name) : undefined;
}

/** Refuses what has no pixels of its own to look at. */
export function kindRefusal(
  ps: Photoshop,
  document: Document,
  layer: Layer,
  described: LayerDescriptor | undefined,
): LoupeError | undefined {
  const { LayerKind } = ps.constants;
  const { id, name } = layer;
  switch (layer.kind) {
    case LayerKind.NORMAL:
    case LayerKind.TEXT:
    case LayerKind.SMARTOBJECT:
      return undefined;
    case LayerKind.GROUP:
      if (described?.frame) return new LoupeError('frame-layer', name);
      return [...document.artboards].some((artboard) => artboard.id === id)
        ? new LoupeError('artboard-layer', name)
        : new LoupeError('group-layer', name);
    case LayerKind.VIDEO:
      return new LoupeError('video-layer', name);
    case LayerKind.LAYER3D:
      return new LoupeError('three-d-layer', name);
    case LayerKind.SOLIDFILL:
    case LayerKind.GRADIENTFILL:
    case LayerKind.PATTERNFILL:
      return new LoupeError(described?.shape ? 'shape-layer' : 'fill-layer', name);
    default:
      // Every other kind, also of later versions, is an adjustment.
      return new LoupeError(described?.shape ? 'shape-layer' : 'adjustment-layer', name);
  }
}

function noteOf(ps: Photoshop, layer: Layer): LayerReport['note'] {
  if (layer.kind === ps.constants.LayerKind.TEXT) return 'text-through-pixels';
  return layer.kind === ps.constants.LayerKind.SMARTOBJECT ? 'smart-object-through-pixels' : null;
}

/** A layer in a hidden or locked group is hidden or locked with it. */
function* withParents(layer: Layer): Generator<Layer> {
  for (let each: Layer | null = layer; each; each = each.parent) yield each;
}

/** Without a document Photoshop's `activeDocument` is null, though its type does not say so. */
function activeDocument(ps: Photoshop): Document | undefined {
  return ps.app.documents.length === 0 ? undefined : ps.app.activeDocument;
}

function wire({ code, detail }: LoupeError): { code: string; detail: string } {
  return { code, detail };
}
