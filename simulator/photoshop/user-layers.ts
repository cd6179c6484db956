/** What a person does to layers beyond painting and moving: duplicating, grouping, masks, blending, smart objects. */
import { openContents } from './batch-play.ts';
import type { Desktop } from './desktop.ts';
import { duplicateOf } from './duplicates.ts';
import { blankLayer, nextName } from './edits.ts';
import type { User } from './interface.ts';
import { replaceLayer, topmost, walk, type Contents, type Layer } from './model.ts';
import { maskFrom } from './selections.ts';
import { convertToSmartObject } from './smart-object.ts';
import { handsOn } from './user-hands.ts';

export type LayerActions = Pick<
  User,
  | 'duplicateLayer'
  | 'groupLayers'
  | 'frameLayers'
  | 'setOpacity'
  | 'setBlendMode'
  | 'setClipped'
  | 'addMask'
  | 'setMaskEnabled'
  | 'deleteMask'
  | 'convertToSmartObject'
  | 'editContents'
>;

export function layerActions(desktop: Desktop): LayerActions {
  const { act, actOnLayer, change, historyChanged, command } = handsOn(desktop);

  const set = (
    documentId: number,
    layerId: number,
    name: string,
    edit: (layer: Layer, contents: Contents) => Layer | null,
  ): boolean =>
    actOnLayer(documentId, layerId, (document, layer) => {
      const changed = edit(layer, document.contents);
      if (!changed) return false;
      desktop.emit('set', { _obj: 'set', _target: [{ _ref: 'layer', _id: layerId }] });
      return change(document, name, layer, changed);
    });

  return {
    duplicateLayer: (documentId, layerId) =>
      actOnLayer(documentId, layerId, (document, layer) => {
        const { contents } = document;
        const copy = duplicateOf(layer, contents);
        const layers = replaceLayer(contents.layers, layerId, (old) => [copy, old]);
        document.change('Duplicate Layer', { ...contents, layers, activeLayerIds: [copy.id] });
        desktop.emit('duplicate', { _obj: 'duplicate', layerID: [copy.id] });
        historyChanged(document);
        return true;
      }),

    groupLayers: (documentId) =>
      command(documentId, 'Group Layers', 'make', (contents) => grouped(contents, 'Group', false)),

    frameLayers: (documentId) =>
      command(documentId, 'Frame From Layers', 'make', (contents) => grouped(contents, 'Frame', true)),

    setOpacity: (documentId, layerId, opacity) =>
      set(documentId, layerId, 'Opacity Change', (layer) =>
        layer.background || !(opacity >= 0 && opacity <= 100) ? null : { ...layer, opacity },
      ),

    setBlendMode: (documentId, layerId, blendMode) =>
      set(documentId, layerId, 'Blending Change', (layer) =>
        layer.background ? null : { ...layer, blendMode },
      ),

    setClipped: (documentId, layerId, clipped) =>
      set(
        documentId,
        layerId,
        clipped ? 'Create Clipping Mask' : 'Release Clipping Mask',
        (layer, contents) =>
          layer.background || contents.layers.at(-1)?.id === layerId ? null : { ...layer, clipped },
      ),

    addMask: (documentId, layerId) =>
      actOnLayer(documentId, layerId, (document, layer) => {
        if (layer.mask || layer.background || layer.locks.all) return false;
        const { contents } = document;
        const masked = { ...layer, mask: maskFrom(contents) };
        // [D] The selection becomes the mask and is gone.
        document.change('Add Layer Mask', {
          ...contents,
          selection: null,
          layers: replaceLayer(contents.layers, layerId, () => [masked]),
        });
        desktop.emit('make', { _obj: 'make', layerID: [layerId] });
        historyChanged(document);
        return true;
      }),

    setMaskEnabled: (documentId, layerId, enabled) =>
      set(documentId, layerId, enabled ? 'Enable Layer Mask' : 'Disable Layer Mask', (layer) =>
        layer.mask ? { ...layer, mask: { ...layer.mask, disabled: !enabled } } : null,
      ),

    deleteMask: (documentId, layerId) =>
      set(documentId, layerId, 'Delete Layer Mask', (layer) =>
        layer.mask ? { ...layer, mask: null } : null,
      ),

    convertToSmartObject: (documentId) =>
      command(documentId, 'Convert to Smart Object', 'newPlacedLayer', (contents) =>
        convertToSmartObject(contents, contents.activeLayerIds),
      ),

    editContents: (documentId, layerId) =>
      act(documentId, (document) => {
        const layer = [...walk(document.contents.layers)].find(({ id }) => id === layerId);
        if (!layer?.smart?.file.contents()) return false;
        document.select([layerId]);
        openContents(desktop, document);
        return true;
      }),
  };
}

/** The selected layers in a group where the topmost of them was; null if there is none, or the Background among them. */
function grouped(contents: Contents, word: string, framed: boolean): Contents | null {
  const { activeLayerIds } = contents;
  const chosen = topmost(contents.layers, new Set(activeLayerIds));
  const [top] = chosen;
  if (!top || chosen.some((layer) => layer.background || layer.locks.all)) return null;
  const group: Layer = {
    ...blankLayer(contents, nextName(contents, word)),
    kind: 'group',
    pixels: null,
    blendMode: 'passThrough',
    children: chosen,
    framed,
  };
  let layers = replaceLayer(contents.layers, top.id, () => [group]);
  for (const { id } of chosen.slice(1)) layers = without(layers, id, group.id);
  return { ...contents, layers, activeLayerIds: [group.id] };
}

/** Without the layer of that id, except within the group it was put into. */
const without = (layers: readonly Layer[], id: number, groupId: number): Layer[] =>
  layers
    .filter((layer) => layer.id !== id)
    .map((layer) =>
      layer.children && layer.id !== groupId
        ? { ...layer, children: without(layer.children, id, groupId) }
        : layer,
    );
