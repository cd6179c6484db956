/**
 * What crosses the wire between the host script (UXP) and the panel page (WebView): JSON only. Every call
 * and every answer has a schema here, and both ends check what they receive against it.
 *
 * The WebView's postMessage stringifies and parses; neither ArrayBuffer nor Blob survives, so pixels travel
 * as base64 (Adobe, UXP `HTMLWebViewElement`; see docs/host-assumptions.md).
 */
import * as v from 'valibot';
import { FACTORS, PHOTOSHOP_SIDE } from '../size.ts';
import { premiereCalls, premierePageCalls } from './premiere-calls.ts';
import { base64, count, integer, model, percent, positive, problem, side } from './schemas.ts';

/** Raised with every change of a message's meaning; the two ends refuse each other if it differs. */
export const PROTOCOL = 4;

/** Raw bytes aimed at in one message. Rows wider than that travel one a message. */
export const CHUNK_BYTES = 1 << 20;

/** Messages kept in flight each way; each is acknowledged by its answer. */
export const CHUNKS_IN_FLIGHT = 4;

/** The largest model of the user's own that is read; six times realesrgan-x4plus at half precision. */
export const OWN_MODEL_BYTES = 200_000_000;

/**
 * A file's name in the folder of own models, never a path: what any system takes for a separator, a drive or a way
 * upwards is not in it.
 */
export const OwnModelName = v.pipe(
  v.string(),
  v.maxLength(250),
  v.regex(/^[^./\\:\p{Cc}][^/\\:\p{Cc}]*\.onnx$/iu),
);
const bounds = v.object({ left: integer, top: integer, right: integer, bottom: integer });
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

const resultSide = v.picklist(['width', 'height']);
/** How large the result is to be; see src/size.ts, whose type this is. */
export const Size = v.variant('kind', [
  v.object({ kind: v.literal('factor'), factor: v.picklist(FACTORS) }),
  v.object({
    kind: v.literal('pixels'),
    side: resultSide,
    pixels: v.pipe(side, v.maxValue(PHOTOSHOP_SIDE)),
  }),
  v.object({
    kind: v.literal('print'),
    side: resultSide,
    length: v.pipe(positive, v.maxValue(10_000)),
    unit: v.picklist(['cm', 'inch']),
    ppi: v.pipe(v.number(), v.minValue(1), v.maxValue(10_000)),
  }),
]);

/**
 * Where the result goes: a new layer of the document, which is enlarged; a new layer that is a smart object at the
 * document's size and holds all pixels; or a new document.
 */
export const Place = v.picklist(['document', 'smart-object', 'new-document']);
export type Place = v.InferOutput<typeof Place>;

/** What of a layer is enhanced: all of it, what of it is selected, or what its mask shows. */
export const Part = v.picklist(['layer', 'selection', 'mask']);
export type Part = v.InferOutput<typeof Part>;

/** What the user chose for a layer, kept for it. */
export const LayerSettings = v.object({
  model,
  quality: v.picklist(['fast', 'best']),
  /** Of the document where it is enlarged, else of the layer. */
  size: Size,
  place: Place,
  /** Whether the original is hidden afterwards; it is never deleted. */
  hideOriginal: v.boolean(),
  /** 0 faithful .. 100 detailed */
  detail: percent,
  /** 0 keeps the grain, 100 removes it */
  noise: percent,
  /** 0 as the model makes it .. 100 sharpest */
  sharpness: percent,
});
export type LayerSettings = v.InferOutput<typeof LayerSettings>;

