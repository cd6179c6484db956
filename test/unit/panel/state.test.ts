import { describe, expect, test } from '@jest/globals';
import type { LayerReport, LayerSettings, Report } from '../../../src/bridge/protocol.ts';
import type { Progress } from '../../../src/engine/types.ts';
import { LoupeError } from '../../../src/errors.ts';
import { partOf, taken } from '../../../src/panel/ready.ts';
import type { Outcome, Result } from '../../../src/panel/run.ts';
import { facesInLayer, modelOf } from '../../../src/panel/settings.ts';
import { initialState, reduce, type Action, type PanelState } from '../../../src/panel/state.ts';

const document = {
  id: 1,
  name: 'sample.psd',
  width: 640,
  height: 448,
  resolution: 300,
  mode: 'RGB Color',
  depth: 8,
  psb: false,
} as const;

function layer(change: Partial<LayerReport> = {}): LayerReport {
  return {
    id: 7,
    name: 'Portrait',
    left: 0,
    top: 0,
    width: 640,
    height: 448,
    refusal: null,
    note: null,
    parts: ['layer'],
    remembered: null,
    ...change,
  };
}
const portrait = layer();
const sky = layer({ id: 9, name: 'Sky', left: 10, width: 600, height: 200 });

function report(layers: readonly LayerReport[] = [portrait], change: Partial<Report> = {}): Report {
  return { document, layers: [...layers], refusal: null, last: null, ...change };
}
const reported = (...layers: LayerReport[]): Action => ({ type: 'report', report: report(layers) });

function progress(change: Partial<Progress>): Progress {
  return {
    tilesDone: 0,
    tiles: 10,
    rowsWritten: 0,
    rows: 1792,
    elapsedMs: 0,
    remainingMs: undefined,
    backend: 'webgpu',
    device: 'Apple M2',
    ...change,
  };
}

const defaults = {
  face: { detail: 30, noise: 100 },
  landscape: { detail: 60, noise: 90 },
  art: { detail: 80, noise: 80 },
};
/** What a layer begins with. */
const first: LayerSettings = {
  model: 'auto',
  quality: 'fast',
  size: { kind: 'factor', factor: 4 },
  place: 'document',
  hideOriginal: false,
  ...defaults.landscape,
  sharpness: 0,
};
const choose = (change: Partial<LayerSettings>, layerId = 7): Action => ({ type: 'choose', change, layerId });

/** The state after these, from the beginning. */
function after(...actions: Action[]): PanelState {
  return actions.reduce(reduce, initialState(defaults, { theme: 'dark', locale: 'en' }));
}

const ready = reported(portrait);
const begun: Action = { type: 'started', at: 0, weights: [1] };
const started: Action[] = [ready, begun, { type: 'phase', phase: 'enhancing', at: 10 }];

function viewOf<Kind extends PanelState['view']['kind']>(state: PanelState, kind: Kind) {
  if (state.view.kind !== kind) throw new Error(`not ${kind} but ${state.view.kind}`);
  return state.view as Extract<PanelState['view'], { kind: Kind }>;
}
const run = (state: PanelState) => viewOf(state, 'working').run;
const items = (state: PanelState) => viewOf(state, 'ready').items;
const item = (state: PanelState) => {
  const [only] = items(state);
  if (!only) throw new Error('no layer');
  return only;
};
const settings = (state: PanelState) => item(state).settings;

/** What a run of that layer came to. */
const outcome: Extract<Outcome, { kind: 'made' }> = {
  kind: 'made',
  ...item(after(ready)),
  part: 'layer',
  made: {
    documentId: 1,
    layerId: 12,
    name: 'Portrait – Landscape 4×',
    bounds: { left: 0, top: 0, right: 2560, bottom: 1792 },
    width: 2560,
    height: 1792,
  },
  backend: { name: 'webgpu', device: 'Apple M2' },
  fellBack: false,
};
const result: Result = { outcomes: [outcome], ms: 12_000 };

