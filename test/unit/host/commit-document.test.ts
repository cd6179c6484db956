import { describe, expect, test } from '@jest/globals';
import { enlargedRectangle } from '../../../src/size.ts';
import { historyOf, open, picture, RED } from '../simulator/support.ts';
import { codeOf, noisy, runIn } from './commit-run.ts';

const speckled = (x: number, y: number) => [x * 9, y * 5, (x * y) & 255, 255] as const;
const SIZE = { width: 40, height: 30 };
const BACK = { name: 'Background', transparencyProtected: true, imageData: picture(40, 30, speckled) };
const SKY = { name: 'Sky', left: 7, top: 5, imageData: picture(20, 10, speckled) };

describe('a new layer with the document enlarged', () => {
  test('holds the result, directly above its original, in one history state that undo takes back', async () => {
    const opened = open([BACK, SKY, { name: 'Top', left: 0, top: 0, imageData: picture(4, 4, RED) }], SIZE);
    const run = runIn(opened);
    const before = historyOf(opened);
    const job = await run.open({ layer: 'Sky' });
    const [written] = await run.commit([job]);
    expect(written).toMatchObject({
      job: job.id,
      layer: {
        name: 'Sky – Art',
        bounds: { left: 14, top: 10, right: 54, bottom: 30 },
        width: 40,
        height: 20,
      },
    });
    expect(run.layers().map(({ name }) => name)).toEqual(['Top', 'Sky – Art', 'Sky', 'Background']);
    expect([run.document().width, run.document().height]).toEqual([80, 60]);
    expect(historyOf(opened)).toEqual([...before, 'Enhance']);
    expect([...run.document().activeLayers].map(({ name }) => name)).toEqual(['Sky – Art']);
    const { bounds, at } = await run.pixels(run.named('Sky – Art'));
    expect(bounds).toEqual({ left: 14, top: 10, right: 54, bottom: 30 });
    for (const [x, y] of [
      [14, 10],
      [53, 29],
      [30, 17],
    ] as const) {
      expect(at(x, y)).toEqual([0, 1, 2, 3].map((c) => noisy(x - 14, y - 10, c)));
    }
    expect(run.progress.at(-1)).toBe(1);
    opened.simulator.user.undo(opened.id);
    expect(run.layers().map(({ name }) => name)).toEqual(['Top', 'Sky', 'Background']);
    expect([run.document().width, run.document().height]).toEqual([40, 30]);
  });

  test.each([
    ['width', 97],
    ['height', 77],
  ] as const)(
    'lies where the enlarged original lies at %s %i px, off the canvas too',
    async (side, pixels) => {
      const off = { name: 'Off', left: -13, top: 21, imageData: picture(31, 17, speckled) };
      const run = runIn(open([BACK, off], SIZE));
      const job = await run.open({ layer: 'Off', settings: { size: { kind: 'pixels', side, pixels } } });
      const [written] = await run.commit([job]);
      const wanted = enlargedRectangle({ left: -13, top: 21, right: 18, bottom: 38 }, job.job.enlargement);
      expect(written).toMatchObject({ layer: { bounds: wanted } });
      expect((await run.pixels(run.named('Off – Art'))).bounds).toEqual(wanted);
      expect(run.document()[side]).toBe(pixels);
    },
  );

  test('a document much taller than wide gets exactly the height that was asked for', async () => {
    const tall = { name: 'Tall', left: 1, top: 3, imageData: picture(5, 60, speckled) };
    const run = runIn(open([tall], { width: 7, height: 90 }));
    const size = { kind: 'pixels', side: 'height', pixels: 200 } as const;
    await run.commit([await run.open({ layer: 'Tall', settings: { size } })]);
    expect([run.document().width, run.document().height]).toEqual([16, 200]);
  });

  test('for print the document gets the resolution', async () => {
    const run = runIn(open([BACK, SKY], SIZE));
    const size = { kind: 'print', side: 'width', length: 1, unit: 'inch', ppi: 90 } as const;
    await run.commit([await run.open({ layer: 'Sky', settings: { size } })]);
    expect([run.document().width, run.document().resolution]).toEqual([90, 90]);
  });

  test('keeps opacity, fill, blend mode, style and clipping, and hides the original if asked to', async () => {
    const sky = { ...SKY, opacity: 0.5, fillOpacity: 0.6, blendMode: 'multiply' as const, clipping: true };
    const run = runIn(open([BACK, sky], SIZE));
    await run.commit([await run.open({ layer: 'Sky', settings: { hideOriginal: true } })]);
    const made = run.named('Sky – Art');
    const { opacity, fillOpacity, blendMode, isClippingMask, visible } = run.named('Sky');
    expect(made).toMatchObject({ opacity, fillOpacity, blendMode, isClippingMask, visible: true });
    expect([isClippingMask, visible]).toEqual([true, false]);
  });

  test('has the style of its original, enlarged with the document', async () => {
    const distance = { units: 'Pixels' as const, value: 3 };
    const effects = { dropShadow: [{ enabled: true, opacity: 0.5, distance }] };
    const run = runIn(open([BACK, { ...SKY, effects }], SIZE));
    await run.commit([await run.open({ layer: 'Sky' })]);
    for (const { id } of [run.named('Sky – Art'), run.named('Sky')]) {
      const _target = [{ _property: 'layerEffects' }, { _ref: 'layer', _id: id }];
      const [style] = await run.ps.action.batchPlay([{ _obj: 'get', _target }], {});
      expect(style).toMatchObject({ layerEffects: { dropShadow: { distance: { _value: 6 } } } });
    }
  });

  test('of a smart object is an ordinary layer; the smart object stays one', async () => {
    const opened = open([BACK, SKY], SIZE);
    const { user } = opened.simulator;
    const run = runIn(opened);
    user.selectLayer(opened.id, run.named('Sky').id);
    user.convertToSmartObject(opened.id);
    await run.commit([await run.open({ layer: 'Sky' })]);
    expect([run.named('Sky – Art').kind, run.named('Sky').kind]).toEqual(['pixel', 'smartObject']);
    expect((await run.pixels(run.named('Sky – Art'))).at(30, 17)).toEqual(
      [0, 1, 2, 3].map((c) => noisy(16, 7, c)),
    );
  });

  test('of several strips is whole: no strip throws the others away', async () => {
    const large = { name: 'Large', left: 3, top: 2, imageData: picture(800, 900, speckled) };
    const opened = open([large], { width: 820, height: 920 });
    const run = runIn(opened);
    await run.commit([await run.open({ layer: 'Large' })]);
    expect(opened.simulator.stats.calls.get('imaging.putPixels')).toBeGreaterThan(1);
    expect(opened.simulator.stats.undisposed).toBe(0);
    const { bounds, at } = await run.pixels(run.named('Large – Art'));
    expect(bounds).toEqual({ left: 6, top: 4, right: 1606, bottom: 1804 });
    for (const y of [0, 900, 1799]) {
      expect(at(706, 4 + y)).toEqual([0, 1, 2, 3].map((c) => noisy(700, y, c)));
    }
  });

  test('takes over the layers that are clipped to its original', async () => {
    const clipped = { name: 'Clipped', left: 8, top: 6, imageData: picture(4, 4, RED), clipping: true };
    const run = runIn(open([BACK, SKY, clipped, { ...clipped, name: 'Clipped too' }], SIZE));
    await run.commit([await run.open({ layer: 'Sky' })]);
    expect(run.layers().map(({ name, isClippingMask }) => [name, isClippingMask])).toEqual([
      ['Clipped too', true],
      ['Clipped', true],
      ['Sky – Art', false],
      ['Sky', false],
      ['Background', false],
    ]);
  });

  test('stays in its group, and a layer of locked transparency is written and locked again', async () => {
    const inside = { ...SKY, protected: { transparency: true } };
    const run = runIn(open([BACK, { name: 'Group', children: [inside] }], SIZE));
    await run.commit([await run.open({ layer: 'Sky' })]);
    const made = run.named('Sky – Art');
    expect(made.parent?.name).toBe('Group');
    expect(made.transparentPixelsLocked).toBe(true);
    expect((await run.pixels(made)).at(30, 17)).toEqual([0, 1, 2, 3].map((c) => noisy(16, 7, c)));
  });

  test('of the Background is an ordinary layer above it', async () => {
    const run = runIn(open([BACK, SKY], SIZE));
    await run.commit([await run.open({ layer: 'Background' })]);
    const made = run.named('Background – Art');
    expect([made.isBackgroundLayer, made.locked]).toEqual([false, false]);
    expect((await run.pixels(made)).at(79, 59)).toEqual([...[0, 1, 2].map((c) => noisy(79, 59, c)), 255]);
  });
});

