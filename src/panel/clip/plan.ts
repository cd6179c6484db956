/** What a clip's settings come down to: which frames of the file, at which size, written how and laid where. */
import type { ClipReport, ClipSettings, ClipTarget, Codec } from '../../bridge/premiere-calls.ts';
import { LEAST_FACTOR, MOST_FACTOR, type Dimensions, type Target } from '../../size.ts';
import { exactRate, frameAfter, framesOf, framesOfSecond, ticksOf } from '../../video/rate.ts';
import type { ClipFacts, CodecReport, Fields, Rate, RemasterJob } from '../../video/types.ts';
import { squareSize, uprightSize } from '../../video/upright.ts';

export type Clip = NonNullable<ClipReport['clip']>;
export type Sequence = NonNullable<ClipReport['sequence']>;

/** What the file and Premiere say of the same clip, put together. */
export interface Footage {
  readonly rate: Rate;
  readonly pixelAspect: RemasterJob['pixelAspect'];
  readonly fields: Fields;
  /** Pixels as the engine reads them: upright, of whatever shape. */
  readonly upright: Dimensions;
  /** The same with square pixels, as Premiere shows it. */
  readonly square: Dimensions;
  /** Frames there are at `rate`; of a variable one, as many as begin within its time. */
  readonly frames: number;
}

/** Premiere's numbers are rounded; what the file says to within this is meant. */
const NEARLY = 1e-3;

export function footageOf(facts: ClipFacts, { interpretation }: Pick<Clip, 'interpretation'>): Footage {
  const rate = exactRate(interpretation.rate, facts.rate);
  const pixelAspect = aspectOf(interpretation.pixelAspect, facts.pixelAspect);
  return {
    rate,
    pixelAspect,
    fields: fieldsOf(facts, interpretation.fields),
    upright: uprightSize(facts, facts.rotation),
    square: squareSize(facts, pixelAspect, facts.rotation),
    frames: facts.variable ? Math.ceil(facts.seconds * framesOfSecond(rate) - NEARLY) : facts.frames,
  };
}

/** The file's own aspect where Premiere means it, else the simplest one that is Premiere's. */
function aspectOf(shown: number, file: RemasterJob['pixelAspect']): RemasterJob['pixelAspect'] {
  if (Math.abs(shown - file.numerator / file.denominator) < NEARLY) return file;
  for (let denominator = 1; denominator < 200; denominator += 1) {
    const numerator = Math.round(shown * denominator);
    if (Math.abs(numerator / denominator - shown) < NEARLY / 10) return { numerator, denominator };
  }
  return { numerator: Math.round(shown * 10_000), denominator: 10_000 };
}

/** What Premiere was told counts; else what the file says; else what its first frame shows. */
function fieldsOf(facts: ClipFacts, told: Clip['interpretation']['fields']): Fields {
  if (told !== 'default') return told;
  if (facts.fields !== 'unknown') return facts.fields;
  if (!facts.combed) return 'progressive';
  // DV of 480 lines has the lower field first (SMPTE 314M), all other common footage the upper one.
  return facts.height === 480 ? 'lower-first' : 'upper-first';
}

const BOXES: Readonly<Record<'uhd' | '8k', Dimensions>> = {
  uhd: { width: 3840, height: 2160 },
  '8k': { width: 7680, height: 4320 },
};

export type TargetProblem = 'smaller' | 'beyond';

export interface Goal extends Dimensions {
  /** How many times larger than the clip as Premiere shows it. */
  readonly factor: number;
  readonly problem: TargetProblem | undefined;
}

/** The render's sides: even, since video's colour is kept for two pixels by two. */
export function goalOf(square: Dimensions, target: ClipTarget, sequence: Dimensions | undefined): Goal {
  const wanted = factorOf(square, target, sequence);
  const even = (side: number): number => Math.max(2, 2 * Math.round((side * wanted) / 2));
  const [width, height] = [even(square.width), even(square.height)];
  // Rounding a side to even numbers may take a pixel from it.
  const problem =
    width < square.width * LEAST_FACTOR - 1 || height < square.height * LEAST_FACTOR - 1
      ? 'smaller'
      : wanted > MOST_FACTOR
        ? 'beyond'
        : undefined;
  return { width, height, factor: wanted, problem };
}

function factorOf(square: Dimensions, target: ClipTarget, sequence: Dimensions | undefined): number {
  switch (target) {
    case '2x':
      return 2;
    case '4x':
      return 4;
    case 'sequence':
      return fitted(square, sequence ?? square);
    default: {
      const { width, height } = BOXES[target];
      // Held upright, UHD is so as well.
      return fitted(square, square.height > square.width ? { width: height, height: width } : BOXES[target]);
    }
  }
}

function fitted(square: Dimensions, box: Dimensions): number {
  return Math.min(box.width / square.width, box.height / square.height);
}

/** Whether a render is a folder of single frames. */
export function isFrames(codec: Codec): boolean {
  return codec === 'png' || codec === 'tiff';
}

