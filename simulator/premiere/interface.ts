/**
 * The public surface of the emulated Premiere: what the simulator's page, its headless driver and tests use. What the
 * plugin sees (`require('premierepro')` and so on) is `Premiere.modules`; everything else is the person in front of the
 * screen, their disk, and the disturbances a test wants.
 */
import type { UxpEnvironment } from '../uxp/interface.ts';
import type { PanelState, RunningPlugin } from '../uxp/plugin-host.ts';
import type { PluginView } from '../uxp/plugin-view.ts';

export type { PanelState, PluginView, RunningPlugin };

/** Premiere's clock, 254,016,000,000 a second, as decimal digits: views cross into other pages as JSON. */
export type Ticks = string;

export type Theme = 'lightest' | 'light' | 'dark' | 'darkest';

/** What importing a file tells of it. */
export interface MediaFacts {
  /** Null of a file with sound only. */
  readonly video: {
    /** Pixels as stored, after the file's rotation. */
    readonly width: number;
    readonly height: number;
    /** Frames a second; 0 of a still. */
    readonly rate: number;
    /** Width of a pixel by its height. */
    readonly pixelAspect: number;
    readonly codec: string;
  } | null;
  /** Channels of all sound tracks together; 0 without any. */
  readonly audioChannels: number;
  readonly seconds: number;
}

