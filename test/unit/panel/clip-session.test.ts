import { afterEach, describe, expect, test } from '@jest/globals';
import { LoupeError } from '../../../src/errors.ts';
import { orderIn } from '../../../src/panel/clip/order.ts';
import { outlineOf } from '../../../src/panel/clip/ready.ts';
import { RENDER, SOURCE } from '../../../src/panel/clip/session.ts';
import type { ClipView } from '../../../src/panel/clip/view.ts';
import {
  clipOf,
  endAll,
  FACTS,
  reportOf,
  SETTINGS,
  settled,
  unfinishedOf,
  world,
  type World,
} from './clip-world.ts';

afterEach(endAll);

function viewOf<Kind extends ClipView['kind']>({ session }: World, kind: Kind) {
  const { view } = session.getState();
  if (view.kind !== kind) throw new Error(`not ${kind} but ${view.kind}`);
  return view as Extract<ClipView, { kind: Kind }>;
}
const kind = ({ session }: World): string => session.getState().view.kind;

function hindrance(made: World) {
  const view = viewOf(made, 'ready');
  return made.session.hindrance(view, outlineOf(view));
}

async function readyWorld(change: Partial<World> = {}): Promise<World> {
  const made = world(change);
  await settled();
  expect(kind(made)).toBe('ready');
  return made;
}

/** With a remaster under way. */
async function workingWorld(change: Partial<World> = {}) {
  const made = await readyWorld(change);
  made.session.remaster();
  await settled();
  const [remaster] = made.remasters;
  if (!remaster) throw new Error('nothing is remastered');
  return { made, remaster };
}

async function select(made: World, change: Parameters<typeof clipOf>[0]): Promise<void> {
  made.report = reportOf(clipOf(change));
  made.session.page.clipChanged({});
  await settled();
}

describe('What is selected', () => {
  test('as a clip is looked into, pictured at its middle, and ready with what it takes', async () => {
    const made = await readyWorld();
    const view = viewOf(made, 'ready');
    expect(view).toMatchObject({
      facts: FACTS,
      picture: { width: 2 },
      // 10 frames and 2 handles on each side.
      estimates: { fast: { kind: 'known', ms: 14 * 500 }, best: { kind: 'known', ms: 14 * 500 } },
    });
    expect(made.pictured).toEqual([15]);
    expect(outlineOf(view)).toMatchObject({
      goal: { width: 640, height: 360 },
      folder: '/projects',
      name: { shown: 'Bridge 2x landscape', state: 'free' },
      disk: 14_000,
    });
    expect(hindrance(made)).toBeUndefined();
  });

  test('as another part of the same file is ready to be remastered as well', async () => {
    const made = await readyWorld();
    made.report = reportOf({
      ...clipOf({ from: 40, to: 50 }),
      ref: { ...clipOf({ from: 40, to: 50 }).ref, startTicks: '1' },
    });
    made.session.page.clipChanged({});
    await settled();
    expect(outlineOf(viewOf(made, 'ready')).codec?.codec).toBe('prores');
    expect(hindrance(made)).toBeUndefined();
  });

  test.each(['no-project', 'no-sequence', 'no-clip'])(
    'as nothing (%s) leaves the panel empty',
    async (code) => {
      const made = world({ report: reportOf(null, { refusal: { code, detail: '' } }) });
      await settled();
      expect(viewOf(made, 'empty').problem.code).toBe(code);
    },
  );

  test('as what cannot be remastered is refused in the host’s words', async () => {
    const made = world({ report: reportOf(clipOf(), { refusal: { code: 'clip-speed', detail: '50' } }) });
    await settled();
    expect(viewOf(made, 'refused')).toMatchObject({ name: 'Bridge.mov', problem: { code: 'clip-speed' } });
  });

  test('as a file that cannot be read is refused', async () => {
    const made = world({ facts: new LoupeError('clip-truncated', 'bridge.mov #12') });
    await settled();
    expect(viewOf(made, 'refused').problem).toMatchObject({ code: 'clip-truncated' });
    made.facts = FACTS;
    await select(made, { path: '/media/other.mov', itemId: 'other' });
    expect(kind(made)).toBe('ready');
  });

  test('trimmed is the same clip with other frames, and keeps what was set for it', async () => {
    const made = await readyWorld();
    made.session.choose({ target: '4x' });
    await select(made, { from: 10, to: 60 });
    const view = viewOf(made, 'ready');
    expect(view.settings.target).toBe('4x');
    expect(outlineOf(view).plan?.frames).toBe(54);
    expect(view.estimates.fast).toEqual({ kind: 'known', ms: 54 * 500 });
  });
});

