/** What everything a person does has in common: whether Photoshop lets them, and what is told afterwards. */
import type { Desktop } from './desktop.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import { findLayer, replaceLayer, type Contents, type Layer } from './model.ts';
import type { OpenDocument } from './open-document.ts';

export function handsOn(desktop: Desktop) {
  /** Runs `edit` if Photoshop lets the user; `edit` answers false where there is nothing to do it on. */
  const act = (documentId: number, edit: (document: OpenDocument) => boolean): boolean => {
    const document = desktop.documents.find((each) => each.id === documentId);
    if (!document || (desktop.modal.active && !desktop.modal.active.interactive)) return false;
    const done = edit(document);
    if (done) desktop.changed();
    return done;
  };

  const actOnLayer = (
    documentId: number,
    layerId: number,
    edit: (document: OpenDocument, layer: Layer) => boolean,
  ): boolean =>
    act(documentId, (document) => {
      const layer = findLayer(document.contents.layers, layerId);
      return layer !== null && edit(document, layer);
    });

  const change = (document: OpenDocument, command: string, layer: Layer, changed: Layer): true => {
    const { contents } = document;
    document.change(command, {
      ...contents,
      layers: replaceLayer(contents.layers, layer.id, () => [changed]),
    });
    historyChanged(document);
    return true;
  };

  const historyChanged = (document: OpenDocument): void => {
    const { id: ID, name } = document.activeEntry;
    // [3P] Not in Adobe's table of events, but what Photoshop sends with every new state.
    desktop.emit('historyStateChanged', { _obj: 'historyStateChanged', documentID: document.id, ID, name });
  };

  /** A command on the whole document; false where Photoshop, or the emulation, refuses it. */
  const command = (
    documentId: number,
    name: string,
    event: string,
    edit: (contents: Contents, document: OpenDocument) => Contents | null,
  ): boolean =>
    act(documentId, (document) => {
      const changed = tried(() => edit(document.contents, document));
      if (!changed) return false;
      document.change(name, changed);
      desktop.emit(event, { _obj: event, documentID: document.id });
      historyChanged(document);
      return true;
    });

  return { act, actOnLayer, change, historyChanged, command };
}

function tried<T>(edit: () => T): T | null {
  try {
    return edit();
  } catch (error) {
    if (error instanceof PhotoshopError || error instanceof NotEmulatedError) return null;
    throw error;
  }
}