/** A file as a probe reads it: by ranges. */
export interface MediaFile {
  readonly path: string;
  readonly size: number;
  read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

export interface PremiereOptions {
  /** Premiere's version as the plugin reads it. */
  readonly version?: string;
  /** As `require('uxp').host.uiLocale`, e.g. 'en_US'. */
  readonly locale?: string;
  readonly theme?: Theme;
  /** The plugin's id, version and files, as read from its manifest and folder. */
  readonly plugin?: UxpEnvironment['plugin'];
  /** Where file bytes are kept; memory unless given. */
  readonly blocks?: UxpEnvironment['blocks'];
  /** Bytes that all files together may hold, the plugin's and the user's. */
  readonly diskBytes?: number;
  /** The project that is open, empty, when Premiere has started; null for none. '' is a path: it was never saved. */
  readonly project?: { readonly name: string; readonly path: string } | null;
  /** Which spelling of the user's paths `fs` takes; both unless given. */
  readonly nativePaths?: NativePaths;
  /** What a file is; rejects or resolves null where it cannot be imported. By mediabunny unless given. */
  readonly probe?: (file: MediaFile) => Promise<MediaFacts | null>;
  /** Milliseconds from the answer of `importFiles` until the items are in the project; 0 unless given. */
  readonly importDelay?: number;
  /**
   * How values of points are read from parameters: [3P] an array [x, y], though the types say PointF. Only a PointF can
   * be written either way.
   */
  readonly pointsReadAs?: 'array' | 'point';
  /** In what points of Motion are read and written: [3P] fractions of the frame; others report pixels. */
  readonly pointsIn?: 'fractions' | 'pixels';
}

export type NativePaths = 'both' | 'paths' | 'urls';

/** What can be selected on a timeline or lie on it. */
export type ProjectItemKind =
  'bin' | 'clip' | 'still' | 'sequence' | 'multicam' | 'merged' | 'adjustment' | 'audio';

export type FieldsOfFootage = 'default' | 'progressive' | 'upper-first' | 'lower-first';

export interface ProjectItemView {
  readonly id: string;
  readonly name: string;
  readonly kind: ProjectItemKind;
  /** As the user's disk names it (NFC); null of what has no file. */
  readonly path: string | null;
  readonly offline: boolean;
  /** Pixels as stored; 0 without a picture. */
  readonly width: number;
  readonly height: number;
  readonly interpretation: {
    readonly rate: number;
    readonly pixelAspect: number;
    readonly fields: FieldsOfFootage;
  };
  readonly audioChannels: number;
  readonly mediaStartTicks: Ticks;
  readonly durationTicks: Ticks;
  /** Marks as committed; null where none are set. */
  readonly inTicks: Ticks | null;
  readonly outTicks: Ticks | null;
  /** The sequence it stands for: of kind 'sequence' and 'multicam'. */
  readonly sequenceId: string | null;
  readonly selected: boolean;
  /** Null unless it is a bin. */
  readonly children: readonly ProjectItemView[] | null;
}

/** A parameter's value: a point is [x, y]. */
export type ParamValue = number | boolean | string | readonly [number, number];

export type Interpolation = 'linear' | 'hold' | 'bezier';

export interface KeyframeView {
  /** Of the source's time, as `inTicks` of a clip. */
  readonly ticks: Ticks;
  readonly value: ParamValue;
  readonly interpolation: Interpolation;
}

export interface ParamView {
  readonly name: string;
  /** Of a constant parameter; of one that varies, its start value. */
  readonly value: ParamValue;
  /** Null of a constant one. */
  readonly keyframes: readonly KeyframeView[] | null;
}

export interface EffectView {
  readonly matchName: string;
  readonly name: string;
  readonly params: readonly ParamView[];
}

export type TrackKind = 'video' | 'audio';

/** Something on a track. */
export interface ClipView {
  readonly id: string;
  readonly name: string;
  /** Null of a graphic. */
  readonly itemId: string | null;
  readonly kind: ProjectItemKind | 'graphic';
  readonly startTicks: Ticks;
  /** Exclusive. */
  readonly endTicks: Ticks;
  /** Of the source, from its first frame. */
  readonly inTicks: Ticks;
  readonly outTicks: Ticks;
  /** 1 is as shot. */
  readonly speed: number;
  readonly reversed: boolean;
  readonly disabled: boolean;
  readonly selected: boolean;
  /** Clips that are selected and moved together with it. */
  readonly linkedIds: readonly string[];
  /** Opacity, Motion and what else was applied; none of sound. */
  readonly effects: readonly EffectView[];
}

export interface TrackView {
  readonly kind: TrackKind;
  readonly index: number;
  readonly name: string;
  readonly muted: boolean;
  readonly locked: boolean;
  /** By start. */
  readonly clips: readonly ClipView[];
}

export interface SequenceView {
  readonly id: string;
  readonly itemId: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly ticksPerFrame: Ticks;
  readonly playheadTicks: Ticks;
  readonly endTicks: Ticks;
  /** Whether it has a tab in the timeline panel. */
  readonly open: boolean;
  /** Bottom first. */
  readonly videoTracks: readonly TrackView[];
  readonly audioTracks: readonly TrackView[];
}

export interface ProjectView {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly saved: boolean;
  readonly items: readonly ProjectItemView[];
  readonly sequences: readonly SequenceView[];
  readonly activeSequenceId: string | null;
  /** Names of what can be undone, the last first. */
  readonly undo: readonly string[];
  /** Names of what can be redone, the next first. */
  readonly redo: readonly string[];
}

export interface PremiereView {
  readonly project: ProjectView | null;
  readonly theme: Theme;
  readonly locale: string;
  /** Whether the plugin has asked for a folder and waits. */
  readonly folderPicker: boolean;
  readonly plugin: PluginView;
  /** Raised with every change: redraw when it differs. */
  readonly revision: number;
}

/** What a clip shows at a moment: its parameters' values then, in Premiere's own units. */
export interface FrameLayer {
  readonly clipId: string;
  /** Null of graphics, adjustment layers and what is offline. */
  readonly path: string | null;
  /** Null unless it is a sequence within the sequence. */
  readonly sequenceId: string | null;
  /** Of the source, from its first frame. */
  readonly sourceTicks: Ticks;
  /** Of the source: pixels as stored, and as interpreted. */
  readonly width: number;
  readonly height: number;
  readonly pixelAspect: number;
  readonly rate: number;
  /** 0 to 100. */
  readonly opacity: number;
  /** Of the sequence's frame: 0.5, 0.5 is its centre. */
  readonly position: readonly [number, number];
  /** Per cent; of the height where the scale is not uniform. */
  readonly scale: number;
  readonly scaleWidth: number;
  /** Degrees, clockwise. */
  readonly rotation: number;
  /** Of the source's frame: 0.5, 0.5 is its centre. */
  readonly anchor: readonly [number, number];
  /** Left, top, right, bottom in per cent: Motion's own and those of the effect Crop, whichever is more. */
  readonly crop: readonly [number, number, number, number];
}

export interface SequenceOptions {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Frames a second: 23.976 and the like mean the exact rate next to it. */
  readonly rate: number;
  /** 3 each unless given. */
  readonly videoTracks?: number;
  readonly audioTracks?: number;
}

export interface PlaceOptions {
  readonly at?: Ticks;
  /** 0 is the lowest; 0 unless given. */
  readonly videoTrack?: number;
  readonly audioTrack?: number;
  /** Of the source; all of it unless given. */
  readonly inTicks?: Ticks;
  readonly outTicks?: Ticks;
}

/** Motion, by its parameters' indices in Premiere's order: see `MOTION` of effects.ts. */
export interface MotionOptions {
  readonly position?: readonly [number, number];
  readonly scale?: number;
  readonly scaleWidth?: number;
  readonly uniformScale?: boolean;
  readonly rotation?: number;
  readonly anchor?: readonly [number, number];
  readonly cropLeft?: number;
  readonly cropTop?: number;
  readonly cropRight?: number;
  readonly cropBottom?: number;
}

/**
 * What a person does with Premiere; every edit is one step of Undo. Each hand returns false, or null, and changes
 * nothing, where Premiere would refuse. Clips are named by their sequence and id.
 */
export interface User {
  // The project panel
  /** File > Import. Null where the file cannot be imported. `numberedStills` takes all files numbered like it. */
  importMedia(
    path: string,
    options?: { readonly binId?: string; readonly numberedStills?: boolean },
  ): Promise<string | null>;
  makeBin(name: string): string;
  selectItems(itemIds: readonly string[]): boolean;
  renameItem(itemId: string, name: string): boolean;
  /** Removes a bin or an item, and its clips from all sequences. */
  deleteItem(itemId: string): boolean;
  /** Make Offline: the path stays, the media cannot be read. */
  makeOffline(itemId: string): boolean;
  /** Modify > Interpret Footage. */
  interpretFootage(
    itemId: string,
    how: { readonly rate?: number; readonly pixelAspect?: number; readonly fields?: FieldsOfFootage },
  ): boolean;
  /** Modify > Timecode. */
  setMediaStart(itemId: string, ticks: Ticks): boolean;
  markItem(itemId: string, inTicks: Ticks | null, outTicks: Ticks | null): boolean;
  /** Makes one item of several: as Merge Clips does, or as Create Multi-Camera Source Sequence does. */
  mergeClips(itemIds: readonly string[], name: string): string | null;
  createMulticam(itemIds: readonly string[], name: string): string | null;

