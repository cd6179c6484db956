/** What a run is to do for each layer: as it is set in the panel, or as a former panel had noted it. */
import type { Catalog } from '../catalog.ts';
import type { Unfinished } from '../bridge/protocol.ts';
import type { Target } from '../size.ts';
import type { Texts } from '../texts/index.ts';
import { jobOf } from './jobs.ts';
import type { OwnModel } from './own-models.ts';
import { partOf, taken, type Chosen, type Ready } from './ready.ts';
import { facesWithin } from './faces.ts';
import type { Order } from './run.ts';
import { fileOf, isOwn, modelOf, type Model } from './settings.ts';
import { notedIn } from './unfinished.ts';

/** For each of the layers that can be enhanced as they are set. */
export function ordersOf(view: Ready, catalog: Catalog, own: readonly OwnModel[], texts: Texts): Order[] {
  const part = partOf(view);
  return taken(view).map((each) => orderOf(each, part, catalog, () => own, texts));
}

/** Undefined if what was noted for one of them cannot be understood. */
export function ordersIn(
  { documentId, jobs }: Unfinished,
  catalog: Catalog,
  own: () => readonly OwnModel[],
  texts: Texts,
): Order[] | undefined {
  const orders = jobs.map(({ job, layerId, source, begins, target, rowsDone, note }): Order | undefined => {
    const noted = notedIn(note);
    if (!noted) return undefined;
    const { settings, auto, part } = noted;
    const layer = { ...noted.layer, documentId, layerId, note: null, parts: [part], refusal: undefined };
    return {
      ...orderOf({ layer, settings, auto }, part, catalog, own, texts),
      opened: { job, source, begins, target, rowsDone },
    };
  });
  const understood = orders.filter((order) => order !== undefined);
  return understood.length === orders.length ? understood : undefined;
}

function orderOf(
  chosen: Chosen,
  part: Order['part'],
  catalog: Catalog,
  own: () => readonly OwnModel[],
  texts: Texts,
): Order {
  const { layer, settings, auto } = chosen;
  return {
    layer,
    settings,
    auto,
    part,
    work: ({ source, begins, target }) => {
      const work = jobOf(catalog, own(), chosen, target);
      const { width, height } = source;
      return work && facesWithin(work, { x: begins.left, y: begins.top, width, height });
    },
    layerName: (target) => resultName(layer.name, modelOf(settings, auto), target, texts),
    opened: undefined,
  };
}

/** What the networks of a layer cost, in any unit. */
export function weightOf(chosen: Chosen, catalog: Catalog, own: readonly OwnModel[]): number {
  const { width, height } = chosen.layer;
  const any: Target = { width: 1, height: 1, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };
  return Math.max(1, width * height) * (jobOf(catalog, own, chosen, any)?.blend.macsPerPixel ?? 1);
}

/** The new layer's name: “Portrait – Face 4×”; a model of the user's own has its file's. */
function resultName(name: string, model: Model, { scaleX, scaleY }: Target, texts: Texts): string {
  const label = isOwn(model) ? fileOf(model).replace(/\.onnx$/i, '') : texts.model.names[model];
  return texts.result.layerName(name, label, Math.max(scaleX, scaleY));
}
