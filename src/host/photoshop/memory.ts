/**
 * What was chosen for each layer, and for the last run, kept in the plugin's data folder. A layer is known by its
 * document's path (or name, before it is saved) and its id, which Photoshop keeps in the file. What travels with the layer
 * itself is metadata.ts's.
 */
import * as v from 'valibot';
import { LayerSettings } from '../../bridge/protocol.ts';
import { openKeptFile } from '../kept-file.ts';
import type { UxpFs } from '../uxp.ts';
import type { Dated } from './metadata.ts';

/** The longest unused go first. */
const MOST_LAYERS = 500;

const { model, quality, detail, noise, sharpness } = LayerSettings.entries;
const scale = v.picklist([2, 3, 4]);
/** What earlier versions meant where nothing else could be chosen: the document was enlarged by the scale. */
const asBefore = (factor: 2 | 3 | 4) =>
  ({ size: { kind: 'factor', factor }, place: 'document', hideOriginal: false }) as const;

/** What version 1 kept: there was one network a model then, the fast one, and nothing to set on it. */
const FirstSettings = v.pipe(
  v.object({ model: v.picklist(['face', 'landscape', 'art']), scale }),
  v.transform((kept): LayerSettings => ({
    model: kept.model,
    ...asBefore(kept.scale),
    quality: 'fast',
    // The face network of then is the faithful end, the others are the detailed ones.
    detail: kept.model === 'face' ? 0 : 100,
    noise: 100,
    sharpness: 0,
  })),
);
const SecondSettings = v.pipe(
  v.object({ model, quality, scale, detail, noise, sharpness }),
  v.transform(({ scale: factor, ...rest }): LayerSettings => ({ ...rest, ...asBefore(factor) })),
);

const entry = <S extends v.GenericSchema<unknown, LayerSettings>>(settings: S) =>
  v.object({ document: v.string(), layer: v.number(), time: v.optional(v.number(), 0), settings });
const Entry = entry(LayerSettings);
type Entry = v.InferOutput<typeof Entry>;

/** By version. Entries are checked one by one, so that one which is damaged does not take the others with it. */
const entries = { 1: entry(FirstSettings), 2: entry(SecondSettings), 3: Entry };
const Remembered = v.object({
  version: v.picklist([1, 2, 3]),
  layers: v.array(v.unknown()),
  last: v.optional(v.unknown()),
});

interface Kept {
  /** Oldest first. */
  readonly layers: readonly Entry[];
  readonly last: LayerSettings | null;
}

export interface Memory {
  recall(document: string, layer: number): Promise<Dated | undefined>;
  /** Keeps it for this session even where it cannot be stored. */
  remember(document: string, layer: number, settings: LayerSettings): Promise<void>;
  /** What the last run was begun with. */
  last(): Promise<LayerSettings | null>;
  begin(settings: LayerSettings): Promise<void>;
}

export function openMemory(fs: UxpFs): Memory {
  const file = openKeptFile<Kept>(fs, {
    path: 'plugin-data:/layers.json',
    version: 3,
    nothing: { layers: [], last: null },
    read: readKept,
  });
  return {
    async recall(document, layer) {
      const { layers } = await file.get();
      return layers.find((each) => each.document === document && each.layer === layer);
    },
    remember: (document, layer, settings) =>
      file.change((known) => {
        const others = known.layers.filter((each) => each.document !== document || each.layer !== layer);
        const layers = [...others, { document, layer, time: Date.now(), settings }].slice(-MOST_LAYERS);
        return { ...known, layers };
      }),
    last: async () => (await file.get()).last,
    begin: (settings) => file.change((known) => ({ ...known, last: settings })),
  };
}

function readKept(json: unknown): Kept {
  const { version, layers, last } = v.parse(Remembered, json);
  return {
    layers: layers
      .map((layer) => v.safeParse(entries[version], layer))
      .flatMap((parsed) => (parsed.success ? [parsed.output] : []))
      .slice(-MOST_LAYERS),
    last: v.is(LayerSettings, last) ? last : null,
  };
}
