import { describe, expect, test } from '@jest/globals';
import { percentOf } from '../../../src/panel/numbers.ts';
import { en as texts } from '../../../src/texts/en.ts';

/** Narrow and no-break spaces as plain ones, so that the texts can be read here. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('Numbers and sizes', () => {
  test('of four digits stay together, longer ones are set in groups of three', () => {
    expect([0, 640, 2560, 12800, 300000, 1234567].map(texts.numbers.whole).map(plain)).toEqual([
      '0',
      '640',
      '2560',
      '12 800',
      '300 000',
      '1 234 567',
    ]);
  });

  test('are grouped by a space that never breaks', () => {
    expect(texts.numbers.whole(12800)).toBe('12\u202f800');
  });

  test('of a layer read “640 × 448”', () => {
    expect(plain(texts.numbers.size({ width: 640, height: 448 }))).toBe('640 × 448');
    expect(plain(texts.layer.sizeAfter({ width: 25600, height: 1792 }))).toBe('25 600 × 1792 px');
  });

  test('as percent reach 100 only when all is done', () => {
    expect([-1, 0, 0.004, 0.999, 1, 2].map(percentOf)).toEqual([0, 0, 0, 99, 100, 100]);
  });
});

describe('The backend', () => {
  test.each([
    ['webgpu', 'Apple M2', 'GPU · Apple M2'],
    ['wasm', 'CPU, 8 workers', 'CPU · 8 workers'],
    ['wasm', '1 worker', 'CPU · 1 worker'],
    ['webgpu', '', 'GPU'],
    ['webgpu', 'GPUtastic 3', 'GPU · GPUtastic 3'],
  ] as const)('%s on “%s” reads “%s”', (name, device, text) => {
    expect(texts.backend.name(name, device)).toBe(text);
  });
});

describe('What comes out of a size', () => {
  test('is said in pixels, in print and as a factor', () => {
    const print = { width: 60.002, height: 45.001, unit: 'cm', ppi: 300 } as const;
    expect(plain(texts.size.words({ width: 7087, height: 5315 }, print, 3.5435))).toBe(
      '7087 × 5315 px · 60 × 45 cm at 300 ppi · 3.5×',
    );
  });

  test('beyond the network says which part is made and which is interpolated', () => {
    expect(texts.size.made(4, 1.5)).toMatch(/network makes 4×.*1\.5× is interpolated/);
  });
});

describe('What Auto has come to', () => {
  const face = { x: 0, y: 0, width: 1, height: 1 };
  test.each([
    [
      { model: 'landscape', reason: 'faces', faces: [face, face] },
      '2 faces: Face on them, Landscape elsewhere.',
    ],
    [{ model: 'landscape', reason: 'faces', faces: [face] }, '1 face: Face on it, Landscape elsewhere.'],
    [{ model: 'face', reason: 'portrait', faces: [face] }, 'A portrait: Face.'],
    [{ model: 'landscape', reason: 'photo', faces: [] }, 'No faces: Landscape.'],
    [{ model: 'art', reason: 'drawing', faces: [] }, 'A drawing: Art.'],
    [{ model: 'landscape', reason: 'too-small', faces: [] }, 'Too small to tell: Landscape.'],
  ] as const)('%j reads “%s”', (proposal, text) => {
    expect(texts.model.auto({ kind: 'proposed', ...proposal })).toBe(text);
  });

  test('is said to be under way, and to have failed', () => {
    expect(texts.model.auto({ kind: 'proposing' })).toBe('Looking at the layer…');
    expect(texts.model.auto({ kind: 'failed' })).toMatch(/could not be looked at: Landscape\.$/);
  });
});

test('The facts of a result name the quality and Detail, and end with the backend', () => {
  const size = { width: 640, height: 448 };
  expect(texts.done.facts(size, 8_400, { quality: 'best', detail: 40 }, 'GPU').slice(1)).toEqual([
    '8.4 s',
    'Best',
    'Detail 40',
    'GPU',
  ]);
  expect(texts.done.facts(size, 8_400, {}, 'GPU').slice(1)).toEqual(['8.4 s', 'GPU']);
});
