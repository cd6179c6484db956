/** A finished render laid over its clip in the emulated Premiere: where, how, and each thing that can come between. */
import { describe, expect, test } from '@jest/globals';
import type { KeyframeView, PremiereOptions } from '../../../simulator/premiere/index.ts';
import { frames, MOVIES, must, PLACING, rendered, start, type Started } from './premiere-start.ts';
import { codeOf } from './start.ts';

const MOTION = 'AE.ADBE Motion';
const OPACITY = 'AE.ADBE Opacity';
const CROP = 'AE.ADBE AECrop';

/** With a finished render. */
async function ready(options?: PremiereOptions) {
  const started = await start(options);
  return { ...started, path: await rendered(started) };
}
const values = (started: Pick<Started, 'clipAt'>, matchName: string, track = 1) =>
  must(must(started.clipAt(track)).effects.find((each) => each.matchName === matchName)).params.map(
    ({ value, keyframes }) => keyframes ?? value,
  );

const isKeys = (value: unknown): value is readonly KeyframeView[] =>
  Array.isArray(value) && typeof value[0] === 'object';

describe('a render is laid', () => {
  test('over its clip, same start, in and out, scaled to the same size, named, with its timecode, in a bin', async () => {
    const started = await ready();
    const { host, itemId, clipAt, lanes, binned, project, simulator } = started;
    expect(await host.placeRender(PLACING)).toEqual({
      ...{ kind: 'placed', trackName: 'Video 2', newTrack: false, originalHidden: false },
    });
    const clip = must(clipAt(1));
    expect(clip).toMatchObject({
      ...{ name: 'clip – Landscape', startTicks: frames(10), endTicks: frames(60), disabled: false },
      ...{ inTicks: frames(10), outTicks: frames(60) },
    });
    expect(values(started, MOTION).slice(0, 6)).toEqual([[0.5, 0.5], 50, 50, true, 0, [0.5, 0.5]]);
    // The sound is untouched, and so is the clip.
    expect(lanes()).toEqual([
      [1, 1, 0],
      [1, 0, 0],
    ]);
    expect(clipAt(0)).toMatchObject({ itemId, disabled: false, inTicks: frames(50) });
    expect(binned()).toEqual(['clip 4×.mov']);
    const item = must(project().items.find(({ name }) => name === 'Remastered')?.children?.[0]);
    expect(item).toMatchObject({ inTicks: null, outTicks: null, mediaStartTicks: PLACING.mediaStartTicks });
    expect(project().undo.every((name) => name !== 'Remaster Clip')).toBe(false);
    expect(simulator.stats.openFiles).toBe(0);
    // Asked again it says the same, and lays nothing.
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed', trackName: 'Video 2' });
    expect(lanes()[0]).toEqual([1, 1, 0]);
  });

  test('on the lowest track above that is free all along and is shown; a new one if there is none', async () => {
    const started = await ready();
    const { host, user, sequenceId, place, lanes } = started;
    place(59, 1);
    user.setTrackMuted(sequenceId, 'video', 2, true);
    expect(await host.placeRender(PLACING)).toMatchObject({
      kind: 'placed',
      trackName: 'Video 4',
      newTrack: true,
    });
    expect(lanes()).toEqual([
      [1, 1, 0, 1],
      [1, 1, 0],
    ]);
  });

  test('beside a locked track, of which Premiere says nothing', async () => {
    const { host, user, sequenceId, lanes } = await ready();
    user.setTrackLocked(sequenceId, 'video', 1, true);
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed', trackName: 'Video 3' });
    expect(lanes()[0]).toEqual([1, 0, 1]);
  });

  test('up against its neighbours', async () => {
    const { host, place, lanes } = await ready();
    place(60, 1);
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed', trackName: 'Video 2' });
    expect(lanes()[0]).toEqual([1, 2, 0]);
  });

  test.each(['array', 'point'] as const)(
    'with the clip’s position, rotation, anchor and crops, read as %s',
    async (as) => {
      const started = await ready({ pointsReadAs: as });
      const { host, user, sequenceId, clipId } = started;
      user.setMotion(sequenceId, clipId, {
        ...{
          position: [0.25, 0.75],
          scale: 80,
          rotation: 30,
          anchor: [0.1, 0.2],
          cropLeft: 7,
          cropBottom: 9,
        },
      });
      user.applyEffect(sequenceId, clipId, CROP, { 0: 11, 3: 12, 5: 4 });
      expect(await host.placeRender({ ...PLACING, scaleX: 4, scaleY: 4 })).toMatchObject({ kind: 'placed' });
      expect(values(started, MOTION)).toEqual([[0.25, 0.75], 20, 25, true, 30, [0.1, 0.2], 0, 7, 0, 0, 9]);
      expect(values(started, CROP)).toEqual(
        values(started, CROP, 0).map((value, i) => (i === 5 ? Number(value) * 4 : value)),
      );
    },
  );

  test('with keyframes at the same frames, those before its first one in one', async () => {
    const started = await ready();
    const { host, user, sequenceId, clipId } = started;
    const key = (
      frame: number,
      value: number | [number, number],
      interpolation: 'linear' | 'hold' | 'bezier',
    ) => ({
      ...{ ticks: frames(frame), value, interpolation },
    });
    user.setKeyframes(sequenceId, clipId, MOTION, 1, [
      ...[key(30, 100, 'linear'), key(60, 200, 'bezier'), key(90, 40, 'hold')],
    ]);
    user.setKeyframes(sequenceId, clipId, MOTION, 0, [key(50, [0, 0], 'linear'), key(100, [1, 1], 'linear')]);
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed', originalHidden: false });
    const [position, scale] = values(started, MOTION);
    // The render begins at frame 40 of the clip, a third of the way from the first key to the second.
    expect(scale).toMatchObject([
      { ticks: '0', interpolation: 'linear' },
      { ticks: frames(20), value: 100, interpolation: 'bezier' },
      { ticks: frames(50), value: 20, interpolation: 'hold' },
    ]);
    expect(isKeys(scale) && scale[0]?.value).toBeCloseTo((100 + 100 / 3) / 2, 6);
    expect(position).toMatchObject([
      { ticks: frames(10), value: [0, 0] },
      { ticks: frames(60), value: [1, 1] },
    ]);
  });

  test.each<[string, (started: Started) => unknown]>([
    ['is half transparent', ({ user, sequenceId, clipId }) => user.setOpacity(sequenceId, clipId, 50)],
    [
      'fades in',
      ({ user, sequenceId, clipId }) =>
        user.setKeyframes(sequenceId, clipId, OPACITY, 0, [
          { ticks: frames(50), value: 0, interpolation: 'linear' },
          { ticks: frames(75), value: 100, interpolation: 'linear' },
        ]),
    ],
  ])('and the original is hidden where it %s, and shown again when the render goes', async (_, prepare) => {
    const started = await ready();
    const { host, clipAt, lanes } = started;
    prepare(started);
    const opacity = values(started, OPACITY, 0);
    expect(await host.placeRender(PLACING)).toMatchObject({ originalHidden: true });
    expect(clipAt(0)?.disabled).toBe(true);
    const shifted = opacity.map((value) =>
      isKeys(value)
        ? value.map((key) => ({ ...key, ticks: String(BigInt(key.ticks) - BigInt(frames(40))) }))
        : value,
    );
    expect(values(started, OPACITY)).toEqual(shifted);
    await host.undoRemaster({ render: 'r', undoName: 'Undo Remaster' });
    expect([clipAt(0)?.disabled, lanes()[0]]).toEqual([false, [1, 0, 0]]);
  });

  test('of single frames, at the clip’s rate', async () => {
    const started = await start();
    const { host, disk, project, clipAt } = started;
    const path = await rendered(started, { extension: 'png' });
    for (let i = 2; i <= 70; i += 1) {
      await disk.write(path.replace('000001', String(i).padStart(6, '0')), Buffer.from('x'));
    }
    expect(await host.placeRender({ ...PLACING, rate: 25 })).toMatchObject({ kind: 'placed' });
    expect(clipAt(1)).toMatchObject({ inTicks: frames(10), outTicks: frames(60) });
    const item = must(project().items.find(({ name }) => name === 'Remastered')?.children?.[0]);
    expect(item.interpretation.rate).toBe(25);
  });

  test('when its import is late', async () => {
    const { host } = await ready({ importDelay: 300 });
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed' });
  });

  test('beside what the user does meanwhile elsewhere', async () => {
    const { host, user, simulator, place, lanes } = await ready();
    simulator.faults.beforeCall('VideoClipTrackItem.getComponentChain', 1, () => void place(300));
    simulator.faults.beforeCall('ProjectItem.getId', 3, () => void user.makeBin('B-roll'));
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed' });
    expect(lanes()[0]).toEqual([2, 1, 0]);
  });
});

