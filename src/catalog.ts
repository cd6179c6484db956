/**
 * `models/catalog.json`, typed and checked: which networks Loupe ships and what the rest must know of them.
 */
import * as v from 'valibot';

export const MODELS = ['face', 'landscape', 'art'] as const;
/** What the user picks by subject. */
export type ModelName = (typeof MODELS)[number];

/** The model names as the panel and the layer's name show them. */
export const MODEL_LABELS: Record<ModelName, string> = { face: 'Face', landscape: 'Landscape', art: 'Art' };

const CatalogEntry = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  model: v.picklist(MODELS),
  quality: v.picklist(['fast', 'best']),
  /** What the network multiplies both sides by. */
  scale: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Path below `models/`. */
  file: v.pipe(v.string(), v.regex(/^[a-z0-9/.-]+\.onnx$/)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** bytes */
  size: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Input pixels around a tile's core; measured, see `models/README.md`. */
  overlap: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Radius of the receptive field in input pixels: the overlap's upper bound. */
  receptiveField: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Multiply-accumulates per input pixel. */
  macsPerPixel: v.pipe(v.number(), v.minValue(1)),
  /** SPDX id. */
  licence: v.string(),
  /** Where the weights come from, in words. */
  origin: v.string(),
});

export type CatalogEntry = v.InferOutput<typeof CatalogEntry>;

const Catalog = v.object({ entries: v.pipe(v.array(CatalogEntry), v.minLength(1)) });
export type Catalog = v.InferOutput<typeof Catalog>;

/** Checks a parsed catalog.json. Throws valibot's error, which names the path, if it is not one. */
export function parseCatalog(json: unknown): Catalog {
  return v.parse(Catalog, json);
}

/** The fast entry of a model. Throws if the catalog has none: it is part of the build. */
export function entryFor(catalog: Catalog, model: ModelName): CatalogEntry {
  const entry = catalog.entries.find((each) => each.model === model && each.quality === 'fast');
  if (!entry) throw new Error(`catalog.json has no ${model} model`);
  return entry;
}
