/** The guide's pictures of the emulated Premiere, each brought about as a person would, with the sample on the timeline. */
import sharp from 'sharp';
import { secondsOf, type PremiereWindow } from '../headless/premiere-window.ts';
import { finished, setUp } from '../headless/remaster-clip.ts';

export interface PremierePicture {
  readonly name: string;
  readonly take: (window: PremiereWindow) => Promise<Buffer>;
  /** Pixels of pictures at 100 %, and nothing else. */
  readonly isPhoto?: true;
}

/** Frames of the sample that are remastered for a picture, about its playhead. */
const FRAMES = 2;
/** What is shown of a frame before and after, of the sequence's 1024 × 576. */
const DETAIL = { left: 250, top: 60, width: 480, height: 360 };

/** Shortens the sample's clip to a few frames, since each takes a while. */
async function shortened(window: PremiereWindow): Promise<void> {
  const { id, playheadTicks, ticksPerFrame } = await window.sequence();
  const clip = await window.clip('sample.mp4');
  await window.premiere(
    ({ user }, [sequence, clipId, playhead, start, inTicks, frame, count]) => {
      const first = BigInt(playhead) - BigInt(start) + BigInt(inTicks) - (BigInt(count) / 2n) * BigInt(frame);
      user.trimClip(sequence, clipId, {
        inTicks: String(first),
        outTicks: String(first + BigInt(count) * BigInt(frame)),
      });
    },
    [id, clip.id, playheadTicks, clip.startTicks, clip.inTicks, ticksPerFrame, FRAMES] as const,
  );
  await window.waitForState(['clip-ready']);
  await window.panel
    .getByTestId('clip-facts')
    .filter({ hasText: String(FRAMES) })
    .waitFor();
}

async function begin(window: PremiereWindow): Promise<void> {
  await shortened(window);
  await setUp(window, { model: 'landscape', quality: 'fast', target: '4x', handles: 0, codec: 'prores' });
  await window.press('remaster');
  await window.waitForState(['clip-working', 'clip-done']);
}

async function made(window: PremiereWindow): Promise<void> {
  await begin(window);
  const { placed, problem } = await finished(window, performance.now());
  if (placed === null) throw new Error(problem ?? 'Nothing was laid.');
}

async function detail(window: PremiereWindow): Promise<Buffer> {
  const { width, height, rgba } = await window.monitor();
  const raw = sharp(rgba, { raw: { width, height, channels: 4 } });
  return raw.extract(DETAIL).removeAlpha().png().toBuffer();
}

export const PREMIERE_PICTURES: readonly PremierePicture[] = [
  {
    name: 'premiere-panel',
    take: async (window) => {
      await window.page.setViewportSize({ width: 1240, height: 1240 });
      await setUp(window, { model: 'landscape' });
      await window.waitForRemaster();
      await window.panel.getByTestId('estimate-best').filter({ hasText: /\d/ }).waitFor();
      return window.page.locator('iframe.webview').screenshot({ caret: 'hide' });
    },
  },
  {
    name: 'premiere-working',
    take: async (window) => {
      await begin(window);
      await window.panel.getByTestId('current-frame').waitFor();
      return window.page.screenshot();
    },
  },
  {
    name: 'premiere-done',
    take: async (window) => {
      await made(window);
      await window.panel.getByTestId('split-view').waitFor();
      await window.monitor();
      return window.page.screenshot();
    },
  },
  {
    name: 'premiere-frame',
    isPhoto: true,
    take: async (window) => {
      const before = await detail(window);
      await made(window);
      const { playheadTicks } = await window.sequence();
      const clip = await window.clip('sample.mp4');
      if (secondsOf(clip.endTicks) <= secondsOf(playheadTicks))
        throw new Error('The playhead is off the clip.');
      const after = await detail(window);
      const { width, height } = DETAIL;
      return sharp({ create: { width: 2 * width + 8, height, channels: 3, background: '#fff' } })
        .composite([
          { input: before, left: 0, top: 0 },
          { input: after, left: width + 8, top: 0 },
        ])
        .png()
        .toBuffer();
    },
  },
];
