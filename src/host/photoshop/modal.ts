/**
 * Photoshop's modal state, one command at a time. Errors come out as Loupe's own; a cancellation is never
 * swallowed, so that Photoshop rolls back whatever the command did (Adobe, executeAsModal).
 */
import { asLoupeError, LoupeError } from '../../errors.ts';
import type { ExecutionContext, Photoshop } from './photoshop.ts';

/** `e.number` when another modal command or a dialog is in the way (Adobe, executeAsModal). */
const COLLISION = 9;

/** Enters the modal state named `name`, waiting for Loupe's own earlier commands to leave it. */
export type Modal = <T>(name: string, work: (context: ExecutionContext) => Promise<T>) => Promise<T>;

export function modalOf(ps: Photoshop): Modal {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(name: string, work: (context: ExecutionContext) => Promise<T>): Promise<T> => {
    const result = last.then(() => enter(ps, name, work));
    last = result.catch(() => undefined);
    return result;
  };
}

async function enter<T>(
  ps: Photoshop,
  name: string,
  work: (context: ExecutionContext) => Promise<T>,
): Promise<T> {
  let context: ExecutionContext | undefined;
  // What the command threw, by itself: the docs do not say that Photoshop hands the same object on.
  let inside: { readonly thrown: unknown } | undefined;
  try {
    return await ps.core.executeAsModal(
      async (given) => {
        context = given;
        try {
          return await work(given);
        } catch (thrown) {
          inside = { thrown };
          throw thrown;
        }
      },
      { commandName: name },
    );
  } catch (thrown) {
    const cause = inside ? inside.thrown : thrown;
    if (cause instanceof LoupeError) throw cause;
    if (context?.isCancelled) throw new LoupeError('cancelled', '', { cause });
    if (!inside && isCollision(thrown)) throw new LoupeError('host-busy', '', { cause });
    throw asLoupeError(cause, 'host-failed');
  }
}

/** Throws `cancelled` once the user has pressed Escape or the page has discarded the job. */
export function stopIfCancelled(context: ExecutionContext, job: { readonly discarded: boolean }): void {
  if (context.isCancelled || job.discarded) throw new LoupeError('cancelled');
}

function isCollision(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'number' in thrown && thrown.number === COLLISION;
}
