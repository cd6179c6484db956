import { expect, test } from '@jest/globals';
import { CLIP, clipsOn, frames, open, project, type Opened } from './premiere-support.ts';

const clips = (opened: Opened, track = 0) => project(opened).sequences[0]?.videoTracks[track]?.clips ?? [];

test('Clips are moved, trimmed, cut and cleared with the sound that is linked to them', async () => {
  const opened = await open();
  const { user } = opened.simulator;
  const { sequenceId, clipId } = opened;
  const both = () => [clipsOn(opened, 0), clipsOn(opened, 0, 'audio')];
  const twice = (...rows: unknown[]) => [rows, rows];
  expect(user.moveClip(sequenceId, clipId, frames(40))).toBe(true);
  expect(both()).toEqual(twice(['clip.mp4', 40, 60, 5, 25]));
  expect(user.moveClip(sequenceId, clipId, frames(-1))).toBe(false);
  expect(user.trimClip(sequenceId, clipId, { inTicks: frames(8), outTicks: frames(20) })).toBe(true);
  expect(both()).toEqual(twice(['clip.mp4', 43, 55, 8, 20]));
  expect(user.trimClip(sequenceId, clipId, { outTicks: frames(51) })).toBe(false);
  expect(user.trimClip(sequenceId, clipId, { inTicks: frames(20) })).toBe(false);
  expect(user.cutClip(sequenceId, clipId, frames(50))).toBe(true);
  expect(both()).toEqual(twice(['clip.mp4', 43, 50, 8, 15], ['clip.mp4', 50, 55, 15, 20]));
  expect(user.cutClip(sequenceId, clipId, frames(50))).toBe(false);
  expect(user.moveClip(sequenceId, clipId, frames(46), 1)).toBe(true);
  expect([clipsOn(opened, 0), clipsOn(opened, 1)]).toEqual([
    [['clip.mp4', 50, 55, 15, 20]],
    [['clip.mp4', 46, 53, 8, 15]],
  ]);
  expect(clipsOn(opened, 0, 'audio')).toEqual([
    ['clip.mp4', 46, 53, 8, 15],
    ['clip.mp4', 53, 55, 18, 20],
  ]);
  expect(user.deleteClip(sequenceId, clipId)).toBe(true);
  expect([clipsOn(opened, 1), clipsOn(opened, 0, 'audio')]).toEqual([[], [['clip.mp4', 53, 55, 18, 20]]]);
  expect(user.deleteClip(sequenceId, clipId)).toBe(false);
  expect(project(opened).undo.slice(0, 5)).toEqual(['Clear', 'Move', 'Razor', 'Trim', 'Move']);
});

test('A clip that is slower, reversed, disabled or on a muted track shows what it should', async () => {
  const opened = await open();
  const { simulator, sequenceId, clipId } = opened;
  const { user } = simulator;
  const shown = (frame: number) =>
    simulator.frameAt(sequenceId, frames(frame)).map(({ sourceTicks }) => sourceTicks);
  expect([shown(9), shown(10), shown(29), shown(30)]).toEqual([[], [frames(5)], [frames(24)], []]);
  expect(user.setSpeed(sequenceId, clipId, 0.5)).toBe(true);
  expect(clipsOn(opened, 0)).toEqual([['clip.mp4', 10, 50, 5, 25]]);
  expect(shown(30)).toEqual([frames(15)]);
  expect(user.setSpeed(sequenceId, clipId, 1, true)).toBe(true);
  expect(shown(10)).toEqual([frames(25)]);
  expect(user.setSpeed(sequenceId, clipId, 0)).toBe(false);
  expect(user.setClipDisabled(sequenceId, clipId, true)).toBe(true);
  expect(shown(12)).toEqual([]);
  expect(user.undo()).toBe(true);
  expect(shown(12)).toHaveLength(1);
  expect(user.setTrackMuted(sequenceId, 'video', 0, true)).toBe(true);
  expect(shown(12)).toEqual([]);
});

test('A nest shows its sequence, an offline clip nothing, and what is deleted is gone from every timeline', async () => {
  const opened = await open();
  const { simulator, sequenceId, clipId, itemId } = opened;
  const { user } = simulator;
  const nested = user.nest(sequenceId, clipId, 'Nest');
  expect(clips(opened)).toMatchObject([{ name: 'Nest', kind: 'sequence', startTicks: frames(10) }]);
  expect(simulator.frameAt(sequenceId, frames(12))).toMatchObject([
    { sequenceId: nested, path: null, width: 1920, height: 1080, sourceTicks: frames(2) },
  ]);
  expect(simulator.frameAt(nested ?? '', frames(2))).toMatchObject([{ path: CLIP, sourceTicks: frames(7) }]);
  expect(user.makeOffline(itemId)).toBe(true);
  expect(simulator.frameAt(nested ?? '', frames(2))).toMatchObject([{ path: null }]);
  expect(user.deleteItem(itemId)).toBe(true);
  expect(simulator.frameAt(nested ?? '', frames(2))).toEqual([]);
  expect(user.deleteSequence(nested ?? '')).toBe(true);
  expect(clips(opened)).toEqual([]);
  expect(project(opened).sequences.map(({ name }) => name)).toEqual(['Edit']);
});

test('A hand that finds nothing to do it to answers so and changes nothing', async () => {
  const opened = await open();
  const { user } = opened.simulator;
  const before = project(opened);
  expect([
    user.selectClip(opened.sequenceId, 'none'),
    user.renameItem('none', 'x'),
    user.openSequence('none'),
    user.placeItem(opened.sequenceId, 'none'),
    user.placeItem(opened.sequenceId, opened.itemId, { inTicks: frames(9), outTicks: frames(9) }),
    user.mergeClips([], 'x'),
    user.setTrackLocked(opened.sequenceId, 'video', 9, true),
    user.closeSequence('none'),
  ]).toEqual([false, false, false, null, null, null, false, false]);
  expect(project(opened)).toEqual(before);
  expect(user.closeSequence(opened.sequenceId)).toBe(true);
  expect(project(opened)).toMatchObject({ activeSequenceId: null });
  expect(user.closeProject()).toBe(true);
  expect([user.undo(), user.makeBin('x'), user.closeProject(), await user.saveProject()]).toEqual([
    false,
    '',
    false,
    false,
  ]);
});
