/** A worker of the page's own, and the line to it. */
import { wrap, type Remote } from 'comlink';
import { LoupeError } from '../../errors.ts';
import type { Assets } from './assets.ts';

export interface WorkerLine<T> {
  readonly worker: Remote<T>;
  /** Rejects when the worker throws outside a call, with which it has ended: nobody knows what state it is in. */
  readonly crashed: Promise<never>;
}

/** Starts the worker's script from a blob, since a local page may start none from a file. */
export async function startWorker<T>(assets: Assets, script: string): Promise<WorkerLine<T>> {
  const thread = new Worker(URL.createObjectURL(await assets.script(script)));
  const crashed = new Promise<never>((_, reject) => {
    thread.addEventListener('error', ({ message }) => {
      thread.terminate();
      reject(new LoupeError('backend-failed', message));
    });
  });
  crashed.catch(() => undefined);
  return { worker: wrap<T>(thread), crashed };
}

/** A line that is made when it is first asked for, and anew after it has crashed or could not be made. */
export function keptLine<T>(start: () => Promise<WorkerLine<T>>): () => Promise<WorkerLine<T>> {
  let line: Promise<WorkerLine<T>> | undefined;
  return () => {
    if (line) return line;
    const started = start();
    const forget = (): void => {
      if (line === started) line = undefined;
    };
    started.then(({ crashed }) => void crashed.catch(forget), forget);
    return (line = started);
  };
}