/** The one that was asked for where it can be had at this size, else the first that can. */
export function codecOf(wanted: Codec, reports: readonly CodecReport[]): CodecReport | undefined {
  return reports.find(({ codec }) => codec === wanted) ?? reports[0];
}

/** The depth of the render: the source's, and never less than what the codec always has. */
function depthOf({ codec, bitDepth }: CodecReport, source: number): RemasterJob['bitDepth'] {
  const fixed = codec === 'prores' || codec === 'tiff';
  return fixed || source > 8 ? bitDepth : 8;
}

export interface Plan {
  readonly job: RemasterJob;
  readonly frames: number;
  /** Frames beyond the in and out points that there are. */
  readonly handles: { readonly before: number; readonly after: number };
  /** For the networks. */
  readonly target: Target;
}

export function planOf(
  facts: ClipFacts,
  { ref, interpretation }: Pick<Clip, 'ref' | 'interpretation'>,
  { handles }: Pick<ClipSettings, 'handles'>,
  goal: Dimensions,
  report: CodecReport,
): Plan {
  const { rate, pixelAspect, fields, upright, frames } = footageOf(facts, { interpretation });
  const range = { in: BigInt(ref.inTicks), out: BigInt(ref.outTicks) };
  const { first, end } = framesOf(range, rate, handles, frames);
  const bare = framesOf(range, rate, 0, frames);
  const { width, height } = goal;
  return {
    job: {
      first,
      end,
      rate,
      resampled: facts.variable,
      target: { width, height },
      pixelAspect,
      rotation: facts.rotation,
      fields,
      colour: facts.colour,
      codec: report.codec,
      bitDepth: depthOf(report, facts.bitDepth),
    },
    frames: end - first,
    handles: { before: bare.first - first, after: end - bare.end },
    target: targetFor(upright, goal),
  };
}

/** The frame that a clip is judged by. */
export function middleFrame(facts: ClipFacts, clip: Pick<Clip, 'ref' | 'interpretation'>): number {
  const { first, end } = rangeOf(facts, clip);
  return Math.max(0, Math.min(Math.floor((first + end) / 2), footageOf(facts, clip).frames - 1));
}

/** By how many frames the clip goes on after its picture, as where its sound is longer. */
export function framesAfterPicture(
  facts: ClipFacts,
  { ref, interpretation }: Pick<Clip, 'ref' | 'interpretation'>,
): number {
  const { rate, frames } = footageOf(facts, { interpretation });
  return Math.max(0, frameAfter(BigInt(ref.outTicks), rate) - frames);
}

/** The frames between the clip's in and out points. */
export function rangeOf(
  facts: ClipFacts,
  { ref, interpretation }: Pick<Clip, 'ref' | 'interpretation'>,
): { readonly first: number; readonly end: number } {
  const { rate, frames } = footageOf(facts, { interpretation });
  return framesOf({ in: BigInt(ref.inTicks), out: BigInt(ref.outTicks) }, rate, 0, frames);
}

/** A job to look at single frames by, whatever becomes of them. */
export function pictureJob(facts: ClipFacts, clip: Pick<Clip, 'ref' | 'interpretation'>): RemasterJob {
  const { square } = footageOf(facts, clip);
  const report: CodecReport = { codec: 'prores', bitDepth: 10, constantQuality: true, frameBytes: 0 };
  return planOf(facts, clip, { handles: 0 }, goalOf(square, '2x', undefined), report).job;
}

/** What the engine makes of a picture of that size. */
export function targetFor(from: Dimensions, { width, height }: Dimensions): Target {
  return {
    width,
    height,
    scaleX: width / from.width,
    scaleY: height / from.height,
    offsetX: 0,
    offsetY: 0,
  };
}

/** Where a render lies in its own time, and in the media's. */
export interface Placement {
  readonly inTicks: string;
  readonly outTicks: string;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly mediaStartTicks: string;
  readonly rate: number;
}

/**
 * Its first frame is frame `first` of the source; the clip's in and out points stay where they are, but that nothing is
 * laid beyond the picture's end, which a clip's sound may outlast.
 */
export function placementOf(
  { first, end, rate, target }: Pick<RemasterJob, 'first' | 'end' | 'rate' | 'target'>,
  { ref, mediaStartTicks }: Pick<Clip, 'ref' | 'mediaStartTicks'>,
  square: Dimensions,
): Placement {
  const [begins, inTicks, outTicks] = [ticksOf(first, rate), BigInt(ref.inTicks), BigInt(ref.outTicks)];
  // A time that is rounded may lie a little before its frame; the clip keeps its length.
  const from = inTicks < begins ? 0n : inTicks - begins;
  const to = from + outTicks - inTicks;
  return {
    inTicks: String(from),
    outTicks: String(frameAfter(to, rate) > end - first ? ticksOf(end - first, rate) : to),
    scaleX: target.width / square.width,
    scaleY: target.height / square.height,
    mediaStartTicks: String(BigInt(mediaStartTicks) + begins),
    rate: framesOfSecond(rate),
  };
}
