/**
 * What a `Layer` of the Photoshop DOM tells and does by itself: an id into the document, looked up at every use.
 * [D] Photoshop API > Layer.
 */
import type { Desktop } from './desktop.ts';
import { blankLayer, removeLayer } from './edits.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import { scaledLayer } from './layer-scale.ts';
import { boundsOf, replaceLayer, type Layer as LayerContents, type Locks } from './model.ts';
import { movedLayer } from './moves.ts';
import type { OpenDocument } from './open-document.ts';

/** [D] objects/ImagingBounds: with width and height. */
export interface DomBounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
  readonly width: number;
  readonly height: number;
}

/** [D] A value with its unit; here only plain numbers do. */
interface UnitValue {
  readonly _unit: string;
  readonly _value: number;
}

function numberOf(value: number | UnitValue): number {
  if (typeof value === 'number') return value;
  throw new NotEmulatedError(`values in ${value._unit}`);
}

export class LayerProperties {
  readonly typename = 'Layer';
  protected readonly desktop: Desktop;
  readonly #id: number;
  readonly _docId: number;

  constructor(desktop: Desktop, id: number, documentId: number) {
    this.desktop = desktop;
    this.#id = id;
    this._docId = documentId;
  }

  get id(): number {
    return this.read().id;
  }

  get name(): string {
    return this.read().name;
  }

  set name(name: string) {
    this.#change('layer.name', 'Layer Properties', (layer) => ({ ...layer, name }));
  }

  get kind(): string {
    return this.read().kind;
  }

  get bounds(): DomBounds {
    return this.boundsNoEffects;
  }

