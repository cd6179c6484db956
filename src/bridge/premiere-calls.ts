/**
 * What the page asks of the host in Premiere: the selected clip, its file's bytes, the render's bytes, and the writes to
 * the project. Times are ticks of Premiere's clock, 254,016,000,000 a second, as decimal strings: JSON has no BigInt.
 */
import * as v from 'valibot';
import { base64, count, model, percent, positive, problem, side } from './schemas.ts';

/** Bytes in one message, either way. */
const MEDIA_BYTES = 1 << 20;

const ticks = v.pipe(v.string(), v.regex(/^-?\d{1,20}$/));
/** A path as the system names it. */
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
/** What Windows takes for a device, with whatever extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;
/** A file's name without its folder, safe on every system. */
export const FileName = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^[^.\s/\\:*?"<>|\p{Cc}](?:[^/\\:*?"<>|\p{Cc}]*[^.\s/\\:*?"<>|\p{Cc}])?$/u),
  v.check((name) => !DEVICE.test(name)),
);
/** A page's own id of a render. */
const render = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/));

/** Which clip of a timeline: no handle, which would go stale, but what it is found again by. */
export const ClipRef = v.object({
  sequenceId: v.string(),
  /** Video track, 0 at the bottom. */
  track: count,
  startTicks: ticks,
  /** Of the source, from its first frame, at the rate Premiere interprets it by. */
  inTicks: ticks,
  outTicks: ticks,
  /** The project item's id. */
  itemId: v.string(),
  path,
});
export type ClipRef = v.InferOutput<typeof ClipRef>;

export const Codec = v.picklist(['prores', 'h264', 'hevc', 'av1', 'vp9', 'png', 'tiff']);
export type Codec = v.InferOutput<typeof Codec>;

/** `sequence`, `uhd` and `8k` are fitted into, with the picture's own proportions. */
export const ClipTarget = v.picklist(['2x', '4x', 'sequence', 'uhd', '8k']);
export type ClipTarget = v.InferOutput<typeof ClipTarget>;

/** What the user chose for a clip. */
export const ClipSettings = v.object({
  model,
  quality: v.picklist(['fast', 'best']),
  detail: percent,
  noise: percent,
  sharpness: percent,
  target: ClipTarget,
  /** Frames before the in point and after the out point. */
  handles: v.pipe(count, v.maxValue(1000)),
  codec: Codec,
  /** Null until one was chosen: beside the project then. */
  folder: v.nullable(path),
});
export type ClipSettings = v.InferOutput<typeof ClipSettings>;

/** A render that was begun and not ended: its part file and journal are still there. */
export const UnfinishedRender = v.object({
  render,
  ref: ClipRef,
  clipName: v.string(),
  folder: path,
  fileName: v.string(),
  /** What the page gave when it opened it. */
  note: v.string(),
  /** The journal's last line; null where there is none yet. */
  last: v.nullable(v.string()),
});
export type UnfinishedRender = v.InferOutput<typeof UnfinishedRender>;

/** A render that lies on the timeline, and may be removed from it. */
export const Placed = v.object({ render, path, trackName: v.string() });
export type Placed = v.InferOutput<typeof Placed>;

export const ClipReport = v.object({
  project: v.nullable(v.object({ name: v.string(), path: v.string() })),
  sequence: v.nullable(
    v.object({ id: v.string(), name: v.string(), width: side, height: side, ticksPerFrame: ticks }),
  ),
  /** The one selected video clip; null where there is none or several. */
  clip: v.nullable(
    v.object({
      ref: ClipRef,
      name: v.string(),
      /** As Premiere interprets the footage, whatever the file says. */
      interpretation: v.object({
        /** Frames a second; 23.976… for 24000/1001. */
        rate: positive,
        /** Width of a pixel by its height. */
        pixelAspect: positive,
        fields: v.picklist(['default', 'progressive', 'upper-first', 'lower-first']),
      }),
      /** The media's start timecode. */
      mediaStartTicks: ticks,
      /** Names of effects other than Motion, Opacity and Crop, which stay on the original. */
      effects: v.array(v.string()),
    }),
  ),
  /** Why nothing can be remastered. */
  refusal: v.nullable(problem),
  remembered: v.nullable(ClipSettings),
  /** What the last run was made with, in any project. */
  last: v.nullable(ClipSettings),
  /** Of this clip. */
  unfinished: v.nullable(UnfinishedRender),
  /** Over this clip, or this clip itself. */
  placed: v.nullable(Placed),
});
export type ClipReport = v.InferOutput<typeof ClipReport>;

