/** What cannot be remastered in the emulated Premiere: each with its own message, the project and the disk as before. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { englishErrors, type ErrorCode } from '../../src/errors.ts';
import type { PremiereWindow } from '../../simulator/headless/premiere-window.ts';
import type { PremiereSimulator } from '../../simulator/premiere/interface.ts';
import type { ClipName } from '../../simulator/samples/clip-specs.ts';
import {
  at,
  everything,
  expectMessage,
  importClip,
  MOVIES,
  openClip,
  type Laid,
} from './premiere-support.ts';
import { sharedBrowser } from './support.ts';

const browser = sharedBrowser();

interface Ids {
  readonly sequence: string;
  readonly item: string;
  readonly clip: string;
  /** Where something further can be laid. */
  readonly later: string;
  readonly frame: string;
  readonly still: string;
}

describe('A clip that cannot be remastered', () => {
  let laid: Laid;
  let premiere: PremiereWindow;
  let still = '';
  beforeAll(async () => {
    laid = await openClip(browser(), 'rate-25');
    premiere = laid.premiere;
    const png = await sharp({ create: { width: 32, height: 24, channels: 3, background: '#456' } })
      .png()
      .toBuffer();
    still = await premiere.premiere(
      async ({ disk, user }, [path, letters]) => {
        await disk.write(
          path,
          Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0)),
        );
        return (await user.importMedia(path)) ?? '';
      },
      [`${MOVIES}/still.png`, png.toString('base64')] as const,
    );
    await premiere.waitForState(['clip-ready']);
  });
  afterAll(() => premiere.close());

  /** Acts, selects the clip that the act answers, expects the message, and takes all back. */
  async function refused(
    act: (premiere: PremiereSimulator, ids: Ids) => string | null,
    code: ErrorCode,
    detail = '',
  ): Promise<void> {
    const ids: Ids = {
      sequence: laid.sequenceId,
      item: laid.itemId,
      clip: laid.clipId,
      later: at(100),
      frame: at(1),
      still,
    };
    const steps = (await premiere.view()).project?.undo.length ?? 0;
    const clip = await premiere.premiere(act, ids);
    if (clip !== null) {
      await premiere.premiere(({ user }, [sequence, id]) => user.selectClip(sequence, id), [
        laid.sequenceId,
        clip,
      ] as const);
    }
    const before = await everything(premiere);
    await expectMessage(premiere, englishErrors[code](detail));
    expect(await premiere.panel.getByTestId('remaster').count()).toBe(0);
    expect(await everything(premiere)).toEqual(before);
    await premiere.premiere((simulator, count) => {
      while ((simulator.view().project?.undo.length ?? 0) > count && simulator.user.undo());
    }, steps);
    await premiere.premiere(({ user }, [sequence, id]) => user.selectClip(sequence, id), [
      laid.sequenceId,
      laid.clipId,
    ] as const);
    await premiere.waitForState(['clip-ready']);
  }

  test('none, or several', async () => {
    await refused(({ user }, { sequence }) => (user.selectNothing(sequence), null), 'no-clip');
    await refused(
      ({ user }, { sequence, item, clip, later }) => {
        const another = user.placeItem(sequence, item, { at: later });
        user.selectClip(sequence, clip);
        if (another !== null) user.selectClip(sequence, another, 'toggle');
        return null;
      },
      'several-clips',
      '2',
    );
  });

  test('offline media', async () => {
    await refused(
      ({ user }, { item, clip }) => (user.makeOffline(item), clip),
      'clip-offline',
      `${MOVIES}/rate-25.mp4`,
    );
  });

  test('a nested sequence, a multicamera clip, a merged clip, an adjustment layer, a graphic', async () => {
    await refused(
      (simulator, { sequence, clip }) => {
        simulator.user.nest(sequence, clip, 'Nest');
        const { project } = simulator.view();
        const open = project?.sequences.find(({ id }) => id === sequence);
        return open?.videoTracks[0]?.clips[0]?.id ?? null;
      },
      'clip-nested',
      'Nest',
    );
    await refused(
      ({ user }, { sequence, item, later }) => {
        const multicam = user.createMulticam([item], 'Cameras');
        return multicam === null ? null : user.placeItem(sequence, multicam, { at: later });
      },
      'clip-multicam',
      'Cameras',
    );
    await refused(
      ({ user }, { sequence, item, later }) => {
        const merged = user.mergeClips([item], 'Merged');
        return merged === null ? null : user.placeItem(sequence, merged, { at: later });
      },
      'clip-merged',
      'Merged',
    );
    await refused(
      ({ user }, { sequence, later, frame }) => user.addAdjustmentLayer(sequence, 1, later, frame),
      'clip-adjustment',
      'Adjustment Layer',
    );
    await refused(
      ({ user }, { sequence, later, frame }) => user.addGraphic(sequence, 1, later, frame),
      'clip-graphic',
      'Graphic',
    );
  });

  test('a still', async () => {
    await refused(
      ({ user }, { sequence, still: item, later }) => user.placeItem(sequence, item, { at: later }),
      'clip-still',
      'still.png',
    );
  });

  test('another speed than the file’s, or backwards', async () => {
    await refused(
      ({ user }, { sequence, clip }) => (user.setSpeed(sequence, clip, 0.5), clip),
      'clip-speed',
      '50',
    );
    await refused(
      ({ user }, { sequence, clip }) => (user.setSpeed(sequence, clip, 1, true), clip),
      'clip-reversed',
    );
  });

  test('no sequence, no project', async () => {
    await premiere.premiere(({ user }, { sequence }) => user.closeSequence(sequence), {
      sequence: laid.sequenceId,
    });
    await expectMessageOrHeading(premiere, englishErrors['no-sequence'](''));
    await premiere.premiere(({ user }) => user.closeProject());
    await expectMessageOrHeading(premiere, englishErrors['no-project'](''));
  });
});

