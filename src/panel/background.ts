/**
 * What goes on beside the conversation with the user while a layer is ready: Auto's look at it, the estimates, the
 * trial of what would be invented, and the map of it. Each belongs to a state, begins with it and ends with it.
 */
import type { Catalog, ModelName } from '../catalog.ts';
import type { HostApi } from '../bridge/protocol.ts';
import { bridgeSource } from '../bridge/rows.ts';
import { asLoupeError } from '../errors.ts';
import { damageIn } from '../subject/damage.ts';
import { THUMBNAIL_SIDE } from '../subject/propose.ts';
import type { Engine, RemoteSource } from './engine/protocol.ts';
import { placesToTry, together, type Tried } from './honesty.ts';
import { costOf, endsOf, hasEnds, jobOf, qualitiesOf } from './jobs.ts';
import { pixelsOf, type Pixels } from './pixels.ts';
import type { Ready } from './ready.ts';
import { facesInLayer, isOwn, modelOf } from './settings.ts';
import type { Target } from './target.ts';
import { isOf, type Action, type PanelState } from './state.ts';
import { Task } from './task.ts';

export interface BackgroundOptions {
  readonly host: HostApi;
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly now: () => number;
  /** Milliseconds without anything happening after which a layer is tried. */
  readonly idleMs: number;
  readonly dispatch: (action: Action) => void;
}