  /** Effects are not measured here, so both bounds are the pixels' own. */
  get boundsNoEffects(): DomBounds {
    const bounds = boundsOf(this.read(), this.open().canvas);
    return { ...bounds, width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
  }

  get isBackgroundLayer(): boolean {
    return this.read().background;
  }

  /** True if anything about the layer is locked; the Background always is. */
  get locked(): boolean {
    const { locks, background } = this.read();
    return background || locks.all || locks.pixels || locks.position || locks.transparency;
  }

  get allLocked(): boolean {
    return this.read().locks.all;
  }

  set allLocked(all: boolean) {
    this.#lock({ all });
  }

  get pixelsLocked(): boolean {
    const { locks } = this.read();
    return locks.all || locks.pixels;
  }

  set pixelsLocked(pixels: boolean) {
    this.#lock({ pixels });
  }

  get positionLocked(): boolean {
    const { locks, background } = this.read();
    return background || locks.all || locks.position;
  }

  set positionLocked(position: boolean) {
    this.#lock({ position });
  }

  get transparentPixelsLocked(): boolean {
    const { locks, background } = this.read();
    return background || locks.all || locks.transparency;
  }

  set transparentPixelsLocked(transparency: boolean) {
    this.#lock({ transparency });
  }

  get visible(): boolean {
    return this.read().visible;
  }

  set visible(visible: boolean) {
    this.#change('layer.visible', 'Layer Visibility', (layer) => ({ ...layer, visible }));
  }

  get opacity(): number {
    return this.read().opacity;
  }

  set opacity(opacity: number) {
    if (!(opacity >= 0 && opacity <= 100)) throw new PhotoshopError('opacity must be 0 to 100');
    this.#change('layer.opacity', 'Opacity Change', (layer) => ({ ...layer, opacity }));
  }

  get fillOpacity(): number {
    return this.read().fillOpacity;
  }

  set fillOpacity(fillOpacity: number) {
    if (!(fillOpacity >= 0 && fillOpacity <= 100)) throw new PhotoshopError('fillOpacity must be 0 to 100');
    this.#change('layer.fillOpacity', 'Fill Opacity Change', (layer) => ({ ...layer, fillOpacity }));
  }

  get blendMode(): string {
    return this.read().blendMode;
  }

  set blendMode(blendMode: string) {
    this.#change('layer.blendMode', 'Blending Change', (layer) => ({ ...layer, blendMode }));
  }

  get isClippingMask(): boolean {
    return this.read().clipped;
  }

  set isClippingMask(clipped: boolean) {
    this.#change('layer.isClippingMask', 'Create Clipping Mask', (layer) => ({ ...layer, clipped }));
  }

  /** In pixels; kept for the file, not drawn. */
  get layerMaskFeather(): number {
    return this.read().carried?.info.mask?.userMaskFeather ?? 0;
  }

  set layerMaskFeather(userMaskFeather: number) {
    this.#change('layer.layerMaskFeather', 'Modify Layer Mask', (layer) => {
      if (!layer.mask) throw new PhotoshopError(`The layer "${layer.name}" has no mask`);
      const { info, raw } = layer.carried ?? { info: {}, raw: null };
      return { ...layer, carried: { info: { ...info, mask: { ...info.mask, userMaskFeather } }, raw } };
    });
  }

  get selected(): boolean {
    return this.open().contents.activeLayerIds.includes(this.read().id);
  }

  set selected(selected: boolean) {
    this.desktop.commandSync('layer.selected', () => {
      const { id } = this.read();
      const document = this.open();
      const others = document.contents.activeLayerIds.filter((each) => each !== id);
      document.select(selected ? [...others, id] : others);
      this.desktop.changed();
    });
  }

  delete(): void {
    this.desktop.commandSync('layer.delete', () => {
      const layer = this.read();
      if (layer.locks.all) throw new PhotoshopError(`The layer "${layer.name}" is locked`);
      this.open().change('Delete Layer', removeLayer(this.open().contents, layer.id));
      this.desktop.emit('delete', { _obj: 'delete', layerID: [layer.id] });
      this.desktop.changed();
    });
  }

  async translate(horizontal: number | UnitValue, vertical: number | UnitValue): Promise<void> {
    const dx = Math.round(numberOf(horizontal));
    const dy = Math.round(numberOf(vertical));
    await this.desktop.command('layer.translate', () => {
      this.#refuseUnmovable();
      this.#apply('Move', (layer) => movedLayer(layer, dx, dy));
    });
  }

  /** Percentages; anchored at the middle of the layer unless another anchor is named. */
  async scale(
    across: number | UnitValue,
    down: number | UnitValue,
    anchor = 'middle-center',
    options: { interpolation?: string } = {},
  ): Promise<void> {
    await this.desktop.command('layer.scale', () => {
      this.#refuseUnmovable();
      const scaling = {
        scale: { x: numberOf(across) / 100, y: numberOf(down) / 100 },
        anchor,
        method: options.interpolation ?? 'bicubic',
      };
      const { contents } = this.open();
      this.#apply('Scale', (layer) => scaledLayer(layer, contents, scaling));
    });
  }

  /** Makes a text, shape or smart object layer an ordinary one, with the pixels it has. */
  async rasterize(target: string): Promise<void> {
    await this.desktop.command('layer.rasterize', () => {
      // [D] constants.RasterizeType: text contents and placed contents each of a layer of their kind.
      const of: Readonly<Record<string, string>> = { type: 'text', placed: 'smartObject' };
      if (target !== 'entire' && !(target in of)) throw new NotEmulatedError(`rasterize ${target}`);
      this.#apply('Rasterize Layer', (layer) => {
        if (target in of && layer.kind !== of[target]) {
          throw new PhotoshopError(`rasterize: the layer "${layer.name}" has nothing of the kind ${target}`);
        }
        if (!layer.pixels) throw new PhotoshopError(`The layer "${layer.name}" has no pixels`);
        const { effects, vectorMask, vectorFill } = layer.carried?.info ?? {};
        const info = { ...(effects && { effects }), ...(vectorMask && !vectorFill && { vectorMask }) };
        const carried = Object.keys(info).length > 0 ? { info, raw: null } : null;
        return { ...layer, kind: 'pixel', smart: null, carried };
      });
    });
  }

  async clear(): Promise<void> {
    await this.desktop.command('layer.clear', () => {
      this.#apply('Clear', (layer) => ({ ...layer, pixels: blankLayer(this.open().contents, '').pixels }));
    });
  }

  protected open(): OpenDocument {
    return this.desktop.document(this._docId);
  }

  protected read(): LayerContents {
    return this.desktop.layer(this._docId, this.#id);
  }

  #refuseUnmovable(): void {
    const { name, locks, background } = this.read();
    // [3P] With a selection Photoshop moves what is selected out of the layer, or refuses.
    if (this.open().contents.selection) {
      throw new PhotoshopError('The command is not available while something is selected');
    }
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
    this.desktop.commandSync(call, () => {
      this.#apply(command, change);
      this.desktop.changed();
    });
  }

  /** To the layer itself and, through `mapLayers`, to nothing else. */
  #apply(command: string, change: (layer: LayerContents) => LayerContents): void {
    const { id } = this.read();
    const document = this.open();
    const { contents } = document;
    document.change(command, {
      ...contents,
      layers: replaceLayer(contents.layers, id, (old) => [change(old)]),
    });
  }
}
