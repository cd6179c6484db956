import { describe, expect, test } from '@jest/globals';
import type { Tile } from '../../../src/engine/types.ts';
import { LoupeError } from '../../../src/errors.ts';
import { sessionPool, type ReleasedState } from '../../../src/runtime/session-pool.ts';
import type { Port, TileAnswer, TileRequest } from '../../../src/runtime/session-protocol.ts';

const { signal } = new AbortController();
const tile = (value: number): Tile => ({ width: 1, height: 1, data: Float32Array.of(value, value, value) });

/** A session that answers when told. */
class FakePort implements Port {
  readonly requests: TileRequest[] = [];
  closed = false;
  #listener: (event: { data: unknown }) => void = () => undefined;

  postMessage(message: unknown): void {
    this.requests.push(message as TileRequest);
  }
  addEventListener(_: 'message', listener: (event: { data: unknown }) => void): void {
    this.#listener = listener;
  }
  start(): void {
    return;
  }
  close(): void {
    this.closed = true;
  }
  answer(how: { problem?: { code: string; detail: string } } = {}): void {
    const request = this.requests.at(-1);
    if (!request) throw new Error('nothing was asked');
    const { id } = request;
    const answer: TileAnswer = how.problem ? { id, problem: how.problem } : { id, tile: request.tile };
    this.#listener({ data: answer });
  }
}

function poolOf(count: number) {
  const ports = Array.from({ length: count }, () => new FakePort());
  const released: ReleasedState[] = [];
  const pool = sessionPool(ports, {
    backend: 'wasm',
    device: 'CPU',
    release: (state) => {
      released.push(state);
      return Promise.resolve();
    },
  });
  const asked = () => ports.map(({ requests }) => requests.length);
  const port = (i: number): FakePort => {
    const found = ports[i];
    if (!found) throw new RangeError(`no port ${i}`);
    return found;
  };
  return { pool, ports, port, released, asked };
}

describe('a pool of sessions', () => {
  test('gives tiles to all sessions, one at a time each, and the next to whichever is free first', async () => {
    const { pool, port, asked } = poolOf(3);
    expect(pool.lanes).toBe(3);
    const runs = [1, 2, 3, 4, 5].map((value) => pool.run(tile(value), signal));
    expect(asked()).toEqual([1, 1, 1]);
    port(1).answer();
    expect(asked()).toEqual([1, 2, 1]);
    port(1).answer();
    expect(asked()).toEqual([1, 3, 1]);
    for (const i of [0, 1, 2]) port(i).answer();
    const results = await Promise.all(runs);
    expect(results.map(({ data }) => data[0])).toEqual([1, 2, 3, 4, 5]);
  });

  test('rejects at once on abort, and leaves the session alone until it is done', async () => {
    const { pool, port, asked } = poolOf(1);
    const controller = new AbortController();
    const reason = new LoupeError('cancelled');
    const [running, waiting] = [pool.run(tile(1), controller.signal), pool.run(tile(2), controller.signal)];
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    await expect(waiting).rejects.toBe(reason);
    const next = pool.run(tile(3), signal);
    expect(asked()).toEqual([1]);
    port(0).answer();
    expect(asked()).toEqual([2]);
    port(0).answer();
    expect((await next).data[0]).toBe(3);
  });

  test('takes no tile for a signal that was aborted before', async () => {
    const { pool, asked } = poolOf(1);
    await expect(pool.run(tile(1), AbortSignal.abort(new LoupeError('cancelled')))).rejects.toThrow(
      'Cancelled',
    );
    expect(asked()).toEqual([0]);
  });

  test('rejects with the session’s named error, and goes on with the next tile', async () => {
    const { pool, port } = poolOf(1);
    const [bad, good] = [pool.run(tile(1), signal), pool.run(tile(2), signal)];
    port(0).answer({ problem: { code: 'backend-failed', detail: 'the GPU was lost' } });
    port(0).answer();
    await expect(bad).rejects.toMatchObject({ code: 'backend-failed', detail: 'the GPU was lost' });
    expect((await good).data[0]).toBe(2);
  });

  test('tells its owner in which state it leaves the sessions', async () => {
    const idle = poolOf(2);
    const ran = idle.pool.run(tile(1), signal);
    idle.port(0).answer();
    await ran;
    await idle.pool.dispose();
    await idle.pool.dispose();
    expect(idle.released).toEqual(['idle']);
    expect(idle.ports.every(({ closed }) => closed)).toBe(true);

    const busy = poolOf(1);
    const running = busy.pool.run(tile(1), signal);
    await busy.pool.dispose();
    expect(busy.released).toEqual(['busy']);
    await expect(running).rejects.toMatchObject({ code: 'backend-failed' });
    await expect(busy.pool.run(tile(2), signal)).rejects.toMatchObject({ code: 'backend-failed' });

    const failed = poolOf(1);
    const bad = failed.pool.run(tile(1), signal);
    failed.port(0).answer({ problem: { code: 'backend-failed', detail: '' } });
    await expect(bad).rejects.toBeInstanceOf(LoupeError);
    await failed.pool.dispose();
    expect(failed.released).toEqual(['failed']);
  });
});
