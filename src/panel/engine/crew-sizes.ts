/**
 * How the two crews that a job may have share the machine. `most` is the session workers that a job with one crew uses
 * on the CPU, a core each. Each takes 100 to 400 MB while it works, and a WASM heap never shrinks.
 */
import { planRun } from '../../engine/plan-run.ts';
import type { PictureFormat } from '../../engine/types.ts';
import { tilePixels } from '../../runtime/tile-pixels.ts';
import type { EngineJob } from './protocol.ts';

/** Each takes a core, and 100 to 400 MB while it works. */
const MAX_WORKERS = 8;

/** On this machine, for a job with one crew. */
export function mostWorkers(): number {
  return Math.max(1, Math.min(MAX_WORKERS, navigator.hardwareConcurrency));
}

/** Workers on the CPU for the picture and for its faces: no more than tiles that each has to make. */
export function crewsFor(
  { blend, faces, crop }: Pick<EngineJob, 'blend' | 'faces' | 'crop'>,
  format: PictureFormat,
  most: number,
): { readonly base: number; readonly faces: number } {
  const local = faces && { network: faces.blend, regions: faces.regions };
  const widest = Math.max(blend.widest, faces?.blend.widest ?? 0);
  const { runs } = planRun(format, blend, local, tilePixels('wasm', widest), most, crop?.cut);
  return {
    base: Math.max(1, Math.min(most, runs.base)),
    faces: Math.max(1, Math.min(mostForFaces(most), runs.local)),
  };
}

/**
 * Of the face network's, beside `most` of the other's. The engine runs no more tiles at once than the larger crew has
 * workers, so that cores are not fought over; what this bounds is memory, at one and a half times that of a plain job.
 */
export function mostForFaces(most: number): number {
  return Math.ceil(most / 2);
}

/** Of each of the two ends, which run at the same time: half of the cores; on a single core they take turns. */
export function mostForEnd(most: number): number {
  return Math.max(1, Math.floor(most / 2));
}

/** Of all crews together, the idle ones included, and one for the face detector, whose heap is small. */
export function mostOnCpu(most: number): number {
  return most + mostForFaces(most) + 1;
}
