/** One run of the panel: select the layer, set its controls, press Enhance, wait. */
import type { LayerView } from '../photoshop/index.ts';
import { allLayers, leaves, type ModelChoice, type PhotoshopWindow, type SliderName } from './window.ts';

const SLIDERS = ['detail', 'noise', 'sharpness'] as const satisfies readonly SliderName[];

/** Controls that are left out stay as the panel has them. */
export interface LayerJob extends Partial<Record<SliderName, number>> {
  /** By name, the topmost of several; without it the topmost visible layer that has pixels. */
  readonly layer?: string;
  readonly model: ModelChoice;
  readonly quality?: 'fast' | 'best';
  readonly scale: 2 | 3 | 4;
}

export interface LayerResult extends Readonly<Record<SliderName, number | null>> {
  readonly layer: string;
  readonly newLayer: string;
  /** Pixels of the new layer. */
  readonly width: number;
  readonly height: number;
  readonly model: ModelChoice;
  /** What Auto chose and why, in the panel's words; null when the model was chosen by hand. */
  readonly why: string | null;
  /** Null, as the sliders are, where the model has no such choice. */
  readonly quality: string | null;
  readonly scale: number;
  readonly backend: 'webgpu' | 'wasm';
  /** From pressing Enhance until the panel said that the layer was there. */
  readonly ms: number;
}

/** Rejects with the panel's own message if it refuses or fails. `say` gets a line for each step of progress. */
export async function enhanceLayer(
  window: PhotoshopWindow,
  job: LayerJob,
  say: (line: string) => void,
): Promise<LayerResult> {
  const { layer, model, quality, scale } = job;
  const { id, name } = await find(window, layer);
  await window.selectLayer(id);
  await window.waitForLayer(name);
  await ready(window);
  await window.choose(model, scale);
  await ready(window);
  await window.waitForEnhance();
  if (quality !== undefined) await window.chooseQuality(quality);
  for (const slider of SLIDERS) {
    const percent = job[slider];
    if (percent !== undefined) await window.move(slider, percent);
  }
  const why = model === 'auto' ? await window.modelWords() : null;
  const set = {
    quality: await window.quality(),
    detail: await window.slider('detail'),
    noise: await window.slider('noise'),
    sharpness: await window.slider('sharpness'),
  };

  const start = performance.now();
  await window.pressEnhance();
  await window.waitForState(['working', 'done', 'failed']);
  let said: string | undefined;
  const working = setInterval(() => {
    void window.progress().then((line) => {
      if (line !== undefined && line !== said) say(line);
      said = line ?? said;
    });
  }, 1000);
  // However large the layer: the panel itself says when something fails.
  const state = await window.waitForState(['done', 'failed'], 0).finally(() => clearInterval(working));
  const ms = Math.round(performance.now() - start);
  const message = await window.message();
  if (state === 'failed') throw new Error(message);

  const document = await window.activeDocument();
  const made = leaves(document.layers).find(({ layer: { id } }) =>
    document.activeLayerIds.includes(id),
  )?.layer;
  if (!made) throw new Error(`The panel said “${message}”, but no layer is selected.`);
  return {
    layer: name,
    newLayer: made.name,
    width: made.bounds.right - made.bounds.left,
    height: made.bounds.bottom - made.bounds.top,
    model,
    why,
    scale,
    ...set,
    backend: (await window.backend()).startsWith('GPU') ? 'webgpu' : 'wasm',
    ms,
  };
}

/** The layer of that name; else the topmost visible one with pixels, or for the panel to refuse, the topmost. */
async function find(window: PhotoshopWindow, name: string | undefined): Promise<LayerView> {
  const { id: documentId, layers } = await window.activeDocument();
  const all = leaves(layers);
  if (name !== undefined) {
    const named = allLayers(layers).find((layer) => layer.name === name);
    if (named) return named;
    const names = all.map(({ layer }) => `“${layer.name}”`).join(', ');
    throw new Error(`There is no layer “${name}”. The document has: ${names}.`);
  }
  for (const { layer, shown } of all) {
    if (shown && (await window.hasPixels(documentId, layer.id))) return layer;
  }
  const [topmost] = all;
  if (!topmost) throw new Error('The document has no layers.');
  return topmost.layer;
}

/** Rejects with the panel's reason if it refuses the layer. */
async function ready(window: PhotoshopWindow): Promise<void> {
  const state = await window.waitForState(['ready', 'refused', 'empty', 'failed']);
  if (state !== 'ready') throw new Error(await window.message());
}