/** One of the selected layers as the panel shows it, with what stands in the way of enhancing it. */
export const LayerReport = v.object({
  id: integer,
  name: v.string(),
  /** The pixels' bounds in the document, which may exceed the canvas. */
  left: integer,
  top: integer,
  width: count,
  height: count,
  /** Why this layer cannot be enhanced at all, at whatever size; null when it can. */
  refusal: v.nullable(problem),
  /** What the user should know before starting: a text or smart object is enhanced through its pixels. */
  note: v.nullable(v.picklist(['text-through-pixels', 'smart-object-through-pixels'])),
  /** The parts of it that can be enhanced alone; 'layer' first. */
  parts: v.array(Part),
  remembered: v.nullable(LayerSettings),
});
export type LayerReport = v.InferOutput<typeof LayerReport>;

/** The active document and its selected layers. */
export const Report = v.object({
  document: v.nullable(
    v.object({
      id: integer,
      name: v.string(),
      width: side,
      height: side,
      /** Pixels per inch. */
      resolution: positive,
      /** As Photoshop's Image › Mode menu names it. */
      mode: v.string(),
      depth: v.picklist([1, 8, 16, 32]),
      /** Saved, or to be saved, as PSB, which has no bound of 30,000 pixels a side. */
      psb: v.boolean(),
    }),
  ),
  /** Top layer first. */
  layers: v.array(LayerReport),
  /** Why nothing can be enhanced, whatever the layers: no document, no layer, the document's mode. */
  refusal: v.nullable(problem),
  /** What the last run was made with, in any document. */
  last: v.nullable(LayerSettings),
});
export type Report = v.InferOutput<typeof Report>;

export const PixelFormat = v.object({
  width: side,
  height: side,
  channels: v.picklist([1, 2, 3, 4]),
  depth: v.picklist([8, 16, 32]),
  /**
   * The lowest and the highest colour sample, at depth 32 only: linear light, 1 being white, which may lie beyond 0..1
   * either way.
   */
  range: v.optional(v.object({ low: v.number(), high: v.number() })),
});
export type PixelFormat = v.InferOutput<typeof PixelFormat>;

/** What is to be made of a job's source; see `Target` of src/size.ts, whose type this is. */
export const Target = v.object({
  width: side,
  height: side,
  scaleX: positive,
  scaleY: positive,
  offsetX: v.number(),
  offsetY: v.number(),
});

/** Where a job's source begins in its layer: at 0, 0 unless it is a part of it. */
const Begins = v.object({ left: count, top: count });

/** A page's own id of a job. */
const job = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/));

/** A run that its page did not live to end: closed with the panel, its rows are still there. */
export const Unfinished = v.object({
  documentId: integer,
  /** In the order they were opened. */
  jobs: v.array(
    v.object({
      job,
      layerId: integer,
      layerName: v.string(),
      source: PixelFormat,
      begins: Begins,
      target: Target,
      /** Rows of the result that are stored, from the top. */
      rowsDone: count,
      note: v.string(),
    }),
  ),
});
export type Unfinished = v.InferOutput<typeof Unfinished>;

/** Interleaved 8-bit RGBA with straight alpha. */
export const Picture = v.object({ width: side, height: side, rgba: base64 });
export type Picture = v.InferOutput<typeof Picture>;

