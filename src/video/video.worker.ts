/** The video worker of the page: a classic script started from a blob URL. Clips are decoded and encoded here. */
import { expose, proxy, releaseProxy, transfer, wrap, type Remote } from 'comlink';
import { moved } from '../comlink.ts';
import { LoupeError } from '../errors.ts';
import { Clip } from './clip.ts';
import { codecReports, outFormat } from './codecs.ts';
import { Flicker } from './flicker.ts';
import { rgbaOf } from './picture.ts';
import type { Planes } from './planes.ts';
import { Pauses, remaster } from './remaster.ts';
import { openRenderOutput } from './segments.ts';
import { Steady } from './steady.ts';
import type {
  ColourTags,
  FrameEngine,
  FramePicture,
  RemoteMedia,
  RemoteRender,
  VideoWorker,
} from './types.ts';
import { squareSize } from './upright.ts';
import { WorkShares } from './work-shares.ts';

/** The longer side of the picture that is shown while a clip is remastered. */
const SHOWN_SIDE = 480;

interface Call {
  readonly controller: AbortController;
  readonly pauses: Pauses;
}
const calls = new Map<number, Call>();

/** Runs a call under its id, so that the page can pause and cancel it. */
async function underId<T>(id: number, run: (signal: AbortSignal, pauses: Pauses) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const pauses = new Pauses();
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(new LoupeError('cancelled')));
  });
  calls.set(id, { controller, pauses });
  try {
    return await Promise.race([run(controller.signal, pauses), aborted]);
  } finally {
    calls.delete(id);
  }
}

async function withClip<T>(
  media: RemoteMedia,
  shares: WorkShares,
  use: (clip: Clip) => Promise<T>,
): Promise<T> {
  const remote = remoteOf(media);
  let clip: Clip | undefined;
  try {
    const size = await remote.size;
    clip = await Clip.open(shares.media({ size, read: (start, end) => remote.read(start, end) }));
    return await use(clip);
  } finally {
    clip?.close();
    remote[releaseProxy]();
  }
}

/** What Comlink has handed over as a proxy. */
function remoteOf<T>(value: T): Remote<T> {
  return value as unknown as Remote<T>;
}

/** The engine over its port: a frame's rows are read and written from there. */
function engineOver(engine: Remote<FrameEngine>): FrameEngine {
  return {
    enhance: (source, sink) =>
      engine.enhance(
        proxy({ format: source.format, read: async (rows) => moved(await source.read(rows)) }),
        proxy({ open: sink.open.bind(sink), write: sink.write.bind(sink) }),
      ),
  };
}

async function renderOver(render: Remote<RemoteRender>): Promise<RemoteRender> {
  return {
    name: await render.name,
    journal: await render.journal,
    write: (file, position, bytes) => render.write(file, position, moved(bytes)),
    record: (line) => render.record(line),
  };
}

function shownOf(picture: Planes, colour: ColourTags): FramePicture {
  const scale = Math.min(1, SHOWN_SIDE / Math.max(picture.width, picture.height));
  const side = (pixels: number) => Math.max(1, Math.round(scale * pixels));
  return rgbaOf(picture, colour, side(picture.width), side(picture.height));
}

function sent(picture: FramePicture): FramePicture {
  return transfer(picture, [picture.rgba.buffer]);
}

const api: VideoWorker = {
  probe: (id, media) => underId(id, () => withClip(media, new WorkShares(), (clip) => clip.facts())),

  codecs: codecReports,

  picture: (id, media, job, frame) =>
    underId(id, (signal) =>
      withClip(media, new WorkShares(), async (clip) => {
        const frames = clip.frames({ ...job, first: frame, end: frame + 1 }, frame, signal);
        const { value } = await frames.next();
        await frames.return(undefined);
        if (!value) throw new LoupeError('clip-truncated', `#${frame}`);
        const turned = job.rotation === 90 || job.rotation === 270;
        const { width, height } = value;
        const coded = turned ? { width: height, height: width } : { width, height };
        const shown = squareSize(coded, job.pixelAspect, job.rotation);
        return sent(rgbaOf(value, job.colour, shown.width, shown.height));
      }),
    ),

  remaster: (id, job, media, render, engine, onProgress) =>
    underId(id, async (signal, pauses) => {
      const shares = new WorkShares();
      const remoteRender = remoteOf(render);
      const remoteEngine = wrap<FrameEngine>(engine);
      const remoteProgress = remoteOf(onProgress);
      try {
        return await withClip(media, shares, async (clip) => {
          const output = await openRenderOutput(job, shares.render(await renderOver(remoteRender)));
          try {
            const { colour } = outFormat(job);
            const colours = { source: job.colour, render: colour };
            const steady = new Steady(colours);
            const flicker = new Flicker(colours);
            return await remaster(
              job,
              {
                frames: (from, stop) => shares.decode(clip.frames(job, from, stop)),
                engine: shares.engine(engineOver(remoteEngine)),
                steady: (source, enhanced) => shares.steady(() => steady.next(source, enhanced)),
                flicker: {
                  add: (source, picture) => shares.steady(() => flicker.add(source, picture)),
                  get ratio() {
                    return flicker.ratio;
                  },
                },
                output,
                shown: (picture) => shownOf(picture, colour),
                encoding: (run) => shares.encode(run),
                shares: () => shares.shares(),
              },
              { pauses, signal, onProgress: (progress) => void remoteProgress(progress) },
            );
          } finally {
            output.close();
          }
        });
      } finally {
        remoteRender[releaseProxy]();
        remoteEngine[releaseProxy]();
        remoteProgress[releaseProxy]();
      }
    }),

  pause: (id, paused) => calls.get(id)?.pauses.set(paused),

  cancel: (id) => calls.get(id)?.controller.abort(),
};

expose(api);
