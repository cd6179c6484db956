/**
 * A document's contents as plain values that are replaced, not changed, so that a history state is one pointer
 * and going back is assigning it.
 */
import type { Layer as PsdLayer, LayerRawData, Psd } from 'ag-psd';
import type { Bounds } from './interface.ts';
import { EMPTY, intersect, isEmpty, union } from './bounds.ts';
import { modeOf } from './modes.ts';
import type { Depth, Surface } from './surface.ts';

export interface Locks {
  readonly all: boolean;
  readonly pixels: boolean;
  readonly position: boolean;
  readonly transparency: boolean;
}

export const UNLOCKED: Locks = { all: false, pixels: false, position: false, transparency: false };

export interface Mask {
  /** One component; where it has no tile, `outside` holds. */
  readonly surface: Surface;
  readonly bounds: Bounds;
  /** 0 to 1: what the mask is beyond its bounds. */
  readonly outside: number;
  readonly disabled: boolean;
}

export interface Layer {
  readonly id: number;
  readonly name: string;
  /** A value of `constants.LayerKind`. */
  readonly kind: string;
  readonly visible: boolean;
  /** 0 to 100. */
  readonly opacity: number;
  /** 0 to 100. */
  readonly fillOpacity: number;
  /** A value of `constants.BlendMode`. */
  readonly blendMode: string;
  readonly clipped: boolean;
  readonly locks: Locks;
  readonly background: boolean;
  /** Null for groups, adjustments and layers of a mode whose pixels are not decoded. */
  readonly pixels: Surface | null;
  readonly mask: Mask | null;
  /** Top layer first; null unless a group. */
  readonly children: readonly Layer[] | null;
  /** What a smart object holds; `pixels` are what it shows. Null for other layers, and where the file inside is lost. */
  readonly smart: SmartObject | null;
  /** The layer's own metadata, an XMP packet as it was given; null if it has none. */
  readonly xmp: string | null;
  /** A group that is a frame: what it shows is cut to the frame's shape. */
  readonly framed: boolean;
  readonly carried: CarriedLayer | null;
}

/** The file inside a smart object. Instances that were duplicated share it. */
export interface EmbeddedFile {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  /** As it was read; null for one that was made here. */
  readonly bytes: Uint8Array | null;
  /** The document it is; null if it is none that can be opened here. */
  contents(): Contents | null;
}

export interface SmartObject {
  readonly file: EmbeddedFile;
  /** Of the file inside, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Where its corners come to lie: x and y of top left, top right, bottom right, bottom left. */
  readonly corners: readonly number[];
}

/** Everything else the PSD said about a layer, kept for saving. */
export interface CarriedLayer {
  readonly info: Readonly<PsdLayer>;
  /** The channels as they were read, good as long as pixels and mask are these. */
  readonly raw: {
    readonly data: LayerRawData;
    readonly pixels: Surface | null;
    readonly mask: Mask | null;
  } | null;
}

/** What saving needs of the file the document came from. */
export interface Carried {
  readonly psd: Readonly<Psd>;
  /** The file's colour mode data section (a palette, duotone curves …), verbatim. */
  readonly colorModeData: Uint8Array;
  /** The file's image resources; those the PSD library does not write are kept verbatim. */
  readonly resources: readonly {
    readonly id: number;
    readonly bytes: Uint8Array;
    readonly data: Uint8Array;
  }[];
  /** The layer and mask section of a file without layers in a mode whose pixels are not decoded. */
  readonly layersAndMasks: Uint8Array | null;
  /** The file's composite with its compression word, good as long as the layers are these and the format is. */
  readonly composite: Uint8Array;
  readonly channels: number;
  /** Whether the first of them after the colours is the composite's transparency. */
  readonly transparent: boolean;
  readonly psb: boolean;
  readonly layers: readonly Layer[];
}

export interface Contents {
  readonly width: number;
  readonly height: number;
  /** Pixels per inch. */
  readonly resolution: number;
  /** A value of `constants.DocumentMode`. */
  readonly mode: string;
  readonly depth: Depth | 1;
  /** Name of the colour profile, without "(Linear RGB Profile)"; empty if untagged. */
  readonly profile: string;
  /** The profile as it is embedded; null if untagged, or if only its name is known. */
  readonly icc: Uint8Array | null;
  /** Top layer first. */
  readonly layers: readonly Layer[];
  readonly activeLayerIds: readonly number[];
  /**
   * What is selected, at the document's depth: `outside` is 0, nothing lies beyond the canvas and something is
   * selected. Null if there is no selection.
   */
  readonly selection: Mask | null;
  readonly carried: Carried | null;
}

/** True for the modes and depths whose pixels the simulator decodes. */
export const hasPixels = (contents: Contents): boolean => modeOf(contents.mode, contents.depth) !== null;

export const canvasOf = (contents: Contents): Bounds => ({
  left: 0,
  top: 0,
  right: contents.width,
  bottom: contents.height,
});

/** Depth first, each group before its content. */
export function* walk(layers: readonly Layer[]): Generator<Layer> {
  for (const layer of layers) {
    yield layer;
    if (layer.children) yield* walk(layer.children);
  }
}

export function findLayer(layers: readonly Layer[], id: number): Layer | null {
  for (const layer of walk(layers)) if (layer.id === id) return layer;
  return null;
}

/** Those of the layers that are not within another of them, top first. */
export const topmost = (layers: readonly Layer[], ids: ReadonlySet<number>): Layer[] =>
  layers.flatMap((layer) => (ids.has(layer.id) ? [layer] : topmost(layer.children ?? [], ids)));

export function parentOf(layers: readonly Layer[], id: number): Layer | null {
  for (const layer of walk(layers)) if (layer.children?.some((child) => child.id === id)) return layer;
  return null;
}

/** The layers with one of them replaced by what `change` makes of it: none, one or more layers. */
export function replaceLayer(
  layers: readonly Layer[],
  id: number,
  change: (layer: Layer) => readonly Layer[],
): readonly Layer[] {
  if (!findLayer(layers, id)) return layers;
  return layers.flatMap((layer): readonly Layer[] => {
    if (layer.id === id) return change(layer);
    if (!layer.children) return [layer];
    const children = replaceLayer(layer.children, id, change);
    return [children === layer.children ? layer : { ...layer, children }];
  });
}

/** The layers with every one of them passed through `change`, groups after their content. */
export const mapLayers = (layers: readonly Layer[], change: (layer: Layer) => Layer): readonly Layer[] =>
  layers.map((layer) =>
    change(layer.children ? { ...layer, children: mapLayers(layer.children, change) } : layer),
  );

/**
 * Where the layer has pixels; of a group, where its content has. Layer effects are not counted. The Background
 * is as large as the canvas whatever is beyond it.
 */
export function boundsOf(layer: Layer, canvas: Bounds): Bounds {
  if (layer.children) {
    return layer.children.reduce((all, child) => union(all, boundsOf(child, canvas)), EMPTY);
  }
  if (!layer.pixels) return EMPTY;
  return layer.background ? intersect(layer.pixels.bounds, canvas) : layer.pixels.bounds;
}

export const isBlank = (layer: Layer, canvas: Bounds): boolean => isEmpty(boundsOf(layer, canvas));

export function highestLayerId(layers: readonly Layer[]): number {
  let highest = 0;
  for (const layer of walk(layers)) highest = Math.max(highest, layer.id);
  return highest;
}

/** Nothing of this may be written in place any more. */
export function seal(contents: Contents): void {
  for (const layer of walk(contents.layers)) {
    layer.pixels?.seal();
    layer.mask?.surface.seal();
  }
  contents.selection?.surface.seal();
}
