/** What the panel is told of the selected clip, and each reason why it cannot be remastered. */
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { ClipReport, type ClipSettings } from '../../../src/bridge/premiere-calls.ts';
import * as v from 'valibot';
import { VideoClipTrackItem } from '../../../simulator/premiere/track-item.ts';
import {
  frames,
  MOVIES,
  must,
  OPENING,
  PLACING,
  rendered,
  SECOND,
  start,
  type Started,
} from './premiere-start.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** As it passes the wire. */
const told = async ({ host }: Pick<Started, 'host'>) => v.parse(ClipReport, await host.activeClip({}));
const refusal = async (started: Started) => {
  const { refusal: why, clip } = await told(started);
  return [why?.code, why?.detail, clip];
};

describe('the selected clip', () => {
  test('is told with its sequence, its file and its place, though its sound is selected too', async () => {
    const started = await start();
    const { user, itemId, sequenceId, clipId } = started;
    user.setMediaStart(itemId, String(3600n * SECOND));
    user.interpretFootage(itemId, { rate: 24, pixelAspect: 2, fields: 'lower-first' });
    user.applyEffect(sequenceId, clipId, 'AE.ADBE AECrop');
    expect(await told(started)).toEqual({
      project: { name: 'Archive.prproj', path: `${MOVIES}/Archive.prproj` },
      sequence: { id: sequenceId, name: 'Reel', width: 1920, height: 1080, ticksPerFrame: frames(1) },
      clip: {
        ref: {
          ...{ sequenceId, track: 0, startTicks: frames(10), itemId, path: `${MOVIES}/clip.mp4` },
          ...{ inTicks: frames(50), outTicks: frames(100) },
        },
        name: 'clip.mp4',
        interpretation: { rate: 24, pixelAspect: 2, fields: 'lower-first' },
        mediaStartTicks: String(3600n * SECOND),
        effects: [],
      },
      ...{ refusal: null, remembered: null, last: null, unfinished: null, placed: null },
    });
  });

  test('has what was chosen for it, what was chosen last, and what was begun', async () => {
    const started = await start();
    const { host, ref } = started;
    const settings: ClipSettings = {
      ...{ model: 'art', quality: 'best', detail: 1, noise: 2, sharpness: 3, target: '8k', handles: 4 },
      ...{ codec: 'av1', folder: MOVIES },
    };
    await host.rememberClip({ ref: await ref(), settings });
    await rendered(started);
    const { remembered, last, unfinished } = await told(started);
    expect([remembered, last?.model, unfinished]).toEqual([settings, 'landscape', null]);
    await host.openRender({
      ...{ render: 'q', ref: await ref(), clipName: 'clip', settings, folder: MOVIES, name: 'b', note: 'n' },
      extension: 'mp4',
    });
    await host.recordRender({ render: 'q', line: 'one' });
    await host.leave();
    expect((await told(started)).unfinished).toMatchObject({ render: 'q', note: 'n', last: 'one' });
  });

  test('is found by what says that it is selected, where the selection cannot be had', async () => {
    const started = await start();
    started.simulator.faults.failCall('Sequence.getSelection', 1);
    expect((await told(started)).clip?.name).toBe('clip.mp4');
  });

  test('has what was begun though it was trimmed or went offline since, and another clip of its item has not', async () => {
    const started = await start();
    const { host, user, ref, sequenceId, clipId, itemId, place } = started;
    const was = await ref();
    await host.openRender({ ...OPENING, ref: was });
    await host.recordRender({ render: 'next', line: 'one' });
    await host.leave();
    user.trimClip(sequenceId, clipId, { outTicks: frames(99) });
    expect(await told(started)).toMatchObject({ unfinished: { render: 'next', ref: was, last: 'one' } });
    // Now there is one that it is of.
    place(300);
    expect((await told(started)).unfinished).toBeNull();
    user.undo();
    user.undo();
    user.makeOffline(itemId);
    user.selectClip(sequenceId, clipId);
    expect(await told(started)).toMatchObject({
      ...{ clip: null, refusal: { code: 'clip-offline' }, unfinished: { render: 'next', ref: was } },
    });
  });

  test('is told though the user edits at that very moment', async () => {
    const started = await start();
    const { simulator, user, sequenceId } = started;
    simulator.faults.beforeCall('VideoClipTrackItem.getInPoint', 1, () => {
      user.setTrackMuted(sequenceId, 'video', 2, true);
      user.movePlayhead(sequenceId, frames(3));
      user.makeBin('B-roll');
    });
    expect((await told(started)).clip?.name).toBe('clip.mp4');
  });
});