  // Sequences
  /** Makes a sequence, opens it and answers its id. */
  createSequence(options: SequenceOptions): string;
  openSequence(sequenceId: string): boolean;
  closeSequence(sequenceId: string): boolean;
  deleteSequence(sequenceId: string): boolean;
  movePlayhead(sequenceId: string, ticks: Ticks): boolean;
  setTrackLocked(sequenceId: string, kind: TrackKind, index: number, locked: boolean): boolean;
  setTrackMuted(sequenceId: string, kind: TrackKind, index: number, muted: boolean): boolean;

  // The timeline
  /** Lays an item onto a sequence, its sound linked to its picture. The id of the picture's clip, or the sound's. */
  placeItem(sequenceId: string, itemId: string, options?: PlaceOptions): string | null;
  addAdjustmentLayer(sequenceId: string, track: number, at: Ticks, duration: Ticks): string | null;
  addGraphic(sequenceId: string, track: number, at: Ticks, duration: Ticks): string | null;
  /** Selects a clip with those linked to it; 'toggle' with Shift. */
  selectClip(sequenceId: string, clipId: string, how?: 'only' | 'toggle'): boolean;
  selectNothing(sequenceId: string): boolean;
  /** Moves a clip, with those linked to it, to a new start and, if given, another track of its kind. */
  moveClip(sequenceId: string, clipId: string, to: Ticks, track?: number): boolean;
  /** Drags an edge, those of linked clips along: the time of the source where the clip shall begin or end. */
  trimClip(
    sequenceId: string,
    clipId: string,
    to: { readonly inTicks?: Ticks; readonly outTicks?: Ticks },
  ): boolean;
  /** Cuts a clip, with those linked to it, in two at a time of the sequence. */
  cutClip(sequenceId: string, clipId: string, at: Ticks): boolean;
  /** Clear: leaves a gap. */
  deleteClip(sequenceId: string, clipId: string): boolean;
  renameClip(sequenceId: string, clipId: string, name: string): boolean;
  setClipDisabled(sequenceId: string, clipId: string, disabled: boolean): boolean;
  /** Clip > Speed/Duration: the length follows. */
  setSpeed(sequenceId: string, clipId: string, speed: number, reversed?: boolean): boolean;
  /** Clip > Nest: the new sequence's id. */
  nest(sequenceId: string, clipId: string, name: string): string | null;
  setMotion(sequenceId: string, clipId: string, motion: MotionOptions): boolean;
  setOpacity(sequenceId: string, clipId: string, opacity: number): boolean;
  /** Of one of the clip's effects, e.g. 'AE.ADBE Motion' and 1; an empty list makes the parameter constant again. */
  setKeyframes(
    sequenceId: string,
    clipId: string,
    matchName: string,
    paramIndex: number,
    keyframes: readonly KeyframeView[],
  ): boolean;
  /** E.g. 'AE.ADBE AECrop', with values by parameter index. */
  applyEffect(
    sequenceId: string,
    clipId: string,
    matchName: string,
    values?: Readonly<Record<number, ParamValue>>,
  ): boolean;
  undo(): boolean;
  redo(): boolean;