/** The calls that only Photoshop's host answers: argument and answer of each. */
const photoshopCalls = {
  activeLayers: { args: v.object({}), returns: Report },
  remember: { args: v.object({ ...layerRef.entries, settings: LayerSettings }), returns: v.null() },
  /** The layer's pixels shrunk to fit `side`. */
  thumbnail: { args: v.object({ ...layerRef.entries, side }), returns: Picture },
  /** A region of a layer in document pixels at 100 %, transparent where the layer has none. */
  region: {
    args: v.object({ ...layerRef.entries, left: integer, top: integer, width: side, height: side }),
    returns: Picture,
  },
  /**
   * Checks the layer, reads its part into the spool under a short modal, sets disk space aside for the result, and opens
   * a job. `source` is the part's bounding rectangle. With a `job` id of the page's own the job can be discarded while
   * the layer is still being read. Jobs of one run are all open until they are committed together.
   */
  openJob: {
    args: v.object({
      ...layerRef.entries,
      settings: LayerSettings,
      part: Part,
      job,
      /**
       * Given back if the page does not live to end the run; what it needs to go on. Empty where the layer is only
       * looked at: that is no run, and there is no room for a result.
       */
      note: v.pipe(v.string(), v.maxLength(1 << 16)),
    }),
    returns: v.object({ job, source: PixelFormat, begins: Begins, target: Target }),
  },
  /** Rows of the layer as read: interleaved samples, 16-bit little-endian over the full 0..65535. */
  readRows: {
    args: v.object({ job: v.string(), y: count, rows: side }),
    returns: v.object({ samples: base64 }),
  },
  /** Rows of the result, in the source's layout and of the target's size, in order from the top. */
  writeRows: {
    args: v.object({ job: v.string(), y: count, rows: side, samples: base64 }),
    returns: v.null(),
  },
  /**
   * Writes the spooled results of a run in one history state, and closes its jobs. A layer that was changed meanwhile is
   * left out and the others are written; rejects, with nothing written, only if nothing could be or by cancelling. All
   * jobs are of one document.
   */
  commit: {
    args: v.object({
      jobs: v.pipe(v.array(v.object({ job, layerName: v.string() })), v.minLength(1)),
      /** The history state's name. */
      historyName: v.string(),
    }),
    returns: v.object({
      results: v.array(
        v.union([
          v.object({
            job,
            /** The new layer, and where it lies in its document: not the original's where the place is a new one. */
            layer: v.object({
              documentId: integer,
              layerId: integer,
              name: v.string(),
              bounds,
              /** Pixels it holds, which in a smart object are more than it covers. */
              width: side,
              height: side,
            }),
          }),
          v.object({ job, problem }),
        ]),
      ),
    }),
  },
  /** The run that a former page left, if any; its jobs are this page's from now on. */
  unfinished: { args: v.object({}), returns: v.nullable(Unfinished) },
  /** Closes the job without a trace. During a commit it rolls the document back. Unknown jobs are ignored. */
  discard: { args: v.object({ job: v.string() }), returns: v.null() },
} as const;

/** The calls that any host answers. */
const commonCalls = {
  hello: { args: v.object({ protocol: integer }), returns: Hello },
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
} as const;

/** The calls the page makes on the host: argument and answer of each. */
export const hostCalls = { ...commonCalls, ...photoshopCalls, ...premiereCalls } as const;

/** What the host tells the page, unasked. No answer is awaited. */
export const pageCalls = {
  /** The selection, the document or the layer may have changed: ask for `activeLayer` again. */
  layerChanged: { args: v.object({}) },
  themeChanged: { args: v.object({ theme: Theme }) },
  /** A plugin command was chosen: enhance what is selected, with its own settings or those of the last run. */
  enhance: { args: v.object({ settings: v.picklist(['own', 'last']) }) },
  /** How far a commit has come, 0..1. */
  commitProgress: {
    args: v.object({ fraction: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
  },
  ...premierePageCalls,
} as const;

type Calls<C extends Record<string, { args: v.GenericSchema; returns: v.GenericSchema }>> = {
  [K in keyof C]: (args: v.InferOutput<C[K]['args']>) => Promise<v.InferOutput<C[K]['returns']>>;
};

type PhotoshopCalls = typeof commonCalls & typeof photoshopCalls;
type PremiereCalls = typeof commonCalls & typeof premiereCalls;

/** A host's side of the wire, as the page sees it. Every call rejects with a LoupeError. */
export type PhotoshopApi = Calls<PhotoshopCalls>;
export type PremiereApi = Calls<PremiereCalls>;
/** Whatever the host: what the other one's answers is refused with `bad-message`. */
export type HostApi = PhotoshopApi & PremiereApi;

/** The page's side of the wire, as the host sees it. */
export type PageApi = {
  [K in keyof typeof pageCalls]: (args: v.InferOutput<(typeof pageCalls)[K]['args']>) => void;
};
