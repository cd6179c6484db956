/** The four catalogs say the same things: every key, every parameter, nothing left in English, nothing empty. */
import { describe, expect, test } from '@jest/globals';
import { because, englishErrors, isErrorCode, severally, type Reason } from '../../../src/errors.ts';
import { en, textsFor, type Texts } from '../../../src/texts/index.ts';

const OTHERS: readonly (readonly [string, Texts])[] = ['de', 'fr', 'ja'].map(
  (locale) => [locale, textsFor(locale)] as const,
);
const ALL = [['en', en] as const, ...OTHERS];

/** A name that no language changes, and numbers that stay as they are written. */
const NAME = 'Zebra';
const OTHER = 'Quagga';
const face = { x: 0, y: 0, width: 1, height: 1 };
const size = { width: 640, height: 448 };

/** Arguments for the texts that take some: every call is made in every language. */
const CALLS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'layer.sizeNow': [[size]],
  'layer.sizeAfter': [[size]],
  'layer.sizeOnly': [[size]],
  'model.auto': [
    [undefined],
    [{ kind: 'failed' }],
    [{ kind: 'proposed', reason: 'faces', model: 'landscape', faces: [face] }],
    [{ kind: 'proposed', reason: 'faces', model: 'landscape', faces: [face, face, face] }],
    [{ kind: 'proposed', reason: 'portrait', model: 'face', faces: [face] }],
    [{ kind: 'proposed', reason: 'photo', model: 'landscape', faces: [] }],
    [{ kind: 'proposed', reason: 'drawing', model: 'art', faces: [] }],
    [{ kind: 'proposed', reason: 'too-small', model: 'landscape', faces: [] }],
  ],
  'own.some': [[3]],
  'own.blocked.trying': [[NAME]],
  'own.blocked.unusable': [[NAME]],
  'controls.moved': [[41, 57]],
  'invented.much': [['soft'], ['compressed'], ['noisy'], [undefined]],
  'invented.map': [
    [62, undefined],
    ...['start', 'middle', 'end'].flatMap((across) =>
      ['start', 'middle', 'end'].map((down) => [62, { across, down }]),
    ),
  ],
  'size.factor': [[3]],
  'size.tooLarge': [[[8]], [[3, 4, 8]]],
  'size.between': [[12, 345]],
  'size.wholeBetween': [[12, 345]],
  'size.words': [[size, { width: 12, height: 34, unit: 'cm', ppi: 300 }, 3]],
  'size.eachTimes': [[3]],
  'size.made': [[4, 2]],
  'needs.words': [
    [7e6, undefined],
    [7e6, 93e6],
  ],
  'needs.tooMuch': [[93e6, 71e6]],
  'rows.count': [[3]],
  'rows.taken': [
    [1, 5],
    [3, 5],
  ],
  'rows.noMask': [[NAME]],
  'rows.open': [[NAME]],
  'rows.brief': [
    [NAME, undefined, undefined],
    [NAME, OTHER, 57],
  ],
  'unfinished.words': [
    [[NAME], 62],
    [[NAME, OTHER], 62],
  ],
  'preview.dividerValue': [[62]],
  'preview.failed': [[NAME]],
  'backend.name': [
    ['webgpu', 'Zebra M2'],
    ['wasm', 'CPU, 1 worker'],
    ['wasm', 'CPU, 8 workers'],
  ],
  'estimate.known': [[12_000], [95_000], [4_800_000]],
  'run.percent': [[62]],
  'run.left': [[undefined], [{ shown: 2000 }], [{ shown: 45_000 }]],
  'run.bound': [[NAME]],
  'done.created': [[NAME]],
  'done.createdSeveral': [
    [3, 3],
    [1, 3],
    [2, 3],
  ],
  'done.compareOf': [[NAME]],
  'done.holds': [[size]],
  'done.facts': [[size, 12_000, { quality: 'best', detail: 57 }, NAME]],
  'done.dividerValue': [[62]],
  'clip.reading': [[NAME]],
  'clip.auto': [
    [undefined],
    [{ kind: 'failed' }],
    ...['faces', 'portrait', 'photo', 'drawing', 'too-small'].map((reason) => [
      { kind: 'proposed', reason, model: 'landscape', faces: [] },
    ]),
  ],
  'clip.facts.pixels': [[size]],
  'clip.facts.fps': [[24], [24000 / 1001]],
  'clip.facts.span': [[NAME, OTHER]],
  'clip.facts.frames': [
    [NAME, 1],
    [NAME, 75],
  ],
  'clip.notes.variable': [[25]],
  'clip.notes.reinterpreted': [[24, 25]],
  'clip.notes.depthKept': [[10]],
  'clip.notes.depthLost': [[10, 8]],
  'clip.notes.assumed': [[NAME]],
  'clip.notes.rotated': [[90]],
  'clip.notes.aspect': [[1.0909, size]],
  'clip.handles.fewer': [[3, 12]],
  'clip.notes.ends': [[1], [7]],
  'clip.notes.effects': [[[NAME]], [[NAME, OTHER]]],
  'clip.placedAlready': [[NAME]],
  'clip.target.words': [[size, 2.67]],
  'clip.target.tooLarge': [[[NAME, OTHER]]],
  'clip.target.tooSmall': [[[NAME]]],
  'clip.codec.frames': [[NAME]],
  'clip.codec.bits': [[10]],
  'clip.codec.other': [[NAME, OTHER]],
  'clip.needs.disk': [[7e6]],
  'clip.needs.time': [[1], [75]],
  'clip.needs.tooMuch': [[93e6, 71e6]],
  'clip.preview.at': [[NAME]],
  'clip.run.frames': [[12, 75]],
  'clip.run.perSecond': [[2.5], [0.25]],
  'clip.run.bound': [[NAME]],
  'clip.done.placed': [[NAME, OTHER]],
  'clip.done.facts': [
    [size, 75, 12_000],
    [size, 1, 12_000],
  ],
  'clip.unfinished.words': [[NAME, 12, 75]],
  'clip.failed.kept': [[1], [12]],
  'clip.undoName': [[NAME]],
  'result.layerName': [[NAME, OTHER, 4]],
  'result.history': [[NAME]],
  'result.historyOfSeveral': [[3]],
  'host.writing': [[NAME]],
};

