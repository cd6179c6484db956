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

const Remembered = v.object({
  version: v.literal(1),
  layers: v.array(v.object({ document: v.string(), layer: v.number(), settings: LayerSettings })),
});
type Entry = v.InferOutput<typeof Remembered>['layers'][number];

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
      const text = JSON.stringify({ version: 1, layers: kept });
      storing = storing.then(() => fs.writeFile(PATH, text, { encoding: 'utf-8' })).catch(() => undefined);
      await storing;
    },
  };
}

/** A missing, damaged or foreign file is as good as none: it holds conveniences only. */
async function load(fs: UxpFs): Promise<Entry[]> {
  try {
    const text = await fs.readFile(PATH, { encoding: 'utf-8' });
    if (typeof text !== 'string') return [];
    const parsed = v.safeParse(Remembered, JSON.parse(text));
    return parsed.success ? parsed.output.layers.slice(-MOST_LAYERS) : [];
  } catch {
    return [];
  }
}
