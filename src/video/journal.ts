/**
 * The journal of a render: a line for each segment that is whole on the disk. Of a film it holds what its tables are
 * made of, so that nothing written has to be read again.
 */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What a decoder is told before the first packet. */
const DecoderFacts = v.object({
  codec: v.string(),
  /** Base64; as the container holds it. */
  description: v.optional(v.string()),
});
export type DecoderFacts = v.InferOutput<typeof DecoderFacts>;

/** A film's packets, in the order of decoding. */
const SegmentPackets = v.object({
  sizes: v.array(positive),
  /** Indices of those that need none before them. */
  keys: v.array(count),
  /** Which frame of the segment each one is; left out where they come in order. */
  order: v.optional(v.array(count)),
  decoder: DecoderFacts,
});
export type SegmentPackets = v.InferOutput<typeof SegmentPackets>;

const SegmentLine = v.object({
  segment: count,
  frames: positive,
  /** Of the render, with these. */
  framesDone: positive,
  /** Not of single frames, whose files are enough. */
  packets: v.optional(SegmentPackets),
});
export type SegmentLine = v.InferOutput<typeof SegmentLine>;

/** What every line begins with, and nothing within one has. */
const BEGINNING = '{"segment":';

export function lineOf({ segment, frames, framesDone, packets }: SegmentLine): string {
  // In this order, for the beginning.
  return JSON.stringify({ segment, frames, framesDone, packets });
}

/** Frames that a journal's last line vouches for; 0 where it is damaged. */
export function recordedFrames(line: string): number {
  return readLine(line)?.framesDone ?? 0;
}

/** One of a film. */
export type FilmSegment = SegmentLine & { readonly packets: SegmentPackets };

/**
 * The segments that were recorded, from the first without a gap. A line that is damaged is left out, and so is what comes
 * after it but for the same segment's new line: a crash may have cut the last line short, and the next run's first line
 * may stand right behind the piece.
 */
export function recordedSegments(lines: readonly string[]): SegmentLine[] {
  return inSequence(lines, (line) => line);
}

export function recordedFilm(lines: readonly string[]): FilmSegment[] {
  return inSequence(lines, (line) => (line.packets ? { ...line, packets: line.packets } : undefined));
}

function inSequence<T extends SegmentLine>(
  lines: readonly string[],
  accept: (line: SegmentLine) => T | undefined,
): T[] {
  const segments: T[] = [];
  for (const text of lines) {
    const read = readLine(text);
    const line = read && accept(read);
    if (line?.segment === segments.length && line.framesDone === framesOf(segments) + line.frames) {
      segments.push(line);
    }
  }
  return segments;
}

export function framesOf(segments: readonly SegmentLine[]): number {
  return segments.at(-1)?.framesDone ?? 0;
}

function readLine(line: string): SegmentLine | undefined {
  const start = line.lastIndexOf(BEGINNING);
  if (start < 0) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(line.slice(start));
  } catch {
    return undefined;
  }
  const read = v.safeParse(SegmentLine, json);
  return read.success && isWhole(read.output) ? read.output : undefined;
}

/** Whether there is one packet for each frame, and the first is a key. */
function isWhole({ frames, packets }: SegmentLine): boolean {
  if (!packets) return true;
  const { sizes, keys, order } = packets;
  return (
    sizes.length === frames &&
    keys[0] === 0 &&
    keys.every((key) => key < frames) &&
    (!order ||
      (order.length === frames && new Set(order).size === frames && order.every((at) => at < frames)))
  );
}
