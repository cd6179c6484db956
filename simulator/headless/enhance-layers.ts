/** One run of the panel: select the layers, set the controls, press Enhance or choose the command, wait. */
import type { LayerView } from '../photoshop/index.ts';
import {
  choosePart,
  choosePlace,
  chooseSize,
  hideOriginal,
  openRow,
  rows,
  type PartChoice,
  type PlaceChoice,
  type SizeChoice,
} from './controls.ts';
import {
  allLayers,
  leaves,
  type CommandName,
  type ModelChoice,
  type PhotoshopWindow,
  type SliderName,
} from './window.ts';

const SLIDERS = ['detail', 'noise', 'sharpness'] as const satisfies readonly SliderName[];

/** Controls that are left out stay as the panel has them. */
export interface Run extends Partial<Record<SliderName, number>> {
  /** By name, the topmost of several of one name; if none, the topmost visible layer that has pixels. */
  readonly layers: readonly string[];
  readonly model: ModelChoice;
  readonly quality?: 'fast' | 'best';
  readonly size: SizeChoice;
  readonly place?: PlaceChoice;
  readonly part?: PartChoice;
  readonly hideOriginal?: boolean;
  /** The plugin's command that starts it instead of the button. With `enhance-again` no control is touched. */
  readonly command?: CommandName;
}

export interface LayerResult extends Readonly<Record<SliderName, number | null>> {
  readonly layer: string;
  /** Null if it failed. */
  readonly newLayer: string | null;
  /** What the new layer covers in its document, in pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** Why it failed, in the panel's words. */
  readonly problem: string | null;
  readonly model: ModelChoice;
  /** What Auto chose and why, in the panel's words; null when the model was chosen by hand. */
  readonly why: string | null;
  /** Null, as the sliders are, where the model has no such choice, and where the last settings were taken. */
  readonly quality: string | null;
  /** What was asked for; the factor where that was it. */
  readonly scale: number | SizeChoice;
  readonly place: PlaceChoice;
  readonly part: PartChoice;
  readonly backend: 'webgpu' | 'wasm';
  /** From pressing Enhance until the panel said that the run was over. */
  readonly ms: number;
}

type Settings = Pick<LayerResult, 'why' | 'quality' | SliderName>;

/**
 * A result a layer, in the order of the panel. Rejects with the panel's own message if it refuses, or if nothing came of
 * the run. `say` gets a line for each step of progress.
 */
export async function enhanceLayers(
  window: PhotoshopWindow,
  run: Run,
  say: (line: string) => void,
): Promise<LayerResult[]> {
  const found = await find(window, run.layers);
  const topmost = found[0];
  await window.selectLayers(found.map(({ id }) => id));
  if (found.length === 1 && topmost) await window.waitForLayer(topmost.name);
  else
    await window.panel
      .getByTestId('row')
      .nth(found.length - 1)
      .waitFor();
  await ready(window);
  const settings = run.command === 'enhance-again' ? [] : await set(window, run, found);

  const before = await madeLayers(window, new Set());
  const start = performance.now();
  if (run.command) await window.command(run.command);
  else await window.pressEnhance();
  await finish(window, say);
  const ms = Math.round(performance.now() - start);

  const made = await madeLayers(window, new Set(before.map(({ key }) => key)));
  const states = await rows(window);
  const common = {
    model: run.model,
    scale: run.size.kind === 'factor' ? run.size.factor : run.size,
    place: run.place ?? 'document',
    part: run.part ?? 'layer',
    backend: (await window.backend()).startsWith('GPU') ? ('webgpu' as const) : ('wasm' as const),
    ms,
  };
  return found.map(({ id, name }, index) => {
    const at = made.findIndex(({ layer }) => layer.name.startsWith(`${name} – `));
    const [result] = at < 0 ? [] : made.splice(at, 1);
    return {
      layer: name,
      newLayer: result?.layer.name ?? null,
      width: result ? result.layer.bounds.right - result.layer.bounds.left : null,
      height: result ? result.layer.bounds.bottom - result.layer.bounds.top : null,
      problem: result
        ? null
        : (states.find(({ layerId }) => layerId === id)?.problem ?? 'No layer was made.'),
      ...(settings[index] ?? NOTHING_SET),
      ...common,
    };
  });
}