/** Gives what is to be called after every change of the state. */
export function startBackground(options: BackgroundOptions): (state: PanelState) => void {
  const { host, engine, catalog, now, idleMs, dispatch } = options;
  const proposing = new Task();
  const estimating = new Task();
  const trying = new Task();
  const mapping = new Task();

  /** The whole layer, as Auto looks at it and the map lies over it. */
  const look = async ({ documentId, layerId }: Target): Promise<Pixels> =>
    pixelsOf(await host.thumbnail({ documentId, layerId, side: THUMBNAIL_SIDE }));

  const propose = async (target: Target, signal: AbortSignal): Promise<void> => {
    let proposal: Extract<Action, { type: 'proposed' }>['proposal'];
    try {
      const picture = await look(target);
      if (signal.aborted) return;
      const { model, reason, faces } = await engine.propose(picture, signal);
      proposal = { model, reason, faces: facesInLayer(faces, picture, target) };
    } catch {
      // Auto is then the model that most layers want, and says so.
    }
    if (!signal.aborted) dispatch({ type: 'proposed', proposal });
  };

  /** What the estimates in the state were made for, or begun. */
  let estimatedFor: string | undefined;
  const estimate = async (
    about: string,
    view: Ready,
    own: PanelState['own'],
    signal: AbortSignal,
  ): Promise<void> => {
    const again = about === estimatedFor;
    estimatedFor = about;
    if (!again) dispatch({ type: 'estimating' });
    const { target, settings } = view;
    // How a layer's samples are laid out is known when it is read; it hardly changes the time.
    const format = { width: target.width, height: target.height, channels: 4, depth: 8 } as const;
    // The chosen one first: its time is waited for.
    const { quality: chosen } = settings;
    const others = qualitiesOf(catalog, modelOf(settings, view.auto)).filter((each) => each !== chosen);
    for (const quality of [chosen, ...others]) {
      const job = jobOf(catalog, own.models, view, quality);
      if (!job) return;
      if (again && view.estimates[quality].kind === 'known') continue;
      const found = await engine.estimate(job, format, signal).then(
        ({ ms }) => ({ kind: 'known', ms }) as const,
        // What is wrong is said when the model is needed; until then the layer can be looked at.
        () => ({ kind: 'unknown' }) as const,
      );
      if (signal.aborted) return;
      dispatch({ type: 'estimate', quality, estimate: found });
    }
  };

  const tryPlaces = async (
    target: Target,
    model: ModelName,
    thumbnail: Pixels,
    signal: AbortSignal,
  ): Promise<void> => {
    const tried: Tried[] = [];
    try {
      await pause(idleMs, signal);
      for (const { x, y, width, height } of placesToTry(thumbnail, target)) {
        const { documentId, layerId } = target;
        const at = { left: target.left + x, top: target.top + y, width, height };
        const picture = pixelsOf(await host.region({ documentId, layerId, ...at }));
        signal.throwIfAborted();
        // The fast ends, at either quality: whether the layer says enough is its own affair, and this runs unasked.
        const ends = endsOf(catalog, model, 'fast');
        const { share } = await engine.compareEnds(
          ends,
          () => sourceOf(picture),
          signal,
          () => undefined,
        );
        tried.push({ share, damage: damageIn(picture) });
      }
    } catch {
      // What has been tried until then must do.
    }
    if (!signal.aborted) dispatch({ type: 'invented', tried: together(tried) ?? null });
  };

  const makeMap = async ({ target, settings, auto }: Ready, signal: AbortSignal): Promise<void> => {
    const { documentId, layerId } = target;
    const model = modelOf(settings, auto);
    if (isOwn(model)) return;
    const job = `map-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    try {
      const picture = await look(target).catch(() => undefined);
      signal.throwIfAborted();
      const { source: format } = await host.openJob({ documentId, layerId, scale: settings.scale, job });
      signal.throwIfAborted();
      const map = await engine.compareEnds(
        endsOf(catalog, model, settings.quality),
        () => bridgeSource(host, job, format),
        signal,
        (fraction, remainingMs) => {
          if (!signal.aborted) dispatch({ type: 'map-progress', fraction, remainingMs, at: now() });
        },
      );
      if (!signal.aborted) dispatch({ type: 'map-made', map, picture });
    } catch (thrown) {
      if (!signal.aborted) dispatch({ type: 'map-failed', error: asLoupeError(thrown, 'backend-failed') });
    } finally {
      await host.discard({ job }).catch(() => undefined);
    }
  };

  return ({ view, own, thumbnail }) => {
    const at = view.kind === 'ready' ? view : undefined;
    const about =
      at && [at.target.documentId, at.target.layerId, at.target.width, at.target.height].join(' ');
    const looks = at?.auto?.kind === 'proposing';
    proposing.keep(looks ? about : undefined, async (signal) => {
      if (at) await propose(at.target, signal);
    });

    // Until Auto has proposed, nobody knows what to measure; and a map that is waited for goes first.
    const making = at?.map?.kind === 'making';
    const cost = at && !looks && !making ? costOf(catalog, own.models, at) : undefined;
    const measures = cost && `${about ?? ''} ${cost}`;
    estimating.keep(measures, async (signal) => {
      if (at && measures) await estimate(measures, at, own, signal);
    });

    const model = at && modelOf(at.settings, at.auto);
    const compared = model && hasEnds(catalog, model, 'fast') ? model : undefined;
    const shown = thumbnail && at && isOf(thumbnail, at.target) ? thumbnail.pixels : undefined;
    const quiet =
      at &&
      compared &&
      !looks &&
      !at.map &&
      at.invented === undefined &&
      qualitiesOf(catalog, compared).every((quality) => at.estimates[quality].kind !== 'measuring');
    // Whatever is set meanwhile begins the waiting anew.
    const asSet = `${about ?? ''} ${JSON.stringify(at?.settings)}`;
    trying.keep(quiet && shown ? asSet : undefined, async (signal) => {
      if (at && compared && shown) await tryPlaces(at.target, compared, shown, signal);
    });

    mapping.keep(making ? about : undefined, async (signal) => {
      if (at) await makeMap(at, signal);
    });
  };
}

/** Resolves after a while, or rejects on abort. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('aborted', 'AbortError'));
    });
  });
}

/** A small picture as rows. */
function sourceOf({ width, height, rgba }: Pixels): RemoteSource {
  let next = 0;
  return {
    format: { width, height, channels: 4, depth: 8 },
    read(rows) {
      const from = next;
      next += rows * width * 4;
      return Promise.resolve(new Uint8Array(rgba.slice(from, next).buffer));
    },
  };
}
