/** What each picture is enhanced with: what was asked for, and under Auto, what the picture shows. */
import { blendFor, MODELS, type Catalog, type ModelName, type Quality } from '../catalog.ts';
import { KeptBackend } from '../engine/kept-backend.ts';
import type { Backend, Tile } from '../engine/types.ts';
import { loadedFile, type LoadedBlend } from '../runtime/blend.ts';
import { nativeBackend } from '../runtime/native.ts';
import { verifyModel } from '../runtime/sha256.ts';
import { wasmNodeBackend } from '../runtime/wasm-node.ts';
import { proposeModel, type Reason } from '../subject/propose.ts';
import type { Arguments } from './arguments.ts';
import type { Treatment } from './enhance-file.ts';
import { KeptBackends } from './kept-backends.ts';
import { lookAt, regionIn, type Spooled } from './look.ts';
import { loadBlend, MODELS_FOLDER, readModelFile } from './model.ts';
import type { LoadedOwnModel } from './own-models.ts';

/** How a picture was treated, as the line about it tells. */
export interface Told {
  /** The model in effect: one of Loupe's, or `own:` and a file's name. */
  readonly model: string;
  /** Why Auto chose it; null when it was chosen by hand. */
  readonly reason: Reason | null;
  /** Null with a model of the user's own, which has one quality and one look. */
  readonly quality: Quality | null;
  readonly detail: number | null;
  readonly noise: number;
  readonly sharpness: number;
  /** Faces found by Auto; null when nobody looked. */
  readonly faces: number | null;
}

export interface ToldTreatment extends Treatment {
  readonly told: Told;
}

/** What was chosen for the whole run. */
export type Choices = Pick<Arguments, 'quality' | 'detail' | 'noise' | 'sharpness' | 'backend'> & {
  readonly model: ModelName | 'auto' | LoadedOwnModel;
};

/** Chooses for one picture after the other. Close it when done. */
export class Treatments {
  readonly #catalog: Catalog;
  readonly #choices: Choices;
  readonly #backends: KeptBackends;
  #detector: KeptBackend | undefined;

  constructor(catalog: Catalog, choices: Choices) {
    this.#catalog = catalog;
    this.#choices = choices;
    this.#backends = new KeptBackends((loaded) => this.#open(loaded));
  }

  /** @throws model-missing, model-damaged; and what the face detector's backend fails with */
  async for(picture: Spooled, signal: AbortSignal): Promise<ToldTreatment> {
    const { model } = this.#choices;
    if (model === 'auto') return this.#proposed(picture, signal);
    return typeof model === 'string' ? this.#ofModel(model, null, null) : this.#ofOwn(model);
  }

  async close(): Promise<void> {
    await this.#detector?.close();
    await this.#backends.close();
  }

  async #proposed(picture: Spooled, signal: AbortSignal): Promise<ToldTreatment> {
    const shown = await lookAt(picture);
    const { model, reason, faces } = await proposeModel(shown, (tile) => this.#detect(tile, signal));
    const treatment = await this.#ofModel(model, reason, faces.length);
    if (reason !== 'faces') return treatment;
    const regions = faces.map((face) => regionIn(picture, shown, face));
    return { ...treatment, local: { ...(await this.#network('face')), regions } };
  }

  async #ofModel(model: ModelName, reason: Reason | null, faces: number | null): Promise<ToldTreatment> {
    const { noise = this.#catalog.defaults[model].noise, sharpness } = this.#choices;
    const { quality, detail } = this.#choiceOf(model);
    return {
      ...(await this.#network(model)),
      noise,
      sharpness,
      told: { model, reason, quality, detail, noise, sharpness, faces },
    };
  }

  async #ofOwn({ id, scale, overlap, bytes }: LoadedOwnModel): Promise<ToldTreatment> {
    // As the network makes it, unless asked for otherwise: nobody measured what it does to grain.
    const { noise = 100, sharpness } = this.#choices;
    return {
      network: { scale, overlap },
      backends: [await this.#backends.get(id, () => Promise.resolve(loadedFile(bytes)))],
      noise,
      sharpness,
      told: { model: id, reason: null, quality: null, detail: null, noise, sharpness, faces: null },
    };
  }

  #choiceOf(model: ModelName) {
    const { quality = 'fast', detail = this.#catalog.defaults[model].detail } = this.#choices;
    return { model, quality, detail };
  }

  async #network(model: ModelName): Promise<Pick<Treatment, 'network' | 'backends'>> {
    const blend = blendFor(this.#catalog, this.#choiceOf(model));
    return { network: blend, backends: [await this.#backends.get(blend.id, () => loadBlend(blend))] };
  }

  async #detect(tile: Tile, signal: AbortSignal): Promise<Tile> {
    this.#detector ??= new KeptBackend(this.#open(await this.#loadDetector(), 1));
    const runner = await this.#detector.open(signal);
    try {
      return await runner.run(tile, signal);
    } finally {
      await runner.dispose();
    }
  }

  async #loadDetector(): Promise<LoadedBlend> {
    const { detector } = this.#catalog;
    const bytes = await readModelFile(MODELS_FOLDER, detector.file);
    verifyModel(bytes, detector);
    return loadedFile(bytes);
  }

  /** `workers` where the backend has any; left out, as many as there are cores. */
  #open(loaded: LoadedBlend, workers?: number): Backend {
    return this.#choices.backend === 'native' ? nativeBackend(loaded) : wasmNodeBackend(loaded, workers);
  }
}

export function isModelName(name: string): name is ModelName {
  return MODELS.some((model) => model === name);
}
