import { describe, expect, test } from '@jest/globals';
import type { LayerReport, LayerSettings } from '../../../src/bridge/protocol.ts';
import type { Progress } from '../../../src/engine/types.ts';
import { LoupeError } from '../../../src/errors.ts';
import { facesInLayer, modelOf } from '../../../src/panel/settings.ts';
import {
  initialState,
  reduce,
  resultName,
  type Action,
  type PanelState,
  type Result,
} from '../../../src/panel/state.ts';

const document = { id: 1, name: 'sample.psd', width: 640, height: 448 };
const portrait = { id: 7, name: 'Portrait', left: 0, top: 0, width: 640, height: 448 };
const sky = { id: 9, name: 'Sky', left: 10, top: 0, width: 600, height: 200 };

function report(change: Partial<LayerReport> = {}): LayerReport {
  return {
    document,
    layer: portrait,
    refusal: null,
    largestScale: null,
    note: null,
    remembered: null,
    ...change,
  };
}

const result: Result = {
  layer: { layerId: 12, name: 'Portrait – Landscape 4×', left: 0, top: 0, width: 2560, height: 1792 },
  ms: 12_000,
  backend: 'webgpu',
  device: 'Apple M2',
  fellBack: false,
};

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
  scale: 4,
  ...defaults.landscape,
  sharpness: 0,
};
const choose = (change: Partial<LayerSettings>): Action => ({ type: 'choose', change });

/** The state after these, from the beginning. */
function after(...actions: Action[]): PanelState {
  return actions.reduce(reduce, initialState(defaults));
}

const ready: Action = { type: 'report', report: report() };
const started: Action[] = [ready, { type: 'started', at: 0 }, { type: 'phase', phase: 'enhancing', at: 10 }];

function run(state: PanelState) {
  if (state.view.kind !== 'working') throw new Error(`not working but ${state.view.kind}`);
  return state.view.run;
}
function settings(state: PanelState) {
  if (state.view.kind !== 'ready') throw new Error(`not ready but ${state.view.kind}`);
  return state.view.settings;
}

describe('What the host reports', () => {
  test('as an open document with a layer makes the panel ready, with estimates to come', () => {
    expect(after(ready).view).toMatchObject({
      kind: 'ready',
      target: { documentId: 1, layerId: 7, name: 'Portrait', width: 640, height: 448, largestScale: 4 },
      estimates: { fast: { kind: 'measuring' }, best: { kind: 'measuring' } },
      cancelled: false,
    });
  });

  test.each([
    ['no document', report({ document: null, layer: null }), 'no-document'],
    [
      'no document, in the words of a refusal',
      report({ refusal: { code: 'no-document', detail: '' } }),
      'no-document',
    ],
    ['no layer', report({ layer: null }), 'no-layer'],
    [
      'no layer, in the words of a refusal',
      report({ refusal: { code: 'no-layer', detail: '' } }),
      'no-layer',
    ],
  ])('as %s leaves the panel empty', (_, given, reason) => {
    expect(after({ type: 'report', report: given }).view).toEqual({ kind: 'empty', reason });
  });

  test('as a layer that cannot be enhanced is refused, with the layer shown and the reason', () => {
    const refused = after({
      type: 'report',
      report: report({ refusal: { code: 'locked-layer', detail: 'Portrait' } }),
    });
    expect(refused.view).toMatchObject({ kind: 'refused', chosen: { target: { layerId: 7 } } });
    expect(refused.view.kind === 'refused' && refused.view.problem.message).toMatch(/“Portrait” is locked/);
  });

  test('as several layers is refused with no layer shown', () => {
    const given = report({ layer: null, refusal: { code: 'several-layers', detail: '' } });
    expect(after({ type: 'report', report: given }).view).toMatchObject({ kind: 'refused', chosen: null });
  });

  test('with a code nobody knows is refused as a message that cannot be understood', () => {
    const refused = after({ type: 'report', report: report({ refusal: { code: 'oddity', detail: '' } }) });
    expect(refused.view).toMatchObject({ kind: 'refused', problem: { code: 'bad-message' } });
  });

  test('about clips is nothing yet: Premiere has a word of its own', () => {
    expect(after({ type: 'premiere' }).view).toEqual({ kind: 'empty', reason: 'premiere' });
  });
});

