/** Every word the panel shows, in one place; errors have theirs in src/errors.ts. */
import type { ModelName } from '../catalog.ts';
import type { BackendName, Scale } from '../engine/types.ts';
import { sizeText } from './numbers.ts';
import { durationText, estimateText, remainingText, type Remaining } from './time.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const KINDS: Record<BackendName, string> = { webgpu: 'GPU', wasm: 'CPU', native: 'CPU' };

/** “GPU · Apple M2”, “CPU · 8 workers”. The device may name its kind itself, which is not said twice. */
function backendText(name: BackendName, device: string): string {
  const kind = KINDS[name];
  const rest = device.replace(new RegExp(`^${kind}\\b[\\s,·:]*`), '');
  return rest === '' ? kind : `${kind} · ${rest}`;
}

export const texts = {
  panel: 'Loupe',
  loading: 'Starting…',

  layer: {
    section: 'Layer',
    becomes: 'becomes',
    sizeNow: (size: Size) => sizeText(size),
    sizeAfter: (size: Size) => `${sizeText(size)}\u00a0px`,
    sizeOnly: (size: Size) => `${sizeText(size)}\u00a0px`,
    notes: {
      'text-through-pixels':
        'A text layer: it is enhanced through its pixels. The text itself stays as it is.',
      'smart-object-through-pixels':
        'A smart object: it is enhanced through its pixels. The smart object itself stays as it is.',
    },
  },

  model: {
    label: 'Model',
    hints: {
      face: 'People: skin, eyes and hair',
      landscape: 'Photos: nature, places, things',
      art: 'Drawings, comics and flat colour',
    } satisfies Record<ModelName, string>,
  },

  scale: {
    label: 'Scale',
    name: (scale: Scale) => `${String(scale)}×`,
    /** Why the scales above `largest` cannot be chosen. */
    tooLarge: (largest: number) =>
      largest < 3
        ? '3× and 4× would be larger than the document can be.'
        : '4× would be larger than the document can be.',
  },

  backend: {
    label: 'Runs on',
    name: backendText,
    looking: 'Looking for a GPU…',
    noGpu: 'No GPU was found, so it runs on the processor, which is slower.',
  },

  estimate: {
    label: 'Time',
    measuring: 'measuring…',
    known: estimateText,
    unknown: 'not known yet',
  },

  actions: {
    enhance: 'Enhance',
    cancel: 'Cancel',
    cancelling: 'Cancelling…',
    tryAgain: 'Try again',
    another: 'Enhance another',
  },

  run: {
    progress: 'Progress',
    phases: { reading: 'Reading layer', enhancing: 'Enhancing', writing: 'Writing layer' },
    percent: (percent: number) => `${String(percent)}\u202f%`,
    left: (remaining: Remaining | undefined) => (remaining ? remainingText(remaining) : ''),
    bound: (name: string) => `Working on “${name}”. You may go on editing other layers.`,
    fellBack: 'The GPU failed, so it goes on with the processor.',
  },

  done: {
    created: (name: string) => `“${name}” was created.`,
    facts: (size: Size, ms: number, backend: string) => [
      `${sizeText(size)}\u00a0px`,
      durationText(ms),
      backend,
    ],
    fellBack: 'The GPU failed on the way, so the rest was done by the processor.',
    before: 'Before',
    after: 'After',
    divider: 'Divider between before and after',
    dividerValue: (percent: number) => `${String(percent)}\u202f% before`,
    picture: 'Before and after at 100 %. Arrow keys move the picture.',
    noPicture: 'The comparison cannot be shown: the layer cannot be read just now.',
  },

  failed: {
    heading: 'That did not work',
  },

  empty: {
    noDocument: 'Nothing open yet',
    noLayer: 'No layer selected',
    premiere: 'Clips are coming',
    premiereText:
      'In Premiere, Loupe will make clips larger. That comes in a later version; until then it works in Photoshop.',
  },
} as const;