describe('What the host reports', () => {
  test('as an open document with a layer makes the panel ready, with estimates to come', () => {
    expect(item(after(ready))).toMatchObject({
      layer: { documentId: 1, layerId: 7, name: 'Portrait', width: 640, height: 448 },
      estimates: { fast: { kind: 'measuring' }, best: { kind: 'measuring' } },
    });
  });

  test.each([
    ['no document', report([], { document: null }), 'no-document'],
    [
      'no document, in the words of a refusal',
      report([], { refusal: { code: 'no-document', detail: '' } }),
      'no-document',
    ],
    ['no layer', report([]), 'no-layer'],
    [
      'no layer, in the words of a refusal',
      report([portrait], { refusal: { code: 'no-layer', detail: '' } }),
      'no-layer',
    ],
  ])('as %s leaves the panel empty', (_, given, reason) => {
    expect(after({ type: 'report', report: given }).view).toEqual({ kind: 'empty', reason });
  });

  test('as a layer that cannot be enhanced is refused, with the layer shown and the reason', () => {
    const locked = layer({ refusal: { code: 'locked-layer', detail: 'Portrait' } });
    const { problem, items: shown } = viewOf(after(reported(locked)), 'refused');
    expect(shown).toMatchObject([{ layer: { layerId: 7 } }]);
    expect(problem.message).toMatch(/“Portrait” is locked/);
  });

  test('as a document that cannot be enhanced is refused, whatever its layers', () => {
    const given = report([portrait, sky], { refusal: { code: 'mode-unsupported', detail: 'Bitmap' } });
    expect(viewOf(after({ type: 'report', report: given }), 'refused').problem.code).toBe('mode-unsupported');
  });

  test('with a code nobody knows is refused as a message that cannot be understood', () => {
    const odd = layer({ refusal: { code: 'oddity', detail: '' } });
    expect(after(reported(odd)).view).toMatchObject({ kind: 'refused', problem: { code: 'bad-message' } });
  });
});

describe('Several layers', () => {
  const art = layer({ id: 9, remembered: { ...first, model: 'art', place: 'new-document', detail: 11 } });
  const locked = layer({ id: 11, refusal: { code: 'locked-layer', detail: 'x' } });

  test('have settings of their own, but size and place of the first that can be enhanced', () => {
    const state = after(reported(locked, portrait, art));
    expect(items(state).map((each) => each.settings)).toMatchObject([
      { place: 'document' },
      { model: 'auto', place: 'document' },
      { model: 'art', detail: 11, place: 'document' },
    ]);
    expect(taken(viewOf(state, 'ready')).map(({ layer: { layerId } }) => layerId)).toEqual([7, 9]);
  });

  test('are chosen for alone in their own settings, and together in size, place and hiding', () => {
    const state = after(
      reported(portrait, art),
      choose({ model: 'face', hideOriginal: true, size: { kind: 'factor', factor: 2 } }),
    );
    expect(items(state).map((each) => each.settings)).toMatchObject([
      { model: 'face', hideOriginal: true, size: { factor: 2 } },
      { model: 'art', hideOriginal: true, size: { factor: 2 } },
    ]);
  });

  test('are refused together only if none can be enhanced', () => {
    expect(after(reported(locked)).view.kind).toBe('refused');
    expect(after(reported(locked, portrait)).view.kind).toBe('ready');
  });

  test('take back their own size and place when one of them is selected alone', () => {
    const state = after(reported(portrait, art), reported(art));
    expect(settings(state)).toMatchObject({ place: 'new-document', detail: 11 });
  });

  test('keep what Auto and the estimates have come to when the selection grows', () => {
    const state = after(
      ready,
      { type: 'proposed', layerId: 7, proposal: { model: 'face', reason: 'portrait', faces: [] } },
      { type: 'estimate', layerId: 7, quality: 'fast', estimate: { kind: 'known', ms: 5 } },
      reported(portrait, art),
    );
    expect(items(state)[0]).toMatchObject({
      auto: { kind: 'proposed', model: 'face' },
      estimates: { fast: { ms: 5 } },
    });
  });

  test('begin a run whose time is that of all, weighed by their times', () => {
    const estimate = (layerId: number, ms: number): Action => ({
      type: 'estimate',
      layerId,
      quality: 'fast',
      estimate: { kind: 'known', ms },
    });
    const both = reported(portrait, art);
    const state = after(both, estimate(7, 10_000), estimate(9, 30_000), {
      type: 'started',
      at: 0,
      weights: [5, 5],
    });
    expect(run(state)).toMatchObject({
      remaining: { ms: 40_000 },
      rows: [{ weight: 10_000 }, { weight: 30_000 }],
    });
    const unmeasured = after(both, { type: 'started', at: 0, weights: [5, 6] });
    expect(run(unmeasured)).toMatchObject({ remaining: undefined, rows: [{ weight: 5 }, { weight: 6 }] });
  });
});

