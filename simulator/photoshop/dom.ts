/**
 * The Photoshop DOM's objects that lead to one another: documents, layers and history states. One object per
 * document and layer is kept, so that they compare equal when asked for again.
 */
import type { Desktop } from './desktop.ts';
import { DocumentProperties } from './document-properties.ts';
import { duplicateInto, duplicateOf } from './duplicates.ts';
import { blankLayer, insertAbove, nextName, placeLayer, type Placement } from './edits.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import { LayerProperties } from './layer-properties.ts';
import {
  findLayer,
  mapLayers,
  parentOf,
  replaceLayer,
  type Contents,
  type Layer as LayerContents,
} from './model.ts';
import type { HistoryEntry, OpenDocument } from './open-document.ts';
import { Selection } from './selection.ts';

export class Layer extends LayerProperties {
  readonly #dom: Dom;

  constructor(dom: Dom, id: number, documentId: number) {
    super(dom.desktop, id, documentId);
    this.#dom = dom;
  }

  get document(): Document {
    this.read();
    return this.#dom.document(this._docId);
  }

  get parent(): Layer | null {
    const { id } = this.read();
    const parent = parentOf(this.open().contents.layers, id);
    return parent ? this.#dom.layer(this._docId, parent.id) : null;
  }

  /** Top layer first; null unless this is a group. */
  get layers(): Layers | null {
    const { children } = this.read();
    return children ? this.#dom.layers(this._docId, children) : null;
  }

  get linkedLayers(): Layers {
    this.read();
    return this.#dom.layers(this._docId, []);
  }

  move(relativeObject: Layer, insertLocation: string): void {
    this.desktop.commandSync('layer.move', () => {
      const { id } = this.read();
      const document = this.open();
      if (relativeObject._docId !== this._docId)
        throw new PhotoshopError('move: the layers are in two documents');
      const contents = place(document.contents, id, relativeObject.id, insertLocation);
      document.change('Layer Order', contents);
      this.desktop.emit('move', { _obj: 'move', layerID: [id] });
      this.desktop.changed();
    });
  }

  async duplicate(
    relativeObject?: Document | Layer,
    insertionLocation?: string,
    name?: string,
  ): Promise<Layer> {
    return this.desktop.command('layer.duplicate', () => {
      const source = this.read();
      const document = this.open();
      if (relativeObject instanceof Document) {
        const target = this.desktop.document(relativeObject.id);
        const duplicated = duplicateInto(document.contents, source, target.contents, name);
        target.change('Duplicate Layer', duplicated.contents);
        this.desktop.emit('duplicate', { _obj: 'duplicate', layerID: [duplicated.id] });
        return this.#dom.layer(target.id, duplicated.id);
      }
      const copy = duplicateOf(source, document.contents, name);
      let contents: Contents = {
        ...document.contents,
        layers: replaceLayer(document.contents.layers, source.id, (old) => [copy, old]),
        activeLayerIds: [copy.id],
      };
      if (relativeObject && insertionLocation !== undefined) {
        contents = place(contents, copy.id, relativeObject.id, insertionLocation);
      }
      document.change('Duplicate Layer', contents);
      this.desktop.emit('duplicate', { _obj: 'duplicate', layerID: [copy.id] });
      return this.#dom.layer(this._docId, copy.id);
    });
  }

  bringToFront(): void {
    const top = this.open().contents.layers[0];
    if (top && top.id !== this.id) this.move(this.#dom.layer(this._docId, top.id), 'placeBefore');
  }
}

const isPlacement = (name: string): name is Placement =>
  ['placeBefore', 'placeAfter', 'placeAtBeginning', 'placeAtEnd', 'placeInside'].includes(name);

function place(contents: Contents, id: number, relativeId: number, placement: string): Contents {
  if (!isPlacement(placement)) throw new PhotoshopError(`There is no placement "${placement}"`);
  return placeLayer(contents, id, relativeId, placement);
}

/** [D] Photoshop API > Layers: an array with a few methods. It is a picture of the moment it was asked for. */
export class Layers extends Array<Layer> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  get typename(): 'Layers' {
    return 'Layers';
  }

  /** The first layer of that name; throws if there is none. */
  getByName(name: string): Layer {
    const layer = this.find((each) => each.name === name);
    if (!layer) throw new PhotoshopError(`There is no layer named "${name}"`);
    return layer;
  }
}

/** [D] Photoshop API > HistoryState. */
export class HistoryState {
  readonly typename = 'HistoryState';
  /** The Open state is not a snapshot; the emulation has none. */
  readonly snapshot = false;
  readonly id: number;
  readonly docId: number;
  readonly name: string;
  readonly #dom: Dom;

  constructor(dom: Dom, document: OpenDocument, entry: HistoryEntry) {
    this.#dom = dom;
    this.id = entry.id;
    this.docId = document.id;
    this.name = entry.name;
  }

  get parent(): Document {
    return this.#dom.document(this.docId);
  }
}