describe('what cannot be remastered', () => {
  /** Lays something else on the second track and selects it alone. */
  const select = ({ user, sequenceId }: Started, clip: string | null): void => {
    user.selectClip(sequenceId, must(clip), 'only');
  };
  const lay = (started: Started, itemId: string | null): void => {
    const { user, sequenceId } = started;
    select(started, user.placeItem(sequenceId, must(itemId), { videoTrack: 1, audioTrack: 1 }));
  };
  const SECONDS = String(2n * SECOND);
  test.each<[string, (started: Started) => unknown, string, string]>([
    ['no project', ({ user }) => user.closeProject(), 'no-project', ''],
    ['no sequence', ({ user, sequenceId }) => user.closeSequence(sequenceId), 'no-sequence', ''],
    ['nothing selected', ({ user, sequenceId }) => user.selectNothing(sequenceId), 'no-clip', ''],
    [
      'two clips selected',
      (s) => s.user.selectClip(s.sequenceId, s.place(200), 'toggle'),
      ...(['several-clips', '2'] as const),
    ],
    ['offline media', ({ user, itemId }) => user.makeOffline(itemId), 'clip-offline', `${MOVIES}/clip.mp4`],
    [
      'a nested sequence',
      (s) => {
        s.user.nest(s.sequenceId, s.clipId, 'Nest');
        select(s, must(s.clipAt(0)).id);
      },
      ...(['clip-nested', 'Nest'] as const),
    ],
    ['a multicamera clip', (s) => lay(s, s.user.createMulticam([s.itemId], 'Cams')), 'clip-multicam', 'Cams'],
    ['a merged clip', (s) => lay(s, s.user.mergeClips([s.itemId], 'Merged')), 'clip-merged', 'Merged'],
    [
      'an adjustment layer',
      (s) => select(s, s.user.addAdjustmentLayer(s.sequenceId, 1, '0', SECONDS)),
      ...(['clip-adjustment', 'Adjustment Layer'] as const),
    ],
    [
      'a graphic',
      (s) => select(s, s.user.addGraphic(s.sequenceId, 1, '0', SECONDS)),
      'clip-graphic',
      'Graphic',
    ],
    [
      'a still',
      async (s) => {
        await s.disk.write(`${MOVIES}/still.jpg`, Buffer.from('x'));
        lay(s, await s.user.importMedia(`${MOVIES}/still.jpg`));
      },
      ...(['clip-still', 'still.jpg'] as const),
    ],
    ['half the speed', (s) => s.user.setSpeed(s.sequenceId, s.clipId, 0.5), 'clip-speed', '50'],
    ['a third more speed', (s) => s.user.setSpeed(s.sequenceId, s.clipId, 1.3333), 'clip-speed', '133.33'],
    ['the way back', (s) => s.user.setSpeed(s.sequenceId, s.clipId, 1, true), 'clip-reversed', ''],
  ])('%s', async (_, prepare, code, detail) => {
    const started = await start();
    await prepare(started);
    expect(await refusal(started)).toEqual([code, detail, null]);
  });

  /** What no hand of the emulated user makes: other answers to what a clip is asked. */
  const answering = (answers: Record<string, unknown>): void => {
    for (const [name, answer] of Object.entries(answers)) {
      jest.spyOn(VideoClipTrackItem.prototype, name as 'getEndTime').mockResolvedValue(answer as never);
    }
  };
  const time = (ticks: bigint) => ({ ticks: String(ticks) });
  const UNSET = -400_000n * SECOND;
  test.each<[string, Record<string, unknown>, string, string]>([
    ['no length', { getOutPoint: time(2n * SECOND) }, 'clip-empty-range', ''],
    ['its end before its beginning', { getOutPoint: time(SECOND) }, 'clip-empty-range', ''],
    ['an in point that was never set', { getInPoint: time(UNSET) }, 'clip-empty-range', ''],
    [
      'neither point set',
      { getInPoint: time(UNSET), getOutPoint: time(UNSET) },
      ...(['clip-empty-range', ''] as const),
    ],
    [
      'frames that are stretched though its speed is 1',
      { getEndTime: time(BigInt(frames(10 + 100))) },
      ...(['clip-speed', '50'] as const),
    ],
  ])('a clip with %s', async (_, answers, code, detail) => {
    const started = await start();
    answering(answers);
    expect(await refusal(started)).toEqual([code, detail, null]);
  });

  test('but one whose length Premiere has rounded to frames of the sequence, at a speed that is a float, can', async () => {
    const started = await start();
    answering({ getSpeed: 1.000_000_1, getEndTime: time(BigInt(frames(60)) + 9n) });
    expect((await told(started)).refusal).toBeNull();
  });
});

describe('a render on the timeline', () => {
  test('is told of for the clip it lies over and for itself, until it is gone', async () => {
    const started = await start();
    const { user, host, sequenceId, clipId, clipAt } = started;
    const path = await rendered(started);
    await host.placeRender(PLACING);
    const placed = { render: 'r', path, trackName: 'Video 2' };
    expect((await told(started)).placed).toEqual(placed);
    user.selectClip(sequenceId, must(clipAt(1)).id);
    expect(await told(started)).toMatchObject({ placed, clip: { name: 'clip – Landscape' } });
    user.deleteClip(sequenceId, must(clipAt(1)).id);
    user.selectClip(sequenceId, clipId);
    expect((await told(started)).placed).toBeNull();
  });
});
