/**
 * What goes on beside the conversation with the user: the look into the clip's file, Auto's at its middle frame, what
 * can be encoded, what it will take, and whether the name is free. Each belongs to a state, and ends with it.
 */
import type { Catalog } from '../../catalog.ts';
import type { PremiereApi } from '../../bridge/protocol.ts';
import { asLoupeError, type LoupeError } from '../../errors.ts';
import { THUMBNAIL_SIDE } from '../../subject/propose.ts';
import { extensionOf } from '../../video/codecs.ts';
import type { ClipFacts, FramePicture } from '../../video/types.ts';
import type { Engine } from '../engine/protocol.ts';
import { costOf, qualitiesOf } from '../jobs.ts';
import { modelOf } from '../settings.ts';
import { Task } from '../task.ts';
import { shrunk, type Frames } from './frames.ts';
import { middleFrame, pictureJob, type Clip } from './plan.ts';
import { engineJob, outlineOf, sizeKey, type ClipReady, type Outline } from './ready.ts';
import type { Action, ClipState } from './state.ts';
import type { ClipVideo } from './video-client.ts';

export interface BackgroundOptions {
  readonly host: Pick<PremiereApi, 'defaultFolder' | 'freeName'>;
  readonly engine: Pick<Engine, 'propose' | 'estimate'>;
  readonly video: Pick<ClipVideo, 'probe' | 'codecs'>;
  readonly frames: Frames;
  readonly catalog: Catalog;
  readonly dispatch: (action: Action) => void;
}

/** Gives what is to be called after every change of the state. */
export function startBackground(options: BackgroundOptions): (state: ClipState) => void {
  const { host, engine, video, frames, catalog, dispatch } = options;
  const probing = new Task();
  const asking = new Task();
  const listing = new Task();
  const looking = new Task();
  const estimating = new Task();
  const naming = new Task();

  const probe = async (path: string, signal: AbortSignal): Promise<void> => {
    const found: ClipFacts | LoupeError = await video
      .probe(path, signal)
      .catch((thrown: unknown) => asLoupeError(thrown, 'video-failed'));
    if (!signal.aborted) dispatch({ type: 'probed', path, found });
  };

  const askFolder = async (signal: AbortSignal): Promise<void> => {
    const folder = await host.defaultFolder({}).then(
      (answer) => answer.folder,
      () => null,
    );
    if (!signal.aborted) dispatch({ type: 'beside-project', folder });
  };

  const listCodecs = async (width: number, height: number, signal: AbortSignal): Promise<void> => {
    const reports = await video
      .codecs(width, height)
      .catch((thrown: unknown) => asLoupeError(thrown, 'video-failed'));
    if (!signal.aborted) dispatch({ type: 'codecs', size: sizeKey({ width, height }), reports });
  };

  /** The clip's middle frame: for its card, and for Auto if that is wanted. */
  const look = async (clip: Clip, facts: ClipFacts, propose: boolean, signal: AbortSignal): Promise<void> => {
    const { path } = clip.ref;
    const stopped = (): boolean => signal.aborted;
    let small: FramePicture | undefined;
    try {
      small = shrunk(
        await frames.of(path, pictureJob(facts, clip), middleFrame(facts, clip)),
        THUMBNAIL_SIDE,
      );
    } catch {
      // The card then shows an empty frame; what cannot be decoded is said when it is remastered.
    }
    if (stopped()) return;
    dispatch({ type: 'picture', path, picture: small ?? null });
    if (!propose) return;
    const proposal = small && (await engine.propose(small, signal).catch(() => undefined));
    if (!stopped()) dispatch({ type: 'proposed', proposal });
  };

  let own: ClipState['own']['models'] = [];
  const estimate = async (view: ClipReady, outline: Outline, signal: AbortSignal): Promise<void> => {
    const { plan, footage } = outline;
    if (!plan) return;
    dispatch({ type: 'estimating' });
    const format = { ...footage.upright, channels: 3, depth: 32 } as const;
    const { quality: chosen } = view.settings;
    const others = qualitiesOf(catalog, modelOf(view.settings, view.auto)).filter((each) => each !== chosen);
    for (const quality of [chosen, ...others]) {
      const job = engineJob(view, plan.target, catalog, own, quality);
      if (!job) return;
      const found = await engine.estimate(job, format, signal).then(
        ({ ms }) => ({ kind: 'known', ms: ms * plan.frames }) as const,
        () => ({ kind: 'unknown' }) as const,
      );
      if (signal.aborted) return;
      dispatch({ type: 'estimate', quality, estimate: found });
    }
  };

  const name = async (
    { name: { base, asked } }: Outline,
    folder: string,
    extension: string,
    signal: AbortSignal,
  ) => {
    const answer = await host.freeName({ folder, base, extension }).then(
      (found) => found.name,
      (thrown: unknown) => asLoupeError(thrown, 'host-failed'),
    );
    if (!signal.aborted) dispatch({ type: 'free-name', asked, name: answer });
  };

  return (state) => {
    const { view } = state;
    own = state.own.models;
    const unknown = view.kind === 'loading' ? view.report?.clip?.ref.path : undefined;
    probing.keep(unknown, async (signal) => {
      if (unknown !== undefined) await probe(unknown, signal);
    });

    const ready = view.kind === 'ready' ? view : undefined;
    const outline = ready && outlineOf(ready);
    const clip = ready && JSON.stringify([ready.clip.ref, ready.clip.interpretation]);
    asking.keep(ready && ready.settings.folder === null ? clip : undefined, askFolder);

    const goal = outline && !outline.goal.problem ? outline.goal : undefined;
    // Another clip of the same size begins without them.
    listing.keep(goal && `${clip ?? ''} ${sizeKey(goal)}`, async (signal) => {
      if (goal) await listCodecs(goal.width, goal.height, signal);
    });

    const proposes = ready?.auto?.kind === 'proposing';
    looking.keep(ready && `${clip ?? ''} ${String(proposes)}`, async (signal) => {
      if (ready && (proposes || !ready.picture)) await look(ready.clip, ready.facts, proposes, signal);
    });

    const cost =
      ready && !proposes && outline?.plan
        ? costOf(catalog, state.own.models, ready, outline.plan.target)
        : undefined;
    const measured = cost && `${clip ?? ''} ${cost} ${String(outline?.plan?.frames)}`;
    estimating.keep(measured, async (signal) => {
      if (ready && outline) await estimate(ready, outline, signal);
    });

    const folder = outline?.folder;
    const extension = outline?.codec && extensionOf(outline.codec.codec);
    const nameable = outline && folder && extension && outline.name.state !== 'unfit' && !proposes;
    naming.keep(nameable ? `${clip ?? ''} ${outline.name.asked}` : undefined, async (signal) => {
      if (nameable) await name(outline, folder, extension, signal);
    });
  };
}
