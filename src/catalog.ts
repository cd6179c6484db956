/**
 * `models/catalog.json`, typed and checked: which networks Loupe ships, which of them stand behind a choice of model,
 * quality and detail, and what the rest must know of them.
 */
import * as v from 'valibot';

export const MODELS = ['face', 'landscape', 'art'] as const;
/** What the user picks by subject. */
export type ModelName = (typeof MODELS)[number];

/** The model names as the panel and the layer's name show them. */
export const MODEL_LABELS: Record<ModelName, string> = { face: 'Face', landscape: 'Landscape', art: 'Art' };

export const QUALITIES = ['fast', 'best'] as const;
export type Quality = (typeof QUALITIES)[number];

const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/));

/** What is known of any file of weights. */
const file = {
  id,
  /** Path below `models/`. */
  file: v.pipe(v.string(), v.regex(/^[a-z0-9/.-]+\.onnx$/)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** bytes */
  size: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** SPDX id. */
  licence: v.string(),
  /** Where the weights come from, in words. */
  origin: v.string(),
};

const Network = v.object({
  ...file,
  /** What the network multiplies both sides by. */
  scale: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Input pixels around a tile's core; measured, see `models/README.md`. */
  overlap: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Radius of the receptive field in input pixels: the overlap's upper bound. */
  receptiveField: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Multiply-accumulates per input pixel. */
  macsPerPixel: v.pipe(v.number(), v.minValue(1)),
  /** Samples per input pixel of its largest tensor: what a tile's memory goes by. Left out where it is not known. */
  widest: v.optional(v.pipe(v.number(), v.minValue(1))),
});
/** One file of weights that enlarges. */
export type Network = v.InferOutput<typeof Network>;

const Detector = v.object(file);
/** The network that finds faces, for Auto (`src/subject/`). */
export type Detector = v.InferOutput<typeof Detector>;

const Entry = v.object({
  model: v.picklist(MODELS),
  quality: v.picklist(QUALITIES),
  /** Ids of the networks at detail 0 and at detail 100. */
  faithful: id,
  detailed: id,
  /** How the two are blended: `weights` where they share an architecture, else `outputs`. */
  blend: v.picklist(['weights', 'outputs']),
  /** Whether each tile is run in its eight orientations and the results averaged. */
  selfEnsemble: v.boolean(),
});
/** What stands behind a model at a quality. */
export type Entry = v.InferOutput<typeof Entry>;

const Defaults = v.object({ detail: percent, noise: percent });

const Catalog = v.object({
  networks: v.pipe(v.array(Network), v.minLength(1)),
  /** What the trained networks start from and are measured against: no choice leads to them, the plugin leaves them out. */
  starts: v.array(Network),
  entries: v.pipe(v.array(Entry), v.minLength(1)),
  /** Where the controls stand for a layer that nobody has set them for. */
  defaults: v.object({ face: Defaults, landscape: Defaults, art: Defaults }),
  detector: Detector,
});
export type Catalog = v.InferOutput<typeof Catalog>;

/** Checks a parsed catalog.json. Throws valibot's error, which names the path, if it is not one. */
export function parseCatalog(json: unknown): Catalog {
  return v.parse(Catalog, json);
}

/** Weights to run: those of one file, or the sum of two files' by their shares. Shares are > 0 and sum to 1. */
export type Weights = readonly { readonly network: Network; readonly share: number }[];

/** The networks that a choice comes down to; their outputs are summed by the parts' shares, which sum to 1. */
export interface Blend {
  /** The same for the same result: what caches go by. */
  readonly id: string;
  readonly parts: readonly { readonly weights: Weights; readonly share: number }[];
  readonly selfEnsemble: boolean;
  readonly scale: number;
  /** Input pixels around a tile's core that all of the networks are content with. */
  readonly overlap: number;
  /** Multiply-accumulates per input pixel, over all runs of it. */
  readonly macsPerPixel: number;
  /** Samples per input pixel of the largest tensor in any of the networks. */
  readonly widest: number;
}

export interface Choice {
  readonly model: ModelName;
  readonly quality: Quality;
  /** 0 faithful .. 100 detailed */
  readonly detail: number;
}

/** What to run for a choice. Throws if the catalog lacks it: it is part of the build. */
export function blendFor(catalog: Catalog, { model, quality, detail }: Choice): Blend {
  const entry = catalog.entries.find((each) => each.model === model && each.quality === quality);
  if (!entry) throw new Error(`catalog.json has no ${quality} ${model} model`);
  const { blend, selfEnsemble } = entry;
  const share = Math.min(1, Math.max(0, detail / 100));
  const ends = [
    { network: networkOf(catalog, entry.faithful), share: 1 - share },
    { network: networkOf(catalog, entry.detailed), share },
  ].filter((end) => end.share > 0);
  const one = ends.length === 1 || entry.faithful === entry.detailed ? ends.slice(-1) : undefined;
  const weights = one?.map(({ network }) => ({ network, share: 1 })) ?? ends;
  return blendOf(
    blend === 'weights'
      ? [{ weights, share: 1 }]
      : weights.map((end) => ({ weights: [{ ...end, share: 1 }], share: end.share })),
    selfEnsemble,
  );
}

/** A network on its own. */
export function blendOfOne(network: Network): Blend {
  return blendOf([{ weights: [{ network, share: 1 }], share: 1 }], false);
}

/** `widest` where nothing tells: 64 channels at the input's size. */
export const USUAL_WIDTH = 64;

function blendOf(parts: Blend['parts'], selfEnsemble: boolean): Blend {
  const networks = parts.flatMap(({ weights }) => weights.map(({ network }) => network));
  const [first] = networks;
  if (!first || networks.some(({ scale }) => scale !== first.scale)) {
    throw new Error('networks of different scales cannot be blended');
  }
  const named = parts.map(({ weights, share }) => {
    const sum = weights.map((each) => `${each.network.id}·${each.share}`).join('+');
    return `(${sum})·${share}`;
  });
  const macs = parts.reduce((sum, { weights }) => sum + (weights[0]?.network.macsPerPixel ?? 0), 0);
  return {
    id: `${named.join('+')}${selfEnsemble ? ' ×8' : ''}`,
    parts,
    selfEnsemble,
    scale: first.scale,
    overlap: Math.max(...networks.map(({ overlap }) => overlap)),
    macsPerPixel: macs * (selfEnsemble ? 8 : 1),
    widest: Math.max(...networks.map(({ widest }) => widest ?? USUAL_WIDTH)),
  };
}

function networkOf(catalog: Catalog, wanted: string): Network {
  const network = catalog.networks.find((each) => each.id === wanted);
  if (!network) throw new Error(`catalog.json has no network ${wanted}`);
  return network;
}
