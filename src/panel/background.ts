/**
 * What goes on beside the conversation with the user while a layer is ready: Auto's look at it, the estimates, the
 * trial of what would be invented, and the map of it. Each belongs to a state, begins with it and ends with it.
 */
import type { Catalog, ModelName } from '../catalog.ts';
import type { PhotoshopApi } from '../bridge/protocol.ts';
import { bridgeSource } from '../bridge/rows.ts';
import { asLoupeError } from '../errors.ts';
import { damageIn } from '../subject/damage.ts';
import { THUMBNAIL_SIDE } from '../subject/propose.ts';
import type { Engine } from './engine/protocol.ts';
import { placesToTry, together, type Tried } from './honesty.ts';
import { costOf, endsOf, hasEnds, jobOf, qualitiesOf } from './jobs.ts';
import { pixelsOf, rowsOf, type Pixels } from './pixels.ts';
import { isOf, type ShownDocument, type ShownLayer } from './layer.ts';
import { openItem, partOf, taken, type Item } from './ready.ts';
import { facesInLayer, isOwn, modelOf } from './settings.ts';
import { enlarged } from './sizes.ts';
import type { Action, PanelState } from './state.ts';
import { Task } from './task.ts';

export interface BackgroundOptions {
  readonly host: Omit<PhotoshopApi, 'hello'>;
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
  const look = async ({ documentId, layerId }: ShownLayer): Promise<Pixels> =>
    pixelsOf(await host.thumbnail({ documentId, layerId, side: THUMBNAIL_SIDE }));

  const propose = async (layer: ShownLayer, signal: AbortSignal): Promise<void> => {
    let proposal: Extract<Action, { type: 'proposed' }>['proposal'];
    try {
      const picture = await look(layer);
      if (signal.aborted) return;
      const { model, reason, faces } = await engine.propose(picture, signal);
      proposal = { model, reason, faces: facesInLayer(faces, picture, layer) };
    } catch {
      // Auto is then the model that most layers want, and says so.
    }
    if (!signal.aborted) dispatch({ type: 'proposed', layerId: layer.layerId, proposal });
  };

  /** What the estimates in the state were made for, or begun, by layer. */
  const estimatedFor = new Map<number, string>();
  const estimate = async (
    { item, about, cost }: Measured,
    document: ShownDocument,
    own: PanelState['own'],
    chosenOnly: boolean,
    signal: AbortSignal,
  ): Promise<void> => {
    const { layer, settings, auto, estimates } = item;
    const { layerId } = layer;
    const again = estimatedFor.get(layerId) === about + cost;
    estimatedFor.set(layerId, about + cost);
    if (!again) dispatch({ type: 'estimating', layerId });
    // How a layer's samples are laid out is known when it is read; it hardly changes the time.
    const format = { width: layer.width, height: layer.height, channels: 4, depth: 8 } as const;
    const { target } = enlarged(document, layer, settings);
    // The chosen one first: its time is waited for.
    const { quality: chosen } = settings;
    const others = qualitiesOf(catalog, modelOf(settings, auto)).filter((each) => each !== chosen);
    for (const quality of chosenOnly ? [chosen] : [chosen, ...others]) {
      const job = jobOf(catalog, own.models, item, target, quality);
      if (!job) return;
      if (again && estimates[quality].kind === 'known') continue;
      const found = await engine.estimate(job, format, signal).then(
        ({ ms }) => ({ kind: 'known', ms }) as const,
        // What is wrong is said when the model is needed; until then the layer can be looked at.
        () => ({ kind: 'unknown' }) as const,
      );
      if (signal.aborted) return;
      dispatch({ type: 'estimate', layerId, quality, estimate: found });
    }
  };

  const tryPlaces = async (
    layer: ShownLayer,
    model: ModelName,
    thumbnail: Pixels,
    signal: AbortSignal,
  ): Promise<void> => {
    const tried: Tried[] = [];
    try {
      await pause(idleMs, signal);
      for (const { x, y, width, height } of placesToTry(thumbnail, layer)) {
        const { documentId, layerId } = layer;
        const at = { left: layer.left + x, top: layer.top + y, width, height };
        const picture = pixelsOf(await host.region({ documentId, layerId, ...at }));
        signal.throwIfAborted();
        // The fast ends, at either quality: whether the layer says enough is its own affair, and this runs unasked.
        const ends = endsOf(catalog, model, 'fast');
        const { share } = await engine.compareEnds(
          ends,
          () => rowsOf(picture),
          signal,
          () => undefined,
        );
        tried.push({ share, damage: damageIn(picture) });
      }
    } catch {
      // What has been tried until then must do.
    }
    if (!signal.aborted) {
      dispatch({ type: 'invented', layerId: layer.layerId, tried: together(tried) ?? null });
    }
  };