describe('What is set', () => {
  test('at first is Auto at the sequence’s size where that is larger, with the rest of the last run', async () => {
    const report = reportOf(clipOf(), { remembered: null });
    const first = viewOf(await readyWorld({ report }), 'ready');
    expect(first.settings).toMatchObject({ model: 'auto', target: 'sequence', codec: 'prores', handles: 12 });
    // Auto has looked, and its proposal's defaults stand.
    expect(first).toMatchObject({ auto: { model: 'art' }, settings: { detail: 80 } });
    const last = { ...SETTINGS, codec: 'vp9', handles: 5, detail: 1 } as const;
    const next = viewOf(await readyWorld({ report: { ...report, last } }), 'ready');
    expect(next.settings).toMatchObject({
      model: 'auto',
      codec: 'vp9',
      handles: 5,
      target: '2x',
      detail: 80,
    });
  });

  test('is remembered for the clip when the choosing pauses', async () => {
    const made = await readyWorld();
    made.session.choose({ detail: 10 });
    made.session.choose({ codec: 'vp9' });
    await select(made, { from: 10, to: 20 });
    expect(made.remembered).toMatchObject([
      { settings: { detail: 10, codec: 'vp9' }, ref: { itemId: 'item' } },
    ]);
  });

  test('as a folder is the chosen one', async () => {
    const made = await readyWorld();
    made.session.chooseFolder();
    await settled();
    expect(outlineOf(viewOf(made, 'ready')).folder).toBe('/chosen');
  });

  test('as a codec that cannot be had here gives way to one that can', async () => {
    const made = await readyWorld({
      report: reportOf(clipOf(), { remembered: { ...SETTINGS, codec: 'hevc' } }),
    });
    expect(outlineOf(viewOf(made, 'ready')).codec?.codec).toBe('prores');
  });
});

describe('What keeps it from being started', () => {
  const whyOf = async (change: Partial<World>, then?: (made: World) => void) => {
    const made = await readyWorld(change);
    then?.(made);
    await settled();
    const why = hindrance(made);
    made.session.remaster();
    await settled();
    expect(made.opened).toEqual([]);
    return why;
  };

  test('is a range of tones that will be lost, until that is confirmed', async () => {
    const made = await readyWorld({ facts: { ...FACTS, dynamicRange: 'pq' } });
    expect(hindrance(made)).toEqual({ kind: 'confirm' });
    made.session.confirm(true);
    expect(hindrance(made)).toBeUndefined();
  });

  test.each([
    [
      'a target too large',
      {},
      (made: World) => made.session.choose({ target: '8k' }),
      { kind: 'target', problem: 'beyond' },
    ],
    [
      'a part of the file without any frame',
      { report: reportOf(clipOf({ from: 200, to: 210 })) },
      undefined,
      { error: { code: 'clip-empty-range' } },
    ],
    ['no folder', { besideProject: null }, undefined, { error: { code: 'folder-unset' } }],
    ['nothing that can be encoded', { codecs: [] }, undefined, { kind: 'no-codec' }],
    ['a name no file can have', {}, (made: World) => made.session.nameRender('a/b'), { kind: 'name' }],
    ['handles that are no number', {}, (made: World) => made.session.mistype(true), { kind: 'mistyped' }],
    [
      'a folder that is gone',
      { faults: { freeName: 'folder-missing' } },
      undefined,
      { error: { code: 'folder-missing' } },
    ],
  ] as const)('is %s', async (_, change, then, why) => {
    expect(await whyOf(change, then)).toMatchObject(why);
  });

  test('is that the video worker cannot tell what can be encoded', async () => {
    const made = await readyWorld({ codecs: new LoupeError('video-failed', 'it crashed') });
    expect(hindrance(made)).toMatchObject({ kind: 'error', error: { code: 'video-failed' } });
  });

  test('is a name that was typed and exists; one that Loupe gave moves on by itself', async () => {
    const taken = new Set(['Bridge 2x landscape', 'Mine']);
    const made = await readyWorld({ taken });
    expect(outlineOf(viewOf(made, 'ready')).name.shown).toBe('Bridge 2x landscape 2');
    expect(hindrance(made)).toBeUndefined();
    made.session.nameRender('Mine');
    await settled();
    expect(outlineOf(viewOf(made, 'ready')).name.state).toBe('taken');
    expect(hindrance(made)).toEqual({ kind: 'name' });
    made.session.nameRender('Mine too');
    await settled();
    expect(hindrance(made)).toBeUndefined();
  });
});

