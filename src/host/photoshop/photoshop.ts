/// <reference types="@adobe-uxp-types/photoshop" />
/**
 * Photoshop as the rest of the host sees it. The module is handed in, never imported: in Premiere there is
 * none to import. Handles to documents and layers go stale, so they are looked up by id at every use.
 */
import type { Document, ExecutionContext, Layer } from 'photoshop';
import { LoupeError } from '../../errors.ts';

export type Photoshop = typeof import('photoshop');
export type { Document, ExecutionContext, Layer };

/** Integer pixels of the document; right and bottom are exclusive. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function findDocument(ps: Photoshop, id: number): Document | undefined {
  for (const document of ps.app.documents) if (document.id === id) return document;
  return undefined;
}

export function findLayer(document: Document, id: number): Layer | undefined {
  const search = (layers: Iterable<Layer>): Layer | undefined => {
    for (const layer of layers) {
      if (layer.id === id) return layer;
      const inside = layer.layers && search(layer.layers);
      if (inside) return inside;
    }
    return undefined;
  };
  return search(document.layers);
}

/** Throws `document-closed` or `layer-gone` when either is not there any more. */
export function needLayer(
  ps: Photoshop,
  documentId: number,
  layerId: number,
): { document: Document; layer: Layer } {
  const document = findDocument(ps, documentId);
  if (!document) throw new LoupeError('document-closed');
  const layer = findLayer(document, layerId);
  if (!layer) throw new LoupeError('layer-gone', `Layer ${layerId}`);
  return { document, layer };
}

/** Where the layer's own pixels are, in whole pixels; a text's bounds may be fractions. May exceed the canvas. */
export function pixelBounds(layer: Layer): Bounds {
  const { left, top, right, bottom } = layer.boundsNoEffects;
  return { left: Math.floor(left), top: Math.floor(top), right: Math.ceil(right), bottom: Math.ceil(bottom) };
}

export function sameBounds(a: Bounds, b: Bounds): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
}

/** Bits per channel: 1, 8, 16 or 32; 0 for what this version of Photoshop added since. */
export function bitsOf(ps: Photoshop, document: Document): number {
  const { ONE, EIGHT, SIXTEEN, THIRTYTWO } = ps.constants.BitsPerChannelType;
  switch (document.bitsPerChannel) {
    case ONE:
      return 1;
    case EIGHT:
      return 8;
    case SIXTEEN:
      return 16;
    case THIRTYTWO:
      return 32;
    default:
      return 0;
  }
}

/** Saved, or to be saved, as PSB: told by the file's name, since Photoshop does not say. */
export function isPsb({ path, name }: Document): boolean {
  return /\.psb$/i.test(path || name);
}

export function isEmpty({ left, top, right, bottom }: Bounds): boolean {
  return right <= left || bottom <= top;
}

export function intersect(a: Bounds, b: Bounds): Bounds {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}
