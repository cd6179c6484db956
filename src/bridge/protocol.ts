/**
 * What crosses the wire between the host script (UXP) and the panel page (WebView): JSON only. Every call
 * and every answer has a schema here, and both ends check what they receive against it.
 *
 * The WebView's postMessage stringifies and parses; neither ArrayBuffer nor Blob survives, so pixels travel
 * as base64 (Adobe, UXP `HTMLWebViewElement`; see docs/host-assumptions.md).
 */
import * as v from 'valibot';

/** Raised with every change of a message's meaning; the two ends refuse each other if it differs. */
export const PROTOCOL = 2;

/** Raw bytes aimed at in one message. Rows wider than that travel one a message. */
export const CHUNK_BYTES = 1 << 20;

/** Messages kept in flight each way; each is acknowledged by its answer. */
export const CHUNKS_IN_FLIGHT = 4;

/** The largest model of the user's own that is read; six times realesrgan-x4plus at half precision. */
export const OWN_MODEL_BYTES = 200_000_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const side = v.pipe(v.number(), v.integer(), v.minValue(1));
const integer = v.pipe(v.number(), v.integer());
const base64 = v.string();
/** Reports and errors carry a code of src/errors.ts and the varying part of its message. */
const problem = v.object({ code: v.string(), detail: v.string() });

/** A model of Loupe's, the one it proposes itself, or the user's own by its file's name. */
const model = v.union([
  v.picklist(['auto', 'face', 'landscape', 'art']),
  v.pipe(
    v.custom<`own:${string}`>((name) => typeof name === 'string' && name.startsWith('own:')),
    v.maxLength(255),
  ),
]);
/**
 * A file's name in the folder of own models, never a path: what any system takes for a separator, a drive or a way
 * upwards is not in it.
 */
export const OwnModelName = v.pipe(
  v.string(),
  v.maxLength(250),
  v.regex(/^[^./\\:\p{Cc}][^/\\:\p{Cc}]*\.onnx$/iu),
);
const percent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100));
const scale = v.picklist([2, 3, 4]);
const layerRef = v.object({ documentId: integer, layerId: integer });

export const Theme = v.picklist(['lightest', 'light', 'dark', 'darkest']);
export type Theme = v.InferOutput<typeof Theme>;

export const Hello = v.object({
  protocol: integer,
  app: v.picklist(['photoshop', 'premiere']),
  appVersion: v.string(),
  locale: v.string(),
  theme: Theme,
});
export type Hello = v.InferOutput<typeof Hello>;

/** What the user chose for a layer, kept for it. */
export const LayerSettings = v.object({
  model,
  quality: v.picklist(['fast', 'best']),
  scale,
  /** 0 faithful .. 100 detailed */
  detail: percent,
  /** 0 keeps the grain, 100 removes it */
  noise: percent,
  /** 0 as the model makes it .. 100 sharpest */
  sharpness: percent,
});
export type LayerSettings = v.InferOutput<typeof LayerSettings>;

/** The active layer as the panel shows it, with what stands in the way of enhancing it. */
export const LayerReport = v.object({
  document: v.nullable(v.object({ id: integer, name: v.string(), width: side, height: side })),
  layer: v.nullable(
    v.object({
      id: integer,
      name: v.string(),
      /** The pixels' bounds in the document, which may exceed the canvas. */
      left: integer,
      top: integer,
      width: count,
      height: count,
    }),
  ),
  /** Why this layer cannot be enhanced; null when it can. */
  refusal: v.nullable(problem),
  /** The largest scale whose result still fits; null when all do. */
  largestScale: v.nullable(v.picklist([0, 1, 2, 3, 4])),
  /** What the user should know before starting: a text or smart object is enhanced through its pixels. */
  note: v.nullable(v.picklist(['text-through-pixels', 'smart-object-through-pixels'])),
  remembered: v.nullable(LayerSettings),
});
export type LayerReport = v.InferOutput<typeof LayerReport>;

export const PixelFormat = v.object({
  width: side,
  height: side,
  channels: v.picklist([1, 2, 3, 4]),
  depth: v.picklist([8, 16, 32]),
});
export type PixelFormat = v.InferOutput<typeof PixelFormat>;