describe('The part that is enhanced', () => {
  const selected = layer({ parts: ['layer', 'selection'] });
  const part = (state: PanelState) => partOf(viewOf(state, 'ready'));

  test('is the selection when there is one that touches the layer, else the layer', () => {
    expect(part(after(ready))).toBe('layer');
    expect(part(after(reported(selected)))).toBe('selection');
    expect(part(after(reported(layer({ parts: ['layer', 'mask'] }))))).toBe('layer');
  });

  test('stays as chosen by hand as long as there is such a part', () => {
    const state = after(reported(selected), { type: 'choose-part', part: 'layer' });
    expect(part(state)).toBe('layer');
    expect(part(reduce(state, reported(selected)))).toBe('layer');
    const masked = after(reported(layer({ parts: ['layer', 'mask'] })), {
      type: 'choose-part',
      part: 'mask',
    });
    expect(part(masked)).toBe('mask');
    expect(part(reduce(masked, ready))).toBe('layer');
  });

  test('leaves out the layers that a selection does not touch', () => {
    const state = viewOf(after(reported(selected, sky)), 'ready');
    expect(taken(state).map(({ layer: { layerId } }) => layerId)).toEqual([7]);
  });
});

describe('What is set for a layer', () => {
  const remembered: LayerSettings = {
    model: 'art',
    quality: 'best',
    size: { kind: 'factor', factor: 2 },
    place: 'smart-object',
    hideOriginal: true,
    detail: 10,
    noise: 20,
    sharpness: 30,
  };
  const print = { kind: 'print', side: 'width', length: 60, unit: 'cm', ppi: 300 } as const;

  test('is what is remembered for it', () => {
    expect(settings(after(reported(layer({ remembered }))))).toEqual(remembered);
  });

  test('is Auto at first, in the fast quality, at Landscape’s defaults, a new layer and 4×', () => {
    expect(settings(after(ready))).toEqual(first);
  });

  test('is of the last run in size, place and hiding if nothing is remembered for the layer', () => {
    const last = { ...remembered, size: print };
    const state = after({ type: 'report', report: report([portrait], { last }) });
    expect(settings(state)).toEqual({ ...first, size: print, place: 'smart-object', hideOriginal: true });
    const own = layer({ remembered });
    expect(settings(after({ type: 'report', report: report([own], { last }) }))).toEqual(remembered);
  });

  test('is never a larger factor than fits', () => {
    const wide = layer({ width: 8_000, remembered: { ...remembered, size: { kind: 'factor', factor: 8 } } });
    expect(settings(after(reported(wide))).size).toEqual({ kind: 'factor', factor: 3 });
  });

  test('stays as chosen when the same layer is reported again, and is the other’s when another is', () => {
    const chosen = after(ready, choose({ model: 'face', size: print }));
    expect(settings(reduce(chosen, ready))).toMatchObject({ model: 'face', size: print });
    expect(settings(reduce(chosen, reported(sky)))).toEqual(first);
  });

  test('cannot be changed during a run', () => {
    const working = after(...started);
    expect(reduce(working, choose({ model: 'art', place: 'new-document' }))).toBe(working);
  });

  test('moves Detail and Noise with the model while they stand at its defaults', () => {
    const face = after(ready, choose({ model: 'face' }));
    expect(settings(face)).toMatchObject(defaults.face);
    expect(settings(reduce(face, choose({ model: 'art' })))).toMatchObject(defaults.art);
  });

  test('leaves Detail and Noise where they were moved by hand, each for itself', () => {
    const moved = after(ready, choose({ model: 'face' }), choose({ detail: 55, sharpness: 20 }));
    expect(settings(reduce(moved, choose({ model: 'art' })))).toMatchObject({
      detail: 55,
      noise: defaults.art.noise,
      sharpness: 20,
    });
  });

  test('comes back to the defaults from a model of the user’s own, which has none', () => {
    const own = after(ready, choose({ model: 'face' }), choose({ model: 'own:mine.onnx' }));
    expect(settings(own)).toMatchObject({ noise: 100 });
    expect(settings(reduce(own, choose({ model: 'art' })))).toMatchObject(defaults.art);
  });
});

