/** What is unusual about a clip, and what Loupe makes of it: said before anything is begun. */
import type { ClipFacts, Fields, RemasterJob } from '../../video/types.ts';
import { framesOfSecond } from '../../video/rate.ts';
import { footageOf, framesAfterPicture, type Clip } from './plan.ts';

export type Note =
  | {
      readonly kind: 'interlaced';
      readonly fields: Exclude<Fields, 'progressive'>;
      readonly guessed: boolean;
    }
  /** Its frames show two fields, though it says that they are whole. */
  | { readonly kind: 'combed' }
  | { readonly kind: 'variable'; readonly rate: number }
  /** Premiere plays it at another rate than its own. */
  | { readonly kind: 'reinterpreted'; readonly rate: number; readonly own: number }
  | { readonly kind: 'range'; readonly dynamicRange: Exclude<ClipFacts['dynamicRange'], 'sdr'> }
  /** The browser gives it as 8 bits of sRGB. */
  | { readonly kind: 'converted' }
  | { readonly kind: 'depth'; readonly source: number; readonly kept: number }
  | { readonly kind: 'assumed'; readonly matrix: string }
  | { readonly kind: 'rotated'; readonly degrees: number }
  | { readonly kind: 'aspect'; readonly aspect: number; readonly width: number; readonly height: number }
  /** The clip goes on for so many frames after its picture. */
  | { readonly kind: 'ends'; readonly frames: number }
  | { readonly kind: 'effects'; readonly names: readonly string[] };

export interface NotesOptions {
  readonly facts: ClipFacts;
  readonly clip: Pick<Clip, 'ref' | 'interpretation' | 'effects'>;
  /** As it would be made; undefined while that is not known. */
  readonly job?: Pick<RemasterJob, 'bitDepth'> | undefined;
}

/** The weightiest first. */
export function notesOf({ facts, clip, job }: NotesOptions): Note[] {
  const { rate, pixelAspect, fields, square } = footageOf(facts, clip);
  const notes: Note[] = [];
  if (facts.dynamicRange !== 'sdr') notes.push({ kind: 'range', dynamicRange: facts.dynamicRange });
  if (fields !== 'progressive') {
    const guessed = clip.interpretation.fields === 'default' && facts.fields === 'unknown';
    notes.push({ kind: 'interlaced', fields, guessed });
  } else if (facts.combed) notes.push({ kind: 'combed' });
  const own = framesOfSecond(facts.rate);
  // 24 and 23.976 differ by a thousandth, which is meant; numbers that were rounded by far less.
  if (facts.variable) notes.push({ kind: 'variable', rate: framesOfSecond(rate) });
  else if (Math.abs(framesOfSecond(rate) - own) > own / 5000)
    notes.push({ kind: 'reinterpreted', rate: framesOfSecond(rate), own });
  if (facts.converted) notes.push({ kind: 'converted' });
  else if (job && facts.bitDepth > 8)
    notes.push({ kind: 'depth', source: facts.bitDepth, kept: job.bitDepth });
  if (facts.assumed.includes('matrix') || facts.assumed.includes('primaries'))
    notes.push({ kind: 'assumed', matrix: facts.colour.matrix });
  if (facts.rotation !== 0) notes.push({ kind: 'rotated', degrees: facts.rotation });
  const aspect = pixelAspect.numerator / pixelAspect.denominator;
  if (aspect !== 1) notes.push({ kind: 'aspect', aspect, ...square });
  const frames = framesAfterPicture(facts, clip);
  if (frames > 0) notes.push({ kind: 'ends', frames });
  if (clip.effects.length > 0) notes.push({ kind: 'effects', names: clip.effects });
  return notes;
}
