import { describe, expect, test } from '@jest/globals';
import { LoupeError } from '../../../../src/errors.ts';
import { Queue } from '../../../../src/panel/engine/queue.ts';

/** A queue, and jobs that run until they are told or stopped; `log` says what became of them. */
function world() {
  const queue = new Queue();
  const log: string[] = [];
  const done: Record<string, () => void> = {};
  const job = (name: string, { makesWay = false, signal = new AbortController().signal } = {}) =>
    queue
      .run(
        (turn) =>
          new Promise<string>((resolve, reject) => {
            log.push(`${name} begins`);
            done[name] = () => resolve(name);
            turn.addEventListener('abort', () => {
              log.push(`${name} stops`);
              reject(new LoupeError('cancelled'));
            });
          }),
        signal,
        { makesWay },
      )
      .then(
        () => log.push(`${name} is done`),
        (thrown: unknown) => log.push(`${name}: ${thrown instanceof LoupeError ? thrown.code : 'failed'}`),
      );
  return { queue, log, done, job };
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('the engine’s queue', () => {
  test('runs jobs one after another, also after one that failed', async () => {
    const { log, done, job, queue } = world();
    const failing = queue.run(() => Promise.reject(new Error('no')), new AbortController().signal);
    await expect(failing).rejects.toThrow('no');
    void job('one');
    void job('two');
    await rest();
    expect(log).toEqual(['one begins']);
    done['one']?.();
    await rest();
    expect(log).toEqual(['one begins', 'one is done', 'two begins']);
  });

  test('held, stops what makes way, lets others by, and begins it anew when let go', async () => {
    const { log, done, job, queue } = world();
    void job('estimate', { makesWay: true });
    void job('next estimate', { makesWay: true });
    await rest();
    const letGo = queue.hold();
    void job('preview');
    await rest();
    expect(log).toEqual(['estimate begins', 'estimate stops', 'preview begins']);
    done['preview']?.();
    await rest();
    expect(log.slice(3)).toEqual(['preview is done']);
    letGo();
    letGo();
    await rest();
    expect(log.slice(4)).toEqual(['estimate begins']);
    done['estimate']?.();
    await rest();
    expect(log.slice(5)).toEqual(['estimate is done', 'next estimate begins']);
  });

  test('held, does not stop what somebody waits for', async () => {
    const { log, job, queue } = world();
    void job('enhance');
    await rest();
    queue.hold();
    await rest();
    expect(log).toEqual(['enhance begins']);
  });

  test('is let go only when everybody who held it has done so', async () => {
    const { log, job, queue } = world();
    const [one, two] = [queue.hold(), queue.hold()];
    void job('estimate', { makesWay: true });
    one();
    await rest();
    expect(log).toEqual([]);
    two();
    await rest();
    expect(log).toEqual(['estimate begins']);
  });

  test('forgets a job that is aborted, whether it runs, waits, or has made way', async () => {
    const { log, job, queue } = world();
    const running = new AbortController();
    const waiting = new AbortController();
    void job('running', { makesWay: true, signal: running.signal });
    void job('waiting', { signal: waiting.signal });
    await rest();
    waiting.abort();
    await rest();
    expect(log).toEqual(['running begins', 'waiting: cancelled']);
    const letGo = queue.hold();
    await rest();
    running.abort();
    letGo();
    await rest();
    expect(log.slice(2)).toEqual(['running stops', 'running: cancelled']);
    const early = new AbortController();
    early.abort();
    await job('early', { signal: early.signal });
    expect(log.slice(4)).toEqual(['early: cancelled']);
  });
});