async function expectMessageOrHeading({ panel }: PremiereWindow, words: string): Promise<void> {
  await panel.getByText(words).waitFor({ timeout: 20_000 });
}

describe('A file that cannot be remastered', () => {
  let laid: Laid;
  beforeAll(async () => {
    laid = await openClip(browser(), 'rate-25');
  });
  afterAll(() => laid.premiere.close());

  async function select(name: ClipName): Promise<void> {
    const { premiere, sequenceId } = laid;
    const itemId = await importClip(premiere, name);
    await premiere.premiere(
      (simulator, [sequence, item]) => {
        const { user } = simulator;
        const end = simulator.view().project?.sequences.find(({ id }) => id === sequence)?.endTicks ?? '0';
        const clip = user.placeItem(sequence, item, { at: end });
        if (clip !== null) user.selectClip(sequence, clip);
      },
      [sequenceId, itemId] as const,
    );
  }

  test.each<[ClipName, ErrorCode, string]>([
    ['truncated', 'clip-truncated', 'truncated.mp4'],
    ['unknown-codec', 'codec-undecodable', '“zzzz”'],
    ['no-video', 'no-clip', ''],
  ])('%s', async (name, code, detail) => {
    const { premiere } = laid;
    await select(name);
    const before = await everything(premiere);
    await expectMessageOrHeading(premiere, englishErrors[code](detail));
    expect(await everything(premiere)).toEqual(before);
  });

  test('one that is no media cannot even be imported', async () => {
    await expect(importClip(laid.premiere, 'not-media')).rejects.toThrow('does not import');
  });

  test('HDR is made only once it is confirmed; what is unusual is said', async () => {
    const { premiere } = laid;
    await select('hdr-pq');
    await premiere.panel.getByTestId('note-range').filter({ hasText: 'PQ' }).waitFor();
    const remaster = premiere.panel.getByTestId('remaster').and(premiere.panel.locator('[disabled]'));
    await remaster.waitFor();
    await premiere.panel.getByTestId('confirm-hdr').click();
    await premiere.waitForRemaster();
    for (const [name, note] of [
      ['interlaced-upper', 'note-interlaced'],
      ['variable', 'note-variable'],
      ['rotation-90', 'note-rotated'],
      ['pixel-aspect', 'note-aspect'],
      ['untagged', 'note-assumed'],
    ] as const) {
      await select(name);
      await premiere.panel.getByTestId(note).waitFor({ timeout: 20_000 });
    }
  });
});