describe('Auto', () => {
  const proposal = { model: 'face', reason: 'portrait', faces: [] } as const;
  const proposed: Action = { type: 'proposed', layerId: 7, proposal };

  test('begins to propose for a layer that nothing is remembered for', () => {
    expect(item(after(ready)).auto).toMatchObject({ kind: 'proposing' });
  });

  test('moves the controls to the proposed model’s defaults, but not those moved while it looked', () => {
    const state = after(ready, choose({ noise: 5 }), proposed);
    expect(item(state).auto).toMatchObject({ kind: 'proposed', model: 'face' });
    expect(settings(state)).toMatchObject({ model: 'auto', detail: defaults.face.detail, noise: 5 });
  });

  test('never overrides a choice made by hand, even one made while it looked', () => {
    const state = after(ready, choose({ model: 'art' }));
    expect(reduce(state, proposed)).toEqual(state);
    const remembered = { ...first, model: 'landscape' } as const;
    const recalled = after(reported(layer({ remembered })));
    expect(item(recalled).auto).toBeUndefined();
    expect(reduce(recalled, proposed)).toEqual(recalled);
  });

  test('proposes again when it is chosen again, and leaves from the model chosen by hand', () => {
    const state = after(ready, proposed, choose({ model: 'art' }), choose({ model: 'auto' }));
    expect(item(state).auto).toEqual({ kind: 'proposing', from: 'art' });
    expect(settings(reduce(state, proposed))).toMatchObject(defaults.face);
  });

  test('leaves the remembered controls of a layer, whatever it proposes', () => {
    const remembered = { ...first, detail: 60, noise: 90 };
    const state = after(reported(layer({ remembered })), proposed);
    expect(settings(state)).toMatchObject({ model: 'auto', detail: 60, noise: 90 });
  });

  test('is Landscape where the layer could not be looked at', () => {
    const state = after(ready, { type: 'proposed', layerId: 7, proposal: undefined });
    expect(item(state).auto).toEqual({ kind: 'failed' });
    expect(modelOf(item(state).settings, item(state).auto)).toBe('landscape');
  });

  test('keeps its proposal when the layer is reported again, and looks anew at one of another size', () => {
    const state = after(ready, proposed);
    expect(item(reduce(state, ready)).auto).toEqual(item(state).auto);
    const bigger = reported(layer({ width: 2000 }));
    expect(item(reduce(state, bigger)).auto).toMatchObject({ kind: 'proposing' });
  });

  test('gives faces in pixels of the layer, whole', () => {
    const faces = [{ x: 10, y: 20, width: 5, height: 7 }];
    const layer = { width: 333, height: 1000 };
    expect(facesInLayer(faces, { width: 100, height: 300 }, layer)).toEqual([
      { x: 33, y: 66, width: 17, height: 24 },
    ]);
  });
});

