/** What the simulator's own interface shows: documents, layers, history, and pictures of them. */
import type { Bounds, DocumentView, LayerView, PhotoshopView, Rgba } from './interface.ts';
import { height, intersect, isEmpty, onGrid, sized, width } from './bounds.ts';
import { compositeOf } from './composite.ts';
import type { Desktop } from './desktop.ts';
import { boundsOf, canvasOf, hasPixels, type Contents, type Layer } from './model.ts';
import { componentsOf } from './modes.ts';
import type { OpenDocument } from './open-document.ts';
import { resampleTo } from './resample.ts';
import { fullScale } from './surface.ts';
import { toScreen } from './screen.ts';
import type { Samples } from './surface.ts';

export function viewOf(desktop: Desktop): Omit<PhotoshopView, 'plugin' | 'actions' | 'recording'> {
  const { active } = desktop.modal;
  return {
    documents: desktop.documents.map(documentView),
    activeDocumentId: desktop.activeDocument?.id ?? null,
    modal: active
      ? { commandName: active.commandName, progress: active.progress, cancelled: active.cancelled }
      : null,
    theme: desktop.theme,
    locale: desktop.locale,
  };
}

function documentView(document: OpenDocument): DocumentView {
  const { contents } = document;
  return {
    id: document.id,
    name: document.name,
    width: contents.width,
    height: contents.height,
    resolution: contents.resolution,
    mode: contents.mode,
    bitsPerChannel: contents.depth,
    profile: contents.profile,
    saved: document.saved,
    layers: contents.layers.map((layer) => layerView(layer, document.canvas)),
    activeLayerIds: contents.activeLayerIds,
    selection: contents.selection?.bounds ?? null,
    history: document.history.map(({ id, name }) => ({ id, name })),
    activeHistoryStateId: document.activeEntry.id,
    canUndo: document.historyIndex > 0,
    canRedo: document.historyIndex < document.history.length - 1,
    revision: document.revision,
  };
}

function layerView(layer: Layer, canvas: Bounds): LayerView {
  const { id, name, kind, visible, background, opacity, blendMode, locks } = layer;
  return {
    id,
    name,
    kind,
    visible,
    background,
    opacity,
    blendMode,
    locked: locks.all || background,
    bounds: boundsOf(layer, canvas),
    masked: layer.mask !== null,
    maskDisabled: layer.mask?.disabled ?? false,
    clipped: layer.clipped,
    effects: layer.carried?.info.effects !== undefined,
    artboard: layer.carried?.info.artboard !== undefined,
    framed: layer.framed,
    children: layer.children?.map((child) => layerView(child, canvas)) ?? null,
  };
}

export function compositeView(
  document: OpenDocument,
  options: { bounds?: Bounds; maxSide?: number } = {},
): Rgba {
  const { contents } = document;
  const bounds = options.bounds ? intersect(options.bounds, canvasOf(contents)) : canvasOf(contents);
  return picture(contents, contents.layers, bounds, options.maxSide);
}

export function thumbnailView(document: OpenDocument, layer: Layer, maxSide: number): Rgba | null {
  const bounds = boundsOf(layer, document.canvas);
  if (isEmpty(bounds)) return null;
  const alone: Layer = {
    ...layer,
    visible: true,
    opacity: 100,
    fillOpacity: 100,
    clipped: false,
    blendMode: 'normal',
    mask: null,
  };
  return picture(document.contents, [alone], bounds, maxSide);
}

function picture(contents: Contents, layers: readonly Layer[], bounds: Bounds, maxSide?: number): Rgba {
  const from = { width: width(bounds), height: height(bounds) };
  if (isEmpty(bounds)) return { width: 0, height: 0, data: new Uint8ClampedArray() };
  const scale = Math.min(1, (maxSide ?? Infinity) / Math.max(from.width, from.height));
  const to = {
    width: Math.max(1, Math.round(from.width * scale)),
    height: Math.max(1, Math.round(from.height * scale)),
  };
  if (!hasPixels(contents) || contents.depth === 1) return blankPicture(to);
  const components = componentsOf(contents);
  const { depth } = contents;
  // A large picture is thinned out first, to about twice what is wanted: a preview, not the plugin's pixels.
  const step = Math.max(1, Math.round(1 / (2 * scale)));
  const grid = { width: Math.ceil(from.width / step), height: Math.ceil(from.height / step) };
  const read = (part: Bounds): Samples =>
    compositeOf(layers, onGrid(part, bounds, step), components, depth, step);
  const whole = sized(0, 0, grid.width, grid.height);
  const samples = scale === 1 ? read(whole) : resampleTo(read, components, depth, grid, to);
  return { ...to, data: toScreen(samples, contents, depth) };
}

/** Modes without decoded pixels are shown as an even grey. */
const blankPicture = (size: { width: number; height: number }): Rgba => {
  const data = new Uint8ClampedArray(size.width * size.height * 4).fill(128);
  for (let a = 3; a < data.length; a += 4) data[a] = 255;
  return { ...size, data };
};

export function selectionView(
  { contents, canvas }: OpenDocument,
  maxSide: number,
): { width: number; height: number; data: Uint8ClampedArray } | null {
  const { selection } = contents;
  if (!selection) return null;
  const step = Math.max(1, Math.ceil(Math.max(contents.width, contents.height) / maxSide));
  const samples = selection.surface.readEvery(canvas, step);
  const full = fullScale(selection.surface.depth);
  const data = new Uint8ClampedArray(samples.length);
  for (let i = 0; i < data.length; i++) data[i] = ((samples[i] ?? 0) / full) * 255;
  return { width: Math.ceil(contents.width / step), height: Math.ceil(contents.height / step), data };
}
