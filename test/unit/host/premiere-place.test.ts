/** A finished render laid over its clip in the emulated Premiere: where, and how it is shown. */
import { describe, expect, jest, test } from '@jest/globals';
import type { KeyframeView } from '../../../simulator/premiere/index.ts';
import {
  CROP,
  frames,
  MOTION,
  must,
  OPACITY,
  PLACING,
  ready,
  rendered,
  start,
  type Started,
} from './premiere-start.ts';

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

  test('when its import is later still', async () => {
    const { host } = await ready({ importDelay: 18_500 });
    jest.useFakeTimers();
    try {
      const placing = host.placeRender(PLACING);
      await jest.advanceTimersByTimeAsync(20_000);
      expect(await placing).toMatchObject({ kind: 'placed' });
    } finally {
      jest.useRealTimers();
    }
  });

  test('as a new item where the one in the bin is offline', async () => {
    const { host, user, sequenceId, clipAt, project, binned, simulator } = await ready();
    await host.placeRender(PLACING);
    const item = must(project().items.find(({ name }) => name === 'Remastered')?.children?.[0]);
    user.makeOffline(item.id);
    user.deleteClip(sequenceId, must(clipAt(1)).id);
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed' });
    expect(simulator.stats.calls.get('ClipProjectItem.refreshMedia')).toBe(1);
    expect(binned()).toHaveLength(2);
    expect(must(clipAt(1)).itemId).not.toBe(item.id);
  });

  test('beside what the user does meanwhile elsewhere', async () => {
    const { host, user, simulator, place, lanes } = await ready();
    simulator.faults.beforeCall('VideoClipTrackItem.getComponentChain', 1, () => void place(300));
    simulator.faults.beforeCall('ProjectItem.getId', 3, () => void user.makeBin('B-roll'));
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed' });
    expect(lanes()[0]).toEqual([2, 1, 0]);
  });
});
