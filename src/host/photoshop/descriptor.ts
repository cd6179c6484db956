/**
 * What of a layer Photoshop's DOM does not tell, asked by batchPlay. Its descriptors are not documented but by what
 * Photoshop itself records, so that whatever does not come as expected counts as not known.
 */
import type { Document, Layer, Photoshop } from './photoshop.ts';

export interface LayerDescriptor {
  /** A layer of vectors, which the DOM cannot tell from a fill. */
  readonly shape: boolean;
  /** A group that is a frame; the DOM calls both a group. */
  readonly frame: boolean;
  /** Has a mask of pixels. */
  readonly mask: boolean;
  /** The mask is not switched off. */
  readonly maskShown: boolean;
  /** The layer's own metadata, if it has any. */
  readonly xmp: string | undefined;
}

/** `layerKind` of a shape; the DOM's `kind` has none for it. */
const SHAPE = 4;

/** As recorded by plugins: `metadata` holds a layer's packet in `layerXMP`; `framedGroup` is there on frames only, `userMaskEnabled` with a mask. */
const PROPERTIES = ['layerKind', 'framedGroup', 'hasUserMask', 'userMaskEnabled', 'metadata'] as const;

/** Of such layers, in their order. Needs no modal state, as it changes nothing. */
export async function describeLayers(
  ps: Photoshop,
  documentId: number,
  layerIds: readonly number[],
): Promise<LayerDescriptor[]> {
  const commands = layerIds.flatMap((id) => PROPERTIES.map((property) => get(documentId, id, property)));
  // A property that a layer lacks is an error of its own command; the others are still answered.
  const answers = await ps.action.batchPlay(commands, { continueOnError: true }).catch(() => []);
  return layerIds.map((_, i) => {
    const [kind, framed, masked, shown, metadata] = PROPERTIES.map((property, p): unknown => {
      const answer: unknown = answers[i * PROPERTIES.length + p];
      return field(answer, property);
    });
    const xmp = field(metadata, 'layerXMP');
    return {
      shape: kind === SHAPE,
      frame: framed !== undefined && framed !== false,
      mask: masked === true,
      maskShown: masked === true && shown !== false,
      xmp: typeof xmp === 'string' && xmp !== '' ? xmp : undefined,
    };
  });
}

export async function describeLayer(
  ps: Photoshop,
  documentId: number,
  layerId: number,
): Promise<LayerDescriptor> {
  const [described] = await describeLayers(ps, documentId, [layerId]);
  return described ?? { shape: false, frame: false, mask: false, maskShown: false, xmp: undefined };
}

/** A layer's property that the DOM does not tell; undefined where the layer has none. */
export async function ask(
  ps: Photoshop,
  { id: documentId }: Document,
  { id: layerId }: Layer,
  property: string,
): Promise<unknown> {
  const [answer] = await ps.action.batchPlay([get(documentId, layerId, property)], {}).catch(() => []);
  return field(answer, property);
}

function get(documentId: number, layerId: number, property: string) {
  return { _obj: 'get', _target: [{ _property: property }, ...referTo(documentId, layerId)] };
}

/** What names a layer to batchPlay. */
export function referTo(documentId: number, layerId: number) {
  return [
    { _ref: 'layer', _id: layerId },
    { _ref: 'document', _id: documentId },
  ];
}

export function isDescriptor(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function field(of: unknown, name: string): unknown {
  return isDescriptor(of) ? of[name] : undefined;
}