describe('What was measured', () => {
  const measured: Action[] = [
    ready,
    choose({ model: 'landscape' }),
    { type: 'estimate', layerId: 7, quality: 'fast', estimate: { kind: 'known', ms: 12_000 } },
    { type: 'estimate', layerId: 7, quality: 'best', estimate: { kind: 'known', ms: 240_000 } },
    { type: 'invented', layerId: 7, tried: { share: 0.7, damage: undefined } },
  ];
  const map = { width: 1, height: 1, values: new Uint8Array([9]), share: 0.6 };
  const shown: Action[] = [
    ...measured,
    { type: 'map-wanted', layerId: 7 },
    { type: 'map-made', layerId: 7, map, picture: undefined },
  ];

  test('holds while the layer is reported again as it was, and not for one of another size', () => {
    const state = after(...measured);
    expect(item(reduce(state, ready))).toMatchObject({
      estimates: { fast: { ms: 12_000 }, best: { ms: 240_000 } },
      invented: { share: 0.7 },
    });
    const bigger = reported(layer({ width: 2000 }));
    expect(item(reduce(state, bigger))).toMatchObject({
      estimates: { fast: { kind: 'measuring' } },
      invented: undefined,
    });
  });

  test('of what would be invented holds for Detail and quality, and not for another model', () => {
    const state = after(...measured);
    expect(item(reduce(state, choose({ detail: 3, quality: 'best' })))).toMatchObject({
      invented: { share: 0.7 },
    });
    expect(item(reduce(state, choose({ model: 'art' })))).toMatchObject({ invented: undefined });
  });

  test('as a map stays while Detail is moved, and goes with its quality and its model', () => {
    const state = after(...shown);
    expect(item(state)).toMatchObject({ map: { kind: 'shown', map } });
    expect(item(reduce(state, choose({ detail: 3 })))).toMatchObject({ map: { kind: 'shown' } });
    expect(item(reduce(state, choose({ quality: 'best' })))).toMatchObject({ map: undefined });
    expect(item(reduce(state, choose({ model: 'face' })))).toMatchObject({ map: undefined });
    expect(item(reduce(state, { type: 'map-closed', layerId: 7 }))).toMatchObject({ map: undefined });
  });

  test('as a map on its way tells how far it is, never back, and nothing once it is closed', () => {
    const fractionAfter = (...fractions: number[]) =>
      item(
        after(
          ...measured,
          { type: 'map-wanted', layerId: 7 },
          ...fractions.map((fraction): Action => ({
            type: 'map-progress',
            layerId: 7,
            fraction,
            remainingMs: 10_000,
            at: 0,
          })),
        ),
      );
    expect(fractionAfter(0.5, 0.4)).toMatchObject({ map: { fraction: 0.5, remaining: { shown: 10_000 } } });
    const closed = after(...measured, { type: 'map-wanted', layerId: 7 }, { type: 'map-closed', layerId: 7 });
    const late: Action = { type: 'map-progress', layerId: 7, fraction: 0.5, remainingMs: undefined, at: 1 };
    expect(reduce(closed, late)).toEqual(closed);
  });
});

