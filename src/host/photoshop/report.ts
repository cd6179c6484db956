/** The active layer as the panel shows it, and what stands in the way of enhancing it. */
import { LoupeError } from '../../errors.ts';
import type { LayerReport } from '../../bridge/protocol.ts';
import { type Extent, largestScale, tooLarge } from './limits.ts';
import { bitsOf, type Bounds, type Document, type Layer, pixelBounds, type Photoshop } from './photoshop.ts';

/** As Photoshop's Image › Mode menu names them. */
const MODE_NAMES: Readonly<Record<string, string>> = {
  bitmapMode: 'Bitmap',
  CMYKColorMode: 'CMYK Color',
  duotoneMode: 'Duotone',
  grayscaleMode: 'Grayscale',
  indexedColorMode: 'Indexed Color',
  labColorMode: 'Lab Color',
  multichannelMode: 'Multichannel',
};

/** Without what is remembered. Needs no modal state, as it changes nothing and reads no pixels. */
export function reportActiveLayer(ps: Photoshop): LayerReport {
  const nothing = { document: null, layer: null, largestScale: null, note: null, remembered: null };
  const document = activeDocument(ps);
  if (!document) return { ...nothing, refusal: wire(new LoupeError('no-document')) };
  const { id, name, width, height } = document;
  const about = { ...nothing, document: { id, name, width, height } };
  const layers = [...document.activeLayers];
  const [layer] = layers;
  if (!layer) return { ...about, refusal: wire(new LoupeError('no-layer')) };
  if (layers.length > 1) return { ...about, refusal: wire(new LoupeError('several-layers')) };
  const bounds = pixelBounds(layer);
  const refusal = refusalOf(ps, document, layer, 2);
  return {
    ...about,
    layer: {
      id: layer.id,
      name: layer.name,
      left: bounds.left,
      top: bounds.top,
      width: Math.max(0, bounds.right - bounds.left),
      height: Math.max(0, bounds.bottom - bounds.top),
    },
    refusal: refusal ? wire(refusal) : null,
    largestScale: largestScale(extentOf(document, bounds)),
    note: noteOf(ps, layer),
  };
}

/** Why this layer cannot be enhanced by that scale, whether active or not; undefined if it can. */
export function refusalOf(
  ps: Photoshop,
  document: Document,
  layer: Layer,
  scale: number,
): LoupeError | undefined {
  const { mode } = document;
  const bits = bitsOf(ps, document);
  const bounds = pixelBounds(layer);
  const kind = kindRefusal(ps, layer);
  if (kind) return kind;
  for (const each of withParents(layer)) {
    if (!each.visible) return new LoupeError('hidden-layer', each.name);
  }
  for (const each of withParents(layer)) {
    // The Background's position is always locked and it can be enhanced all the same.
    if (each.allLocked || (each.pixelsLocked && !each.isBackgroundLayer))
      return new LoupeError('locked-layer', each.name);
  }
  if (mode !== ps.constants.DocumentMode.RGB)
    return new LoupeError('mode-unsupported', MODE_NAMES[mode] ?? mode);
  if (bits !== 8 && bits !== 16) return new LoupeError('depth-unsupported', String(bits));
  if (isEmpty(bounds)) return new LoupeError('empty-layer', layer.name);
  return tooLarge(extentOf(document, bounds), scale);
}

/** Refuses what has no pixels of its own to look at. */
export function kindRefusal(ps: Photoshop, layer: Layer): LoupeError | undefined {
  const { NORMAL, TEXT, SMARTOBJECT, GROUP, VIDEO, LAYER3D } = ps.constants.LayerKind;
  switch (layer.kind) {
    case NORMAL:
    case TEXT:
    case SMARTOBJECT:
      return undefined;
    case GROUP:
      return new LoupeError('group-layer', layer.name);
    case VIDEO:
    case LAYER3D:
      return new LoupeError('layer-unsupported', layer.name);
    default:
      // Every other kind, also of later versions, is an adjustment or a fill.
      return new LoupeError('adjustment-layer', layer.name);
  }
}

export function isEmpty({ left, top, right, bottom }: Bounds): boolean {
  return right <= left || bottom <= top;
}

function extentOf(document: Document, { left, top, right, bottom }: Bounds): Extent {
  return {
    documentWidth: document.width,
    documentHeight: document.height,
    layerWidth: right - left,
    layerHeight: bottom - top,
    fileName: document.path || document.name,
  };
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
function activeDocument(ps: Photoshop): Document | null {
  return ps.app.documents.length === 0 ? null : ps.app.activeDocument;
}

function wire({ code, detail }: LoupeError): { code: string; detail: string } {
  return { code, detail };
}