describe('a render is left in the bin, and the timeline as it was', () => {
  /** What of the project must be as it was: all but the bin and what can be undone. */
  const timeline = ({ sequence }: Started): string => {
    const { videoTracks, audioTracks } = sequence();
    return JSON.stringify([videoTracks.filter(({ clips }) => clips.length > 0), audioTracks]);
  };
  const placed = async ({ host }: Started) => {
    const result = await host.placeRender(PLACING);
    return result.kind === 'left' ? result.problem : result;
  };

  test.each<[string, (started: Started) => unknown, string, string]>([
    ['moved', (s) => s.user.moveClip(s.sequenceId, s.clipId, frames(11)), 'clip-moved', ''],
    [
      'moved to another track',
      (s) => s.user.moveClip(s.sequenceId, s.clipId, frames(10), 1),
      'clip-moved',
      '',
    ],
    [
      'trimmed',
      (s) => s.user.trimClip(s.sequenceId, s.clipId, { outTicks: frames(99) }),
      ...(['clip-moved', ''] as const),
    ],
    ['cut in two', (s) => s.user.cutClip(s.sequenceId, s.clipId, frames(30)), 'clip-moved', ''],
    ['sped up', (s) => s.user.setSpeed(s.sequenceId, s.clipId, 2), 'clip-moved', ''],
    ['reversed', (s) => s.user.setSpeed(s.sequenceId, s.clipId, 1, true), 'clip-moved', ''],
    ['deleted', (s) => s.user.deleteClip(s.sequenceId, s.clipId), 'clip-gone', ''],
    ['deleted with its item', (s) => s.user.deleteItem(s.itemId), 'clip-gone', ''],
    ['in a sequence that is deleted', (s) => s.user.deleteSequence(s.sequenceId), 'sequence-gone', ''],
    [
      'in a sequence that is not the open one',
      (s) => s.user.createSequence({ name: 'Other', width: 640, height: 360, rate: 25 }),
      ...(['sequence-closed', 'Reel'] as const),
    ],
  ])('where the clip is %s meanwhile', async (_, meanwhile, code, detail) => {
    const started = await ready();
    meanwhile(started);
    const before = started.project().sequences.length > 0 ? timeline(started) : '';
    expect(await placed(started)).toEqual({ code, detail });
    expect(started.binned()).toEqual(['clip 4×.mov']);
    if (before) expect(timeline(started)).toBe(before);
  });

  test('and is laid when it is asked for again and nothing is in the way', async () => {
    const started = await ready();
    const { host, user, sequenceId, clipId, binned } = started;
    user.moveClip(sequenceId, clipId, frames(11));
    expect(await placed(started)).toMatchObject({ code: 'clip-moved' });
    user.moveClip(sequenceId, clipId, frames(10));
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed' });
    expect(binned()).toEqual(['clip 4×.mov']);
  });

  // The bin, the marks, the overwriting, the look, its keyframes, those of Crop.
  test.each([2, 3, 4, 5, 6])('where Premiere refuses transaction %d', async (nth) => {
    const started = await ready();
    const { user, simulator, sequenceId, clipId } = started;
    user.setKeyframes(sequenceId, clipId, MOTION, 1, [
      { ticks: frames(60), value: 90, interpolation: 'linear' },
    ]);
    user.applyEffect(sequenceId, clipId, CROP);
    user.setKeyframes(sequenceId, clipId, CROP, 0, [
      { ticks: frames(60), value: 9, interpolation: 'linear' },
    ]);
    const before = timeline(started);
    simulator.faults.refuseTransaction(nth);
    expect(await placed(started)).toMatchObject({ code: 'transaction-refused' });
    expect(timeline(started)).toBe(before);
    expect(simulator.stats.transactions.filter(({ done }) => !done)).toHaveLength(1);
    // It is not tried again by itself; asked for, it is laid.
    simulator.faults.clear();
    expect(await started.host.placeRender(PLACING)).toMatchObject({ kind: 'placed' });
  });

  test.each([
    ['SequenceEditor.createOverwriteItemAction', 1],
    ['CompoundAction.addAction', 4],
    ['ClipProjectItem.createSetInOutPointsAction', 1],
    ['VideoClipTrackItem.createSetNameAction', 1],
  ])('where %s fails', async (call, nth) => {
    const started = await ready();
    const before = timeline(started);
    started.simulator.faults.failCall(call, nth);
    expect(await placed(started)).toMatchObject({ code: 'transaction-refused' });
    expect(timeline(started)).toBe(before);
  });

  test('where the clip is moved at the very moment that it is to be laid over', async () => {
    const started = await ready();
    const { simulator, user, sequenceId, clipId, lanes } = started;
    simulator.faults.beforeCall('SequenceEditor.getEditor', 1, () => {
      user.moveClip(sequenceId, clipId, frames(12));
    });
    expect(['clip-moved', 'transaction-refused']).toContain(
      ((await placed(started)) as { code: string }).code,
    );
    expect(lanes()[0]).toEqual([1, 0, 0]);
  });

  test('where it does not show what was asked for, since a neighbour was moved there just then', async () => {
    const started = await ready();
    const { simulator, user, sequenceId, place, lanes } = started;
    const other = place(200, 1);
    simulator.faults.beforeCall('VideoClipTrackItem.createSetNameAction', 1, () => {
      user.moveClip(sequenceId, other, frames(200));
    });
    expect(await placed(started)).toMatchObject({ code: 'transaction-refused' });
    expect(lanes()[0]).toEqual([1, 1, 0]);
  });
});

