import { describe, expect, test } from '@jest/globals';
import type { LayerSettings } from '../../../src/bridge/protocol.ts';
import { activeDocument, historyOf, open, picture, RED } from '../simulator/support.ts';
import { noisy, runIn } from './commit-run.ts';

const speckled = (x: number, y: number) => [x * 9, y * 5, (x * y) & 255, 255] as const;
const SIZE = { width: 40, height: 30 };
const BACK = { name: 'Background', transparencyProtected: true, imageData: picture(40, 30, speckled) };
const SKY = { name: 'Sky', left: 7, top: 5, imageData: picture(20, 10, speckled) };
const place = 'smart-object';

describe('a smart object at the document’s size', () => {
  const sizes: [string, LayerSettings['size']][] = [
    ['2×', { kind: 'factor', factor: 2 }],
    ['8×', { kind: 'factor', factor: 8 }],
    ['a width of 53 px', { kind: 'pixels', side: 'width', pixels: 53 }],
    ['a height of 37 px', { kind: 'pixels', side: 'height', pixels: 37 }],
    ['a print of 1 cm at 300 ppi', { kind: 'print', side: 'width', length: 1, unit: 'cm', ppi: 300 }],
  ];
  test.each(sizes)(
    'covers exactly what its original covers, at %s, also off the canvas',
    async (_size, size) => {
      for (const [left, top] of [
        [7, 5],
        [-11, 23],
        [33, -4],
      ] as const) {
        const opened = open([BACK, { ...SKY, left, top }], SIZE);
        const run = runIn(opened);
        const job = await run.open({ layer: 'Sky', settings: { place, size } });
        const [written] = await run.commit([job]);
        const bounds = { left, top, right: left + 20, bottom: top + 10 };
        const { width, height } = job.job.target;
        expect(written).toMatchObject({ layer: { bounds, width, height } });
        const made = run.named('Sky – Art');
        expect(made.kind).toBe('smartObject');
        expect({ ...made.boundsNoEffects }).toMatchObject(bounds);
        expect([run.document().width, run.document().height]).toEqual([40, 30]);
        expect(run.layers().map(({ name }) => name)).toEqual(['Sky – Art', 'Sky', 'Background']);
        expect([...run.ps.app.documents].map(({ id }) => id)).toEqual([opened.id]);
      }
    },
  );

  test('holds all pixels of the result, which its contents show whole', async () => {
    const opened = open([BACK, SKY], SIZE);
    const run = runIn(opened);
    await run.commit([
      await run.open({ layer: 'Sky', settings: { place, size: { kind: 'factor', factor: 4 } } }),
    ]);
    expect(opened.simulator.user.editContents(opened.id, run.named('Sky – Art').id)).toBe(true);
    const inside = activeDocument(opened);
    expect([inside.width, inside.height]).toEqual([80, 40]);
    const [layer] = inside.layers;
    const { at } = await run.pixels(layer as unknown as Parameters<typeof run.pixels>[0], inside.id);
    for (const [x, y] of [
      [0, 0],
      [79, 39],
      [41, 13],
    ] as const) {
      expect(at(x, y)).toEqual([0, 1, 2, 3].map((c) => noisy(x, y, c)));
    }
  });

  test('is as large as the result, though that is transparent at its edges', async () => {
    const opened = open([BACK, SKY], SIZE);
    const run = runIn(opened);
    const paint = (x: number, y: number, c: number): number =>
      c === 3 && (x < 5 || y > 15) ? 0 : noisy(x, y, c);
    const [written] = await run.commit([await run.open({ layer: 'Sky', settings: { place }, paint })]);
    expect(written).toMatchObject({ layer: { bounds: { left: 7, top: 5, right: 27, bottom: 15 } } });
    opened.simulator.user.editContents(opened.id, run.named('Sky – Art').id);
    expect([activeDocument(opened).width, activeDocument(opened).height]).toEqual([40, 20]);
  });

  test('is one history state, which undo takes back', async () => {
    const opened = open([BACK, SKY], SIZE);
    const run = runIn(opened);
    const before = historyOf(opened);
    await run.commit([
      await run.open({ layer: 'Sky', settings: { place, hideOriginal: true } }),
      await run.open({ layer: 'Background', settings: { place } }),
    ]);
    expect(historyOf(opened)).toEqual([...before, 'Enhance']);
    expect(run.named('Sky').visible).toBe(false);
    opened.simulator.user.undo(opened.id);
    expect(run.layers().map(({ name, visible }) => [name, visible])).toEqual([
      ['Sky', true],
      ['Background', true],
    ]);
  });

  test('has the opacity, blend mode, style, clipping and group of its original', async () => {
    const effects = {
      dropShadow: [{ enabled: true, opacity: 0.5, distance: { units: 'Pixels' as const, value: 3 } }],
    };
    const sky = {
      ...SKY,
      opacity: 0.5,
      fillOpacity: 0.6,
      blendMode: 'multiply' as const,
      clipping: true,
      effects,
    };
    const base = { ...SKY, name: 'Base' };
    const over = { name: 'Over', left: 8, top: 6, imageData: picture(3, 3, RED), clipping: true };
    const opened = open([BACK, { name: 'Group', children: [base, sky, over] }], SIZE);
    const run = runIn(opened);
    await run.commit([
      await run.open({ layer: 'Sky', settings: { place } }),
      await run.open({ layer: 'Base', settings: { place } }),
    ]);
    const made = run.named('Sky – Art');
    const { opacity, fillOpacity, blendMode } = run.named('Sky');
    expect(made).toMatchObject({ opacity, fillOpacity, blendMode, isClippingMask: true });
    expect(made.parent?.name).toBe('Group');
    const style = (id: number): Promise<unknown> =>
      run.ps.action.batchPlay(
        [{ _obj: 'get', _target: [{ _property: 'layerEffects' }, { _ref: 'layer', _id: id }] }],
        {},
      );
    expect(JSON.stringify(await style(made.id))).toContain('dropShadow');
    expect(await style(made.id)).toEqual(await style(run.named('Sky').id));
    expect(run.layers().map(({ name, isClippingMask }) => [name, isClippingMask])).toEqual([
      ['Group', false],
      ['Over', true],
      ['Sky – Art', true],
      ['Sky', true],
      ['Base – Art', false],
      ['Base', false],
      ['Background', false],
    ]);
  });
});
