/**
 * The preview before paying: a part of the result as it will be, made anew whenever what is asked for changes. The
 * latest wish wins; what was being made for an earlier one ends.
 */
import type { PictureFormat, Samples } from '../engine/types.ts';
import { asLoupeError, type LoupeError } from '../errors.ts';
import type { Rect } from './comparison.ts';
import type { Engine, EngineJob, RemoteSink } from './engine/protocol.ts';
import { rowsOf, type Pixels } from './pixels.ts';
import { beforeOf, cropFor, jobFor, marginOf, seenOf, type Crop } from './preview-crop.ts';
import type { Region } from './session.ts';
import { Task } from './task.ts';

/** A slider that moves asks for every value; none is made before it has rested for so long. */
const REST_MS = 150;
/** What else the engine has to do goes on when nothing has been wished for so long after the last was made. */
const IDLE_MS = 1500;

/** What is looked at: a layer, or in its place a frame of a clip by its number. */
export interface Seen {
  readonly documentId: number;
  readonly layerId: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is to be shown. */
export interface Wish {
  readonly layer: Seen;
  /** The whole layer's. */
  readonly job: EngineJob;
  /** In pixels of the whole result. */
  readonly window: Rect;
}

/** A part of the result, or of the layer as it is. */
export interface Shot {
  readonly layerId: number;
  /** Where it lies in the whole result, whose size that was. */
  readonly at: Rect;
  readonly whole: { readonly width: number; readonly height: number };
  readonly pixels: Pixels;
}

/** How before and after are shown. */
export const WAYS = ['split', 'beside'] as const;
export type Way = (typeof WAYS)[number];

export interface PreviewState {
  readonly open: boolean;
  readonly way: Way;
  /** The layer that is looked at, and where: its middle as shares of the layer's sides. */
  readonly layerId: number | undefined;
  readonly middle: { readonly x: number; readonly y: number };
  /** The layer as it is, there as soon as it has been read. */
  readonly before: Shot | undefined;
  /** The latest that was made; older than what is wished for while `making`. */
  readonly after: Shot | undefined;
  readonly making: boolean;
  /** Why there is none of what is wished for. */
  readonly problem: LoupeError | 'unreadable' | undefined;
}

export interface PreviewOptions {
  readonly engine: Pick<Engine, 'enhance' | 'holdBack'>;
  readonly region: (region: Region) => Promise<Pixels>;
  readonly restMs?: number;
  readonly idleMs?: number;
}

const MIDDLE = { x: 0.5, y: 0.5 };

/** Lives as long as the page, so that what was opened and how it was shown stay so. */
export class Preview {
  readonly #options: PreviewOptions;
  readonly #task = new Task();
  readonly #listeners = new Set<() => void>();
  /** How often the layer's pixels were seen to change. */
  #changes = 0;
  #picture: Pixels | undefined;
  /** Lets the engine do what else there is to do. */
  #letGo: (() => void) | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #state: PreviewState = {
    open: false,
    way: 'split',
    layerId: undefined,
    middle: MIDDLE,
    before: undefined,
    after: undefined,
    making: false,
    problem: undefined,
  };

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  readonly getState = (): PreviewState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(open: boolean): void {
    if (open !== this.#state.open) this.#set({ open });
  }

  show(way: Way): void {
    this.#set({ way });
  }

  /** Looks at another place: shares of the layer's sides. */
  lookAt(layerId: number, middle: PreviewState['middle']): void {
    this.#set({ layerId, middle });
  }

  /** Where a layer is looked at. */
  middleOf(layerId: number): PreviewState['middle'] {
    return layerId === this.#state.layerId ? this.#state.middle : MIDDLE;
  }

  /** A small picture of the layer as it is now: where it has changed, so has what is to be shown. */
  seen(picture: Pixels | undefined): void {
    if (picture && this.#picture && !samePixels(picture, this.#picture)) this.#changes += 1;
    this.#picture = picture ?? this.#picture;
  }

  /** Undefined while there is nothing to show: what is being made ends. */
  wish(wish: Wish | undefined): void {
    const { layer, job, window } = wish ?? {};
    const about = wish && JSON.stringify([layer, job, window, this.#changes]);
    this.#task.keep(about, async (signal) => {
      if (wish) await this.#make(wish, signal);
    });
    if (wish) return;
    this.#letEngineGo(0);
    if (this.#state.making) this.#set({ making: false });
  }

  /** Nothing that nobody waits for is to stand before the preview, or to take the machine beside it. */
  #holdEngine(): void {
    clearTimeout(this.#idle);
    this.#letGo ??= this.#options.engine.holdBack();
  }

  #letEngineGo(afterMs: number): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#letGo?.();
      this.#letGo = undefined;
    }, afterMs);
  }

  async #make({ layer, job, window }: Wish, signal: AbortSignal): Promise<void> {
    const crop = cropFor(window, layer, job.target, marginOf(job));
    if (!crop) return;
    this.#holdEngine();
    try {
      await this.#makeCrop({ layer, job, window }, crop, signal);
    } finally {
      // Whoever took over holds it, or has let it go.
      if (!signal.aborted) this.#letEngineGo(this.#options.idleMs ?? IDLE_MS);
    }
  }

  async #makeCrop({ layer, job }: Wish, crop: Crop, signal: AbortSignal): Promise<void> {
    const stopped = (): boolean => signal.aborted;
    this.#set({ making: true, problem: undefined });
    await new Promise((resolve) => setTimeout(resolve, this.#options.restMs ?? REST_MS));
    if (stopped()) return;
    const { documentId, layerId, left, top } = layer;
    const { x, y, width, height } = crop.source;
    const region = { documentId, layerId, left: left + x, top: top + y, width, height };
    const source = await this.#options.region(region).catch(() => undefined);
    if (stopped()) return;
    if (!source) {
      this.#set({ making: false, problem: 'unreadable' });
      return;
    }
    const whole = { width: job.target.width, height: job.target.height };
    this.#set({ before: { layerId, whole, ...beforeOf(crop, source) } });
    try {
      const pixels = seenOf(crop, await this.#enhance(jobFor(job, crop), source, signal));
      if (stopped()) return;
      this.#set({ making: false, after: { layerId, whole, at: crop.seen, pixels } });
    } catch (thrown) {
      if (stopped()) return;
      this.#set({ making: false, problem: asLoupeError(thrown, 'backend-failed') });
    }
  }

  async #enhance(job: EngineJob, picture: Pixels, signal: AbortSignal): Promise<Pixels> {
    const sink = new PictureSink();
    await this.#options.engine.enhance(job, rowsOf(picture), sink, signal, () => undefined);
    return sink.pixels();
  }

  #set(change: Partial<PreviewState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Rows of 8-bit RGBA put together again. */
class PictureSink implements RemoteSink {
  #format: PictureFormat | undefined;
  #rgba = new Uint8ClampedArray();
  #filled = 0;

  open(format: PictureFormat): Promise<void> {
    this.#format = format;
    this.#rgba = new Uint8ClampedArray(4 * format.width * format.height);
    return Promise.resolve();
  }

  write(_: number, samples: Samples): Promise<void> {
    this.#rgba.set(samples, this.#filled);
    this.#filled += samples.length;
    return Promise.resolve();
  }

  pixels(): Pixels {
    const { width = 0, height = 0 } = this.#format ?? {};
    return { width, height, rgba: this.#rgba };
  }
}

function samePixels(a: Pixels, b: Pixels): boolean {
  return (
    a === b || (a.rgba.length === b.rgba.length && a.rgba.every((value, index) => value === b.rgba[index]))
  );
}