describe('a render is not imported', () => {
  test.each<[string, (started: Started) => unknown, string]>([
    ['where its project is closed', ({ user }) => user.closeProject(), 'project-closed'],
    [
      'where another project is open',
      ({ user }) => user.newProject('Other.prproj', `${MOVIES}/Other.prproj`),
      'project-closed',
    ],
    [
      'where Premiere refuses the import',
      ({ simulator }) => simulator.faults.refuseImport(1),
      'import-failed',
    ],
    [
      'where Premiere fails at it',
      ({ simulator }) => simulator.faults.failCall('Project.importFiles', 1),
      'import-failed',
    ],
    [
      'where Premiere refuses to make the bin',
      ({ simulator }) => simulator.faults.refuseTransaction(1),
      'transaction-refused',
    ],
  ])('%s, and its file stays', async (_, prepare, code) => {
    const started = await ready();
    prepare(started);
    expect(await codeOf(started.host.placeRender(PLACING))).toBe(code);
    expect(started.disk.exists(started.path)).toBe(true);
  });

  test('twice: the one that is in the bin is taken', async () => {
    const started = await ready();
    const { host, user, binned, sequenceId, clipAt } = started;
    await host.placeRender(PLACING);
    user.deleteClip(sequenceId, must(clipAt(1)).id);
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed' });
    expect(binned()).toEqual(['clip 4×.mov']);
  });
});

