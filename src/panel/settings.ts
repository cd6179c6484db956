/** What is set for a layer: where the controls begin, what a change of one does to the others, what Auto comes to. */
import type { Catalog, ModelName } from '../catalog.ts';
import type { LayerSettings } from '../bridge/protocol.ts';
import type { Region, Proposal } from './engine/protocol.ts';

export type Defaults = Catalog['defaults'];
/** A model to run: one of Loupe's, or the user's own by its file. */
export type Model = Exclude<LayerSettings['model'], 'auto'>;
export type OwnModelChoice = Exclude<Model, ModelName>;

/** What is set of a model, for a layer or for a clip. */
export type ModelSettings = Pick<LayerSettings, 'model' | 'quality' | 'detail' | 'noise' | 'sharpness'>;

/** What Auto has come to for a layer. */
export type Auto =
  | {
      readonly kind: 'proposing';
      /** The model whose defaults the controls may still stand at; undefined if they were set for this layer before. */
      readonly from: Model | undefined;
    }
  | {
      readonly kind: 'proposed';
      readonly model: ModelName;
      readonly reason: Proposal['reason'];
      /** In pixels of the layer. */
      readonly faces: readonly Region[];
    }
  /** The layer could not be looked at. */
  | { readonly kind: 'failed' };

/** What Auto means where it cannot tell, and until it can. */
const FALLBACK: ModelName = 'landscape';

/** What the layers of a run have in common: it enlarges one document once. */
export type Common = Pick<LayerSettings, 'size' | 'place' | 'hideOriginal'>;

export function commonOf({ size, place, hideOriginal }: LayerSettings): Common {
  return { size, place, hideOriginal };
}

/** What is chosen for each layer alone. */
export type Own = Omit<LayerSettings, keyof Common>;

/** The settings of a layer that nothing was ever chosen for: Auto, and the size and place of the last run if there was one. */
export function firstSettings(defaults: Defaults, last: LayerSettings | null): LayerSettings {
  const common: Common = last
    ? commonOf(last)
    : { size: { kind: 'factor', factor: 4 }, place: 'document', hideOriginal: false };
  return { model: 'auto', quality: 'fast', ...common, ...defaults[FALLBACK], sharpness: 0 };
}

/** Where Auto begins with the settings of a layer: as proposing, or not at all if a model was chosen by hand. */
export function firstAuto({ model }: Pick<LayerSettings, 'model'>, remembered: boolean): Auto | undefined {
  return model === 'auto' ? { kind: 'proposing', from: remembered ? undefined : FALLBACK } : undefined;
}

/** The model that will be run. */
export function modelOf({ model }: Pick<LayerSettings, 'model'>, auto: Auto | undefined): Model {
  if (model !== 'auto') return model;
  return auto?.kind === 'proposed' ? auto.model : FALLBACK;
}

export function isOwn(model: LayerSettings['model']): model is OwnModelChoice {
  return model.startsWith('own:');
}

/** The file's name of an own model. */
export function fileOf(model: OwnModelChoice): string {
  return model.slice('own:'.length);
}

export interface ControlDefaults {
  readonly detail: number;
  readonly noise: number;
  readonly sharpness: number;
}

/** Where the controls stand for a model unless they are moved. */
export function defaultsOf(defaults: Defaults, model: Model): ControlDefaults {
  // A model of the user's own has no ends; Detail then waits where the next model most likely wants it.
  const { detail, noise } = isOwn(model)
    ? { detail: defaults[FALLBACK].detail, noise: 100 }
    : defaults[model];
  return { detail, noise, sharpness: 0 };
}

/** Detail and Noise for another model: moved to its defaults where they still stood at the former one's. */
export function forModel<S extends ModelSettings>(
  settings: S,
  defaults: Defaults,
  from: Model,
  to: Model,
): S {
  const [old, next] = [defaultsOf(defaults, from), defaultsOf(defaults, to)];
  return {
    ...settings,
    detail: settings.detail === old.detail ? next.detail : settings.detail,
    noise: settings.noise === old.noise ? next.noise : settings.noise,
  };
}

/** What stands after a change by hand. */
export function changed<S extends ModelSettings>(
  { settings, auto }: { readonly settings: S; readonly auto: Auto | undefined },
  change: Partial<S>,
  defaults: Defaults,
): { settings: S; auto: Auto | undefined } {
  const next = { ...settings, ...change };
  if (next.model === settings.model) return { settings: next, auto };
  const from = modelOf(settings, auto);
  if (next.model === 'auto') return { settings: next, auto: { kind: 'proposing', from } };
  return { settings: forModel(next, defaults, from, next.model), auto: undefined };
}

/** What stands after Auto's answer; `proposal` is undefined where the layer could not be looked at. */
export function proposed<S extends ModelSettings>(
  settings: S,
  { from }: Extract<Auto, { kind: 'proposing' }>,
  proposal: Omit<Extract<Auto, { kind: 'proposed' }>, 'kind'> | undefined,
  defaults: Defaults,
): { settings: S; auto: Auto } {
  const auto: Auto = proposal ? { kind: 'proposed', ...proposal } : { kind: 'failed' };
  return { settings: from ? forModel(settings, defaults, from, modelOf(settings, auto)) : settings, auto };
}

/** Faces found in a smaller picture of the layer, in the layer's own pixels. */
export function facesInLayer(
  faces: readonly Region[],
  picture: { readonly width: number; readonly height: number },
  layer: { readonly width: number; readonly height: number },
): Region[] {
  const [across, down] = [layer.width / picture.width, layer.height / picture.height];
  return faces.map(({ x, y, width, height }) => {
    const [left, top] = [Math.floor(x * across), Math.floor(y * down)];
    return {
      x: left,
      y: top,
      width: Math.ceil((x + width) * across) - left,
      height: Math.ceil((y + height) * down) - top,
    };
  });
}