describe('several layers at once', () => {
  test('are one history state; one that was changed meanwhile is left out and the others are written', async () => {
    const layers = ['A', 'B', 'C', 'D'].map((name, i) => ({ ...SKY, name, left: 3 * i }));
    const opened = open([BACK, ...layers], SIZE);
    const run = runIn(opened);
    const jobs = [];
    for (const { name } of layers) jobs.push(await run.open({ layer: name }));
    const history = historyOf(opened).length;
    await run.modal(() => run.named('B').delete());
    await run.modal(() => run.named('C').translate(1, 0));
    await run.modal(() => {
      run.named('D').allLocked = true;
    });
    const results = await run.commit(jobs);
    expect(results.map((result) => ('problem' in result ? result.problem : result.layer.name))).toEqual([
      'A – Art',
      { code: 'layer-gone', detail: 'B' },
      { code: 'layer-changed', detail: 'C' },
      { code: 'locked-layer', detail: 'D' },
    ]);
    expect(historyOf(opened).slice(history).at(-1)).toBe('Enhance');
    expect(run.layers().map(({ name }) => name)).toEqual(['D', 'C', 'A – Art', 'A', 'Background']);
  });

  test('of which all were changed leave the document as it is', async () => {
    const run = runIn(open([BACK, SKY], SIZE));
    const job = await run.open({ layer: 'Sky' });
    await run.modal(() => run.named('Sky').translate(1, 0));
    expect(await codeOf(run.commit([job]))).toBe('layer-changed');
    expect([run.document().width, run.layers().length]).toEqual([40, 2]);
  });

  test('end up selected together', async () => {
    const run = runIn(open([BACK, SKY, { ...SKY, name: 'Sea' }], SIZE));
    await run.commit([await run.open({ layer: 'Sea' }), await run.open({ layer: 'Sky' })]);
    expect([...run.document().activeLayers].map(({ name }) => name).sort()).toEqual([
      'Sea – Art',
      'Sky – Art',
    ]);
    expect(run.layers().map(({ name }) => name)).toEqual([
      'Sea – Art',
      'Sea',
      'Sky – Art',
      'Sky',
      'Background',
    ]);
  });
});