/** Formats, which have a test of their own. */
const FORMATS = new Set(['numbers', 'times', 'errors']);

type Leaf = readonly [path: string, value: unknown];

function leaves(of: object, at = ''): Leaf[] {
  return Object.entries(of).flatMap(([key, value]: [string, unknown]) => {
    if (at === '' && FORMATS.has(key)) return [];
    const path = at === '' ? key : `${at}.${key}`;
    return typeof value === 'object' && value !== null ? leaves(value, path) : [[path, value] as const];
  });
}

/** Everything a catalog says, by where it stands and what it was told. */
function said(texts: Texts): Map<string, string> {
  const all = new Map<string, string>();
  for (const [path, value] of leaves(texts)) {
    if (typeof value !== 'function') {
      all.set(path, String(value));
      continue;
    }
    const calls = CALLS[path];
    if (!calls) throw new Error(`tell this test what to call ${path} with`);
    calls.forEach((args, i) => {
      const words: unknown = (value as (...args: readonly unknown[]) => unknown)(...args);
      all.set(`${path} #${String(i)}`, Array.isArray(words) ? words.join(' | ') : String(words));
    });
  }
  return all;
}

/** What is alike in languages for good reasons: names, units, signs and loan words. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  all: [
    'clip.target.names.2x',
    'clip.target.names.4x',
    'clip.target.names.uhd',
    'clip.target.names.8k',
    'clip.facts.pixels #0',
    'clip.facts.fps #0',
    'clip.facts.fps #1',
    'clip.facts.span #0',
    'clip.target.words #0',
    'panel',
    'size.px',
    'size.units.cm',
    'size.factor #0',
    'controls.moved #0',
    'preview.brief',
  ],
  de: [
    'clip.section',
    'clip.facts.rate',
    'clip.codec.label',
    'clip.facts.frames #0',
    'clip.facts.frames #1',
    'clip.done.facts #0',
    'clip.done.facts #1',
    'model.names.auto',
    'controls.detail.label',
    'backend.name #0',
    'rows.brief #0',
    'rows.brief #1',
    'host.writing #0',
    'size.ppi',
    'result.layerName #0',
    'layer.sizeNow #0',
    'layer.sizeAfter #0',
    'layer.sizeOnly #0',
    'run.percent #0',
    'run.left #0',
  ],
  fr: [
    'model.names.auto',
    'size.kinds.pixels',
    'size.fields.pixels',
    'size.px',
    'backend.name #0',
    'rows.brief #0',
    'result.layerName #0',
    'layer.sizeNow #0',
    'layer.sizeAfter #0',
    'layer.sizeOnly #0',
    'run.percent #0',
    'run.left #0',
  ],
  ja: [
    'backend.name #0',
    'rows.brief #0',
    'size.ppi',
    'result.layerName #0',
    'layer.sizeNow #0',
    'layer.sizeAfter #0',
    'layer.sizeOnly #0',
    'run.left #0',
  ],
};

/** Words that stand in English sentences, and in none of the others. */
const ENGLISH =
  /\b(the|and|with|this|that|layers?|is|are|were|of|than|your|nothing|picture|selected|needs?|cannot|size)\b/i;

