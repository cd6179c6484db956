/** What the engine is asked to run for a layer's settings. */
import { blendFor, QUALITIES, type Blend, type Catalog, type ModelName, type Quality } from '../catalog.ts';
import type { Target } from '../size.ts';
import type { EngineJob } from './engine/protocol.ts';
import { fitBlend, type OwnModel } from './own-models.ts';
import { isOwn, modelOf, type Auto, type Model, type ModelSettings } from './settings.ts';

export interface Choices {
  readonly settings: ModelSettings;
  readonly auto: Auto | undefined;
}

/** The qualities a model comes in, fastest first; one of the user's own is what it is. */
export function qualitiesOf(catalog: Catalog, model: Model): Quality[] {
  if (isOwn(model)) return ['fast'];
  return QUALITIES.filter((quality) =>
    catalog.entries.some((entry) => entry.model === model && entry.quality === quality),
  );
}

/** What the networks of a model multiply both sides by; the rest is resampled. */
export function networkScaleOf(model: Model, own: readonly OwnModel[]): number {
  const blend = isOwn(model) ? fitBlend(own, model) : undefined;
  return blend?.scale ?? 4;
}

/** Undefined while the model is one of the user's own that is not, or not yet, known to be fit. */
export function jobOf(
  catalog: Catalog,
  own: readonly OwnModel[],
  { settings, auto }: Choices,
  target: Target,
  quality: Quality = settings.quality,
): EngineJob | undefined {
  const { detail, noise, sharpness } = settings;
  const model = modelOf(settings, auto);
  if (isOwn(model)) {
    const blend = fitBlend(own, model);
    return blend && { blend, target, noise, sharpness };
  }
  const rest = { target, noise, sharpness };
  const blend = blendFor(catalog, { model, quality, detail });
  if (settings.model !== 'auto' || auto?.kind !== 'proposed' || auto.reason !== 'faces')
    return { blend, ...rest };
  const faces = { blend: blendFor(catalog, { model: 'face', quality, detail }), regions: auto.faces };
  return { blend, faces, ...rest };
}

/** The same for choices that take the same time in every quality: shares and what is done to the result cost nothing. */
export function costOf(
  catalog: Catalog,
  own: readonly OwnModel[],
  choices: Choices,
  target: Target,
): string | undefined {
  const model = modelOf(choices.settings, choices.auto);
  const costs = qualitiesOf(catalog, model).map((quality) => {
    const job = jobOf(catalog, own, choices, target, quality);
    const area = job?.faces?.regions.reduce((sum, { width, height }) => sum + width * height, 0) ?? 0;
    return job && [job.blend.macsPerPixel, job.faces?.blend.macsPerPixel ?? 0, area].join(' ');
  });
  if (costs.includes(undefined)) return undefined;
  return [model, target.width, target.height, ...costs].join(' ');
}

/** Whether Detail makes a difference: a model may have one end only. */
export function hasEnds(catalog: Catalog, model: Model, quality: Quality): model is ModelName {
  const entry = catalog.entries.find((each) => each.model === model && each.quality === quality);
  return entry !== undefined && entry.faithful !== entry.detailed;
}

/** The two ends of Detail, on their own. */
export function endsOf(
  catalog: Catalog,
  model: ModelName,
  quality: Quality,
): { faithful: Blend; detailed: Blend } {
  return {
    faithful: blendFor(catalog, { model, quality, detail: 0 }),
    detailed: blendFor(catalog, { model, quality, detail: 100 }),
  };
}
