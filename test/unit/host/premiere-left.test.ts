/** What can come between a finished render and its clip: each thing ends it, and leaves the timeline as it was. */
import { describe, expect, test } from '@jest/globals';
import {
  CROP,
  frames,
  MOTION,
  MOVIES,
  must,
  OPACITY,
  PLACING,
  ready,
  type Started,
} from './premiere-start.ts';
import { codeOf } from './start.ts';

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

  // The overwriting, the look, its keyframes, the hiding of the original.
  test.each([3, 4, 5, 6])(
    'with a clip that shows through it, where Premiere refuses transaction %d: it stays shown',
    async (nth) => {
      const started = await ready();
      const { host, user, simulator, sequenceId, clipId, clipAt, lanes } = started;
      user.applyEffect(sequenceId, clipId, CROP);
      user.setKeyframes(sequenceId, clipId, OPACITY, 0, [
        { ticks: frames(60), value: 90, interpolation: 'linear' },
      ]);
      simulator.faults.refuseTransaction(nth);
      expect(await placed(started)).toMatchObject({ code: 'transaction-refused' });
      expect([clipAt(0)?.disabled, lanes()[0]]).toEqual([false, [1, 0, 0]]);
      simulator.faults.clear();
      expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed', originalHidden: true });
      expect(clipAt(0)?.disabled).toBe(true);
      await host.undoRemaster({ render: 'r', undoName: 'Undo Remaster' });
      expect([clipAt(0)?.disabled, lanes()[0]]).toEqual([false, [1, 0, 0]]);
    },
  );

  test('where another sequence is opened just when it has been laid', async () => {
    const started = await ready();
    const { simulator, user, lanes } = started;
    // At first, before it is laid, after that.
    simulator.faults.beforeCall('Project.getActiveSequence', 3, () => {
      user.createSequence({ name: 'Other', width: 640, height: 360, rate: 25 });
    });
    expect(await placed(started)).toEqual({ code: 'sequence-closed', detail: 'Reel' });
    expect(lanes()[0]).toEqual([1, 0, 0]);
    expect(simulator.stats.transactions.slice(-2).map(({ done }) => done)).toEqual([true, true]);
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