/** The values in it, which every language must say in some place. */
function values(text: string): string[] {
  return (text.match(new RegExp(`${NAME}|${OTHER}|\\d+(?:[.,]\\d+)?`, 'g')) ?? [])
    .map((each) => each.replace(',', '.'))
    .sort();
}

describe.each(OTHERS)('In %s', (language, texts) => {
  const theirs = said(texts);
  const ours = said(en);

  test('there are the same texts as in English', () => {
    expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort());
  });

  test('none is empty, but those that say nothing in English too', () => {
    const empty = (all: Map<string, string>) =>
      [...all].filter(([, text]) => text.trim() === '').map(([path]) => path);
    expect(empty(theirs)).toEqual(empty(ours));
  });

  test('each says every name and number it is told', () => {
    // Times and factors are put in other units and words; the formats have a test of their own.
    const timed = /^(estimate\.known|run\.left|done\.facts|size\.words|layer\.|model\.auto)/;
    for (const [path, text] of theirs) {
      if (timed.test(path)) continue;
      expect([path, values(text)]).toEqual([path, values(ours.get(path) ?? '')]);
    }
  });

  test('nothing is left in English', () => {
    const alike = new Set([...(ALIKE['all'] ?? []), ...(ALIKE[language] ?? [])]);
    const left = [...theirs].filter(
      ([path, text]) => (text === ours.get(path) && !alike.has(path)) || ENGLISH.test(text),
    );
    expect(left).toEqual([]);
  });

  test('errors and reasons are said in it too, with what they are told', () => {
    for (const [code, say] of Object.entries(texts.errors)) {
      // Sentences of the shell's, which come whole.
      if (code === 'file-unsupported' || code === 'file-too-large') continue;
      if (!isErrorCode(code)) throw new Error(`${code} is no error`);
      for (const detail of [NAME, '']) {
        const text = say(detail);
        const english = englishErrors[code](detail);
        expect([code, text]).not.toEqual([code, english]);
        expect([code, text]).not.toEqual([code, expect.stringMatching(ENGLISH)]);
        expect([code, text.includes(NAME)]).toEqual([code, english.includes(NAME)]);
        expect([code, text.trim().length > 0]).toEqual([code, true]);
      }
    }
    for (const [reason, told] of Object.entries(REASONS)) {
      const detail = because(reason as Reason, ...told);
      const text = texts.errors['model-unfit'](detail);
      const english = englishErrors['model-unfit'](detail);
      expect(text).not.toMatch(ENGLISH);
      for (const each of told) {
        expect([reason, english.includes(each), text.includes(each)]).toEqual([reason, true, true]);
      }
      expect(text).not.toMatch(/[\u001e\u001f]/);
    }
  });
});

const REASONS: Readonly<Record<Reason, readonly string[]>> = {
  'not-onnx': [],
  'many-inputs': ['3'],
  'many-results': ['3'],
  'no-picture': [],
  'not-float': ['float16'],
  'other-input': ['1 × 1 × 64 × 64'],
  'fixed-size': ['64 × 48'],
  'cannot-enlarge': ['17 × 23'],
  'other-result': ['1 × 4 × 64 × 64', '17 × 23'],
  'same-size': [],
  'other-scale': ['16', '8'],
  'file-gone': ['a.onnx'],
  'file-changed': ['a.onnx'],
  'file-replaced': ['a.onnx'],
  'file-large': ['a.onnx', '200'],
  'no-webgpu': [],
  'no-gpu': [],
  'software-gpu': [],
  'gpu-not-opened': [],
  'gpu-lost': ['Zebra'],
  'gpu-reported': ['Zebra'],
  'not-started': ['webgpu', 'Zebra'],
  'gave-up': ['wasm', 'Zebra'],
  'make-bin': ['Zebra'],
  'set-rate': [],
  'mark-render': [],
  'lay-render': [],
  'adjust-render': [],
  'remove-render': [],
};