describe('A remaster', () => {
  test('opens a render, makes it, finishes it and lays it over the clip', async () => {
    const { made, remaster } = await workingWorld();
    expect(made.opened).toMatchObject([
      {
        clipName: 'Bridge.mov',
        folder: '/projects',
        name: 'Bridge 2x landscape',
        extension: 'mov',
        settings: { model: 'landscape', codec: 'prores' },
      },
    ]);
    expect(remaster.call).toMatchObject({
      path: '/media/bridge.mov',
      journal: [],
      job: { first: 8, end: 22, target: { width: 640, height: 360 }, bitDepth: 10 },
      engineJob: { target: { scaleX: 2 }, noise: 100 },
    });
    await remaster.progress(5);
    expect(viewOf(made, 'working').run).toMatchObject({
      phase: 'remastering',
      frames: 14,
      framesDone: 5,
      framesPerSecond: 2,
      backend: { device: 'Zebra M2' },
      remaining: { shown: 7000 },
    });
    remaster.finish();
    await settled();
    expect(made.calls).toEqual(['openRender', 'finishRender', 'placeRender']);
    expect(made.laid).toMatchObject([
      {
        inTicks: '20321280000',
        scaleX: 2,
        rate: 25,
        name: 'Bridge.mov – Landscape 2×',
        undoName: 'Remaster “Bridge.mov”',
      },
    ]);
    expect(viewOf(made, 'done')).toMatchObject({
      made: { path: '/out/render.mov' },
      placed: { trackName: 'V2' },
    });
  });

  test('is not disturbed by what is selected meanwhile, nor begun twice', async () => {
    const { made, remaster } = await workingWorld();
    made.session.remaster();
    await select(made, { itemId: 'other', path: '/media/other.mov' });
    expect(viewOf(made, 'working').run.order.ref.itemId).toBe('item');
    expect(made.opened).toHaveLength(1);
    remaster.finish();
    await settled();
    // What came of it is told first; yet another clip takes its place.
    expect(kind(made)).toBe('done');
    await select(made, { itemId: 'other', path: '/media/other.mov' });
    expect(kind(made)).toBe('done');
    await select(made, { itemId: 'third', path: '/media/third.mov' });
    expect(viewOf(made, 'ready').clip.ref.itemId).toBe('third');
  });

  test('is held and goes on', async () => {
    const { made } = await workingWorld();
    made.session.pause(true);
    expect(viewOf(made, 'working').run.paused).toBe(true);
    made.session.pause(false);
    expect(made.pauses).toEqual([true, false]);
    expect(viewOf(made, 'working').run.paused).toBe(false);
  });

  test('is held before it has begun', async () => {
    const made = await readyWorld();
    made.session.subscribe(() => {
      const { view } = made.session.getState();
      if (view.kind === 'working' && !view.run.paused) made.session.pause(true);
    });
    made.session.remaster();
    await settled();
    expect(made.remasters[0]?.call.paused).toBe(true);
  });

  test('that is cancelled leaves nothing, and the clip as it was set', async () => {
    const { made, remaster } = await workingWorld();
    await remaster.progress(5, true);
    made.session.cancel();
    expect(viewOf(made, 'working').run.cancelling).toBe(true);
    await settled();
    expect(made.calls).toEqual(['openRender', 'discardRender']);
    expect(viewOf(made, 'ready')).toMatchObject({ cancelled: true, settings: { target: '2x' } });
    expect(hindrance(made)).toBeUndefined();
  });

  test('that fails at once leaves nothing to go on with', async () => {
    const { made, remaster } = await workingWorld();
    remaster.fail('backend-failed', 'x');
    await settled();
    expect(made.calls).toEqual(['openRender', 'leaveRender']);
    expect(viewOf(made, 'failed')).toMatchObject({ kept: 0, error: { code: 'render-backend-failed' } });
    made.session.tryAgain();
    await settled();
    expect(kind(made)).toBe('ready');
  });

  test('that is refused before it begins says why, and stays to be read', async () => {
    const made = await readyWorld({ faults: { openRender: 'folder-readonly' } });
    made.session.remaster();
    await settled();
    expect(viewOf(made, 'failed').error.code).toBe('folder-readonly');
    delete made.faults.openRender;
    made.faults.openMedia = 'clip-offline';
    made.session.tryAgain();
    await settled();
    made.session.remaster();
    await settled();
    expect(viewOf(made, 'failed').error.code).toBe('clip-offline');
  });

  test('whose GPU is lost is kept, and goes on from there', async () => {
    const { made, remaster } = await workingWorld();
    await remaster.progress(6, true);
    remaster.fail('gpu-lost', '6');
    await settled();
    expect(viewOf(made, 'failed')).toMatchObject({ kept: 6, error: { code: 'gpu-lost' } });
    made.session.goOn();
    await settled();
    expect(made.calls).toEqual(['openRender', 'leaveRender', 'continueRender']);
    const second = made.remasters[1];
    expect(second?.call).toMatchObject({ render: remaster.call.render, job: remaster.call.job });
    expect(second?.call.journal).toHaveLength(1);
    expect(viewOf(made, 'working').run.framesDone).toBe(6);
    // Only on what has made the frames there are; that cannot be had yet.
    expect([remaster.call.backend, second?.call.backend]).toEqual([undefined, 'webgpu']);
    second?.fail('gpu-lost');
    await settled();
    expect(viewOf(made, 'failed')).toMatchObject({ kept: 6, error: { code: 'gpu-lost', detail: '6' } });
  });

  test('whose disk is full says what is kept, and not that nothing was changed', async () => {
    const { made, remaster } = await workingWorld();
    await remaster.progress(6, true);
    remaster.fail('disk-full');
    await settled();
    expect(viewOf(made, 'failed')).toMatchObject({ kept: 6, error: { code: 'render-disk-full' } });
  });

  test('that goes on and is cancelled is left as it is', async () => {
    const { made, remaster } = await workingWorld();
    await remaster.progress(6, true);
    remaster.fail('gpu-lost', '6');
    await settled();
    made.session.goOn();
    await settled();
    made.report = reportOf(clipOf(), { unfinished: unfinishedOf(made, 6) });
    made.session.cancel();
    await settled();
    expect(made.calls.slice(-2)).toEqual(['continueRender', 'leaveRender']);
    expect(kind(made)).toBe('unfinished');
  });

  test('whose render is gone keeps nothing', async () => {
    const { made, remaster } = await workingWorld();
    await remaster.progress(6, true);
    remaster.fail('gpu-lost', '6');
    await settled();
    made.faults.continueRender = 'render-gone';
    made.session.goOn();
    await settled();
    expect(viewOf(made, 'failed')).toMatchObject({ kept: 0, error: { code: 'render-gone' } });
  });

  test('that cannot be discarded says so', async () => {
    const { made, remaster } = await workingWorld();
    await remaster.progress(6, true);
    remaster.fail('gpu-lost', '6');
    await settled();
    made.faults.discardRender = 'host-failed';
    made.session.discard();
    await settled();
    expect(viewOf(made, 'failed')).toMatchObject({ kept: 6, error: { code: 'host-failed' } });
  });

  test('whose GPU is lost can be discarded', async () => {
    const { made, remaster } = await workingWorld();
    await remaster.progress(6, true);
    remaster.fail('gpu-lost', '6');
    await settled();
    made.session.discard();
    await settled();
    expect(made.calls.at(-1)).toBe('discardRender');
    expect(kind(made)).toBe('ready');
  });
});

