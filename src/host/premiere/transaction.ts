/** One step of Undo. */
import type { Action } from '@adobe/premierepro';
import { LoupeError } from '../../errors.ts';
import type { Project } from './premiere.ts';

/**
 * Actions are made within the transaction, and that within the lock, as from Premiere 26.3 on they must be; none sees what
 * another of the same transaction does. Throws `transaction-refused` where Premiere refuses it.
 *
 * @param what it was to do, as the error says it: “lay the render over the clip”
 */
export function transact(
  project: Project,
  { what, undoName }: { readonly what: string; readonly undoName: string },
  actions: (add: (action: Action) => void) => void,
): void {
  const outcome = { done: false };
  try {
    project.lockedAccess(() => {
      outcome.done = project.executeTransaction((compound) => {
        actions((action) => {
          if (!compound.addAction(action)) throw new Error('an action was refused');
        });
      }, undoName);
    });
  } catch (thrown) {
    throw new LoupeError('transaction-refused', what, { cause: thrown });
  }
  if (!outcome.done) throw new LoupeError('transaction-refused', what);
}
