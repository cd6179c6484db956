/** What happens to a remaster when the user, Premiere or the disk stands in its way: said, and nothing else changed. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { englishErrors, type ErrorCode } from '../../src/errors.ts';
import type { PremiereSimulator } from '../../simulator/premiere/interface.ts';
import {
  at,
  binItems,
  chooseQuickModel,
  everything,
  expectMessage,
  MOVIES,
  openClip,
  type Laid,
} from './premiere-support.ts';
import { sharedBrowser } from './support.ts';

const browser = sharedBrowser();

describe('During a remaster', () => {
  let laid: Laid;
  beforeAll(async () => {
    laid = await openClip(browser(), 'rate-25', { end: 3 });
    const { premiere } = laid;
    await chooseQuickModel(premiere);
    await premiere.chooseTarget('2x');
    await premiere.chooseCodec('prores');
  });
  afterAll(() => laid.premiere.close());

  /** Whether the timeline is as it was when the act was over. */
  async function tracks(): Promise<unknown> {
    const { project } = await laid.premiere.view();
    const { videoTracks, audioTracks } = project?.sequences.find(({ id }) => id === laid.sequenceId) ?? {};
    return JSON.parse(
      JSON.stringify({ videoTracks, audioTracks }, (key, value: unknown) =>
        key === 'selected' ? undefined : value,
      ),
    ) as unknown;
  }

  /** Has the user act when the render is finished and gets its name; ends as it began. */
  async function meanwhile(
    act: (
      premiere: PremiereSimulator,
      ids: { sequence: string; clip: string; far: string; second: string },
    ) => void,
    code: ErrorCode,
    detail = '',
  ): Promise<void> {
    const { premiere, sequenceId, clipId } = laid;
    const steps = (await premiere.view()).project?.undo.length ?? 0;
    const source = `(${act.toString()})(window.premiere, ${JSON.stringify({ sequence: sequenceId, clip: clipId, far: at(50), second: at(2) })})`;
    await premiere.premiere(
      ({ faults }, body) =>
        faults.beforeCall('fs.rename', 1, () => {
          (0, eval)(body);
        }),
      source,
    );
    await premiere.press('remaster');
    await premiere.waitForState(['clip-left']);
    await expectMessage(premiere, englishErrors[code](detail));
    expect(await binItems(premiere)).toHaveLength(1);
    const { project } = await premiere.view();
    const all = project?.sequences.find(({ id }) => id === sequenceId);
    expect(all?.videoTracks.slice(1).flatMap(({ clips }) => clips)).toEqual([]);

    await premiere.premiere(
      (simulator, [sequence, count]) => {
        const { user } = simulator;
        simulator.faults.clear();
        while ((simulator.view().project?.undo.length ?? 0) > count && user.undo());
        user.openSequence(sequence);
      },
      [sequenceId, steps] as const,
    );
    await premiere.premiere(({ user }, [sequence, clip]) => user.selectClip(sequence, clip), [
      sequenceId,
      clipId,
    ] as const);
    await premiere.press('another');
    await premiere.waitForState(['clip-ready']);
  }

  test('the clip is moved, trimmed or deleted: the render waits in the bin', async () => {
    await meanwhile(({ user }, { sequence, clip, far }) => user.moveClip(sequence, clip, far), 'clip-moved');
    await meanwhile(
      ({ user }, { sequence, clip, second }) => user.trimClip(sequence, clip, { outTicks: second }),
      'clip-moved',
    );
    await meanwhile(({ user }, { sequence, clip }) => user.deleteClip(sequence, clip), 'clip-gone');
  });

  test('another sequence is opened: the render waits in the bin', async () => {
    await meanwhile(
      ({ user }) => user.createSequence({ name: 'Other', width: 320, height: 240, rate: 25 }),
      'sequence-closed',
      'Cut',
    );
  });

  test.each([
    [
      'the import',
      ({ faults }: PremiereSimulator) => faults.refuseImport(1),
      'Premiere did not import the render',
    ],
    ['a transaction', ({ faults }: PremiereSimulator) => faults.refuseTransaction(2), 'Premiere refused to'],
  ])('Premiere refuses %s: it is said, and nothing lies on the timeline', async (_, refuse, message) => {
    const { premiere, sequenceId, clipId } = laid;
    const before = await tracks();
    await premiere.premiere(refuse);
    await premiere.press('remaster');
    await premiere.waitForState(['clip-left']);
    expect(await premiere.message()).toContain(message);
    expect(await tracks()).toEqual(before);
    await premiere.premiere(
      ({ user, faults }, [sequence, clip]) => (faults.clear(), user.selectClip(sequence, clip)),
      [sequenceId, clipId] as const,
    );
    await premiere.press('another');
    await premiere.waitForState(['clip-ready']);
  });

  test('Cancel leaves neither file nor folder, and the panel ready again', async () => {
    const { premiere } = laid;
    await premiere.waitForRemaster();
    const before = await everything(premiere);
    await premiere.press('remaster');
    await premiere.waitForState(['clip-working']);
    await premiere.press('cancel');
    await premiere.waitForState(['clip-ready']);
    expect(await premiere.message()).toBe(englishErrors.cancelled(''));
    expect(await everything(premiere)).toEqual(before);
  });

  /** Presses Remaster, expects the failure, and that all is as before; ends ready again. */
  async function fails(message: string): Promise<void> {
    const { premiere } = laid;
    await premiere.waitForRemaster();
    const before = await everything(premiere);
    await premiere.press('remaster');
    await premiere.waitForState(['clip-failed']);
    expect(await premiere.message()).toBe(message);
    expect(await everything(premiere)).toEqual(before);
    await premiere.premiere(({ faults, disk }, folder) => {
      faults.clear();
      disk.setReadOnly(folder, false);
    }, MOVIES);
    await premiere.press('try-again');
    await premiere.waitForState(['clip-ready']);
  }

  test('a folder that nothing can be written to, a disk that is full: said, and nothing is left there', async () => {
    const { premiere } = laid;
    await premiere.waitForRemaster();
    await premiere.premiere(({ disk }, folder) => disk.setReadOnly(folder, true), MOVIES);
    await fails(englishErrors['folder-readonly'](MOVIES));
    await premiere.premiere(({ faults }) => faults.diskFullAfter(3000));
    await fails(englishErrors['render-disk-full'](''));
  });

  test('a name that is taken: nothing is begun', async () => {
    const { premiere } = laid;
    await premiere.premiere(({ disk }, path) => disk.write(path, new Uint8Array(4)), `${MOVIES}/taken.mov`);
    await premiere.nameRender('taken');
    const problem = premiere.panel.getByTestId('name-problem');
    await problem.filter({ hasText: 'exists already' }).waitFor();
    await premiere.panel.getByTestId('remaster').and(premiere.panel.locator('[disabled]')).waitFor();
    await premiere.nameRender('free');
    await premiere.waitForRemaster();
  });

  test('the project is closed: the finished file is named', async () => {
    const { premiere } = laid;
    await premiere.premiere(({ faults, user }) =>
      faults.beforeCall('fs.rename', 1, () => {
        user.closeProject();
      }),
    );
    await premiere.press('remaster');
    await premiere.waitForState(['clip-left']);
    expect(await premiere.message()).toBe(englishErrors['project-closed'](`${MOVIES}/free.mov`));
    expect(await premiere.premiere(({ disk }, path) => disk.exists(path), `${MOVIES}/free.mov`)).toBe(true);
  });
});