  // The project
  /** Makes an empty project, in the place of the one that is open. */
  newProject(name: string, path: string): boolean;
  /** Writes the project to its path. False where it has none, or where the disk refuses. */
  saveProject(path?: string): Promise<boolean>;
  openProject(path: string): Promise<boolean>;
  closeProject(): boolean;

  // The plugin
  /** Answers the folder picker that is open, or the next one; null for Cancel. */
  chooseFolder(path: string | null): boolean;
  chooseCommand(commandId: string): boolean;
  showPanel(panelId: string): boolean;
  hidePanel(panelId: string): boolean;
  closePanel(panelId: string): boolean;
  /** Reload in the UXP Developer Tool, which nothing holds up. */
  reloadPlugin(): boolean;
}

/** The user's own disk, outside the plugin's folders. Paths as '/Users/user/Movies/clip.mp4'. */
export interface UserDisk {
  /** Writes a file, its folders made where they are missing. */
  write(path: string, bytes: Uint8Array | Blob): Promise<void>;
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Fewer bytes than asked for at the file's end only. */
  readPart(path: string, position: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Null where there is no such file. */
  size(path: string): number | null;
  exists(path: string): boolean;
  /** Names in a folder, sorted; empty where there is none. */
  list(folder: string): readonly string[];
  makeFolder(path: string): void;
  /** Removes a file, or a folder with all in it. */
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Nothing can be made, changed or removed in a folder that is read-only, nor below it. */
  setReadOnly(folder: string, readOnly: boolean): void;
  /** Whether a file cannot be opened for reading (no right to it). */
  setUnreadable(path: string, unreadable: boolean): void;
}

/**
 * Names of the plugin's calls that faults can be tied to: module class and method, e.g. 'Project.importFiles',
 * 'Project.executeTransaction', 'SequenceEditor.createOverwriteItemAction', 'VideoClipTrackItem.getInPoint', 'fs.write'.
 */
export type CallName = string;

/** Disturbances for tests. They hold until `clear()`. */
export interface Faults {
  /** The nth call of this name from now on (1: the next) throws `error`. */
  failCall(call: CallName, nth: number, error?: Error): void;
  /** Runs `action` just before the nth call of this name from now on: the user acts at that moment. */
  beforeCall(call: CallName, nth: number, action: () => void): void;
  /** The nth transaction from now on answers false and changes nothing. */
  refuseTransaction(nth: number): void;
  /** The nth import from now on answers false and imports nothing. */
  refuseImport(nth: number): void;
  /** The nth import from now on answers true and imports nothing. */
  loseImport(nth: number): void;
  /** Events of these names, or all, are never told from now on. */
  silence(events: readonly string[] | 'all'): void;
  /**
   * Whether panels are told that they are hidden or closed. [3P] Adobe says of Premiere that these hooks do not work yet;
   * they do here until a test takes them away.
   */
  leavingHooks(told: boolean): void;
  /** From now on, only so many more bytes fit on the disk: writing more throws ENOSPC. */
  diskFullAfter(bytes: number): void;
  /** Which spelling of paths `fs` takes from now on. */
  nativePaths(which: NativePaths): void;
  clear(): void;
}

export interface Stats {
  /** How often each call was made, by its name. */
  readonly calls: ReadonlyMap<CallName, number>;
  /** All transactions of the plugin's, in order. */
  readonly transactions: readonly {
    readonly name: string;
    readonly actions: number;
    readonly done: boolean;
  }[];
  /** Bytes of all files, the plugin's and the user's. */
  readonly diskBytes: number;
  /** Files that the plugin has opened and not closed. */
  readonly openFiles: number;
}

export interface PremiereSimulator {
  readonly user: User;
  readonly disk: UserDisk;
  /** Paths that the plugin had opened in the file manager, in order; the user never refuses. */
  readonly opened: readonly string[];
  readonly faults: Faults;
  readonly stats: Stats;
  view(): PremiereView;
  /** What the sequence shows at a time, lowest track first: disabled clips, muted tracks and gaps left out. */
  frameAt(sequenceId: string, ticks: Ticks): readonly FrameLayer[];
  /** Puts a file below the plugin's data folder, as a user does in the file manager. */
  putFile(path: string, bytes: Uint8Array): Promise<void>;
  setTheme(theme: Theme): void;
  setLocale(locale: string): void;
  /** Called after every change of what `view()` answers. Returns the function that stops it. */
  onChange(listener: () => void): () => void;
}

export interface Premiere<Modules> {
  readonly modules: Modules;
  readonly simulator: PremiereSimulator;
  /** Loads the plugin by `run`, again at each reload, and opens its panels. Rejects where UXP would not load it. */
  readonly loadPlugin: (run: () => Promise<RunningPlugin>) => Promise<void>;
}