const NOTHING_SET: Settings = { why: null, quality: null, detail: null, noise: null, sharpness: null };

/** Sets the controls, those of each layer within its row, and gives what they then were. */
async function set(window: PhotoshopWindow, run: Run, layers: readonly LayerView[]): Promise<Settings[]> {
  if (run.place) await choosePlace(window, run.place);
  if (run.part) await choosePart(window, run.part);
  await chooseSize(window, run.size);
  if (run.hideOriginal !== undefined) await hideOriginal(window, run.hideOriginal);
  const settings: Settings[] = [];
  for (const { name } of layers) {
    if (layers.length > 1) await openRow(window, name);
    await window.chooseModel(run.model);
    await ready(window);
    await window.waitForEnhance();
    if (run.quality !== undefined) await window.chooseQuality(run.quality);
    for (const slider of SLIDERS) {
      const percent = run[slider];
      if (percent !== undefined) await window.move(slider, percent);
    }
    settings.push({
      why: run.model === 'auto' ? await window.modelWords() : null,
      quality: await window.quality(),
      detail: await window.slider('detail'),
      noise: await window.slider('noise'),
      sharpness: await window.slider('sharpness'),
    });
  }
  return settings;
}

/** Waits for the end of a run that has been started. Rejects with the panel's message if it failed. */
export async function finish(window: PhotoshopWindow, say: (line: string) => void): Promise<void> {
  await window.waitForState(['working', 'done', 'failed']);
  let said: string | undefined;
  const working = setInterval(() => {
    void window.progress().then((line) => {
      if (line !== undefined && line !== said) say(line);
      said = line ?? said;
    });
  }, 1000);
  // However large the layers: the panel itself says when something fails.
  const state = await window.waitForState(['done', 'failed'], 0).finally(() => clearInterval(working));
  if (state === 'failed') throw new Error(await window.message());
}

interface Made {
  readonly key: string;
  readonly layer: LayerView;
}

/** The layers of all documents but those known, topmost first; by document and layer, whose ids are unique together. */
async function madeLayers(window: PhotoshopWindow, known: ReadonlySet<string>): Promise<Made[]> {
  const { documents } = await window.view();
  return documents
    .flatMap(({ id, layers }) => allLayers(layers).map((layer) => ({ key: `${id}:${layer.id}`, layer })))
    .filter(({ key }) => !known.has(key));
}

/**
 * The layers of those names in the order of the Layers panel; without a name the topmost visible one with pixels, or for
 * the panel to refuse, the topmost.
 */
async function find(window: PhotoshopWindow, names: readonly string[]): Promise<LayerView[]> {
  const { id: documentId, layers } = await window.activeDocument();
  const all = leaves(layers);
  if (names.length > 0) {
    const everything = allLayers(layers);
    const missing = names.find((name) => !everything.some((layer) => layer.name === name));
    if (missing !== undefined) {
      const there = all.map(({ layer }) => `“${layer.name}”`).join(', ');
      throw new Error(`There is no layer “${missing}”. The document has: ${there}.`);
    }
    const wanted = new Set(names.map((name) => everything.find((layer) => layer.name === name)));
    return everything.filter((layer) => wanted.has(layer));
  }
  for (const { layer, shown } of all) {
    if (shown && (await window.hasPixels(documentId, layer.id))) return [layer];
  }
  const [topmost] = all;
  if (!topmost) throw new Error('The document has no layers.');
  return [topmost.layer];
}

/** Rejects with the panel's reason if it refuses the layers. */
async function ready(window: PhotoshopWindow): Promise<void> {
  const state = await window.waitForState(['ready', 'refused', 'empty', 'failed']);
  if (state !== 'ready') throw new Error(await window.message());
}