describe('Undo remaster', () => {
  const UNDO = { render: 'r', undoName: 'Undo Remaster' };

  test('takes the render off in one step without moving anything; bin and file stay', async () => {
    const started = await ready();
    const { host, place, lanes, binned, disk, path, project, simulator } = started;
    place(60, 1);
    await host.placeRender(PLACING);
    const before = simulator.stats.transactions.length;
    await host.undoRemaster(UNDO);
    expect(simulator.stats.transactions.slice(before)).toMatchObject([{ name: 'Undo Remaster', done: true }]);
    expect(lanes()[0]).toEqual([1, 1, 0]);
    expect(started.clipAt(1, 60)).toBeDefined();
    expect([binned(), disk.exists(path), project().undo[0]]).toEqual([
      ['clip 4×.mov'],
      true,
      'Undo Remaster',
    ]);
    expect((await host.activeClip({})).placed).toBeNull();
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed' });
  });

  test('finds it where the user has moved it', async () => {
    const { host, user, sequenceId, clipAt, lanes } = await ready();
    await host.placeRender(PLACING);
    user.moveClip(sequenceId, must(clipAt(1)).id, frames(400), 2);
    await host.undoRemaster(UNDO);
    expect(lanes()[0]).toEqual([1, 0, 0]);
  });

  test('does nothing where the user has undone it already', async () => {
    const { host, user, lanes } = await ready();
    await host.placeRender(PLACING);
    while (lanes()[0]?.[1] === 1) user.undo();
    expect(await host.undoRemaster(UNDO)).toBeNull();
    expect(lanes()[0]).toEqual([1, 0, 0]);
  });

  test('says so where Premiere refuses it, and can be asked for again', async () => {
    const { host, simulator, lanes } = await ready();
    await host.placeRender(PLACING);
    simulator.faults.refuseTransaction(1);
    expect(await codeOf(host.undoRemaster(UNDO))).toBe('transaction-refused');
    expect(lanes()[0]).toEqual([1, 1, 0]);
    await host.undoRemaster(UNDO);
    expect(lanes()[0]).toEqual([1, 0, 0]);
  });

  test('knows its render after a restart, and says that the project is closed', async () => {
    const { modules, host, user, simulator, lanes } = await ready();
    await host.placeRender(PLACING);
    const { premiereHost } = await import('../../../src/host/premiere/host.ts');
    const later = premiereHost({
      ppro: modules.premierepro as unknown as Parameters<typeof premiereHost>[0]['ppro'],
      ...{ fs: modules.fs, uxp: modules.uxp, words: { whyFolder: '' }, onClipChanged: () => undefined },
    });
    await later.undoRemaster(UNDO);
    expect(lanes()[0]).toEqual([1, 0, 0]);
    await later.placeRender(PLACING);
    user.closeProject();
    expect(await codeOf(later.undoRemaster(UNDO))).toBe('project-closed');
    expect(simulator.stats.openFiles).toBe(0);
  });
});