describe('A finished render', () => {
  async function doneWorld(change: Partial<World> = {}): Promise<World> {
    const { made, remaster } = await workingWorld(change);
    remaster.finish();
    await settled();
    return made;
  }

  test('is taken off the timeline again', async () => {
    const made = await doneWorld();
    made.session.undoRemaster();
    await settled();
    expect(made.calls.at(-1)).toBe('undoRemaster');
    expect(viewOf(made, 'ready').placed).toBeNull();
  });

  test('that was undone elsewhere is no longer told of', async () => {
    const made = await doneWorld();
    await select(made, {});
    expect(kind(made)).toBe('ready');
  });

  test('that could not be laid is left, until it can be', async () => {
    const made = await doneWorld({ placing: { kind: 'left', problem: { code: 'clip-moved', detail: '' } } });
    expect(viewOf(made, 'left').problem.code).toBe('clip-moved');
    made.session.page.clipChanged({});
    await settled();
    expect(kind(made)).toBe('left');
    made.placing = new LoupeError('import-failed', '/out/render.mov');
    made.session.place();
    await settled();
    expect(viewOf(made, 'left').problem.code).toBe('import-failed');
    made.placing = { kind: 'placed', trackName: 'V3', newTrack: false, originalHidden: true };
    made.session.place();
    await settled();
    expect(viewOf(made, 'done').placed).toMatchObject({ trackName: 'V3', originalHidden: true });
    expect(made.laid).toHaveLength(3);
    expect(made.calls.filter((name) => name === 'finishRender')).toHaveLength(1);
  });

  test('is compared with the source’s frame, which in the render has another number', async () => {
    const made = await doneWorld();
    made.pictured.length = 0;
    const part = { layerId: 15, left: 0, top: 0, width: 1, height: 1 };
    const before = await made.session.region({ documentId: SOURCE, ...part });
    const after = await made.session.region({ documentId: RENDER, ...part });
    expect([before.rgba[0], after.rgba[0]]).toEqual([15, 7]);
  });

  test('as single frames, which are no clip, can be undone all the same', async () => {
    const placed = { render: 'clip-old', path: '/out/old_000001.png', trackName: 'V2' };
    const refusal = { code: 'clip-still', detail: 'old_000001.png' };
    const made = await readyWorld();
    made.report = reportOf(clipOf(), { refusal, placed });
    made.session.page.clipChanged({});
    await settled();
    expect(viewOf(made, 'refused').placed).toEqual(placed);
    made.session.undoRemaster();
    await settled();
    expect(viewOf(made, 'refused').placed).toBeNull();
  });

  test('as single frames that cannot be undone say so', async () => {
    const placed = { render: 'clip-old', path: '/out/old_000001.png', trackName: 'V2' };
    const refusal = { code: 'clip-still', detail: 'old_000001.png' };
    const made = world({
      report: reportOf(clipOf(), { refusal, placed }),
      faults: { undoRemaster: 'host-failed' },
    });
    await settled();
    made.session.undoRemaster();
    await settled();
    expect(viewOf(made, 'failed').error.code).toBe('host-failed');
  });

  test('over a clip selected later can be undone from there', async () => {
    const placed = { render: 'clip-old', path: '/out/old.mov', trackName: 'V2' };
    const made = await readyWorld({ report: reportOf(clipOf(), { placed }) });
    expect(viewOf(made, 'ready').placed).toEqual(placed);
    made.session.undoRemaster();
    await settled();
    expect(viewOf(made, 'ready').placed).toBeNull();
  });
});

