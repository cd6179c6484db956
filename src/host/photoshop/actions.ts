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
export async function recordStep(
  ps: Photoshop,
  name: string,
  methodName: string,
  info: Record<string, string>,
): Promise<void> {
  const recorder = ps.action as Photoshop['action'] & Recorder;
  try {
    await recorder.recordAction({ name, methodName }, info);
  } catch {
    // Adobe does not say what it does while nothing is recorded; an error is then the right answer.
  }
}