describe('A run', () => {
  test('cannot begin on a layer that is refused', () => {
    const refused = after(reported(layer({ refusal: { code: 'hidden-layer', detail: '' } })));
    expect(reduce(refused, begun)).toBe(refused);
  });

  test('begins with the estimate as its time left', () => {
    const working = after(
      ready,
      { type: 'estimate', layerId: 7, quality: 'fast', estimate: { kind: 'known', ms: 12_000 } },
      { ...begun, at: 5 },
    );
    expect(run(working)).toMatchObject({ phase: 'reading', fraction: 0, remaining: { ms: 12_000, at: 5 } });
  });

  test('stays with its layer when another is selected or the document is closed', () => {
    const working = after(...started);
    expect(reduce(working, reported(sky))).toBe(working);
    expect(reduce(working, { type: 'report', report: report([], { document: null }) })).toBe(working);
  });

  test('moves its bar through reading, enhancing and writing, always forward and full only at the end', () => {
    const fractions: number[] = [];
    let state = after(ready);
    const actions: Action[] = [
      begun,
      { type: 'phase', phase: 'reading', at: 0 },
      { type: 'phase', phase: 'enhancing', at: 1 },
      ...[0, 3, 3, 2, 7, 10].map((tilesDone, i): Action => ({
        type: 'progress',
        row: 0,
        progress: progress({ tilesDone }),
        at: i,
      })),
      { type: 'phase', phase: 'writing', at: 20 },
      ...[0, 0.5, 0.25, 1].map((fraction, i): Action => ({ type: 'written', fraction, at: 21 + i })),
    ];
    for (const action of actions) {
      state = reduce(state, action);
      fractions.push(run(state).fraction);
    }
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[fractions.length - 5]).toBeLessThan(0.95);
    expect(fractions.at(-2)).toBeLessThan(1);
    expect(fractions.at(-1)).toBe(1);
  });

  test('moves its bar with the clock between two tiles, and never into the writing', () => {
    const working = after(
      ready,
      { type: 'estimate', layerId: 7, quality: 'fast', estimate: { kind: 'known', ms: 10_000 } },
      begun,
      { type: 'phase', phase: 'enhancing', at: 0 },
    );
    const at = (time: number) => run(reduce(working, { type: 'tick', at: time })).fraction;
    expect(at(5000)).toBeCloseTo(0.5, 2);
    expect(at(60_000)).toBeLessThan(0.95);
  });

  test('counts the time for writing in, before it is written', () => {
    const state = after(...started, {
      type: 'progress',
      row: 0,
      progress: progress({ elapsedMs: 9_000, remainingMs: 0 }),
      at: 9_000,
    });
    expect(run(state).remaining?.ms).toBeGreaterThan(500);
  });

  test('names the backend it runs on, and notices that the GPU was left', () => {
    const gpu: Action = { type: 'backends', backends: [{ name: 'webgpu', device: 'Apple M2' }] };
    const onGpu = after(gpu, ...started, {
      type: 'progress',
      row: 0,
      progress: progress({ tilesDone: 1 }),
      at: 1,
    });
    expect(run(onGpu)).toMatchObject({ backend: { name: 'webgpu', device: 'Apple M2' }, fellBack: false });
    const wasm = progress({ tilesDone: 2, backend: 'wasm', device: 'CPU, 8 workers' });
    const left = reduce(onGpu, { type: 'progress', row: 0, progress: wasm, at: 2 });
    expect(run(left)).toMatchObject({ backend: { name: 'wasm', device: 'CPU, 8 workers' }, fellBack: true });
  });

  test('that is cancelled leaves the layer ready, and says so until something else is chosen', () => {
    const cancelled = after(...started, { type: 'cancelling' }, { type: 'cancelled' });
    expect(cancelled.view).toMatchObject({
      kind: 'ready',
      cancelled: true,
      items: [{ layer: { layerId: 7 } }],
    });
    expect(reduce(cancelled, ready).view).toMatchObject({ cancelled: true });
    expect(reduce(cancelled, choose({ model: 'art' })).view).toMatchObject({
      cancelled: false,
    });
    expect(reduce(cancelled, reported(sky)).view).toMatchObject({
      cancelled: false,
    });
  });
});

describe('What came of a run', () => {
  const done = after(...started, { type: 'done', result });
  const failed = after(...started, { type: 'failed', error: new LoupeError('disk-full') });

  test('stays to be seen while the layer or the new one is selected', () => {
    expect(done.view).toMatchObject({ kind: 'done', result });
    expect(reduce(done, ready)).toBe(done);
    expect(reduce(done, reported(layer({ id: 12 })))).toBe(done);
  });

  test('gives way to another layer, and to the same numbers in another document', () => {
    expect(reduce(done, reported(sky)).view).toMatchObject({
      kind: 'ready',
      items: [{ layer: { layerId: 9 } }],
    });
    const elsewhere = report([portrait], { document: { ...document, id: 2 } });
    expect(reduce(done, { type: 'report', report: elsewhere }).view.kind).toBe('ready');
  });

  test('when it failed, stays with its layer and gives way to another', () => {
    expect(failed.view).toMatchObject({
      kind: 'failed',
      error: { code: 'disk-full' },
      items: [{ layer: { layerId: 7 } }],
    });
    expect(reduce(failed, ready)).toBe(failed);
    expect(reduce(failed, reported(sky)).view.kind).toBe('ready');
  });

  test('when its layer is gone, stays until the user selects a layer other than the one Photoshop did', () => {
    const gone = after(...started, { type: 'failed', error: new LoupeError('layer-gone', 'Portrait') });
    const moved = reduce(gone, reported(sky));
    expect(moved.view).toMatchObject({ kind: 'failed', error: { code: 'layer-gone' } });
    expect(reduce(moved, reported(sky)).view.kind).toBe('failed');
    const further = reported({ ...sky, id: 11 });
    expect(reduce(moved, further).view.kind).toBe('ready');
  });

  test('is left for the active layer on request', () => {
    expect(reduce(done, { type: 'again' }).view).toEqual({ kind: 'loading' });
    expect(reduce(reduce(failed, { type: 'again' }), ready).view.kind).toBe('ready');
  });
});

