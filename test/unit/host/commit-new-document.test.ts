import { expect, test } from '@jest/globals';
import { historyOf, open, picture } from '../simulator/support.ts';
import { documentOf, highest, MODES } from './commit-modes.ts';
import { codeOf, noisy, runIn } from './commit-run.ts';

const speckled = (x: number, y: number) => [x * 9, y * 5, (x * y) & 255, 255] as const;
const SIZE = { width: 40, height: 30 };
const BACK = { name: 'Background', transparencyProtected: true, imageData: picture(40, 30, speckled) };
const SKY = { name: 'Sky', left: 7, top: 5, imageData: picture(20, 10, speckled), opacity: 0.5 };
const place = 'new-document';

test('a new document holds the result alone, stays open in front, and nothing else is changed', async () => {
  const opened = open([BACK, SKY], SIZE);
  const run = runIn(opened);
  const before = historyOf(opened);
  const job = await run.open({ layer: 'Sky', settings: { place, hideOriginal: true } });
  const [written] = await run.commit([job]);
  if (!written || !('layer' in written)) throw new Error('nothing was written');
  const { documentId, layerId, ...layer } = written.layer;
  expect(layer).toEqual({
    name: 'Sky – Art',
    bounds: { left: 0, top: 0, right: 40, bottom: 20 },
    width: 40,
    height: 20,
  });
  const made = run.ps.app.activeDocument;
  expect([made.id, made.name, made.width, made.height]).toEqual([documentId, 'Sky – Art', 40, 20]);
  const { resolution, mode, bitsPerChannel, colorProfileName } = run.document();
  expect(made).toMatchObject({ resolution, mode, bitsPerChannel, colorProfileName });
  expect([...made.layers].map(({ id, name, opacity }) => [id, name, opacity])).toEqual([
    [layerId, 'Sky – Art', 100],
  ]);
  const [only] = made.layers;
  if (!only) throw new Error('no layer');
  expect((await run.pixels(only, made.id)).at(39, 19)).toEqual([0, 1, 2, 3].map((c) => noisy(39, 19, c)));
  expect(historyOf(opened)).toContain('Enhance');

  expect(run.layers().map(({ name, visible }) => [name, visible])).toEqual([
    ['Sky', true],
    ['Background', true],
  ]);
  await run.modal(() => {
    run.ps.app.activeDocument = run.document();
  });
  expect(historyOf(opened)).toEqual(before);
});

test('each layer gets a document of its own, at the resolution of the print', async () => {
  const run = runIn(open([BACK, SKY], SIZE));
  const size = { kind: 'print', side: 'width', length: 1, unit: 'inch', ppi: 90 } as const;
  const jobs = [];
  for (const layer of ['Sky', 'Background']) jobs.push(await run.open({ layer, settings: { place, size } }));
  await run.commit(jobs);
  expect(
    [...run.ps.app.documents].slice(1).map(({ name, width, resolution }) => [name, width, resolution]),
  ).toEqual([
    ['Sky – Art', 90, 90],
    ['Background – Art', 90, 90],
  ]);
});

test('a new document that does not get the profile is closed again, and a copy of the document has it', async () => {
  const opened = open([BACK, SKY], SIZE);
  const run = runIn(opened);
  const job = await run.open({ layer: 'Sky', settings: { place } });
  const create = run.ps.app.createDocument;
  Object.assign(run.ps.app, {
    createDocument: async (options: Parameters<typeof create>[0]) => {
      const made = await create(options);
      // As where the profile is not installed: Photoshop takes another, and lets none be assigned.
      Object.defineProperty(made, 'colorProfileName', { get: () => 'Working RGB', set: () => undefined });
      return made;
    },
  });
  expect(await codeOf(run.commit([job]))).toBe('resolved');
  const { colorProfileName } = run.document();
  expect([...run.ps.app.documents].map((each) => [each.name, each.colorProfileName])).toEqual([
    ['test.psd', colorProfileName],
    ['Sky – Art', colorProfileName],
  ]);
});

test.each(MODES)(
  'in %s of %i bits both other places have the document’s mode, depth and profile',
  async (mode, depth) => {
    for (const place of ['new-document', 'smart-object'] as const) {
      const { run, user, id } = await documentOf(mode, depth);
      const paint = (_x: number, _y: number, channel: number): number =>
        channel === (mode === 'grayscaleMode' ? 1 : 3) ? highest(depth) : highest(depth) / 8;
      await run.commit([await run.open({ layer: 'Sky', settings: { place }, paint })]);
      if (place === 'smart-object') user.editContents(id, run.named('Sky – Art').id);
      const made = run.ps.app.activeDocument;
      const { bitsPerChannel, colorProfileName } = run.document();
      expect(made).toMatchObject({ mode, bitsPerChannel, colorProfileName, width: 48, height: 32 });
      const [layer] = made.layers;
      if (!layer) throw new Error('no layer');
      const colour =
        mode === 'grayscaleMode'
          ? { colorSpace: 'Grayscale' }
          : { colorSpace: 'RGB', colorProfile: 'Adobe RGB (1998)' };
      const { at } = await run.pixels(layer, made.id, mode === 'RGBColorMode' ? {} : colour);
      expect(Math.abs((at(20, 20)[0] ?? 0) / highest(depth) - 1 / 8)).toBeLessThan(0.05);
    }
  },
);