  const makeMap = async ({ layer, settings, auto }: Item, signal: AbortSignal): Promise<void> => {
    const { documentId, layerId } = layer;
    const model = modelOf(settings, auto);
    if (isOwn(model)) return;
    const job = `map-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    try {
      const picture = await look(layer).catch(() => undefined);
      signal.throwIfAborted();
      const { source: format } = await host.openJob({
        documentId,
        layerId,
        settings,
        part: 'layer',
        job,
        note: '',
      });
      signal.throwIfAborted();
      const map = await engine.compareEnds(
        endsOf(catalog, model, settings.quality),
        () => bridgeSource(host, job, format),
        signal,
        (fraction, remainingMs) => {
          if (!signal.aborted) dispatch({ type: 'map-progress', layerId, fraction, remainingMs, at: now() });
        },
      );
      if (!signal.aborted) dispatch({ type: 'map-made', layerId, map, picture });
    } catch (thrown) {
      if (!signal.aborted) {
        dispatch({ type: 'map-failed', layerId, error: asLoupeError(thrown, 'backend-failed') });
      }
    } finally {
      await host.discard({ job }).catch(() => undefined);
    }
  };

  return ({ view, own, thumbnail }) => {
    const at = view.kind === 'ready' ? view : undefined;
    const items = at ? taken(at) : [];
    const shown = at && openItem(at);

    // One layer after the other; the one whose settings are shown first.
    const inOrder =
      shown && items.includes(shown) ? [shown, ...items.filter((each) => each !== shown)] : items;
    const looked = inOrder.find(({ auto }) => auto?.kind === 'proposing');
    proposing.keep(looked && aboutOf(looked), async (signal) => {
      if (looked) await propose(looked.layer, signal);
    });

    // Until Auto has proposed, nobody knows what to measure; and a map that is waited for goes first.
    const making = shown?.map?.kind === 'making';
    const measured = at && !making ? inOrder.flatMap((item) => measuredIn(at.document, item, own)) : [];
    const measures = looked ? '' : measured.map(({ about, cost }) => `${about} ${cost}`).join();
    estimating.keep(measures || undefined, async (signal) => {
      for (const each of measured) {
        if (at && !signal.aborted) await estimate(each, at.document, own, each.item !== shown, signal);
      }
    });

    const model = shown && modelOf(shown.settings, shown.auto);
    const compared = model && hasEnds(catalog, model, 'fast') ? model : undefined;
    const picture = thumbnail && shown && isOf(thumbnail, shown.layer) ? thumbnail.pixels : undefined;
    const quiet =
      shown &&
      compared &&
      !looked &&
      !shown.map &&
      shown.invented === undefined &&
      qualitiesOf(catalog, compared).every((quality) => shown.estimates[quality].kind !== 'measuring');
    // Whatever is set meanwhile begins the waiting anew.
    const asSet = shown && `${aboutOf(shown)} ${JSON.stringify(shown.settings)} ${partOf(at)}`;
    trying.keep(quiet && picture ? asSet : undefined, async (signal) => {
      if (shown && compared && picture) await tryPlaces(shown.layer, compared, picture, signal);
    });

    mapping.keep(making ? aboutOf(shown) : undefined, async (signal) => {
      if (making) await makeMap(shown, signal);
    });
  };

  /** A layer, if it is known what is to be run for it. */
  function measuredIn(document: ShownDocument, item: Item, own: PanelState['own']): Measured[] {
    if (item.auto?.kind === 'proposing') return [];
    const { target } = enlarged(document, item.layer, item.settings);
    const cost = costOf(catalog, own.models, item, target);
    return cost === undefined ? [] : [{ item, about: aboutOf(item), cost }];
  }
}

/** A layer whose time is measured, with what the measuring depends on. */
interface Measured {
  readonly item: Item;
  readonly about: string;
  readonly cost: string;
}

/** The same for the same picture. */
function aboutOf({ layer }: Item): string {
  return [layer.documentId, layer.layerId, layer.width, layer.height].join(' ');
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