describe('An unfinished render of the selected clip', () => {
  /** A page that finds what another one has left. */
  async function found(change: Partial<World> = {}) {
    const { made: before } = await workingWorld();
    const unfinished = unfinishedOf(before, 6);
    const made = world({
      report: reportOf(clipOf(), { unfinished }),
      journal: [unfinished.last ?? ''],
      ...change,
    });
    await settled();
    return { before, made, unfinished };
  }

  test('is offered before anything else, and goes on with the same order', async () => {
    const { before, made } = await found();
    expect(viewOf(made, 'unfinished').unfinished.clipName).toBe('Bridge.mov');
    made.session.goOn();
    await settled();
    expect(made.calls).toEqual(['continueRender']);
    const { call } = made.remasters[0] ?? {};
    const first = before.remasters[0]?.call;
    expect(call).toMatchObject({ render: first?.render, name: first?.name, job: first?.job });
    expect(call?.engineJob).toEqual(first?.engineJob);
    expect(call?.journal).toHaveLength(1);
    expect(viewOf(made, 'working').run.framesDone).toBe(6);
  });

  test('goes on with what has made it', async () => {
    const { made } = await found({
      journal: ['{"backend":"wasm"}', JSON.stringify({ segment: 0, frames: 6, framesDone: 6 })],
    });
    made.session.goOn();
    expect(viewOf(made, 'unfinished').resuming).toBe(true);
    await settled();
    const { call } = made.remasters[0] ?? {};
    expect([call?.backend, call?.journal.length]).toEqual(['wasm', 1]);
  });

  test('as single frames keeps its folder’s name, whatever that ends in', async () => {
    const report = reportOf(clipOf(), { remembered: { ...SETTINGS, codec: 'png' } });
    const codecs = [{ codec: 'png', bitDepth: 16, constantQuality: true, frameBytes: 1 }] as const;
    const { made } = await workingWorld({ report, codecs });
    expect(orderIn(unfinishedOf(made, 6, { fileName: 'Bridge.mov' }))?.name).toBe('Bridge.mov');
    const film = await workingWorld();
    expect(orderIn(unfinishedOf(film.made, 6, { fileName: 'Bridge.mov' }))?.name).toBe('Bridge');
  });

  test.each([
    ['another size', { size: 999 }],
    ['other contents', { facts: { ...FACTS, frames: 50 } }],
  ])('of a file that has %s does not go on, and can be discarded', async (_, change) => {
    const { made } = await found(change);
    made.session.goOn();
    await settled();
    expect(viewOf(made, 'unfinished').problem).toMatchObject({ code: 'render-other', detail: 'media' });
    expect(made.calls).toEqual([]);
    made.report = reportOf(clipOf());
    made.session.discard();
    await settled();
    expect(made.calls).toEqual(['discardRender']);
    expect(kind(made)).toBe('ready');
  });

  test('of the user’s own model waits for it, and says so where it is gone', async () => {
    const report = reportOf(clipOf(), { remembered: { ...SETTINGS, model: 'own:mine.onnx' } });
    const { made: before } = await workingWorld({ report, own: ['mine.onnx'] });
    const unfinished = unfinishedOf(before, 6);
    let tried: () => void = () => undefined;
    const trial = new Promise<void>((resolve) => (tried = resolve));
    const made = world({ report: reportOf(clipOf(), { unfinished }), own: ['mine.onnx'], trial });
    await settled();
    made.session.goOn();
    await settled();
    expect(viewOf(made, 'unfinished').problem).toBeUndefined();
    tried();
    await settled();
    expect(kind(made)).toBe('working');
    const without = world({ report: reportOf(clipOf(), { unfinished }) });
    await settled();
    without.session.goOn();
    await settled();
    expect(viewOf(without, 'unfinished').problem?.code).toBe('model-unfit');
  });

  test('that was noted in a way nobody understands does not go on', async () => {
    const { made, unfinished } = await found();
    made.report = reportOf(clipOf(), { unfinished: { ...unfinished, note: '{}' } });
    made.session.page.clipChanged({});
    await settled();
    made.session.goOn();
    await settled();
    expect(viewOf(made, 'unfinished').problem).toMatchObject({ code: 'render-other', detail: 'note' });
  });
});

test('The theme is followed', () => {
  const made = world();
  made.session.page.themeChanged({ theme: 'darkest' });
  expect(made.session.getState().theme).toBe('darkest');
});
