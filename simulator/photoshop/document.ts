/** `Document` of the Photoshop DOM: an id, looked up at every use. [D] Photoshop API > Document. */
import type { DomRoot } from './dom.ts';
import { blankLayer, insertAbove, nextName, resizeContents } from './edits.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import type { Layer, Layers } from './layer.ts';
import { findLayer, mapLayers, type Layer as LayerContents } from './model.ts';
import type { HistoryEntry, OpenDocument } from './open-document.ts';
import { profileName } from './imaging.ts';

/** [D] Photoshop API > HistoryState. */
export class HistoryState {
  readonly typename = 'HistoryState';
  /** The Open state is not a snapshot; the emulation has none. */
  readonly snapshot = false;
  readonly id: number;
  readonly docId: number;
  readonly name: string;
  readonly #root: DomRoot;

  constructor(root: DomRoot, document: OpenDocument, entry: HistoryEntry) {
    this.#root = root;
    this.id = entry.id;
    this.docId = document.id;
    this.name = entry.name;
  }

  get parent(): Document {
    return this.#root.document(this.docId);
  }
}

interface PixelLayerOptions {
  name?: string;
  opacity?: number;
  mode?: string;
  blendMode?: string;
}

export class Document {
  readonly typename = 'Document';
  readonly #root: DomRoot;
  readonly #id: number;

  constructor(root: DomRoot, id: number) {
    this.#root = root;
    this.#id = id;
  }

  get id(): number {
    return this.#open().id;
  }

  get name(): string {
    return this.#open().name;
  }

  get title(): string {
    return this.#open().name;
  }

  /** Documents of the emulation come from no place on the disk. */
  get path(): string {
    return `/${this.#open().name}`;
  }

  get saved(): boolean {
    return this.#open().saved;
  }

  get cloudDocument(): boolean {
    this.#open();
    return false;
  }

  get width(): number {
    return this.#open().contents.width;
  }

  get height(): number {
    return this.#open().contents.height;
  }

  get resolution(): number {
    return this.#open().contents.resolution;
  }

  get pixelAspectRatio(): number {
    this.#open();
    return 1;
  }

  get mode(): string {
    return this.#open().contents.mode;
  }

  get bitsPerChannel(): string {
    return `bitDepth${this.#open().contents.depth}`;
  }

  get colorProfileName(): string {
    const { profile, depth } = this.#open().contents;
    return profile === '' ? 'None' : profileName(profile, depth);
  }

  get colorProfileType(): string {
    return this.#open().contents.profile === '' ? 'none' : 'customEnum';
  }

  get layers(): Layers {
    return this.#root.layers(this.#id, this.#open().contents.layers);
  }

  get activeLayers(): Layers {
    const { layers, activeLayerIds } = this.#open().contents;
    const found = activeLayerIds.map((id) => findLayer(layers, id)).filter((layer) => layer !== null);
    return this.#root.layers(this.#id, found);
  }

  get backgroundLayer(): Layer | null {
    const background = this.#open().contents.layers.find((layer) => layer.background);
    return background ? this.#root.layer(this.#id, background.id) : null;
  }

  get historyStates(): HistoryState[] {
    const document = this.#open();
    return document.history.map((entry) => new HistoryState(this.#root, document, entry));
  }

  get activeHistoryState(): HistoryState {
    const document = this.#open();
    return new HistoryState(this.#root, document, document.activeEntry);
  }

  set activeHistoryState(state: HistoryState) {
    this.#root.desktop.commandSync('document.activeHistoryState', () => {
      const document = this.#open();
      if (document.suspension) throw new PhotoshopError('The history of the document is suspended');
      if (!document.goTo(document.history.findIndex((entry) => entry.id === state.id))) {
        throw new PhotoshopError('The history state does not exist any more');
      }
      this.#root.desktop.changed();
    });
  }

  /** Resamples every layer and mask. Whole pixels; `resolution` in pixels per inch. */
  async resizeImage(
    width?: number,
    height?: number,
    resolution?: number,
    resampleMethod = 'bicubicAutomatic',
  ): Promise<void> {
    await this.#root.desktop.command('document.resizeImage', () => {
      const document = this.#open();
      const { contents } = document;
      const dpi = resolution ?? contents.resolution;
      if (!(dpi > 0)) throw new PhotoshopError('resizeImage: the resolution must be above 0');
      if (resampleMethod === 'none') {
        document.change('Image Size', { ...contents, resolution: dpi });
        return;
      }
      const across =
        width ?? (height === undefined ? contents.width : (contents.width * height) / contents.height);
      const down = height ?? (contents.height * across) / contents.width;
      const resized = resizeContents(contents, Math.round(across), Math.round(down), dpi, resampleMethod);
      document.change('Image Size', resized);
      this.#root.desktop.emit('imageSize', { _obj: 'imageSize', documentID: document.id });
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
    return this.#root.desktop.command('document.duplicate', () => {
      if (mergeLayersOnly) throw new NotEmulatedError('duplicating a merged document');
      const { contents, name: own } = this.#open();
      const copy = { ...contents, layers: mapLayers(contents.layers, (layer) => ({ ...layer })) };
      return this.#root.document(this.#root.desktop.add(name ?? `${own} copy`, copy, 'New').id);
    });
  }

  /** Without a person to ask, unsaved changes are thrown away unless `SAVECHANGES` is given. */
  close(saveDialogOptions = 2): Promise<void> {
    return this.#root.desktop.command('document.close', () => {
      const document = this.#open();
      if (saveDialogOptions === 2 && !document.saved) this.#root.save(document);
      this.#root.desktop.close(document);
    });
  }

  closeWithoutSaving(): void {
    this.#root.desktop.commandSync('document.closeWithoutSaving', () =>
      this.#root.desktop.close(this.#open()),
    );
  }

  save(): Promise<void> {
    return this.#root.desktop.command('document.save', () => this.#root.save(this.#open()));
  }

  async duplicateLayers(layers: Layer[], targetDocument?: Document): Promise<Layer[]> {
    if (targetDocument && targetDocument.id !== this.id)
      throw new NotEmulatedError('layers into another document');
    const copies: Layer[] = [];
    for (const layer of layers) copies.push(await layer.duplicate());
    return copies;
  }

  /** [D] One history state of that name for all the callback does; what it throws undoes it. */
  async suspendHistory(callback: (context: { document: Document }) => unknown, name: string): Promise<void> {
    const { desktop } = this.#root;
    const run = async () => {
      const document = this.#open();
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

  #open(): OpenDocument {
    return this.#root.desktop.document(this.#id);
  }

  #create(
    call: string,
    command: string,
    word: string,
    options: PixelLayerOptions,
    finish: (layer: LayerContents) => LayerContents,
  ): Promise<Layer> {
    return this.#root.desktop.command(call, () => {
      const document = this.#open();
      const { contents } = document;
      const blank = blankLayer(contents, options.name ?? nextName(contents, word));
      const layer = finish({
        ...blank,
        opacity: options.opacity ?? 100,
        blendMode: options.blendMode ?? options.mode ?? 'normal',
      });
      document.change(command, insertAbove(contents, layer, contents.activeLayerIds[0]));
      this.#root.desktop.emit('make', { _obj: 'make', layerID: layer.id });
      return this.#root.layer(document.id, layer.id);
    });
  }
}
