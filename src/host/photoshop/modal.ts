/**
 * Photoshop's modal state, one command at a time. Errors come out as Loupe's own; a cancellation is never
 * swallowed, so that Photoshop rolls back whatever the command did (Adobe, executeAsModal).
 */
import { asLoupeError, LoupeError } from '../../errors.ts';
import { en, type Texts } from '../../texts/index.ts';
import type { ExecutionContext, Photoshop } from './photoshop.ts';

/** `e.number` when another modal command or a dialog is in the way (Adobe, executeAsModal). */
const COLLISION = 9;

/** Enters the modal state named `name`, waiting for Loupe's own earlier commands to leave it. */
export interface Modal {
  <T>(name: string, work: (context: ExecutionContext) => Promise<T>): Promise<T>;
  /** What Photoshop shows while it is in one. */
  readonly words: Texts['host'];
}

/** A modal state that Photoshop has entered for Loupe already, to play a recorded step in. */
export interface Lending {
  /**
   * Commands use that state until what is returned is called: they could not enter another, as their calls come from the
   * page and not from within. What is no such state is not used.
   */
  lend(context: unknown): () => void;
}

export function modalOf(ps: Photoshop, words: Texts['host'] = en.host): Modal & Lending {
  let last: Promise<unknown> = Promise.resolve();
  let lent: ExecutionContext | undefined;
  const modal = <T>(name: string, work: (context: ExecutionContext) => Promise<T>): Promise<T> => {
    const result = last.then(() => enter(ps, name, work, lent));
    last = result.catch(() => undefined);
    return result;
  };
  return Object.assign(modal, {
    words,
    lend(context: unknown): () => void {
      if (isModalState(context)) lent = context;
      return () => {
        lent = undefined;
      };
    },
  });
}

function isModalState(context: unknown): context is ExecutionContext {
  return (
    typeof context === 'object' && context !== null && 'hostControl' in context && 'reportProgress' in context
  );
}

async function enter<T>(
  ps: Photoshop,
  name: string,
  work: (context: ExecutionContext) => Promise<T>,
  lent: ExecutionContext | undefined,
): Promise<T> {
  let context: ExecutionContext | undefined;
  // What the command threw, by itself: the docs do not say that Photoshop hands the same object on.
  let inside: { readonly thrown: unknown } | undefined;
  const run = async (given: ExecutionContext): Promise<T> => {
    context = given;
    try {
      return await work(given);
    } catch (thrown) {
      inside = { thrown };
      throw thrown;
    }
  };
  try {
    return await (lent ? run(lent) : ps.core.executeAsModal(run, { commandName: name }));
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