test('Late news of a run that is over changes nothing', () => {
  const state = after(ready);
  expect(reduce(state, { type: 'progress', row: 0, progress: progress({}), at: 1 })).toBe(state);
  expect(reduce(state, { type: 'written', fraction: 0.5, at: 1 })).toBe(state);
  expect(reduce(state, { type: 'tick', at: 1 })).toBe(state);
  expect(reduce(state, { type: 'done', result })).toBe(state);
});

describe('A run of several layers', () => {
  const both: Action[] = [
    reported(portrait, sky),
    { type: 'started', at: 0, weights: [1, 3] },
    { type: 'phase', phase: 'enhancing', at: 0 },
    { type: 'row', row: 0, state: { kind: 'running' } },
  ];
  const half = progress({ tilesDone: 5, elapsedMs: 10_000, remainingMs: 10_000 });

  test('moves its bar by what each layer weighs', () => {
    const first = after(...both, { type: 'row', row: 0, state: { kind: 'done' } });
    expect(run(first).fraction).toBeCloseTo(0.02 + 0.9 * 0.25);
    const more = reduce(first, { type: 'progress', row: 1, progress: half, at: 1 });
    expect(run(more).fraction).toBeCloseTo(0.02 + 0.9 * (0.25 + 0.375));
  });

  test('tells the time left for all of them, at the pace of the one that runs', () => {
    const state = after(...both, { type: 'progress', row: 0, progress: half, at: 10_000 });
    // 10 s for the rest of this layer, 60 s for the next, and the writing.
    const left = run(state).remaining?.ms ?? 0;
    expect(left).toBeGreaterThan(70_000);
    expect(left).toBeLessThan(80_000);
  });

  test('goes on without a layer that failed, and tells why', () => {
    const error = new LoupeError('layer-gone', 'Portrait');
    const state = after(...both, { type: 'row', row: 0, state: { kind: 'failed', error } });
    expect(run(state).rows).toMatchObject([
      { state: { kind: 'failed', error } },
      { state: { kind: 'waiting' } },
    ]);
  });

  test('is left as the result while what it made is selected', () => {
    const made = (layerId: number): Outcome => ({ ...outcome, made: { ...outcome.made, layerId } });
    const state = after(...both, { type: 'done', result: { outcomes: [made(12), made(13)], ms: 1 } });
    expect(reduce(state, reported(layer({ id: 12 }), layer({ id: 13 }))).view.kind).toBe('done');
    expect(reduce(state, reported(layer({ id: 12 }), sky)).view.kind).toBe('ready');
  });
});

describe('An unfinished run', () => {
  const unfinished: Action = { type: 'unfinished', unfinished: { documentId: 1, jobs: [] } };

  test('comes before whatever is selected, until it goes on or is discarded', () => {
    const state = after(unfinished, ready);
    expect(state.view.kind).toBe('unfinished');
    expect(reduce(reduce(state, { type: 'again' }), ready).view.kind).toBe('ready');
  });

  test('goes on from where it was', () => {
    const rows = [{ layerId: 7, name: 'Portrait', weight: 1, before: 0.5 }];
    const state = after(unfinished, { type: 'resumed', at: 0, items: [], rows });
    expect(run(state).fraction).toBeCloseTo(0.47);
    expect(reduce(state, { type: 'cancelled' }).view.kind).toBe('loading');
  });
});
