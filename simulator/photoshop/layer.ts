/** `Layer` of the Photoshop DOM: an id into the document, looked up at every use. [D] Photoshop API > Layer. */
import { isEmpty } from './bounds.ts';
import { blankLayer, newLayerId, placeLayer, removeLayer, type Placement } from './edits.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import type { Document } from './document.ts';
import type { DomRoot } from './dom.ts';
import {
  boundsOf,
  mapLayers,
  parentOf,
  replaceLayer,
  type Contents,
  type Layer as LayerContents,
  type Locks,
} from './model.ts';
import { resampleSurface } from './resample.ts';

/** [D] objects/ImagingBounds: with width and height. */
export interface DomBounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
  readonly width: number;
  readonly height: number;
}

export class Layer {
  readonly typename = 'Layer';
  readonly #root: DomRoot;
  readonly #id: number;
  readonly _docId: number;

  constructor(root: DomRoot, id: number, documentId: number) {
    this.#root = root;
    this.#id = id;
    this._docId = documentId;
  }

  get id(): number {
    return this.#read().id;
  }

  get document(): Document {
    this.#read();
    return this.#root.document(this._docId);
  }

  get name(): string {
    return this.#read().name;
  }

  set name(name: string) {
    this.#change('layer.name', 'Layer Properties', (layer) => ({ ...layer, name }));
  }

  get kind(): string {
    return this.#read().kind;
  }

  get bounds(): DomBounds {
    return this.boundsNoEffects;
  }

  /** Effects are not measured here, so both bounds are the pixels' own. */
  get boundsNoEffects(): DomBounds {
    const bounds = boundsOf(this.#read(), this.#open().canvas);
    return { ...bounds, width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
  }

  get isBackgroundLayer(): boolean {
    return this.#read().background;
  }

  /** True if anything about the layer is locked; the Background always is. */
  get locked(): boolean {
    const { locks, background } = this.#read();
    return background || locks.all || locks.pixels || locks.position || locks.transparency;
  }

  get allLocked(): boolean {
    return this.#read().locks.all;
  }

  set allLocked(all: boolean) {
    this.#lock({ all });
  }

  get pixelsLocked(): boolean {
    const { locks } = this.#read();
    return locks.all || locks.pixels;
  }

  set pixelsLocked(pixels: boolean) {
    this.#lock({ pixels });
  }

  get positionLocked(): boolean {
    const { locks, background } = this.#read();
    return background || locks.all || locks.position;
  }

  set positionLocked(position: boolean) {
    this.#lock({ position });
  }

  get transparentPixelsLocked(): boolean {
    const { locks, background } = this.#read();
    return background || locks.all || locks.transparency;
  }

  set transparentPixelsLocked(transparency: boolean) {
    this.#lock({ transparency });
  }

  get visible(): boolean {
    return this.#read().visible;
  }

  set visible(visible: boolean) {
    this.#change('layer.visible', 'Layer Visibility', (layer) => ({ ...layer, visible }));
  }

  get opacity(): number {
    return this.#read().opacity;
  }

  set opacity(opacity: number) {
    if (!(opacity >= 0 && opacity <= 100)) throw new PhotoshopError('opacity must be 0 to 100');
    this.#change('layer.opacity', 'Opacity Change', (layer) => ({ ...layer, opacity }));
  }

  get fillOpacity(): number {
    return this.#read().fillOpacity;
  }

  set fillOpacity(fillOpacity: number) {
    if (!(fillOpacity >= 0 && fillOpacity <= 100)) throw new PhotoshopError('fillOpacity must be 0 to 100');
    this.#change('layer.fillOpacity', 'Fill Opacity Change', (layer) => ({ ...layer, fillOpacity }));
  }

  get blendMode(): string {
    return this.#read().blendMode;
  }

  set blendMode(blendMode: string) {
    this.#change('layer.blendMode', 'Blending Change', (layer) => ({ ...layer, blendMode }));
  }

  get isClippingMask(): boolean {
    return this.#read().clipped;
  }

  set isClippingMask(clipped: boolean) {
    this.#change('layer.isClippingMask', 'Create Clipping Mask', (layer) => ({ ...layer, clipped }));
  }

  get selected(): boolean {
    return this.#open().contents.activeLayerIds.includes(this.#read().id);
  }

  set selected(selected: boolean) {
    this.#root.desktop.commandSync('layer.selected', () => {
      const { id } = this.#read();
      const document = this.#open();
      const others = document.contents.activeLayerIds.filter((each) => each !== id);
      document.select(selected ? [...others, id] : others);
      this.#root.desktop.changed();
    });
  }