/** Interleaved 8-bit RGBA with straight alpha. */
export const Picture = v.object({ width: side, height: side, rgba: base64 });
export type Picture = v.InferOutput<typeof Picture>;

/** The calls the page makes on the host: argument and answer of each. */
export const hostCalls = {
  hello: { args: v.object({ protocol: integer }), returns: Hello },
  activeLayer: { args: v.object({}), returns: LayerReport },
  remember: { args: v.object({ ...layerRef.entries, settings: LayerSettings }), returns: v.null() },
  /** The layer's pixels shrunk to fit `side`. */
  thumbnail: { args: v.object({ ...layerRef.entries, side }), returns: Picture },
  /** A region of a layer in document pixels at 100 %, transparent where the layer has none. */
  region: {
    args: v.object({ ...layerRef.entries, left: integer, top: integer, width: side, height: side }),
    returns: Picture,
  },
  /**
   * Checks the layer, reads it into the spool under a short modal and opens a job. With a `job` id of the
   * page's own the job can be discarded while the layer is still being read.
   */
  openJob: {
    args: v.object({
      ...layerRef.entries,
      scale,
      job: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/))),
    }),
    returns: v.object({ job: v.string(), source: PixelFormat }),
  },
  /** Rows of the layer as read: interleaved samples, 16-bit little-endian over the full 0..65535. */
  readRows: {
    args: v.object({ job: v.string(), y: count, rows: side }),
    returns: v.object({ samples: base64 }),
  },
  /** Rows of the result, in the source's layout at `scale` times its size, in order from the top. */
  writeRows: {
    args: v.object({ job: v.string(), y: count, rows: side, samples: base64 }),
    returns: v.null(),
  },
  /** Writes the spooled result as a new layer in one history state, and closes the job. */
  commit: {
    args: v.object({ job: v.string(), layerName: v.string() }),
    returns: v.object({
      layerId: integer,
      name: v.string(),
      left: integer,
      top: integer,
      width: side,
      height: side,
    }),
  },
  /** The ONNX files in the folder for the user's own models, by name, and that folder as the system names it. */
  ownModels: {
    args: v.object({}),
    returns: v.object({
      folder: v.string(),
      models: v.array(v.object({ name: OwnModelName, size: count })),
    }),
  },
  /** Bytes of one of them; refused beyond `OWN_MODEL_BYTES`. */
  readOwnModel: {
    args: v.object({
      name: OwnModelName,
      position: v.pipe(count, v.maxValue(OWN_MODEL_BYTES)),
      length: v.pipe(side, v.maxValue(CHUNK_BYTES)),
    }),
    returns: v.object({ bytes: base64 }),
  },
  /** Opens that folder in the system's file manager, after Photoshop has asked the user. */
  showModelsFolder: { args: v.object({}), returns: v.null() },
  /** Closes the job without a trace. During a commit it rolls the document back. Unknown jobs are ignored. */
  discard: { args: v.object({ job: v.string() }), returns: v.null() },
} as const;

/** What the host tells the page, unasked. No answer is awaited. */
export const pageCalls = {
  /** The selection, the document or the layer may have changed: ask for `activeLayer` again. */
  layerChanged: { args: v.object({}) },
  themeChanged: { args: v.object({ theme: Theme }) },
  /** How far a commit has come, 0..1. */
  commitProgress: {
    args: v.object({ job: v.string(), fraction: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
  },
} as const;

type HostCalls = typeof hostCalls;
type PageCalls = typeof pageCalls;

/** The host's side of the wire, as the page sees it. Every call rejects with a LoupeError. */
export type HostApi = {
  [K in keyof HostCalls]: (
    args: v.InferOutput<HostCalls[K]['args']>,
  ) => Promise<v.InferOutput<HostCalls[K]['returns']>>;
};

/** The page's side of the wire, as the host sees it. */
export type PageApi = {
  [K in keyof PageCalls]: (args: v.InferOutput<PageCalls[K]['args']>) => void;
};
