/**
 * A run that the panel did not live to end, and how it goes on. The rows that are stored stay; the rest is made from
 * the source rows that it comes from and some above, as a picture of its own whose target lies where the whole one's
 * does. With enough rows above, tiles, blurs and everything else that looks about see what they saw in the whole: the
 * result is the same within what tiles that are cut otherwise may differ, one 8-bit step.
 */
import * as v from 'valibot';
import {
  LayerSettings,
  Part,
  type PhotoshopApi,
  type PixelFormat,
  type Unfinished,
} from '../bridge/protocol.ts';
import { bridgeSink, bridgeSource } from '../bridge/rows.ts';
import type { Target } from '../size.ts';
import type { EngineJob, RemoteSink, RemoteSource } from './engine/protocol.ts';
import { facesWithin } from './faces.ts';
import type { ShownLayer } from './layer.ts';
import type { Auto } from './settings.ts';

/**
 * Source rows read again above the first that is missing: more than any network's overlap with all that the grain, the
 * sharpening and the blurs look at around a pixel.
 */
const MARGIN = 256;

const count = v.pipe(v.number(), v.integer());
const region = v.object({ x: count, y: count, width: count, height: count });
const Note = v.object({
  version: v.literal(1),
  layer: v.object({
    name: v.string(),
    left: count,
    top: count,
    width: count,
    height: count,
  }),
  settings: LayerSettings,
  part: Part,
  /** What Auto had come to. */
  proposed: v.nullable(
    v.object({
      model: v.picklist(['face', 'landscape', 'art']),
      reason: v.picklist(['faces', 'portrait', 'photo', 'drawing', 'too-small']),
      faces: v.array(region),
    }),
  ),
});

/** What a job needs to go on. */
export interface Noted {
  readonly layer: Pick<ShownLayer, 'name' | 'left' | 'top' | 'width' | 'height'>;
  readonly settings: LayerSettings;
  readonly part: Part;
  readonly auto: Auto | undefined;
}

export function noteOf({ layer, settings, part, auto }: Noted): string {
  const { name, left, top, width, height } = layer;
  const note: v.InferOutput<typeof Note> = {
    version: 1,
    layer: { name, left, top, width, height },
    settings,
    part,
    proposed:
      auto?.kind === 'proposed'
        ? { model: auto.model, reason: auto.reason, faces: auto.faces.map((face) => ({ ...face })) }
        : null,
  };
  return JSON.stringify(note);
}

/** Undefined if the note cannot be understood. */
export function notedIn(note: string): Noted | undefined {
  try {
    const { layer, settings, part, proposed } = v.parse(Note, JSON.parse(note));
    const auto: Auto | undefined =
      settings.model === 'auto'
        ? proposed
          ? { kind: 'proposed', ...proposed }
          : { kind: 'failed' }
        : undefined;
    return { layer, settings, part, auto };
  } catch {
    return undefined;
  }
}

/** How much of the result is stored. 0..1 */
export function storedShare({ jobs }: Unfinished): number {
  const area = (rows: (job: Unfinished['jobs'][number]) => number): number =>
    jobs.reduce((sum, job) => sum + job.target.width * rows(job), 0);
  const whole = area(({ target }) => target.height);
  return whole > 0 ? area(({ rowsDone }) => rowsDone) / whole : 0;
}

/** The part of a job that is still to be made, as a picture of its own. */
export interface Rest {
  readonly target: Target;
  /** The source row it begins with. */
  readonly sourceTop: number;
  /** Rows of its result that are stored already, and are not to be stored again. */
  readonly dropped: number;
  /** The row of the whole result that comes next. */
  readonly rowsDone: number;
}

export function restOf(target: Target, rowsDone: number): Rest {
  const sourceTop = Math.max(0, Math.floor(rowsDone / target.scaleY) - MARGIN);
  if (sourceTop === 0) return { target, sourceTop, dropped: rowsDone, rowsDone };
  // Where that row begins in the result: rarely on a whole row, so that the offset takes up the difference.
  const at = sourceTop * target.scaleY - target.offsetY;
  const top = Math.round(at);
  return {
    target: { ...target, height: target.height - top, offsetY: top - at },
    sourceTop,
    dropped: rowsDone - top,
    rowsDone,
  };
}

/** The ends of a job's rows for what is still to be made of it; all of it where nothing is stored. */
export function rowsOf(
  host: Pick<PhotoshopApi, 'readRows' | 'writeRows'>,
  job: string,
  source: PixelFormat,
  rest: Rest,
): { source: RemoteSource; sink: RemoteSink } {
  const { sourceTop, rowsDone } = rest;
  const below: typeof host = {
    readRows: (args) => host.readRows({ ...args, y: args.y + sourceTop }),
    writeRows: (args) => host.writeRows({ ...args, y: args.y + rowsDone }),
  };
  const format = { ...source, height: source.height - sourceTop };
  return { source: bridgeSource(below, job, format), sink: dropping(rest, bridgeSink(below, job)) };
}

/** A sink before another one, which is not given the rows that are stored already. */
function dropping({ dropped }: Rest, sink: RemoteSink): RemoteSink {
  let toDrop = dropped;
  let perRow = 0;
  return {
    open(format) {
      perRow = format.width * format.channels;
      return sink.open({ ...format, height: format.height - dropped });
    },
    async write(rows, samples) {
      const skip = Math.min(rows, toDrop);
      toDrop -= skip;
      if (skip < rows) await sink.write(rows - skip, samples.subarray(skip * perRow));
    },
  };
}

/** The job's work for the rest of it: faces move up with the source. */
export function workOf(work: EngineJob, { target, sourceTop }: Rest): EngineJob {
  const below = { x: 0, y: sourceTop, width: Infinity, height: Infinity };
  return { ...facesWithin(work, below), target };
}