describe('What an error is about', () => {
  const detail = severally([
    because('not-started', 'webgpu', because('no-gpu')),
    because('gave-up', 'wasm', 'out of memory'),
  ]);

  test('may be several reasons, one in another, said in the language of the panel', () => {
    expect(englishErrors['backend-failed'](detail)).toBe(
      'The model could not be run on this machine: webgpu could not be started: no GPU was found. wasm failed: out of memory. Nothing was changed.',
    );
    expect(textsFor('de').errors['backend-failed'](detail)).toMatch(
      /: webgpu konnte nicht gestartet werden: Es wurde keine GPU gefunden\. wasm ist ausgefallen: out of memory\. Es wurde nichts geändert\.$/,
    );
  });

  test('is left as it is where it is not a reason of ours', () => {
    for (const [, texts] of ALL) {
      expect(texts.errors['host-failed']('Zebra: 12')).toContain('Zebra: 12');
      expect(texts.errors['host-failed']('\u001fno-such-reason\u001f3')).toContain('no-such-reason');
    }
  });

  test('has its numbers written as the language writes them', () => {
    const told = (locale: string) => textsFor(locale).errors['too-large-for-psd']('31,200 × 30,001');
    expect(told('de')).toContain('31.200 × 30.001 Pixel');
    expect(told('fr')).toContain('31\u202f200 × 30\u202f001 pixels');
    expect(told('ja')).toContain('31,200 × 30,001ピクセル');
    expect(textsFor('fr').errors['disk-full']('8.4 GB')).toContain('8,4 Go');
  });

  test('of a color mode has its name from Photoshop’s own menu', () => {
    const told = (locale: string) => textsFor(locale).errors['mode-unsupported']('Indexed Color');
    expect(
      [told('de'), told('fr'), told('ja')].map((text) => /[„«「]\s?([^“»」]+?)\s?[“»」]/u.exec(text)?.[1]),
    ).toEqual(['Indizierte Farbe', 'Couleurs indexées', 'インデックスカラー']);
  });
});

describe('The signs', () => {
  const everything = (texts: Texts) => [
    ...said(texts).values(),
    ...Object.values(texts.errors).flatMap((say) => [say(NAME), say('')]),
  ];

  test('are none of a typewriter', () => {
    for (const [, texts] of ALL) {
      for (const text of everything(texts)) expect(text).not.toMatch(/"|\.\.\.|(?<=\p{L})'(?=\p{L})/u);
    }
  });

  test('of German quote below and above', () => {
    for (const text of everything(textsFor('de'))) expect(text).not.toMatch(/”|«|»|(?<![„][^“]*)“/u);
  });

  test('of French stand apart by a narrow space that does not break', () => {
    for (const text of everything(textsFor('fr'))) {
      expect(text).not.toMatch(/[^\u202f][;?!»%](?!\w)/u);
      // Not of times, paths and the like.
      expect(text).not.toMatch(/[^\u202f]:(?=\s|$)/u);
      expect(text).not.toMatch(/«[^\u202f]/u);
      expect(text).not.toMatch(/[“”„]/u);
    }
  });

  test('of Japanese are full width, and sentences end in them', () => {
    for (const text of everything(textsFor('ja'))) {
      expect(text).not.toMatch(/[“”„«»]|[\u3040-\u30ff\u4e00-\u9fff](?:[,:;?!]|\.(?!\w))/u);
    }
  });
});

describe('How many there are', () => {
  test.each([
    ['de', '1 Gesicht: ', '3 Gesichter: '],
    ['fr', '1 visage', '3 visages'],
    ['en', '1 face: ', '3 faces: '],
  ])('is said in %s in the singular and the plural', (locale, one, many) => {
    const faces = (count: number) =>
      textsFor(locale).model.auto({
        kind: 'proposed',
        reason: 'faces',
        model: 'landscape',
        faces: Array.from({ length: count }, () => face),
      });
    expect(faces(1).startsWith(one)).toBe(true);
    expect(faces(3).startsWith(many)).toBe(true);
  });
});

describe('A locale of the host', () => {
  test.each([
    ['de_DE', 'de'],
    ['de-AT', 'de'],
    ['fr_CA', 'fr'],
    ['fr_FR', 'fr'],
    ['ja_JP', 'ja'],
    ['JA', 'ja'],
    ['en_US', 'en'],
    ['en_GB', 'en'],
    ['fi_FI', 'en'],
    ['', 'en'],
    ['constructor', 'en'],
  ])('%s is answered in %s', (locale, language) => {
    expect(textsFor(locale).language).toBe(language);
  });
});
