/**
 * What was chosen for each layer, kept in the plugin's data folder. A layer is known by its document's path (or
 * name, before it is saved) and its id, which Photoshop keeps in the file.
 */
import * as v from 'valibot';
import { LayerSettings } from '../../bridge/protocol.ts';
import type { UxpFs } from '../uxp.ts';

const PATH = 'plugin-data:/layers.json';
/** The longest unused go first. */
const MOST_LAYERS = 500;

/** What version 1 kept: there was one network a model then, the fast one, and nothing to set on it. */
const FirstSettings = v.pipe(
  v.object({ model: v.picklist(['face', 'landscape', 'art']), scale: v.picklist([2, 3, 4]) }),
  v.transform(({ model, scale }): LayerSettings => ({
    model,
    scale,
    quality: 'fast',
    // The face network of then is the faithful end, the others are the detailed ones.
    detail: model === 'face' ? 0 : 100,
    noise: 100,
    sharpness: 0,
  })),
);

const entry = <S extends v.GenericSchema<unknown, LayerSettings>>(settings: S) =>
  v.object({ document: v.string(), layer: v.number(), settings });
const Entry = entry(LayerSettings);
type Entry = v.InferOutput<typeof Entry>;

/** By version. Entries are checked one by one, so that one which is damaged does not take the others with it. */
const entries = { 1: entry(FirstSettings), 2: Entry };
const Remembered = v.object({ version: v.picklist([1, 2]), layers: v.array(v.unknown()) });

export interface Memory {
  recall(document: string, layer: number): Promise<LayerSettings | null>;
  /** Keeps it for this session even where it cannot be stored. */
  remember(document: string, layer: number, settings: LayerSettings): Promise<void>;
}

export function openMemory(fs: UxpFs): Memory {
  // Oldest first.
  let layers: Promise<Entry[]> | undefined;
  let storing: Promise<unknown> = Promise.resolve();
  const loaded = (): Promise<Entry[]> => (layers ??= load(fs));
  return {
    async recall(document, layer) {
      const found = (await loaded()).find((each) => each.document === document && each.layer === layer);
      return found ? found.settings : null;
    },
    async remember(document, layer, settings) {
      const known = await loaded();
      const others = known.filter((each) => each.document !== document || each.layer !== layer);
      const kept = [...others, { document, layer, settings }].slice(-MOST_LAYERS);
      layers = Promise.resolve(kept);
      const text = JSON.stringify({ version: 2, layers: kept });
      storing = storing.then(() => fs.writeFile(PATH, text, { encoding: 'utf-8' })).catch(() => undefined);
      await storing;
    },
  };
}

/** A missing, damaged or foreign file is as good as none: it holds conveniences only. An older one is read. */
async function load(fs: UxpFs): Promise<Entry[]> {
  try {
    const text = await fs.readFile(PATH, { encoding: 'utf-8' });
    if (typeof text !== 'string') return [];
    const { version, layers } = v.parse(Remembered, JSON.parse(text));
    return layers
      .map((layer) => v.safeParse(entries[version], layer))
      .flatMap((parsed) => (parsed.success ? [parsed.output] : []))
      .slice(-MOST_LAYERS);
  } catch {
    return [];
  }
}
