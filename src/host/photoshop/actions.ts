/** Steps in Photoshop's actions (Adobe, Recording an Action Step Provided by a UXP Plugin). */
import type { Photoshop } from './photoshop.ts';

/** Photoshop 25.0 has it; the published types have not. */
interface Recorder {
  recordAction(step: { name: string; methodName: string }, info: Record<string, string>): unknown;
}

/**
 * Adds a step to the action that is being recorded, if one is. Played, it calls the global function `methodName` with
 * `info`.
 */
export function recordStep(
  ps: Photoshop,
  name: string,
  methodName: string,
  info: Record<string, string>,
): void {
  const recorder = ps.action as Photoshop['action'] & Recorder;
  // Adobe says neither what it gives nor what it does while nothing is recorded; it may throw or reject then.
  void Promise.resolve({ name, methodName })
    .then((step) => recorder.recordAction(step, info))
    .catch(() => undefined);
}
