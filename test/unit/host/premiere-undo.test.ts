/** Taking a render off the timeline again. */
import { describe, expect, test } from '@jest/globals';
import { premiereHost } from '../../../src/host/premiere/host.ts';
import { frames, must, PLACING, ready, type Started } from './premiere-start.ts';
import { codeOf } from './start.ts';

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

  test.each<[string, (started: Started) => unknown]>([
    ['moved', ({ user, sequenceId, clipId }) => user.moveClip(sequenceId, clipId, frames(300), 2)],
    ['trimmed', ({ user, sequenceId, clipId }) => user.trimClip(sequenceId, clipId, { inTicks: frames(60) })],
  ])('shows the original again that was hidden and then %s', async (_, meanwhile) => {
    const started = await ready();
    const { host, user, sequenceId, clipId, sequence } = started;
    user.setOpacity(sequenceId, clipId, 50);
    expect(await host.placeRender(PLACING)).toMatchObject({ originalHidden: true });
    meanwhile(started);
    await host.undoRemaster(UNDO);
    const left = sequence().videoTracks.flatMap(({ clips }) => clips);
    expect(left).toMatchObject([{ id: clipId, disabled: false }]);
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
