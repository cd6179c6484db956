/** When the page is told that the selected clip may be another, with events and where none come. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { frames, start, type Started } from './premiere-start.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** The panel is open, and what it was told when it opened is past. */
async function watched(): Promise<Started> {
  const started = await start();
  started.host.watch(true);
  await jest.advanceTimersByTimeAsync(3000);
  started.changes.length = 0;
  return started;
}
const soon = () => jest.advanceTimersByTimeAsync(200);
const later = () => jest.advanceTimersByTimeAsync(1500);

describe('the page is told', () => {
  test.each<[string, (started: Started) => unknown]>([
    ['another selection', ({ user, sequenceId }) => user.selectNothing(sequenceId)],
    ['another project', ({ user }) => user.newProject('Other.prproj', '/Users/user/Movies/Other.prproj')],
    ['that the sequence is closed', ({ user, sequenceId }) => user.closeSequence(sequenceId)],
  ])('at once of %s, and once', async (_, act) => {
    const started = await watched();
    act(started);
    await soon();
    expect(started.changes).toHaveLength(1);
    await later();
    expect(started.changes).toHaveLength(1);
  });

  test.each<[string, (started: Started) => unknown]>([
    ['another selection', ({ user, sequenceId }) => user.selectNothing(sequenceId)],
    ['a clip that is trimmed', (s) => s.user.trimClip(s.sequenceId, s.clipId, { outTicks: frames(70) })],
    ['a clip that is moved', (s) => s.user.moveClip(s.sequenceId, s.clipId, frames(99))],
    ['a clip that is deleted', (s) => s.user.deleteClip(s.sequenceId, s.clipId)],
    ['a project that is closed', ({ user }) => user.closeProject()],
  ])('of %s where no event fires, a little later', async (_, act) => {
    const started = await watched();
    started.simulator.faults.silence('all');
    act(started);
    await later();
    expect(started.changes).toHaveLength(1);
    await later();
    expect(started.changes).toHaveLength(1);
  });

  test('of a selection in a sequence that was opened later', async () => {
    const { user, sequenceId, changes, clipId } = await watched();
    user.createSequence({ name: 'Other', width: 640, height: 360, rate: 25 });
    await later();
    user.openSequence(sequenceId);
    await later();
    changes.length = 0;
    user.selectNothing(sequenceId);
    user.selectClip(sequenceId, clipId);
    await soon();
    expect(changes).toHaveLength(1);
  });

  test('once of a selection, however often its sequence was opened', async () => {
    const { user, sequenceId, changes, simulator } = await watched();
    const other = user.createSequence({ name: 'Other', width: 640, height: 360, rate: 25 });
    for (const id of [sequenceId, other, sequenceId, other]) {
      await later();
      user.openSequence(id);
    }
    await later();
    expect(changes.length).toBeGreaterThan(0);
    expect(simulator.stats.calls.get('EventManager.addEventListener')).toBe(2);
  });

  test('nothing by looking while its panel is hidden, and all when it is shown again', async () => {
    const { host, user, sequenceId, simulator, changes } = await watched();
    host.watch(false);
    simulator.faults.silence('all');
    user.selectNothing(sequenceId);
    await later();
    const looks = simulator.stats.calls.get('Sequence.getSelection');
    await later();
    expect([changes, simulator.stats.calls.get('Sequence.getSelection')]).toEqual([[], looks]);
    host.watch(true);
    await soon();
    expect(changes).toHaveLength(1);
  });
});
