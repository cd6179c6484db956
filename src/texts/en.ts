/** Every word the panel and the host script show, in English. Its type is what every other language must have. */
import { MODEL_LABELS, type ModelName, type Quality } from '../catalog.ts';
import { englishErrors } from '../errors.ts';
import { englishClip } from './clip/en.ts';
import { NARROW, numbersOf, timesOf, type Dimensions } from './format.ts';
import { backendWords, leftWords, type AutoAnswer, type Loss, type MadeWith, type Ninth } from './words.ts';

const numbers = numbersOf({
  group: NARROW,
  groupedFrom: 5,
  decimal: '.',
  beforePercent: NARROW,
  units: { kilobyte: 'KB', megabyte: 'MB', gigabyte: 'GB' },
});
const times = timesOf({
  seconds: (count) => `${count} s`,
  minutes: (count) => `${count} min`,
  hours: (count) => `${count} h`,
  between: ' ',
  half: '½',
  decimal: '.',
});

const QUALITY_NAMES: Record<Quality, string> = { fast: 'Fast', best: 'Best' };

function autoText(auto: AutoAnswer | undefined): string {
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
function inventedText(damage: Loss | undefined): string {
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
function mapText(percent: number, part: Ninth | undefined): string {
  if (!part) return 'Faithful and detailed come out nearly the same everywhere.';
  const down = { start: 'upper', middle: '', end: 'lower' }[part.down];
  const across = { start: 'left', middle: '', end: 'right' }[part.across];
  const place = `${down} ${across}`.trim() || 'middle';
  const where = place.includes(' ') || place === 'middle' ? place : `${place} part`;
  return `At Detail 100, ${numbers.percent(percent)} of the fine detail is invented, most of it in the ${where}.`;
}

export const en = {
  /** As an HTML `lang` attribute has it. */
  language: 'en',
  numbers,
  times,
  errors: englishErrors,

  panel: 'Loupe',
  loading: 'Starting…',

  layer: {
    section: 'Layer',
    becomes: 'becomes',
    sizeNow: (size: Dimensions) => numbers.size(size),
    sizeAfter: (size: Dimensions) => `${numbers.size(size)}\u00a0px`,
    sizeOnly: (size: Dimensions) => `${numbers.size(size)}\u00a0px`,
    notes: {
      'text-through-pixels':
        'A text layer: it is enhanced through its pixels. The text itself stays as it is.',
      'smart-object-through-pixels':
        'A smart object: it is enhanced through its pixels. The smart object itself stays as it is.',
    },
  },

  model: {
    label: 'Model',
    names: { auto: 'Auto', ...MODEL_LABELS } as Record<'auto' | ModelName, string>,
    hints: {
      face: 'People: skin, eyes and hair.',
      landscape: 'Photos: nature, places, things.',
      art: 'Drawings, comics and flat colour.',
    } as Record<ModelName, string>,
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

  size: {
    label: 'Size',
    factor: (factor: number) => numbers.times(factor),
    custom: 'Custom',
    tooLarge: (factors: readonly number[]) =>
      `${factors.map((each) => numbers.times(each)).join(', ')} would be larger than the document can be.`,
    kindLabel: 'Size given in',
    kinds: { pixels: 'Pixels', print: 'Print' },
    sideLabel: 'Side that is given',
    sides: { width: 'Width', height: 'Height' },
    unitLabel: 'Unit',
    units: { cm: 'cm', inch: 'in' },
    fields: { ppi: 'Pixels per inch' },
    px: 'px',
    ppi: 'ppi',
    at: 'at',
    between: (least: number, most: number) =>
      `Enter a number from ${numbers.rounded(least, 1)} to ${numbers.whole(most)}.`,
    wholeBetween: (least: number, most: number) =>
      `Enter a whole number from ${numbers.whole(least)} to ${numbers.whole(most)}.`,
    /** What stands at the button where the size itself says why it cannot be had. */
    unfit: 'Choose another size first.',
    mistyped: 'The size is not a number that can be used. Correct it first.',
    /** What comes out: pixels, in print, and how many times larger. */
    words: (
      size: Dimensions,
      print: { width: number; height: number; unit: 'cm' | 'inch'; ppi: number },
      factor: number,
    ) =>
      [
        `${numbers.size(size)}\u00a0px`,
        `${numbers.rounded(print.width, 1)}\u00a0× ${numbers.rounded(print.height, 1)}\u00a0${print.unit === 'cm' ? 'cm' : 'in'} at ${numbers.rounded(print.ppi, 1)}\u00a0ppi`,
        numbers.times(factor),
      ].join(' · '),
    /** Several layers, each of which comes out at its own size. */
    eachTimes: (factor: number) => `Each layer ${numbers.times(factor)}`,
    made: (network: number, interpolated: number) =>
      `The network makes ${numbers.times(network)}; the remaining ${numbers.times(interpolated)} is interpolated and adds no detail.`,
  },

  place: {
    label: 'Result as',
    names: { document: 'New layer', 'smart-object': 'Smart object', 'new-document': 'New document' },
    words: {
      document: 'A new layer above the original; the document is enlarged with it.',
      'smart-object':
        'A smart object above the original, at the same size in the layout; it holds all the pixels.',
      'new-document': 'A document of its own; this one stays as it is.',
    },
    hideOriginal: 'Hide the original',
  },

  part: {
    label: 'Part',
    names: { layer: 'Layer', selection: 'Selection', mask: 'Mask' },
    words: {
      layer: 'The whole layer, also beyond the canvas.',
      selection: 'What is selected; the pixels outside stay as they are.',
      mask: 'What the mask shows; the pixels outside stay as they are.',
    },
  },

  needs: {
    words: (disk: number, memory: number | undefined) =>
      memory === undefined
        ? `Needs up to ${numbers.bytes(disk)} of disk space.`
        : `Needs up to ${numbers.bytes(disk)} of disk space and about ${numbers.bytes(memory)} of memory.`,
    tooMuch: (memory: number, most: number) =>
      `This takes about ${numbers.bytes(memory)} of memory, more than the ${numbers.bytes(most)} that Loupe can have here. Choose a smaller size, or a part of the layer.`,
  },

  rows: {
    label: 'Layers',
    count: (count: number) => `${String(count)} layers`,
    taken: (count: number, all: number) => `${String(count)} of ${String(all)} layers will be enhanced.`,
    states: { waiting: 'waiting', running: 'running', done: 'done', failed: 'failed' },
    noMask: (name: string) =>
      `“${name}” has no mask that can be used: there is none, or it is switched off, feathered or hides everything.`,
    open: (name: string) => `Settings of “${name}”`,
    brief: (model: string, quality: string | undefined, detail: number | undefined) =>
      [
        model,
        ...(quality === undefined ? [] : [quality]),
        ...(detail === undefined ? [] : [`Detail ${String(detail)}`]),
      ].join(' · '),
  },

  unfinished: {
    heading: 'An unfinished run',
    words: (names: readonly string[], percent: number) =>
      names.length === 1
        ? `Loupe was closed while it enhanced “${names[0] ?? ''}”, ${numbers.percent(percent)} done.`
        : `Loupe was closed while it enhanced ${String(names.length)} layers, ${numbers.percent(percent)} done.`,
    goOn: 'Go on',
    discard: 'Discard',
  },

  preview: {
    section: 'Preview',
    brief: '100\u202f%',
    ways: { split: 'Split', beside: 'Side by side' },
    waysLabel: 'How the preview is shown',
    before: 'Before',
    after: 'After',
    divider: 'Divider between before and after',
    dividerValue: (percent: number) => `${numbers.percent(percent)} before`,
    picture: 'Preview at 100\u202f%. Arrow keys move it; Shift moves it further.',
    making: 'Making the preview…',
    ready: 'The preview shows the settings as they are.',
    unreadable: 'No preview: the layer cannot be read just now.',
    failed: (why: string) => `No preview: ${why}`,
    fromThumbnail: 'Choose what the preview shows',
  },

  backend: {
    label: 'Runs on',
    name: backendWords((count) => (count === 1 ? '1 worker' : `${String(count)} workers`)),
    looking: 'Looking for a GPU…',
    noGpu: 'No GPU was found, so it runs on the processor, which is slower.',
  },

  estimate: {
    label: 'Time',
    measuring: 'measuring…',
    known: (ms: number) => `about ${times.coarsely(ms)}`,
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
    percent: numbers.percent,
    left: leftWords(times, (time) => `about ${time} left`, 'a few seconds left'),
    bound: (name: string) => `Working on “${name}”. You may go on editing other layers.`,
    boundToSeveral: 'Working on these layers. You may go on editing others.',
    fellBack: 'The GPU failed, so it goes on with the processor.',
  },

  done: {
    created: (name: string) => `“${name}” was created.`,
    createdSeveral: (count: number, all: number) =>
      count === all
        ? `${String(count)} layers were created.`
        : `${String(count)} of ${String(all)} layers were created.`,
    compare: 'Compare',
    compareOf: (name: string) => `Compare “${name}”`,
    holds: (size: Dimensions) =>
      `The smart object holds ${numbers.size(size)}\u00a0px, more than the document shows. Layer › Smart Objects › Edit Contents shows them all.`,
    facts: (size: Dimensions, ms: number, made: MadeWith, backend: string): string[] => [
      `${numbers.size(size)}\u00a0px`,
      times.exactly(ms),
      ...(made.quality ? [QUALITY_NAMES[made.quality]] : []),
      ...(made.detail === undefined ? [] : [`Detail ${String(made.detail)}`]),
      backend,
    ],
    fellBack: 'The GPU failed on the way, so the rest was done by the processor.',
    before: 'Before',
    after: 'After',
    divider: 'Divider between before and after',
    dividerValue: (percent: number) => `${numbers.percent(percent)} before`,
    picture: 'Before and after at 100\u202f%. Arrow keys move the picture.',
    noPicture: 'The comparison cannot be shown: the layer cannot be read just now.',
  },

  failed: {
    heading: 'That did not work',
  },

  empty: {
    noDocument: 'Nothing open yet',
    noLayer: 'No layer selected',
  },

  clip: englishClip(numbers, times),

  /** What stands in the document. */
  result: {
    /** “Portrait – Face 4×”; a model of the user's own has its file's name. */
    layerName: (name: string, model: string, factor: number) => `${name} – ${model} ${numbers.times(factor)}`,
    history: (name: string) => `Enhance: ${name}`,
    historyOfSeveral: (count: number) => `Enhance ${String(count)} layers`,
  },

  /** What Photoshop shows of the host script's doings. */
  host: {
    looking: 'Loupe: looking at the layer',
    reading: 'Loupe: reading the layer',
    /** `doing` is what the history state will be called. */
    writing: (doing: string) => `Loupe: ${doing}`,
    /** A recorded step, as the Actions panel lists it. */
    step: 'Enhance with Loupe',
    whyFolder: 'Loupe shows the folder for your own models.',
  },
};

export type Texts = typeof en;
