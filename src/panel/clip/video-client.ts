/** The video worker as the page holds it: clips are probed, looked into and remastered there. */
import { proxy, transfer, type Remote } from 'comlink';
import { moved } from '../../comlink.ts';
import type { BackendName, PictureFormat } from '../../engine/types.ts';
import { asLoupeError, LoupeError } from '../../errors.ts';
import type {
  ClipFacts,
  CodecReport,
  FramePicture,
  RemasterJob,
  RemasterProgress,
  RemasterResult,
  RemoteMedia,
  VideoWorker,
} from '../../video/types.ts';
import { uprightSize } from '../../video/upright.ts';
import { Assets } from '../engine/assets.ts';
import type { BackendReport, Engine, EngineJob } from '../engine/protocol.ts';
import { keptLine, startWorker } from '../engine/worker-line.ts';
import { openMedia, type Media, type MediaHost } from './media.ts';
import { Render, type RenderHost } from './render.ts';

export interface RemasterCall {
  /** Of the media. */
  readonly path: string;
  /** As it was opened, or taken up again with the lines of its journal. */
  readonly render: string;
  /** The render's file name without extension. */
  readonly name: string;
  readonly journal: readonly string[];
  readonly job: RemasterJob;
  readonly facts: Pick<ClipFacts, 'width' | 'height'>;
  /** Its target is the whole picture's, upright with the pixels' own shape. */
  readonly engineJob: EngineJob;
  /** What the frames that are kept were made on: the others are as well. */
  readonly backend: BackendName | undefined;
  /** Whether it is held from the beginning. */
  readonly paused: boolean;
  readonly signal: AbortSignal;
  /** What all frames run on; told when the engine's jobs before are over. */
  readonly onBackend: (backend: BackendReport) => void;
  readonly onProgress: (progress: RemasterProgress) => void;
}

/** Every call rejects with a LoupeError; `cancelled` on abort. */
export interface ClipVideo {
  probe(path: string, signal: AbortSignal): Promise<ClipFacts>;
  codecs(width: number, height: number): Promise<readonly CodecReport[]>;
  /** A frame of the source, upright with square pixels. */
  picture(path: string, job: RemasterJob, frame: number, signal: AbortSignal): Promise<FramePicture>;
  /** Writes a render that is open, and neither opens nor finishes it. When it settles, nothing is written any more. */
  remaster(call: RemasterCall): Promise<RemasterResult>;
  /** Whether the remaster under way may begin further frames. */
  pause(paused: boolean): void;
}

/** A remaster, and how the worker is told of a pause once it is at it. */
interface UnderWay {
  paused: boolean;
  tell: (paused: boolean) => void;
}

export function createVideo(host: MediaHost & RenderHost, engine: Pick<Engine, 'openClip'>): ClipVideo {
  const assets = new Assets();
  let nextId = 0;
  let underWay: UnderWay | undefined;

  const ready = keptLine(() => startWorker<VideoWorker>(assets, 'video'));

  const call = async <T>(
    signal: AbortSignal,
    ask: (worker: Remote<VideoWorker>, id: number) => Promise<T>,
  ): Promise<T> => {
    const id = nextId++;
    try {
      const { worker, crashed } = await ready();
      signal.throwIfAborted();
      const cancel = () => void worker.cancel(id);
      signal.addEventListener('abort', cancel, { once: true });
      try {
        return await Promise.race([ask(worker, id), crashed]);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    } catch (thrown) {
      throw signal.aborted ? new LoupeError('cancelled') : asLoupeError(thrown, 'video-failed');
    }
  };

  const withMedia = async <T>(path: string, use: (media: Media) => Promise<T>): Promise<T> => {
    const media = await openMedia(host, path);
    try {
      return await use(media);
    } catch (thrown) {
      throw named(thrown, path);
    } finally {
      // It is the host that is left with it, if it is still there.
      await media.close().catch(() => undefined);
    }
  };

  return {
    probe: (path, signal) =>
      withMedia(path, (media) => call(signal, (worker, id) => worker.probe(id, remote(media)))),

    codecs: (width, height) => call(new AbortController().signal, (worker) => worker.codecs(width, height)),

    picture: (path, job, frame, signal) =>
      withMedia(path, (media) => call(signal, (worker, id) => worker.picture(id, remote(media), job, frame))),

    remaster: async ({ path, job, facts, engineJob, signal, ...rest }) => {
      const run: UnderWay = { paused: rest.paused, tell: () => undefined };
      underWay = run;
      const render = new Render(host, rest.render, rest.name, rest.journal);
      try {
        return await withMedia(path, async (media) => {
          const format: PictureFormat = { ...uprightSize(facts, job.rotation), channels: 3, depth: 32 };
          const clip = await engine.openClip(engineJob, format, signal, rest.backend);
          try {
            rest.onBackend({ name: clip.backend, device: clip.device });
            return await call(signal, (worker, id) => {
              run.tell = (paused) => void worker.pause(id, paused);
              const made = worker.remaster(
                id,
                job,
                remote(media),
                proxy(render),
                transfer(clip.port, [clip.port]),
                proxy(rest.onProgress),
              );
              if (run.paused) run.tell(true);
              clip.failed.catch(() => void worker.cancel(id));
              return Promise.race([made, clip.failed]);
            });
          } finally {
            clip.close();
          }
        });
      } finally {
        if (underWay === run) underWay = undefined;
        await render.close();
      }
    },

    pause: (paused) => {
      if (!underWay) return;
      underWay.paused = paused;
      underWay.tell(paused);
    },
  };
}

/** The media as the worker calls it: what it reads moves there. */
function remote(media: Media): RemoteMedia {
  return proxy({
    size: media.size,
    read: async (start: number, end: number) => moved(await media.read(start, end)),
  });
}

/** The worker knows no names: what is the matter with the file is said of its name, and of a frame by its number. */
function named(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof LoupeError)) return thrown;
  const { code, detail } = thrown;
  if (code !== 'clip-not-media' && code !== 'clip-no-video' && code !== 'clip-truncated') return thrown;
  if (detail !== '' && !detail.startsWith('#')) return thrown;
  const name = path.split(/[/\\]/).at(-1) ?? path;
  return new LoupeError(code, detail ? `${name} ${detail}` : name, { cause: thrown });
}