  get parent(): Layer | null {
    const { id } = this.#read();
    const parent = parentOf(this.#open().contents.layers, id);
    return parent ? this.#root.layer(this._docId, parent.id) : null;
  }

  /** Top layer first; null unless this is a group. */
  get layers(): Layers | null {
    const { children } = this.#read();
    return children ? this.#root.layers(this._docId, children) : null;
  }

  get linkedLayers(): Layers {
    this.#read();
    return this.#root.layers(this._docId, []);
  }

  delete(): void {
    this.#root.desktop.commandSync('layer.delete', () => {
      const layer = this.#read();
      if (layer.locks.all) throw new PhotoshopError(`The layer "${layer.name}" is locked`);
      this.#open().change('Delete Layer', removeLayer(this.#open().contents, layer.id));
      this.#root.desktop.emit('delete', { _obj: 'delete', layerID: [layer.id] });
      this.#root.desktop.changed();
    });
  }

  move(relativeObject: Layer, insertLocation: string): void {
    this.#root.desktop.commandSync('layer.move', () => {
      const { id } = this.#read();
      const document = this.#open();
      if (relativeObject._docId !== this._docId)
        throw new PhotoshopError('move: the layers are in two documents');
      const contents = placeLayer(document.contents, id, relativeObject.id, insertLocation as Placement);
      document.change('Layer Order', contents);
      this.#root.desktop.emit('move', { _obj: 'move', layerID: [id] });
      this.#root.desktop.changed();
    });
  }

  async duplicate(
    relativeObject?: Document | Layer,
    insertionLocation?: string,
    name?: string,
  ): Promise<Layer> {
    return this.#root.desktop.command('layer.duplicate', () => {
      if (relativeObject !== undefined && !(relativeObject instanceof Layer)) {
        throw new NotEmulatedError('duplicating a layer into a document');
      }
      const source = this.#read();
      const document = this.#open();
      const copyOf = (layer: LayerContents): LayerContents => ({
        ...layer,
        id: newLayerId(document.contents),
      });
      const deep = source.children ? mapLayers([source], copyOf)[0] : copyOf(source);
      if (!deep) throw new PhotoshopError('There is nothing to duplicate');
      const copy = { ...deep, name: name ?? `${source.name} copy`, background: false };
      let contents: Contents = {
        ...document.contents,
        layers: replaceLayer(document.contents.layers, source.id, (old) => [copy, old]),
        activeLayerIds: [copy.id],
      };
      if (relativeObject && insertionLocation !== undefined) {
        contents = placeLayerIn(contents, copy.id, relativeObject.id, insertionLocation);
      }
      document.change('Duplicate Layer', contents);
      return this.#root.layer(this._docId, copy.id);
    });
  }

  async translate(horizontal: number, vertical: number): Promise<void> {
    await this.#root.desktop.command('layer.translate', () => {
      this.#refuseUnmovable();
      this.#apply('Move', (layer) => ({
        ...layer,
        pixels: layer.pixels?.moved(Math.round(horizontal), Math.round(vertical)) ?? null,
      }));
    });
  }

  /** Percentages; anchored at the middle of the layer unless another anchor is named. */
  async scale(
    across: number,
    down: number,
    anchor = 'middle-center',
    options: { interpolation?: string } = {},
  ): Promise<void> {
    await this.#root.desktop.command('layer.scale', () => {
      this.#refuseUnmovable();
      if (anchor !== 'middle-center' && anchor !== 'top-left')
        throw new NotEmulatedError(`the anchor ${anchor}`);
      if (!(across > 0 && down > 0)) throw new PhotoshopError('scale: percentages above 0 are required');
      const scale = { x: across / 100, y: down / 100 };
      this.#apply('Scale', (layer) => {
        if (!layer.pixels) return layer;
        const { bounds } = layer.pixels;
        if (isEmpty(bounds)) return layer;
        const resized = resampleSurface(
          layer.pixels,
          bounds,
          bounds,
          scale,
          options.interpolation ?? 'bicubic',
        );
        const at = (low: number, high: number, factor: number) => {
          const fixed = anchor === 'top-left' ? low : (low + high) / 2;
          return Math.round(fixed - fixed * factor);
        };
        const dx = at(bounds.left, bounds.right, scale.x);
        const dy = at(bounds.top, bounds.bottom, scale.y);
        return { ...layer, pixels: resized.moved(dx, dy) };
      });
    });
  }

  /** Makes a text, shape or smart object layer an ordinary one, with the pixels it has. */
  async rasterize(target: string): Promise<void> {
    await this.#root.desktop.command('layer.rasterize', () => {
      if (target !== 'entire') throw new NotEmulatedError(`rasterize ${target}`);
      this.#apply('Rasterize Layer', (layer) => {
        if (!layer.pixels) throw new PhotoshopError(`The layer "${layer.name}" has no pixels`);
        return { ...layer, kind: 'pixel', carried: null };
      });
    });
  }

  async clear(): Promise<void> {
    await this.#root.desktop.command('layer.clear', () => {
      this.#apply('Clear', (layer) => ({ ...layer, pixels: blankLayer(this.#open().contents, '').pixels }));
    });
  }

  bringToFront(): void {
    const top = this.#open().contents.layers[0];
    if (top && top.id !== this.id) this.move(this.#root.layer(this._docId, top.id), 'placeBefore');
  }

  #open() {
    return this.#root.desktop.document(this._docId);
  }

  #read(): LayerContents {
    return this.#root.desktop.layer(this._docId, this.#id);
  }

  #refuseUnmovable(): void {
    const { name, locks, background } = this.#read();
    if (background || locks.all || locks.position)
      throw new PhotoshopError(`The layer "${name}" is locked in its place`);
  }

  #lock(locks: Partial<Locks>): void {
    this.#change('layer.locks', 'Layer Properties', (layer) => ({
      ...layer,
      locks: { ...layer.locks, ...locks },
    }));
  }

  #change(call: string, command: string, change: (layer: LayerContents) => LayerContents): void {
    this.#root.desktop.commandSync(call, () => {
      this.#apply(command, change);
      this.#root.desktop.changed();
    });
  }

  /** To the layer itself and, through `mapLayers`, to nothing else. */
  #apply(command: string, change: (layer: LayerContents) => LayerContents): void {
    const { id } = this.#read();
    const document = this.#open();
    const { contents } = document;
    document.change(command, {
      ...contents,
      layers: replaceLayer(contents.layers, id, (old) => [change(old)]),
    });
  }
}

const placeLayerIn = (
  contents: Parameters<typeof placeLayer>[0],
  id: number,
  relativeId: number,
  placement: string,
) => placeLayer(contents, id, relativeId, placement as Placement);

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
