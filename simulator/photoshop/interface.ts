/**
 * The public surface of the emulated Photoshop: what the simulator's page, its headless driver and tests use.
 * What the plugin sees (`require('photoshop')` and so on) is `Photoshop.modules`; everything else is the
 * person in front of the screen, and the disturbances a test wants.
 */
import type { UxpEnvironment } from '../uxp/interface.ts';
import type { PanelState, RunningPlugin } from '../uxp/plugin-host.ts';
import type { PluginView } from '../uxp/plugin-view.ts';

export type { PanelState, PluginView, RunningPlugin };

/** Integer pixels of the document; right and bottom are exclusive. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Theme = 'lightest' | 'light' | 'dark' | 'darkest';

export interface PhotoshopOptions {
  /** Photoshop's version as the plugin reads it. */
  readonly version?: string;
  /** As `require('uxp').host.uiLocale`, e.g. 'en_US'. */
  readonly locale?: string;
  readonly theme?: Theme;
  /** The plugin's id, version and files, as read from its manifest and folder. */
  readonly plugin?: UxpEnvironment['plugin'];
  /** Where file bytes are kept; memory unless given. */
  readonly blocks?: UxpEnvironment['blocks'];
  /** Bytes the plugin's data and temporary folders may hold together. */
  readonly diskBytes?: number;
}

/** 8-bit RGBA rows with straight alpha, ready for `new ImageData(data, width, height)`. */
export interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

export interface LayerView {
  readonly id: number;
  readonly name: string;
  /** A value of `constants.LayerKind`. */
  readonly kind: string;
  readonly visible: boolean;
  readonly locked: boolean;
  readonly background: boolean;
  /** 0 to 100. */
  readonly opacity: number;
  readonly blendMode: string;
  readonly bounds: Bounds;
  /** True if the layer has a mask. */
  readonly masked: boolean;
  readonly maskDisabled: boolean;
  readonly clipped: boolean;
  /** True if the layer has layer effects, which are kept but not drawn. */
  readonly effects: boolean;
  readonly artboard: boolean;
  readonly framed: boolean;
  /** Top layer first; null unless the layer is a group. */
  readonly children: readonly LayerView[] | null;
}

export interface HistoryStateView {
  readonly id: number;
  readonly name: string;
}

export interface DocumentView {
  readonly id: number;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Pixels per inch. */
  readonly resolution: number;
  /** A value of `constants.DocumentMode`. */
  readonly mode: string;
  readonly bitsPerChannel: number;
  readonly profile: string;
  readonly saved: boolean;
  /** Top layer first. */
  readonly layers: readonly LayerView[];
  readonly activeLayerIds: readonly number[];
  /** Around what is selected; null if nothing is. */
  readonly selection: Bounds | null;
  readonly history: readonly HistoryStateView[];
  readonly activeHistoryStateId: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Raised with every change of the document's look: redraw when it differs. */
  readonly revision: number;
}

export interface ModalView {
  readonly commandName: string;
  /** 0 to 1; null while the progress is indeterminate. */
  readonly progress: number | null;
  readonly cancelled: boolean;
}

export interface PhotoshopView {
  /** In the order they were opened. */
  readonly documents: readonly DocumentView[];
  readonly activeDocumentId: number | null;
  /** The modal state Photoshop is in; null when the user may edit. */
  readonly modal: ModalView | null;
  readonly theme: Theme;
  readonly locale: string;
  readonly plugin: PluginView;
  readonly actions: readonly ActionView[];
  /** The name of the action being recorded; null if none is. */
  readonly recording: string | null;
}

/** An action of the Actions panel, with its steps' names. */
export interface ActionView {
  readonly name: string;
  readonly steps: readonly string[];
}

export type SelectionHow = 'replace' | 'add' | 'subtract' | 'intersect';

export interface SelectionOptions {
  /** The radius in pixels. */
  readonly feather?: number;
  readonly how?: SelectionHow;
}

/**
 * What a person does with Photoshop. Each returns false, and changes nothing, where Photoshop would refuse:
 * while a plugin's modal command runs, nothing but `pressEscape` is possible.
 */
