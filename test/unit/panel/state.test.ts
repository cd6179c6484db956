import { describe, expect, test } from '@jest/globals';
import type { LayerReport } from '../../../src/bridge/protocol.ts';
import type { Progress } from '../../../src/engine/types.ts';
import { LoupeError } from '../../../src/errors.ts';
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

/** The state after these, from the beginning. */
function after(...actions: Action[]): PanelState {
  return actions.reduce(reduce, initialState);
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
  test('as an open document with a layer makes the panel ready, with an estimate to come', () => {
    expect(after(ready).view).toMatchObject({
      kind: 'ready',
      target: { documentId: 1, layerId: 7, name: 'Portrait', width: 640, height: 448, largestScale: 4 },
      estimate: { kind: 'measuring' },
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

describe('The model and the scale', () => {
  test('are those remembered for the layer', () => {
    const remembered = { model: 'art', scale: 2 } as const;
    expect(settings(after({ type: 'report', report: report({ remembered }) }))).toEqual(remembered);
  });

  test('are never larger than what fits', () => {
    const scaleAt = (largestScale: LayerReport['largestScale']) =>
      settings(
        after({ type: 'report', report: report({ largestScale, remembered: { model: 'face', scale: 4 } }) }),
      ).scale;
    expect(scaleAt(null)).toBe(4);
    expect(scaleAt(4)).toBe(4);
    expect(scaleAt(3)).toBe(3);
    expect(scaleAt(2)).toBe(2);
  });

  test('stay as chosen when the same layer is reported again, and are the other’s when another is', () => {
    const chosen = after(ready, { type: 'settings', settings: { model: 'face', scale: 3 } });
    expect(settings(reduce(chosen, ready))).toEqual({ model: 'face', scale: 3 });
    expect(settings(reduce(chosen, { type: 'report', report: report({ layer: sky }) }))).toEqual({
      model: 'landscape',
      scale: 4,
    });
  });

  test('when changed ask for a new estimate; the same layer reported again keeps the one there is', () => {
    const known = after(ready, { type: 'estimate', estimate: { kind: 'known', ms: 12_000 } });
    expect(reduce(known, ready).view).toMatchObject({ estimate: { kind: 'known' } });
    const bigger = report({ layer: { ...portrait, width: 2000 } });
    expect(reduce(known, { type: 'report', report: bigger }).view).toMatchObject({
      estimate: { kind: 'measuring' },
    });
    const other: Action = { type: 'settings', settings: { model: 'face', scale: 4 } };
    expect(reduce(known, other).view).toMatchObject({ estimate: { kind: 'measuring' } });
  });

  test('cannot be changed during a run', () => {
    const working = after(...started);
    expect(reduce(working, { type: 'settings', settings: { model: 'art', scale: 2 } })).toBe(working);
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
      { type: 'estimate', estimate: { kind: 'known', ms: 12_000 } },
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
      { type: 'estimate', estimate: { kind: 'known', ms: 10_000 } },
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
    expect(reduce(cancelled, { type: 'settings', settings: { model: 'art', scale: 4 } }).view).toMatchObject({
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