/** The calls that only Premiere's host answers. */
export const premiereCalls = {
  activeClip: { args: v.object({}), returns: ClipReport },
  rememberClip: { args: v.object({ ref: ClipRef, settings: ClipSettings }), returns: v.null() },

  /** Opens a file for reading. Rejects with `clip-offline` or `file-unreadable`. */
  openMedia: { args: v.object({ path }), returns: v.object({ media: v.string(), size: count }) },
  /** Fewer bytes than asked for at the file's end only. */
  readMedia: {
    args: v.object({ media: v.string(), position: count, length: v.pipe(side, v.maxValue(MEDIA_BYTES)) }),
    returns: v.object({ bytes: base64 }),
  },
  closeMedia: { args: v.object({ media: v.string() }), returns: v.null() },

  /** Asks the user for a folder; null if they gave up. */
  chooseFolder: { args: v.object({}), returns: v.object({ folder: v.nullable(path) }) },
  /** Where renders go unless a folder was chosen: beside the project; null for a project that was never saved. */
  defaultFolder: { args: v.object({}), returns: v.object({ folder: v.nullable(path) }) },
  /** A name that neither file nor part file has in that folder: `base`, or `base 2`, `base 3` … */
  freeName: {
    args: v.object({ folder: path, base: FileName, extension: v.string() }),
    returns: v.object({ name: FileName }),
  },

  /**
   * Begins a render: `NAME.EXTENSION.part`, or for single frames a folder `NAME`, and a journal in the plugin's data.
   * Rejects with `folder-missing`, `folder-readonly` or `render-exists`, with nothing written.
   */
  openRender: {
    args: v.object({
      render,
      ref: ClipRef,
      clipName: v.string(),
      settings: ClipSettings,
      folder: path,
      name: FileName,
      extension: v.picklist(['mov', 'mp4', 'png', 'tif']),
      /** Given back with an unfinished render; what the page needs to go on. */
      note: v.pipe(v.string(), v.maxLength(1 << 16)),
    }),
    returns: v.null(),
  },
  /** Takes up an unfinished render: its note and all lines of its journal. Rejects with `render-gone`. */
  continueRender: {
    args: v.object({ render }),
    returns: v.object({ note: v.string(), journal: v.array(v.string()) }),
  },
  /** Bytes of the part file (`file` null), or of one frame's file in the folder. Rejects with `disk-full`. */
  writeRender: {
    args: v.object({ render, file: v.nullable(FileName), position: count, bytes: base64 }),
    returns: v.null(),
  },
  /** Adds a line to the journal, after all writes that were answered. */
  recordRender: {
    args: v.object({ render, line: v.pipe(v.string(), v.maxLength(1 << 18)) }),
    returns: v.null(),
  },
  /** Closes the files and keeps them: what stopped may go on. */
  leaveRender: { args: v.object({ render }), returns: v.null() },
  /** Deletes part file, frames and journal. Unknown ones are ignored. */
  discardRender: { args: v.object({ render }), returns: v.null() },
  /** Gives the part file its name, or the next free one if that was taken meanwhile. Of single frames the path is that of the first. */
  finishRender: { args: v.object({ render }), returns: v.object({ path }) },

  /**
   * Imports a finished render into the bin “Remastered” and lays it over its clip. What cannot be laid is `left` in the
   * bin, with the reason; calling this again tries again. Rejects where the import itself failed; the file stays.
   */
  placeRender: {
    args: v.object({
      render,
      /** Of the render's own time, from its first frame. */
      inTicks: ticks,
      outTicks: ticks,
      /** The render's sides by the source's as Premiere shows it (square pixels, upright). */
      scaleX: positive,
      scaleY: positive,
      /** The timecode of the render's first frame. */
      mediaStartTicks: ticks,
      /** Frames a second, which single frames do not say. */
      rate: positive,
      /** The new clip's name. */
      name: v.string(),
      undoName: v.string(),
    }),
    returns: v.union([
      v.object({
        kind: v.literal('placed'),
        trackName: v.string(),
        newTrack: v.boolean(),
        originalHidden: v.boolean(),
      }),
      v.object({ kind: v.literal('left'), problem }),
    ]),
  },
  /** Takes the render off the timeline again, and shows the original where it was hidden; bin and file stay. */
  undoRemaster: { args: v.object({ render, undoName: v.string() }), returns: v.null() },
} as const;

/** What Premiere's host tells the page. */
export const premierePageCalls = {
  /** The selection, the sequence or the project may have changed: ask for `activeClip` again. */
  clipChanged: { args: v.object({}) },
} as const;
