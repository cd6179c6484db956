/** Jobs one after another. What nobody waits for can be held back, and makes way for what somebody does. */
import { LoupeError } from '../../errors.ts';

interface Job {
  readonly makesWay: boolean;
  /** Resolves when it is over, or has made way. */
  begin(): Promise<'over' | 'made way'>;
  /** Only while it runs. */
  makeWay?: () => void;
}

export class Queue {
  readonly #waiting: Job[] = [];
  #running: Job | undefined;
  #holds = 0;

  /**
   * Calls when the jobs before are over. Rejects with `cancelled` on abort, at once while it waits.
   *
   * @param makesWay whether it waits while the queue is held; it is then called anew, if it had begun
   */
  run<T>(
    call: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    { makesWay = false }: { makesWay?: boolean } = {},
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        const at = this.#waiting.indexOf(job);
        if (at < 0) return;
        this.#waiting.splice(at, 1);
        reject(new LoupeError('cancelled'));
      };
      const job: Job = {
        makesWay,
        begin: async () => {
          const turn = new AbortController();
          const forward = (): void => turn.abort();
          signal.addEventListener('abort', forward, { once: true });
          job.makeWay = forward;
          try {
            resolve(await call(turn.signal));
          } catch (thrown) {
            if (turn.signal.aborted && !signal.aborted) return 'made way';
            reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
          } finally {
            signal.removeEventListener('abort', forward);
            delete job.makeWay;
          }
          signal.removeEventListener('abort', leave);
          return 'over';
        },
      };
      this.#waiting.push(job);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave);
      this.#next();
    });
  }

  /** Holds back what makes way, until what is returned has been called. */
  hold(): () => void {
    this.#holds += 1;
    if (this.#running?.makesWay) this.#running.makeWay?.();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      this.#next();
    };
  }

  #next(): void {
    if (this.#running) return;
    const at = this.#waiting.findIndex(({ makesWay }) => !makesWay || this.#holds === 0);
    const [job] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (!job) return;
    this.#running = job;
    void job.begin().then((end) => {
      this.#running = undefined;
      // First of those that wait, as it was.
      if (end === 'made way') this.#waiting.unshift(job);
      this.#next();
    });
  }
}
