/** What the texts are told, in their own words: they know neither engine nor panel. */
import type { ModelName, Quality } from '../catalog.ts';
import type { TimeWords } from './format.ts';

/** What of its settings a model had: one of the user's own has neither quality nor Detail. */
export interface MadeWith {
  readonly quality?: Quality;
  readonly detail?: number;
}

/** What Auto has come to. */
export type AutoAnswer =
  | { readonly kind: 'proposing' | 'failed' }
  | {
      readonly kind: 'proposed';
      readonly model: ModelName;
      readonly reason: 'faces' | 'portrait' | 'photo' | 'drawing' | 'too-small';
      readonly faces: readonly unknown[];
    };

/** What a picture has lost. */
export type Loss = 'soft' | 'compressed' | 'noisy';

export type Third = 'start' | 'middle' | 'end';
/** A ninth of a picture. */
export interface Ninth {
  readonly across: Third;
  readonly down: Third;
}

/** Milliseconds left as they are shown, rounded already. */
export interface TimeLeft {
  readonly shown: number;
}

/** Below this nobody wants a number. */
const SOON_MS = 5000;

/** “about 40 s left”, “a few seconds left”, or nothing while it is not known. */
export function leftWords(
  times: TimeWords,
  about: (time: string) => string,
  soon: string,
): (remaining: TimeLeft | undefined) => string {
  return (remaining) => {
    if (!remaining) return '';
    return remaining.shown < SOON_MS ? soon : about(times.coarsely(remaining.shown));
  };
}

/** “GPU · Apple M2”, “CPU · 8 workers”. The device may name its kind itself, which is not said twice. */
export function backendWords(
  workers: (count: number) => string,
): (name: 'webgpu' | 'wasm' | 'native', device: string) => string {
  return (name, device) => {
    const kind = name === 'webgpu' ? 'GPU' : 'CPU';
    const rest = device.replace(new RegExp(`^${kind}\\b[\\s,·:]*`), '');
    if (rest === '') return kind;
    const count = /^(\d+) workers?$/.exec(rest)?.[1];
    return `${kind} · ${count === undefined ? rest : workers(Number(count))}`;
  };
}

/** What a render is encoded as, and how large it is to be. */
export type ClipCodec = 'prores' | 'h264' | 'hevc' | 'av1' | 'vp9' | 'png' | 'tiff';
export type ClipTargetName = '2x' | '4x' | 'sequence' | 'uhd' | '8k';