export interface User {
  selectDocument(documentId: number): boolean;
  closeDocument(documentId: number): boolean;
  /** A click on the layer; 'toggle' with Ctrl or ⌘, 'range' with Shift, from the layer that was clicked before. */
  selectLayer(documentId: number, layerId: number, how?: 'only' | 'toggle' | 'range'): boolean;
  /** Deselects all layers. */
  selectNoLayer(documentId: number): boolean;
  deleteLayer(documentId: number, layerId: number): boolean;
  renameLayer(documentId: number, layerId: number, name: string): boolean;
  setVisible(documentId: number, layerId: number, visible: boolean): boolean;
  setLocked(documentId: number, layerId: number, locked: boolean): boolean;
  /** Fills a rectangle with one colour, 0 to 255 each, opaque: a brush stroke as far as a plugin can tell. */
  paintOn(
    documentId: number,
    layerId: number,
    bounds?: Bounds,
    rgb?: readonly [number, number, number],
  ): boolean;
  moveLayer(documentId: number, layerId: number, dx: number, dy: number): boolean;
  duplicateLayer(documentId: number, layerId: number): boolean;
  /** Layer > Group Layers, of the selected ones. */
  groupLayers(documentId: number): boolean;
  /** Layer > New > Frame from Layers. */
  frameLayers(documentId: number): boolean;
  /** 0 to 100. */
  setOpacity(documentId: number, layerId: number, opacity: number): boolean;
  setBlendMode(documentId: number, layerId: number, blendMode: string): boolean;
  setClipped(documentId: number, layerId: number, clipped: boolean): boolean;
  /** A mask of what is selected, or one that shows everything. */
  addMask(documentId: number, layerId: number): boolean;
  setMaskEnabled(documentId: number, layerId: number, enabled: boolean): boolean;
  deleteMask(documentId: number, layerId: number): boolean;
  /** Layer > Smart Objects > Convert to Smart Object, of the selected layers. */
  convertToSmartObject(documentId: number): boolean;
  /** Layer > Smart Objects > Edit Contents. The document that opens updates the layer when it is saved. */
  editContents(documentId: number, layerId: number): boolean;
  /** File > Save. */
  saveDocument(documentId: number): boolean;
  /** File > Revert: as it was opened or last saved. */
  revert(documentId: number): boolean;
  selectRectangle(documentId: number, bounds: Bounds, options?: SelectionOptions): boolean;
  selectEllipse(documentId: number, bounds: Bounds, options?: SelectionOptions): boolean;
  selectAll(documentId: number): boolean;
  deselect(documentId: number): boolean;
  invertSelection(documentId: number): boolean;
  /** Image > Crop, to the rectangle; what lies outside is deleted. */
  crop(documentId: number, bounds: Bounds): boolean;
  /** Image > Image Size, resampling, with styles scaled. */
  imageSize(documentId: number, width: number, height: number, resolution?: number): boolean;
  /** Image > Mode: a value of `constants.DocumentMode`. Layers are kept. */
  changeMode(documentId: number, mode: string): boolean;
  undo(documentId: number): boolean;
  redo(documentId: number): boolean;
  /** Goes to any state of the history panel. */
  selectHistoryState(documentId: number, stateId: number): boolean;
  /** Cancels the running modal command; false if there is none. */
  pressEscape(): boolean;
  /** Chooses one of the plugin's commands from the Plugins menu, or by its shortcut. */
  chooseCommand(commandId: string): boolean;
  /** Brings the panel back, as it was if it was hidden, or made anew if it was closed. */
  showPanel(panelId: string): boolean;
  /** Collapses the panel to its icon. */
  hidePanel(panelId: string): boolean;
  /** Closes the panel; what it showed is gone. */
  closePanel(panelId: string): boolean;
  /** Reload in the UXP Developer Tool, which nothing holds up. */
  reloadPlugin(): boolean;
  /** Begins to record an action of that name. What plugins add to it is recorded; the user's own steps are not. */
  recordAction(name: string): boolean;
  stopRecording(): boolean;
  playAction(name: string): boolean;
}

/** Names of plugin calls that faults can be tied to, e.g. 'imaging.putPixels', 'document.resizeImage', 'fs.write'. */
export type CallName = string;

/** Disturbances for tests. They hold until `clear()`. */
export interface Faults {
  /** Another plugin's modal state stands in the way now, for so many milliseconds (Infinity: until released). */
  otherModal(milliseconds: number, plugin?: string): { release(): void };
  /** The nth call of this name from now on (1: the next) throws `error`. */
  failCall(call: CallName, nth: number, error?: Error): void;
  /** Runs `action` just before the nth call of this name from now on: the user acts at that moment. */
  beforeCall(call: CallName, nth: number, action: () => void): void;
  /** From now on, only so many more bytes fit on the plugin's disk: writing more throws ENOSPC. */
  diskFullAfter(bytes: number): void;
  /** Makes a layer one of a kind that cannot be made here, such as 'threeD' or 'video': a value of `constants.LayerKind`. */
  pretendKind(documentId: number, layerId: number, kind: string): void;
  clear(): void;
}

export interface Stats {
  /** Image data handed to or made by the plugin and not yet disposed of. */
  readonly undisposed: number;
  readonly undisposedBytes: number;
  /** The highest `undisposedBytes` so far. */
  readonly peakBytes: number;
  /** How often each call was made, by its name. */
  readonly calls: ReadonlyMap<CallName, number>;
  /** Messages Photoshop would print in the plugin's console, e.g. about memory. */
  readonly warnings: readonly string[];
  /** Bytes held in the plugin's data and temporary folders. */
  readonly diskBytes: number;
}

export interface Simulator {
  /** Opens a PSD or PSB as File > Open does, makes it active and answers its id. Throws on a broken file. */
  openPsd(bytes: Uint8Array, name: string): number;
  /** Writes the document as PSD at its own depth; as PSB if a side is over 30,000. */
  savePsd(documentId: number): Uint8Array;
  readonly user: User;
  /** Paths that the plugin had opened in the file manager, in order; the user never refuses. */
  readonly opened: readonly string[];
  /** Puts a file below the plugin's data folder, as a user does in the file manager. */
  putFile(path: string, bytes: Uint8Array): Promise<void>;
  readonly faults: Faults;
  readonly stats: Stats;
  view(): PhotoshopView;
  /**
   * What the document looks like, or a part of it. `maxSide` scales it down so that the longer side is at most
   * that many pixels.
   */
  composite(documentId: number, options?: { bounds?: Bounds; maxSide?: number }): Rgba;
  /** How much each pixel of the canvas is selected, 0 to 255, scaled down like `composite`; null without a selection. */
  selectionMask(
    documentId: number,
    maxSide: number,
  ): { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray } | null;
  /** The layer's own pixels (of a group: its content) on transparency; null if it has none. */
  thumbnail(documentId: number, layerId: number, maxSide: number): Rgba | null;
  setTheme(theme: Theme): void;
  setLocale(locale: string): void;
  /** Called after every change of what `view()` answers. Returns the function that stops it. */
  onChange(listener: () => void): () => void;
}

export interface Photoshop<Modules> {
  readonly modules: Modules;
  readonly simulator: Simulator;
  /** Loads the plugin by `run`, again at each reload, and opens its panels. Rejects where UXP would not load it. */
  readonly loadPlugin: (run: () => Promise<RunningPlugin>) => Promise<void>;
}
