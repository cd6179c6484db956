/**
 * The public surface of the emulated Photoshop: what the simulator's page, its headless driver and tests use.
 * What the plugin sees (`require('photoshop')` and so on) is `Photoshop.modules`; everything else is the
 * person in front of the screen, and the disturbances a test wants.
 */
import type { UxpEnvironment } from '../uxp/interface.ts';

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
}

/**
 * What a person does with Photoshop. Each returns false, and changes nothing, where Photoshop would refuse:
 * while a plugin's modal command runs, nothing but `pressEscape` is possible.
 */
export interface User {
  selectDocument(documentId: number): boolean;
  closeDocument(documentId: number): boolean;
  selectLayer(documentId: number, layerId: number): boolean;
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
  undo(documentId: number): boolean;
  redo(documentId: number): boolean;
  /** Goes to any state of the history panel. */
  selectHistoryState(documentId: number, stateId: number): boolean;
  /** Cancels the running modal command; false if there is none. */
  pressEscape(): boolean;
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
}
