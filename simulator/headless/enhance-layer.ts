/** One run of the panel: select the layer, choose model and scale, press Enhance, wait. */
import type { LayerView } from '../photoshop/index.ts';
import { allLayers, leaves, type PhotoshopWindow } from './window.ts';

export interface LayerJob {
  /** By name, the topmost of several; without it the topmost visible layer that has pixels. */
  readonly layer?: string;
  readonly model: 'face' | 'landscape' | 'art';
  readonly scale: 2 | 3 | 4;
}

export interface LayerResult {
  readonly layer: string;
  readonly newLayer: string;
  /** Pixels of the new layer. */
  readonly width: number;
  readonly height: number;
  readonly model: string;
  readonly scale: number;
  readonly backend: 'webgpu' | 'wasm';
  /** From pressing Enhance until the panel said that the layer was there. */
  readonly ms: number;
}

/** Rejects with the panel's own message if it refuses or fails. `say` gets a line for each step of progress. */
export async function enhanceLayer(
  window: PhotoshopWindow,
  { layer, model, scale }: LayerJob,
  say: (line: string) => void,
): Promise<LayerResult> {
  const { id, name } = await find(window, layer);
  await window.selectLayer(id);
  await window.waitForLayer(name);
  await ready(window);
  await window.choose(model, scale);
  await ready(window);

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
    scale,
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
