/**
 * The words of the engine. A picture streams through it as rows: a source gives rows, a sink takes rows,
 * and nothing holds the whole result.
 */
import type { Target } from '../size.ts';

/** Bits per sample: 8 and 16 are unsigned integers over their full range, 32 is float with 1.0 = white. */
export type Depth = 8 | 16 | 32;

/** 1 gray · 2 gray + alpha · 3 RGB · 4 RGB + alpha. Alpha is straight (not premultiplied). */
export type Channels = 1 | 2 | 3 | 4;

/** Size and sample layout of a picture whose rows are interleaved, top to bottom. */
export interface PictureFormat {
  /** pixels, ≥ 1 */
  readonly width: number;
  /** pixels, ≥ 1 */
  readonly height: number;
  readonly channels: Channels;
  readonly depth: Depth;
  /**
   * The lowest and the highest colour sample, at depth 32 only: the samples are then linear light, which may lie beyond
   * 0..1 either way. Without it, depth 32 is 0..1 as encoded for a screen, like the others.
   */
  readonly range?: { readonly low: number; readonly high: number } | undefined;
}

/** Interleaved samples: Uint8Array for depth 8, Uint16Array for 16, Float32Array for 32. */
export type Samples = Uint8Array | Uint16Array | Float32Array;

/** Where rows come from. Rows are asked for once each, in order, from the top. */
export interface Source {
  readonly format: PictureFormat;
  /** The next `rows` rows: `rows · width · channels` samples. May be called only after the last call settled. */
  read(rows: number, signal: AbortSignal): Promise<Samples>;
}

/** Where rows go. The format is the source's, but of the target's size. */
export interface Sink {
  /** Called once, before the first write. */
  open(format: PictureFormat): Promise<void>;
  /** The next rows, in order from the top. The engine awaits it: a slow sink slows the engine, never its memory. */
  write(rows: number, samples: Samples, signal: AbortSignal): Promise<void>;
}

/** Planar RGB in 0..1, `3 · height · width` floats: what a network takes and gives. */
export interface Tile {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export type BackendName = 'webgpu' | 'wasm' | 'native';

/** A model loaded on one backend, ready to run tiles. */
export interface TileRunner {
  readonly backend: BackendName;
  /** The device in words, for the user: a GPU's name, or the CPU with its worker count. */
  readonly device: string;
  /** How many tiles may run at once; `run` must not have more in flight. */
  readonly lanes: number;
  /** Runs a tile to `scale` times its size. Takes the tile's buffer. Rejects with the signal's reason on abort. */
  run(tile: Tile, signal: AbortSignal): Promise<Tile>;
  dispose(): Promise<void>;
}

/** One way to run the model, not opened yet; they are tried in order of preference. */
export interface Backend {
  readonly name: BackendName;
  /** The largest tile side products that this backend takes well, in pixels per tile. */
  readonly maxTilePixels: number;
  open(signal: AbortSignal): Promise<TileRunner>;
}

/** What the engine must know of a network; the rest of the catalog entry is not its business. */
export interface Network {
  /** How much larger the network's output is than its input: 4 for every model of today. */
  readonly scale: number;
  /** Input pixels a tile needs around its core for tiled to equal untiled within one 8-bit step. */
  readonly overlap: number;
}

export interface Progress {
  readonly tilesDone: number;
  /** All tiles of the run, the ones that need no inference included; one that two networks make counts twice. */
  readonly tiles: number;
  readonly rowsWritten: number;
  readonly rows: number;
  /** Milliseconds since the run began. */
  readonly elapsedMs: number;
  /** Milliseconds to go as far as the tiles so far tell; undefined until a lane has run its second tile. */
  readonly remainingMs: number | undefined;
  readonly backend: BackendName;
  readonly device: string;
}

/** A part of the picture that another network is to make, in input pixels; it may reach over the picture's edge. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A second network for some regions, blended into the first one's result without a visible border. */
export interface Local {
  readonly network: Network;
  /** As for the whole picture, in order of preference. */
  readonly backends: readonly Backend[];
  readonly regions: readonly Region[];
}

/**
 * At which sides the picture is cut out of a larger one. Within the networks' overlap of them the result is not what
 * the larger one's would be, and is not wanted: no tile is to reach beyond.
 */
export interface CutSides {
  readonly left: boolean;
  readonly top: boolean;
  readonly right: boolean;
  readonly bottom: boolean;
}

export interface EnhanceOptions {
  readonly network: Network;
  /** What the picture becomes: any enlargement, or its own size. */
  readonly target: Target;
  /** 0 puts back all of the input's grain that the network took out, 100 none of it. Default 100. */
  readonly noise?: number;
  /** 0 leaves the network's result as it is, 100 sharpens it most. Default 0. */
  readonly sharpness?: number;
  readonly local?: Local;
  /** Default none. */
  readonly cut?: CutSides;
  /** In order of preference; the run moves to the next when one fails. Never empty. */
  readonly backends: readonly Backend[];
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface EnhanceResult {
  readonly width: number;
  readonly height: number;
  /** Tiles as `Progress` counts them, and of those how many needed no inference (transparent or one colour). */
  readonly tiles: number;
  readonly tilesSkipped: number;
  /** Input pixels the networks saw, over the picture's pixels, less one: the share computed twice. */
  readonly recomputed: number;
  /** The backend that finished the run, and a sentence for each that was given up on the way. */
  readonly backend: BackendName;
  readonly device: string;
  readonly fallbacks: readonly string[];
  readonly ms: number;
}
