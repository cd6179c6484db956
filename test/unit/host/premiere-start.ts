/** The host over the emulated Premiere, with a clip on a timeline, as the page's calls reach it. */
import { encodeBase64 } from '../../../src/bridge/base64.ts';
import type { ClipRef } from '../../../src/bridge/premiere-calls.ts';
import type { PremiereApi } from '../../../src/bridge/protocol.ts';
import { premiereHost } from '../../../src/host/premiere/host.ts';
import { createPremiere, type PremiereOptions } from '../../../simulator/premiere/index.ts';
import { MOVIES } from './premiere-disk.ts';

export { MOVIES };
export const SECOND = 254_016_000_000n;
/** Of 25 frames a second. */
export const FRAME = SECOND / 25n;
export const frames = (count: number): string => String(BigInt(count) * FRAME);

/** What is made of a file, by its name: `wide` and what is remastered of it. */
const FACTS = {
  clip: { width: 1920, height: 1080, rate: 25, audioChannels: 2 },
  render: { width: 3840, height: 2160, rate: 25, audioChannels: 0 },
  still: { width: 400, height: 300, rate: 0, audioChannels: 0 },
};

export async function start(options: PremiereOptions = {}) {
  const premiere = createPremiere({
    probe: ({ path }) => {
      const kind = /\.(?:jpg|png)$/.test(path) ? 'still' : path.includes('4×') ? 'render' : 'clip';
      const { audioChannels, ...video } = FACTS[kind];
      return Promise.resolve({
        ...{ video: { ...video, pixelAspect: 1, codec: 'avc' }, audioChannels },
        seconds: kind === 'still' ? 0 : 10,
      });
    },
    ...options,
  });
  const { modules, simulator } = premiere;
  const { user, disk } = simulator;
  await disk.write(`${MOVIES}/clip.mp4`, Buffer.from('the clip’s bytes'));
  const itemId = must(await user.importMedia(`${MOVIES}/clip.mp4`));
  const sequenceId = user.createSequence({ name: 'Reel', width: 1920, height: 1080, rate: 25 });
  /** Frames 50 to 100 of the clip, at frame 10 of the sequence. */
  const place = (at: number, videoTrack = 0): string =>
    must(
      user.placeItem(sequenceId, itemId, {
        ...{ at: frames(at), videoTrack, audioTrack: videoTrack, inTicks: frames(50), outTicks: frames(100) },
      }),
    );
  const clipId = place(10);
  user.selectClip(sequenceId, clipId);
  const changes: number[] = [];
  const host = premiereHost({
    ppro: modules.premierepro as unknown as Parameters<typeof premiereHost>[0]['ppro'],
    ...{ fs: modules.fs, uxp: modules.uxp, words: { whyFolder: 'why' } },
    onClipChanged: () => changes.push(changes.length),
  });
  const sequence = () => must(simulator.view().project?.sequences.find(({ id }) => id === sequenceId));
  return {
    ...{
      premiere,
      modules,
      simulator,
      user,
      disk,
      host,
      itemId,
      sequenceId,
      clipId,
      place,
      changes,
      sequence,
    },
    project: () => must(simulator.view().project),
    /** The clip of that video track which begins at that frame. */
    clipAt: (track: number, frame = 10) =>
      sequence().videoTracks[track]?.clips.find(({ startTicks }) => startTicks === frames(frame)),
    /** How many clips lie on each video track, and on each audio track. */
    lanes: () =>
      [sequence().videoTracks, sequence().audioTracks].map((tracks) =>
        tracks.map(({ clips }) => clips.length),
      ),
    /** What is in the bin “Remastered”. */
    binned: () =>
      simulator
        .view()
        .project?.items.find(({ name }) => name === 'Remastered')
        ?.children?.map(({ name }) => name),
    ref: async (): Promise<ClipRef> => must((await host.activeClip({})).clip).ref,
  };
}
export type Started = Awaited<ReturnType<typeof start>>;

export function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('there is none');
  return value;
}

/** What a page asks for, but for the clip. */
export const OPENING: Omit<Parameters<PremiereApi['openRender']>[0], 'ref'> = {
  ...{ render: 'next', clipName: 'clip', folder: MOVIES, name: 'next', extension: 'mov', note: '{}' },
  settings: {
    ...{ model: 'landscape', quality: 'fast', detail: 50, noise: 100, sharpness: 0, target: '2x' },
    ...{ handles: 10, codec: 'prores', folder: null },
  },
};

type Rendering = Pick<PremiereApi, 'openRender' | 'writeRender' | 'recordRender' | 'finishRender'>;

/** A finished render of the selected clip, with ten frames before it and after it. */
export async function rendered(
  { host, ref }: { readonly host: Rendering; readonly ref: () => Promise<ClipRef> },
  given: Partial<Parameters<PremiereApi['openRender']>[0]> = {},
): Promise<string> {
  const opening = { ...OPENING, ref: await ref(), render: 'r', name: 'clip 4×', ...given };
  await host.openRender(opening);
  const { render, extension, name } = opening;
  const file = extension === 'png' || extension === 'tif' ? `${name}_000001.${extension}` : null;
  await host.writeRender({ render, file, position: 0, bytes: encodeBase64(Buffer.from('frames')) });
  await host.recordRender({ render, line: 'all' });
  return (await host.finishRender({ render })).path;
}

/** The render's frame 10 is the clip's frame 50. */
export const PLACING: Parameters<PremiereApi['placeRender']>[0] = {
  ...{ render: 'r', inTicks: frames(10), outTicks: frames(60), scaleX: 2, scaleY: 2 },
  ...{ mediaStartTicks: frames(90_040), rate: 25, name: 'clip – Landscape', undoName: 'Remaster Clip' },
};

/** With a finished render. */
export async function ready(options?: PremiereOptions) {
  const started = await start(options);
  return { ...started, path: await rendered(started) };
}

export const MOTION = 'AE.ADBE Motion';
export const OPACITY = 'AE.ADBE Opacity';
export const CROP = 'AE.ADBE AECrop';
