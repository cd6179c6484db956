/** One run of the panel: select the layer, choose model and scale, press Enhance, wait. */
import { leaves, type PhotoshopWindow } from './window.ts';

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
  const name = layer ?? (await topmostWithPixels(window));
  await select(window, name);
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

/** Clicks the layer's row and waits until the panel speaks of it. Rejects with the names there are. */
async function select(window: PhotoshopWindow, name: string): Promise<void> {
  const all = leaves((await window.activeDocument()).layers).map(({ layer }) => layer.name);
  if (!(await window.selectLayer(name))) {
    throw new Error(
      `There is no layer “${name}”. The document has: ${all.map((each) => `“${each}”`).join(', ')}.`,
    );
  }
  await window.waitForLayer(name);
}

/** Rejects with the panel's reason if it refuses the layer. */
async function ready(window: PhotoshopWindow): Promise<void> {
  const state = await window.waitForState(['ready', 'refused', 'empty', 'failed']);
  if (state !== 'ready') throw new Error(await window.message());
}

async function topmostWithPixels(window: PhotoshopWindow): Promise<string> {
  const { id: documentId, layers } = await window.activeDocument();
  for (const { layer, shown } of leaves(layers)) {
    if (shown && (await window.hasPixels(documentId, layer.id))) return layer.name;
  }
  throw new Error('No visible layer of the document has pixels.');
}