interface PixelLayerOptions {
  name?: string;
  opacity?: number;
  mode?: string;
  blendMode?: string;
}

export class Document extends DocumentProperties {
  readonly #dom: Dom;
  readonly #id: number;

  constructor(dom: Dom, id: number) {
    super(dom.desktop, dom.save, id);
    this.#dom = dom;
    this.#id = id;
  }

  get layers(): Layers {
    return this.#dom.layers(this.#id, this.open().contents.layers);
  }

  get artboards(): Layers {
    const artboards = this.open().contents.layers.filter(
      ({ carried }) => carried?.info.artboard !== undefined,
    );
    return this.#dom.layers(this.#id, artboards);
  }

  get activeLayers(): Layers {
    const { layers, activeLayerIds } = this.open().contents;
    const found = activeLayerIds.map((id) => findLayer(layers, id)).filter((layer) => layer !== null);
    return this.#dom.layers(this.#id, found);
  }

  get backgroundLayer(): Layer | null {
    const background = this.open().contents.layers.find((layer) => layer.background);
    return background ? this.#dom.layer(this.#id, background.id) : null;
  }

  get selection(): Selection {
    return new Selection(this.desktop, this.open().id);
  }

  get historyStates(): HistoryState[] {
    const document = this.open();
    return document.history.map((entry) => new HistoryState(this.#dom, document, entry));
  }

  get activeHistoryState(): HistoryState {
    const document = this.open();
    return new HistoryState(this.#dom, document, document.activeEntry);
  }

  set activeHistoryState(state: HistoryState) {
    this.desktop.commandSync('document.activeHistoryState', () => {
      const document = this.open();
      if (document.suspension) throw new PhotoshopError('The history of the document is suspended');
      if (!document.goTo(document.history.findIndex((entry) => entry.id === state.id))) {
        throw new PhotoshopError('The history state does not exist any more');
      }
      this.desktop.changed();
    });
  }

  createLayer(kind = 'pixel', options: PixelLayerOptions = {}): Promise<Layer> {
    if (kind === 'group') return this.createLayerGroup(options);
    if (kind !== 'pixel') return Promise.reject(new NotEmulatedError(`createLayer of kind ${kind}`));
    return this.createPixelLayer(options);
  }

  /** A transparent layer above the selected one, selected. */
  createPixelLayer(options: PixelLayerOptions = {}): Promise<Layer> {
    return this.#create('document.createPixelLayer', 'New Layer', 'Layer', options, (layer) => layer);
  }

  createLayerGroup(options: PixelLayerOptions = {}): Promise<Layer> {
    return this.#create('document.createLayerGroup', 'New Group', 'Group', options, (layer) => ({
      ...layer,
      kind: 'group',
      pixels: null,
      children: [],
      blendMode: options.blendMode ?? options.mode ?? 'passThrough',
    }));
  }

  duplicate(name?: string, mergeLayersOnly = false): Promise<Document> {
    return this.desktop.command('document.duplicate', () => {
      if (mergeLayersOnly) throw new NotEmulatedError('duplicating a merged document');
      const { contents, name: own } = this.open();
      const copy = { ...contents, layers: mapLayers(contents.layers, (layer) => ({ ...layer })) };
      return this.#dom.document(this.desktop.add(name ?? `${own} copy`, copy, 'New').id);
    });
  }

  async duplicateLayers(layers: Layer[], targetDocument?: Document): Promise<Layer[]> {
    const elsewhere = targetDocument && targetDocument.id !== this.id ? targetDocument : undefined;
    const copies: Layer[] = [];
    for (const layer of layers) copies.push(await layer.duplicate(elsewhere));
    return copies;
  }

  /** [D] One history state of that name for all the callback does; what it throws undoes it. */
  async suspendHistory(callback: (context: { document: Document }) => unknown, name: string): Promise<void> {
    const { desktop } = this;
    const run = async () => {
      const document = this.open();
      if (document.suspension) throw new PhotoshopError('The history of the document is already suspended');
      document.suspend(0, name);
      let returned = false;
      try {
        await callback({ document: this });
        returned = true;
      } finally {
        document.resume(returned);
        desktop.changed();
      }
    };
    const start = await desktop.command('document.suspendHistory', () => run);
    await start();
  }

  #create(
    call: string,
    command: string,
    word: string,
    options: PixelLayerOptions,
    finish: (layer: LayerContents) => LayerContents,
  ): Promise<Layer> {
    return this.desktop.command(call, () => {
      const document = this.open();
      const { contents } = document;
      const blank = blankLayer(contents, options.name ?? nextName(contents, word));
      const layer = finish({
        ...blank,
        opacity: options.opacity ?? 100,
        blendMode: options.blendMode ?? options.mode ?? 'normal',
      });
      document.change(command, insertAbove(contents, layer, contents.activeLayerIds[0]));
      this.desktop.emit('make', { _obj: 'make', layerID: layer.id });
      return this.#dom.layer(document.id, layer.id);
    });
  }
}

export class Dom {
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