describe('What is set for a layer', () => {
  const remembered: LayerSettings = {
    model: 'art',
    quality: 'best',
    scale: 2,
    detail: 10,
    noise: 20,
    sharpness: 30,
  };

  test('is what is remembered for it', () => {
    expect(settings(after({ type: 'report', report: report({ remembered }) }))).toEqual(remembered);
  });

  test('is Auto at first, in the fast quality, at Landscape’s defaults and 4×', () => {
    expect(settings(after(ready))).toEqual(first);
  });

  test('is never a larger scale than fits', () => {
    const scaleAt = (largestScale: LayerReport['largestScale']) =>
      settings(
        after({
          type: 'report',
          report: report({ largestScale, remembered: { ...remembered, scale: 4 } }),
        }),
      ).scale;
    expect(scaleAt(null)).toBe(4);
    expect(scaleAt(4)).toBe(4);
    expect(scaleAt(3)).toBe(3);
    expect(scaleAt(2)).toBe(2);
  });

  test('stays as chosen when the same layer is reported again, and is the other’s when another is', () => {
    const chosen = after(ready, choose({ model: 'face', scale: 3 }));
    expect(settings(reduce(chosen, ready))).toMatchObject({ model: 'face', scale: 3 });
    expect(settings(reduce(chosen, { type: 'report', report: report({ layer: sky }) }))).toEqual(first);
  });

  test('cannot be changed during a run', () => {
    const working = after(...started);
    expect(reduce(working, choose({ model: 'art', scale: 2 }))).toBe(working);
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
  const proposed: Action = { type: 'proposed', proposal };
  const view = (state: PanelState) => {
    if (state.view.kind !== 'ready') throw new Error(`not ready but ${state.view.kind}`);
    return state.view;
  };

  test('begins to propose for a layer that nothing is remembered for', () => {
    expect(view(after(ready)).auto).toMatchObject({ kind: 'proposing' });
  });

  test('moves the controls to the proposed model’s defaults, but not those moved while it looked', () => {
    const state = after(ready, choose({ noise: 5 }), proposed);
    expect(view(state).auto).toMatchObject({ kind: 'proposed', model: 'face' });
    expect(settings(state)).toMatchObject({ model: 'auto', detail: defaults.face.detail, noise: 5 });
  });

  test('never overrides a choice made by hand, even one made while it looked', () => {
    const state = after(ready, choose({ model: 'art' }));
    expect(reduce(state, proposed)).toEqual(state);
    const remembered = { ...first, model: 'landscape' } as const;
    const recalled = after({ type: 'report', report: report({ remembered }) });
    expect(view(recalled).auto).toBeUndefined();
    expect(reduce(recalled, proposed)).toEqual(recalled);
  });

  test('proposes again when it is chosen again, and leaves from the model chosen by hand', () => {
    const state = after(ready, proposed, choose({ model: 'art' }), choose({ model: 'auto' }));
    expect(view(state).auto).toEqual({ kind: 'proposing', from: 'art' });
    expect(settings(reduce(state, proposed))).toMatchObject(defaults.face);
  });

  test('leaves the remembered controls of a layer, whatever it proposes', () => {
    const remembered = { ...first, detail: 60, noise: 90 };
    const state = after({ type: 'report', report: report({ remembered }) }, proposed);
    expect(settings(state)).toMatchObject({ model: 'auto', detail: 60, noise: 90 });
  });

  test('is Landscape where the layer could not be looked at', () => {
    const state = after(ready, { type: 'proposed', proposal: undefined });
    expect(view(state).auto).toEqual({ kind: 'failed' });
    expect(modelOf(view(state).settings, view(state).auto)).toBe('landscape');
  });

  test('keeps its proposal when the layer is reported again, and looks anew at one of another size', () => {
    const state = after(ready, proposed);
    expect(view(reduce(state, ready)).auto).toEqual(view(state).auto);
    const bigger = report({ layer: { ...portrait, width: 2000 } });
    expect(view(reduce(state, { type: 'report', report: bigger })).auto).toMatchObject({ kind: 'proposing' });
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
    { type: 'estimate', quality: 'fast', estimate: { kind: 'known', ms: 12_000 } },
    { type: 'estimate', quality: 'best', estimate: { kind: 'known', ms: 240_000 } },
    { type: 'invented', tried: { share: 0.7, damage: undefined } },
  ];
  const map = { width: 1, height: 1, values: new Uint8Array([9]), share: 0.6 };
  const shown: Action[] = [
    ...measured,
    { type: 'map-wanted' },
    { type: 'map-made', map, picture: undefined },
  ];

  test('holds while the layer is reported again as it was, and not for one of another size', () => {
    const state = after(...measured);
    expect(reduce(state, ready).view).toMatchObject({
      estimates: { fast: { ms: 12_000 }, best: { ms: 240_000 } },
      invented: { share: 0.7 },
    });
    const bigger = report({ layer: { ...portrait, width: 2000 } });
    expect(reduce(state, { type: 'report', report: bigger }).view).toMatchObject({
      estimates: { fast: { kind: 'measuring' } },
      invented: undefined,
    });
  });

  test('of what would be invented holds for Detail and quality, and not for another model', () => {
    const state = after(...measured);
    expect(reduce(state, choose({ detail: 3, quality: 'best' })).view).toMatchObject({
      invented: { share: 0.7 },
    });
    expect(reduce(state, choose({ model: 'art' })).view).toMatchObject({ invented: undefined });
  });

  test('as a map stays while Detail is moved, and goes with its quality and its model', () => {
    const state = after(...shown);
    expect(state.view).toMatchObject({ map: { kind: 'shown', map } });
    expect(reduce(state, choose({ detail: 3 })).view).toMatchObject({ map: { kind: 'shown' } });
    expect(reduce(state, choose({ quality: 'best' })).view).toMatchObject({ map: undefined });
    expect(reduce(state, choose({ model: 'face' })).view).toMatchObject({ map: undefined });
    expect(reduce(state, { type: 'map-closed' }).view).toMatchObject({ map: undefined });
  });

  test('as a map on its way tells how far it is, never back, and nothing once it is closed', () => {
    const fractionAfter = (...fractions: number[]) =>
      after(
        ...measured,
        { type: 'map-wanted' },
        ...fractions.map((fraction): Action => ({
          type: 'map-progress',
          fraction,
          remainingMs: 10_000,
          at: 0,
        })),
      ).view;
    expect(fractionAfter(0.5, 0.4)).toMatchObject({ map: { fraction: 0.5, remaining: { shown: 10_000 } } });
    const closed = after(...measured, { type: 'map-wanted' }, { type: 'map-closed' });
    const late: Action = { type: 'map-progress', fraction: 0.5, remainingMs: undefined, at: 1 };
    expect(reduce(closed, late)).toEqual(closed);
  });
});

describe('A run', () => {
  test('cannot begin on a layer that is refused', () => {
    const refused = after({
      type: 'report',
      report: report({ refusal: { code: 'hidden-layer', detail: '' } }),
    });
    expect(reduce(refused, { type: 'started', at: 0 })).toBe(refused);
  });

  test('begins with the estimate as its time left', () => {
    const working = after(
      ready,
      { type: 'estimate', quality: 'fast', estimate: { kind: 'known', ms: 12_000 } },
      { type: 'started', at: 5 },
    );
    expect(run(working)).toMatchObject({ phase: 'reading', fraction: 0, remaining: { ms: 12_000, at: 5 } });
  });

  test('stays with its layer when another is selected or the document is closed', () => {
    const working = after(...started);
    expect(reduce(working, { type: 'report', report: report({ layer: sky }) })).toBe(working);
    expect(reduce(working, { type: 'report', report: report({ document: null, layer: null }) })).toBe(
      working,
    );
  });

  test('moves its bar through reading, enhancing and writing, always forward and full only at the end', () => {
    const fractions: number[] = [];
    let state = after(ready);
    const actions: Action[] = [
      { type: 'started', at: 0 },
      { type: 'phase', phase: 'reading', at: 0 },
      { type: 'phase', phase: 'enhancing', at: 1 },
      ...[0, 3, 3, 2, 7, 10].map((tilesDone, i): Action => ({
        type: 'progress',
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
      { type: 'estimate', quality: 'fast', estimate: { kind: 'known', ms: 10_000 } },
      { type: 'started', at: 0 },
      { type: 'phase', phase: 'enhancing', at: 0 },
    );
    const at = (time: number) => run(reduce(working, { type: 'tick', at: time })).fraction;
    expect(at(5000)).toBeCloseTo(0.5, 2);
    expect(at(60_000)).toBeLessThan(0.95);
  });

  test('counts the time for writing in, before it is written', () => {
    const state = after(...started, {
      type: 'progress',
      progress: progress({ elapsedMs: 9_000, remainingMs: 0 }),
      at: 9_000,
    });
    expect(run(state).remaining?.ms).toBeGreaterThan(500);
  });

  test('names the backend it runs on, and notices that the GPU was left', () => {
    const gpu: Action = { type: 'backends', backends: [{ name: 'webgpu', device: 'Apple M2' }] };
    const onGpu = after(gpu, ...started, { type: 'progress', progress: progress({ tilesDone: 1 }), at: 1 });
    expect(run(onGpu)).toMatchObject({ backend: { name: 'webgpu', device: 'Apple M2' }, fellBack: false });
    const wasm = progress({ tilesDone: 2, backend: 'wasm', device: 'CPU, 8 workers' });
    const left = reduce(onGpu, { type: 'progress', progress: wasm, at: 2 });
    expect(run(left)).toMatchObject({ backend: { name: 'wasm', device: 'CPU, 8 workers' }, fellBack: true });
  });

  test('that is cancelled leaves the layer ready, and says so until something else is chosen', () => {
    const cancelled = after(...started, { type: 'cancelling' }, { type: 'cancelled' });
    expect(cancelled.view).toMatchObject({ kind: 'ready', cancelled: true, target: { layerId: 7 } });
    expect(reduce(cancelled, ready).view).toMatchObject({ cancelled: true });
    expect(reduce(cancelled, choose({ model: 'art' })).view).toMatchObject({
      cancelled: false,
    });
    expect(reduce(cancelled, { type: 'report', report: report({ layer: sky }) }).view).toMatchObject({
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
    expect(reduce(done, { type: 'report', report: report({ layer: { ...portrait, id: 12 } }) })).toBe(done);
  });

  test('gives way to another layer, and to the same numbers in another document', () => {
    expect(reduce(done, { type: 'report', report: report({ layer: sky }) }).view).toMatchObject({
      kind: 'ready',
      target: { layerId: 9 },
    });
    const elsewhere = report({ document: { ...document, id: 2 } });
    expect(reduce(done, { type: 'report', report: elsewhere }).view.kind).toBe('ready');
  });

  test('when it failed, stays with its layer and gives way to another', () => {
    expect(failed.view).toMatchObject({
      kind: 'failed',
      error: { code: 'disk-full' },
      chosen: { target: { layerId: 7 } },
    });
    expect(reduce(failed, ready)).toBe(failed);
    expect(reduce(failed, { type: 'report', report: report({ layer: sky }) }).view.kind).toBe('ready');
  });

  test('when its layer is gone, stays until the user selects a layer other than the one Photoshop did', () => {
    const gone = after(...started, { type: 'failed', error: new LoupeError('layer-gone', 'Portrait') });
    const moved = reduce(gone, { type: 'report', report: report({ layer: sky }) });
    expect(moved.view).toMatchObject({ kind: 'failed', error: { code: 'layer-gone' } });
    expect(reduce(moved, { type: 'report', report: report({ layer: sky }) }).view.kind).toBe('failed');
    const further = report({ layer: { ...sky, id: 11 } });
    expect(reduce(moved, { type: 'report', report: further }).view.kind).toBe('ready');
  });

  test('is left for the active layer on request', () => {
    expect(reduce(done, { type: 'again' }).view).toEqual({ kind: 'loading' });
    expect(reduce(reduce(failed, { type: 'again' }), ready).view.kind).toBe('ready');
  });
});

test('Late news of a run that is over changes nothing', () => {
  const state = after(ready);
  expect(reduce(state, { type: 'progress', progress: progress({}), at: 1 })).toBe(state);
  expect(reduce(state, { type: 'written', fraction: 0.5, at: 1 })).toBe(state);
  expect(reduce(state, { type: 'tick', at: 1 })).toBe(state);
  expect(reduce(state, { type: 'done', result })).toBe(state);
});

test('The new layer is named after the old one, its model and its scale', () => {
  expect(resultName('Portrait', 'Face', 4)).toBe('Portrait – Face 4×');
});
