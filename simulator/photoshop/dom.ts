/** Makes and keeps the DOM's objects: one per document and layer, so that they compare equal when asked again. */
import type { Desktop } from './desktop.ts';
import { Document } from './document.ts';
import { Layer, Layers } from './layer.ts';
import type { Layer as LayerContents } from './model.ts';
import type { OpenDocument } from './open-document.ts';

/** The parts the DOM's classes need of each other. */
export interface DomRoot {
  readonly desktop: Desktop;
  document(id: number): Document;
  layer(documentId: number, layerId: number): Layer;
  layers(documentId: number, layers: readonly LayerContents[]): Layers;
  save(document: OpenDocument): void;
}

export class Dom implements DomRoot {
  readonly desktop: Desktop;
  readonly save: (document: OpenDocument) => void;
  readonly #documents = new Map<number, Document>();
  readonly #layers = new Map<string, Layer>();

  constructor(desktop: Desktop, save: (document: OpenDocument) => void) {
    this.desktop = desktop;
    this.save = save;
  }

  document(id: number): Document {
    let document = this.#documents.get(id);
    if (!document) {
      document = new Document(this, id);
      this.#documents.set(id, document);
    }
    return document;
  }

  layer(documentId: number, layerId: number): Layer {
    const key = `${documentId}/${layerId}`;
    let layer = this.#layers.get(key);
    if (!layer) {
      layer = new Layer(this, layerId, documentId);
      this.#layers.set(key, layer);
    }
    return layer;
  }

  layers(documentId: number, layers: readonly LayerContents[]): Layers {
    const result = new Layers();
    for (const { id } of layers) result.push(this.layer(documentId, id));
    return result;
  }
}
