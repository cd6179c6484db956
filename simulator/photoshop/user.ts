/** The person in front of the emulated Photoshop. What a running modal command forbids is refused with false. */
import type { Bounds, User } from './interface.ts';
import type { DocumentActions } from './user-documents.ts';
import { handsOn } from './user-hands.ts';
import type { LayerActions } from './user-layers.ts';
import type { PluginActions } from './user-plugin.ts';
import { intersect, isEmpty, height, width } from './bounds.ts';
import type { Desktop } from './desktop.ts';
import { removeLayer } from './edits.ts';
import { boundsOf, walk, type Contents, type Layer } from './model.ts';
import { movedLayer } from './moves.ts';
import type { OpenDocument } from './open-document.ts';
import { pixelOf } from './screen.ts';
import { makeSamples, type Surface } from './surface.ts';

export function createUser(
  desktop: Desktop,
): Omit<User, keyof LayerActions | keyof DocumentActions | keyof PluginActions> {
  const { act, actOnLayer, change, historyChanged } = handsOn(desktop);
  /** Where a Shift-click's range begins, by document. */
  const clicked = new Map<number, number>();

  const goTo = (documentId: number, find: (document: OpenDocument) => number, event: string): boolean =>
    act(documentId, (document) => {
      if (!document.goTo(find(document))) return false;
      desktop.emit(event, { _obj: event, documentID: document.id });
      historyChanged(document);
      return true;
    });

  return {
    selectDocument: (documentId) =>
      act(documentId, (document) => {
        desktop.activeDocument = document;
        desktop.emit('select', {
          _obj: 'select',
          _target: [{ _ref: 'document', _id: documentId }],
          documentID: documentId,
        });
        return true;
      }),

    closeDocument: (documentId) =>
      act(documentId, (document) => {
        desktop.close(document);
        return true;
      }),

    selectLayer: (documentId, layerId, how = 'only') =>
      actOnLayer(documentId, layerId, (document, { id, name }) => {
        desktop.activeDocument = document;
        const { layers, activeLayerIds } = document.contents;
        const from = clicked.get(documentId) ?? activeLayerIds[0] ?? id;
        if (how === 'range') document.select(between(layers, from, id));
        else if (how === 'only') document.select([id]);
        else if (activeLayerIds.includes(id)) document.select(activeLayerIds.filter((each) => each !== id));
        else document.select([...activeLayerIds, id]);
        if (how !== 'range') clicked.set(documentId, id);
        const layerID = document.contents.activeLayerIds;
        if (layerID.length === 0) desktop.emit('selectNoLayers', { _obj: 'selectNoLayers' });
        else desktop.emit('select', { _obj: 'select', _target: [{ _ref: 'layer', _name: name }], layerID });
        return true;
      }),

    selectNoLayer: (documentId) =>
      act(documentId, (document) => {
        document.select([]);
        desktop.emit('selectNoLayers', { _obj: 'selectNoLayers' });
        return true;
      }),

    deleteLayer: (documentId, layerId) =>
      actOnLayer(documentId, layerId, (document, layer) => {
        const only = document.contents.layers.length === 1 && document.contents.layers[0]?.id === layerId;
        if (only || layer.locks.all) return false;
        document.change('Delete Layer', removeLayer(document.contents, layerId));
        desktop.emit('delete', {
          _obj: 'delete',
          _target: [{ _ref: 'layer', _name: layer.name }],
          layerID: [layerId],
        });
        historyChanged(document);
        return true;
      }),

    renameLayer: (documentId, layerId, name) =>
      actOnLayer(documentId, layerId, (document, layer) => {
        change(document, 'Name Change', layer, { ...layer, name });
        desktop.emit('set', {
          _obj: 'set',
          _target: [{ _ref: 'layer', _id: layerId }],
          to: { _obj: 'layer', name },
        });
        return true;
      }),

    setVisible: (documentId, layerId, visible) =>
      actOnLayer(documentId, layerId, (document, layer) => {
        change(document, 'Layer Visibility', layer, { ...layer, visible });
        const event = visible ? 'show' : 'hide';
        desktop.emit(event, { _obj: event, _target: [{ _ref: 'layer', _id: layerId }] });
        return true;
      }),

    setLocked: (documentId, layerId, locked) =>
      actOnLayer(documentId, layerId, (document, layer) => {
        if (layer.background) return false;
        change(document, 'Lock Layers', layer, { ...layer, locks: { ...layer.locks, all: locked } });
        desktop.emit('applyLocking', { _obj: 'applyLocking', _target: [{ _ref: 'layer', _id: layerId }] });
        return true;
      }),

    paintOn: (documentId, layerId, bounds, rgb = [0, 0, 0]) =>
      actOnLayer(documentId, layerId, (document, layer) => {
        if (layer.kind !== 'pixel' || !layer.pixels || layer.locks.all || layer.locks.pixels) return false;
        const own = boundsOf(layer, document.canvas);
        const wanted = bounds ?? (isEmpty(own) ? document.canvas : own);
        const place = layer.background ? intersect(wanted, document.canvas) : wanted;
        if (isEmpty(place)) return false;
        const pixels = layer.pixels.writable();
        pixels.put(fill(document.contents, layer.pixels, place, rgb), place);
        change(document, 'Brush Tool', layer, { ...layer, pixels });
        desktop.emit('paint', { _obj: 'paint' });
        return true;
      }),

    moveLayer: (documentId, layerId, dx, dy) =>
      actOnLayer(documentId, layerId, (document, layer) => {
        if (layer.background || layer.locks.all || layer.locks.position) return false;
        if (!layer.pixels && !layer.children) return false;
        // What Photoshop does then, moving the selected pixels alone, is not emulated.
        if (document.contents.selection) return false;
        change(document, 'Move', layer, movedLayer(layer, dx, dy));
        desktop.emit('move', { _obj: 'move' });
        return true;
      }),

    undo: (documentId) => goTo(documentId, (document) => document.historyIndex - 1, 'undoEvent'),
    redo: (documentId) => goTo(documentId, (document) => document.historyIndex + 1, 'redoEvent'),
    selectHistoryState: (documentId, stateId) =>
      goTo(documentId, (document) => document.history.findIndex((entry) => entry.id === stateId), 'select'),
    pressEscape: () => desktop.modal.cancel(),
  };
}

function fill(
  contents: Contents,
  { components, depth }: Surface,
  place: Bounds,
  rgb: readonly [number, number, number],
) {
  const samples = makeSamples(depth, width(place) * height(place) * components);
  const pixel = pixelOf(rgb, contents, depth);
  for (let i = 0; i < samples.length; i++) samples[i] = pixel[i % components] ?? 0;
  return samples;
}

/** All layers that the panel lists from one to the other. */
function between(layers: readonly Layer[], from: number, to: number): number[] {
  const ids = [...walk(layers)].map(({ id }) => id);
  const ends = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  return ids.slice(Math.max(0, ends[0] ?? 0), (ends[1] ?? 0) + 1);
}
