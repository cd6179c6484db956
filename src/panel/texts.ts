/** Every word the panel shows, in one place; errors have theirs in src/errors.ts. */
import { MODEL_LABELS, type ModelName, type Quality } from '../catalog.ts';
import type { BackendName, Scale } from '../engine/types.ts';
import type { Damage } from '../subject/damage.ts';
import type { Third } from './honesty.ts';
import { percentOf, sizeText } from './numbers.ts';
import type { Auto } from './settings.ts';
import { durationText, estimateText, remainingText, type Remaining } from './time.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What of its settings a model had: one of the user's own has neither quality nor Detail. */
export interface MadeWith {
  readonly quality?: Quality;
  readonly detail?: number;
}

const KINDS: Record<BackendName, string> = { webgpu: 'GPU', wasm: 'CPU', native: 'CPU' };

/** “GPU · Apple M2”, “CPU · 8 workers”. The device may name its kind itself, which is not said twice. */
function backendText(name: BackendName, device: string): string {
  const kind = KINDS[name];
  const rest = device.replace(new RegExp(`^${kind}\\b[\\s,·:]*`), '');
  return rest === '' ? kind : `${kind} · ${rest}`;
}

const QUALITY_NAMES: Record<Quality, string> = { fast: 'Fast', best: 'Best' };

function autoText(auto: Auto | undefined): string {
  if (auto?.kind === 'failed') return `The layer could not be looked at: ${MODEL_LABELS.landscape}.`;
  if (auto?.kind !== 'proposed') return 'Looking at the layer…';
  const { reason, model, faces } = auto;
  const name = MODEL_LABELS[model];
  switch (reason) {
    case 'faces':
      return faces.length === 1
        ? `1 face: ${MODEL_LABELS.face} on it, ${name} elsewhere.`
        : `${String(faces.length)} faces: ${MODEL_LABELS.face} on them, ${name} elsewhere.`;
    case 'portrait':
      return `A portrait: ${name}.`;
    case 'photo':
      return `No faces: ${name}.`;
    case 'drawing':
      return `A drawing: ${name}.`;
    case 'too-small':
      return `Too small to tell: ${name}.`;
  }
}

/** Why detail will be invented. */
function inventedText(damage: Damage | undefined): string {
  switch (damage) {
    case 'soft':
      return 'This layer is softer than its size: at this Detail, fine detail will be invented.';
    case 'compressed':
      return 'JPEG has taken fine detail from this layer: at this Detail, it will be invented.';
    case 'noisy':
      return 'Noise hides the fine detail of this layer: at this Detail, it will be invented.';
    case undefined:
      return 'This layer holds little for the model to go by: at this Detail, fine detail will be invented.';
  }
}

/** What the map of invented detail shows, in a sentence. */
function mapText(share: number, part: { across: Third; down: Third } | undefined): string {
  if (!part) return 'Faithful and detailed come out nearly the same everywhere.';
  const down = { start: 'upper', middle: '', end: 'lower' }[part.down];
  const across = { start: 'left', middle: '', end: 'right' }[part.across];
  const place = `${down} ${across}`.trim() || 'middle';
  const where = place.includes(' ') || place === 'middle' ? place : `${place} part`;
  return `At Detail 100, ${String(percentOf(share))}\u202f% of the fine detail is invented, most of it in the ${where}.`;
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
    names: { auto: 'Auto', ...MODEL_LABELS } satisfies Record<'auto' | ModelName, string>,
    hints: {
      face: 'People: skin, eyes and hair.',
      landscape: 'Photos: nature, places, things.',
      art: 'Drawings, comics and flat colour.',
    } satisfies Record<ModelName, string>,
    /** What Auto has come to, and why. */
    auto: autoText,
    autoIdle: 'Looks at the layer and proposes one.',
    own: 'Your own model.',
  },

  own: {
    section: 'Your own models',
    some: (count: number) => `Your own models (${String(count)})`,
    trying: 'is being tried…',
    gone: 'is not in the folder any more.',
    where: 'Put ONNX models that enlarge pictures into this folder:',
    showFolder: 'Show folder',
    lookAgain: 'Look again',
    blocked: {
      trying: (name: string) => `“${name}” is still being tried.`,
      unusable: (name: string) => `“${name}” cannot be used. Choose another model.`,
    },
  },

  quality: {
    label: 'Quality',
    names: QUALITY_NAMES,
    hints: { fast: 'for every day', best: 'takes longer' } satisfies Record<Quality, string>,
  },

  controls: {
    detail: { label: 'Detail', low: 'Faithful', high: 'Detailed' },
    noise: { label: 'Noise', low: 'Keep grain', high: 'Remove' },
    sharpness: { label: 'Sharpness', low: 'As it is', high: 'Sharpest' },
    more: 'Noise and sharpness',
    moved: (noise: number, sharpness: number) => `${String(noise)} · ${String(sharpness)}`,
    noDetail: {
      own: 'A model of your own has one result, so there is no Detail to set.',
      one: 'This model has one result at this quality, so there is no Detail to set.',
    },
  },

  invented: {
    none: 'At Detail 0 nothing is invented.',
    much: inventedText,
    little: 'This layer holds enough to go by: most of the detail comes from it.',
    showWhere: 'Show where',
    showWhat: 'Show what Detail adds',
    making: 'Comparing faithful and detailed',
    hide: 'Hide',
    map: mapText,
    legend: 'Where detail is invented',
    low: 'nothing',
    high: 'most',
  },

  scale: {
    label: 'Scale',
    name: (scale: Scale) => `${String(scale)}×`,
    modelLimit: (largest: number) => `This model enlarges ${String(largest)}× at most.`,
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
    unknown: 'time unknown',
    none: 'not available',
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
    facts: (size: Size, ms: number, made: MadeWith, backend: string) => [
      `${sizeText(size)}\u00a0px`,
      durationText(ms),
      ...(made.quality ? [QUALITY_NAMES[made.quality]] : []),
      ...(made.detail === undefined ? [] : [`Detail ${String(made.detail)}`]),
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
