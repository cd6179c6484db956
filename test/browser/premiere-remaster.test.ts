/** Remaster clip in the emulated Premiere: what then lies on the timeline, and that it is what lay there before, enlarged. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny';
import type { PremiereWindow } from '../../simulator/headless/premiere-window.ts';
import { remasterClip, type ClipResult } from '../../simulator/headless/remaster-clip.ts';
import { renderFacts } from '../../simulator/headless/render-facts.ts';
import type { SequenceView } from '../../simulator/premiere/interface.ts';
import { frameNumber } from '../../simulator/samples/clips.ts';
import { at, binItems, chooseQuickModel, openClip } from './premiere-support.ts';
import { sharedBrowser } from './support.ts';

const browser = sharedBrowser();
/** Of the source, which has 25. */
const [FIRST, END] = [5, 18];
const START = 10;
const HANDLES = 2;
/** Of the sequence. */
const [WIDTH, HEIGHT] = [384, 256];
const SCALE = 350;
const POSITION = [0.53, 0.47] as const;

/** But for what is selected. */
const plain = (tracks: SequenceView['videoTracks']) =>
  tracks.map(({ clips }) => clips.map((clip) => ({ ...clip, selected: false })));

describe('Remaster clip', () => {
  let folder = '';
  let premiere: PremiereWindow;
  let before: SequenceView;
  let result: ClipResult;
  /** The frame number that each frame of the sequence shows, before and after. */
  const shown: { before: number[]; after: number[] } = { before: [], after: [] };
  const monitors: Awaited<ReturnType<PremiereWindow['monitor']>>[] = [];

  async function monitorAt(frame: number): Promise<void> {
    const { id } = await premiere.sequence();
    await premiere.premiere(({ user }, [sequence, ticks]) => user.movePlayhead(sequence, ticks), [
      id,
      at(frame),
    ] as const);
    monitors.push(await premiere.monitor());
  }

  /** Of the picture within the frame that Motion leaves around it. */
  function numberOf({ rgba }: (typeof monitors)[number]): number {
    const [width, height] = [(96 * SCALE) / 100, (64 * SCALE) / 100];
    const [left, top] = [POSITION[0] * WIDTH - width / 2, POSITION[1] * HEIGHT - height / 2];
    return frameNumber((x, y) => rgba[(Math.round(y + top) * WIDTH + Math.round(x + left)) * 4] ?? 0, {
      width,
      height,
    });
  }

  async function numbers(): Promise<number[]> {
    const found: number[] = [];
    for (let frame = 0; frame < END - FIRST; frame += 1) {
      await monitorAt(START + frame);
      const monitor = monitors.at(-1);
      if (monitor) found.push(numberOf(monitor));
    }
    return found;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loupe-premiere-'));
    const laid = await openClip(browser(), 'with-sound', { first: FIRST, end: END, start: START });
    premiere = laid.premiere;
    await premiere.premiere(({ user }, [sequence, clip, motion]) => user.setMotion(sequence, clip, motion), [
      laid.sequenceId,
      laid.clipId,
      { scale: SCALE, position: POSITION },
    ] as const);
    shown.before = await numbers();
    await chooseQuickModel(premiere);
    await premiere.setHandles(HANDLES);
    await premiere.chooseTarget('2x');
    before = await premiere.sequence();
    result = await remasterClip(premiere);
    shown.after = await numbers();
  });
  afterAll(async () => {
    await premiere.close();
    await rm(folder, { recursive: true });
  });

  test('lays the render over the clip, at the same start, with the same in and out, with Motion divided', async () => {
    const { videoTracks } = await premiere.sequence();
    const [original] = before.videoTracks[0]?.clips ?? [];
    const [render] = videoTracks[1]?.clips ?? [];
    expect(render).toMatchObject({ startTicks: at(START), endTicks: at(START + END - FIRST) });
    // The render begins as many frames earlier as there are handles.
    expect(render).toMatchObject({ inTicks: at(HANDLES), outTicks: at(HANDLES + END - FIRST) });
    const motion = (clip: typeof render) =>
      clip?.effects.find(({ matchName }) => matchName === 'AE.ADBE Motion')?.params;
    expect(motion(render)?.[1]?.value).toBeCloseTo(SCALE / 2, 4);
    expect(motion(render)?.[0]?.value).toEqual(motion(original)?.[0]?.value);
    expect(result.placed).toContain('Video 2');
  });

  test('leaves the original, its sound and everything else where it was', async () => {
    const now = await premiere.sequence();
    expect(plain(now.audioTracks)).toEqual(plain(before.audioTracks));
    expect(plain(now.videoTracks.slice(0, 1))).toEqual(plain(before.videoTracks.slice(0, 1)));
    expect(before.audioTracks[0]?.clips).toHaveLength(1);
  });

  test('shows the same frame at each moment, in the same place', () => {
    expect(shown.before).toEqual(Array.from({ length: END - FIRST }, (_, k) => FIRST + k));
    expect(shown.after).toEqual(shown.before);
    const half = monitors.length / 2;
    for (const [k, earlier] of monitors.slice(0, half).entries()) {
      const later = monitors[half + k];
      let sum = 0;
      let count = 0;
      for (let index = 0; index < earlier.rgba.length; index += 13) {
        sum += Math.abs((earlier.rgba[index] ?? 0) - (later?.rgba[index] ?? 0));
        count += 1;
      }
      // A shift by one pixel of the sequence gives 3 and more.
      expect(sum / count).toBeLessThan(2);
    }
  });

  test('wrote a file of every frame with handles, on the clip’s own timebase, into the bin “Remastered”', async () => {
    const file = join(folder, 'render.mov');
    await premiere.copyOut(result.path, file);
    expect(await renderFacts(file, 0)).toEqual({
      frames: END - FIRST + 2 * HANDLES,
      width: 192,
      height: 128,
      rate: 25,
      codec: 'prores',
    });
    const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(file) });
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('The render has no video.');
    const times: number[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) times.push(packet.timestamp * 25);
    for (const [k, time] of times.entries()) expect(time).toBeCloseTo(k, 6);
    expect(await input.getPrimaryAudioTrack()).toBeNull();
    input.dispose();
    expect(await binItems(premiere)).toEqual([result.path.split('/').at(-1)]);
  });

  test('is taken back and redone by Premiere’s own Undo, step by step', async () => {
    const tracks = async () => plain((await premiere.sequence()).videoTracks);
    const laid = await tracks();
    let steps = 0;
    while ((await premiere.sequence()).videoTracks[1]?.clips.length !== 0) {
      const { project } = await premiere.view();
      expect(project?.undo[0]).toContain('Remaster');
      await premiere.premiere(({ user }) => user.undo());
      steps += 1;
    }
    // Laying it, and Motion with the name: marks are set earlier, on the item in the bin.
    expect(steps).toBe(2);
    expect(await tracks()).toEqual(plain(before.videoTracks));
    for (let step = 0; step < steps; step += 1) await premiere.premiere(({ user }) => user.redo());
    expect(await tracks()).toEqual(laid);
  });

  test('Undo remaster takes the render off again; file and bin stay', async () => {
    await premiere.selectClip('with-sound.mp4');
    await premiere.press('undo-remaster');
    await premiere.panel.getByTestId('undo-remaster').waitFor({ state: 'detached' });
    const { videoTracks } = await premiere.sequence();
    expect(videoTracks.flatMap(({ clips }) => clips)).toHaveLength(1);
    expect(await binItems(premiere)).toHaveLength(1);
    expect(await premiere.premiere(({ disk }, path) => disk.exists(path), result.path)).toBe(true);
    expect(premiere.complaints).toEqual([]);
  });
});

test('A clip whose sound outlasts its picture is remastered as far as there is a picture, which is said', async () => {
  const { premiere } = await openClip(browser(), 'sound-outlasts');
  await chooseQuickModel(premiere);
  await premiere.panel.getByText('goes on for 5 frames after its picture').waitFor();
  await premiere.chooseTarget('2x');
  const { placed, problem } = await remasterClip(premiere);
  expect({ placed, problem }).toEqual({ placed: expect.stringContaining('Video 2'), problem: null });
  const { videoTracks, audioTracks } = await premiere.sequence();
  const ends = [videoTracks[0], videoTracks[1], audioTracks[0]].map((track) => track?.clips[0]?.endTicks);
  expect(ends).toEqual([at(17), at(12), at(17)]);
  expect(premiere.complaints).toEqual([]);
  await premiere.close();
});
