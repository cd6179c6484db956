import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Tile } from '../../../src/engine/types.ts';
import { LoupeError } from '../../../src/errors.ts';
import { loadedBlend, serveSession, type OpenedSession } from '../../../src/runtime/session-server.ts';
import type { Port, SessionReport, TileAnswer } from '../../../src/runtime/session-protocol.ts';

const tile = (value: number): Tile => ({ width: 1, height: 1, data: Float32Array.of(value, value, value) });

/** A worker's line to its owner, who is the test. */
class Line {
  readonly reports: SessionReport[] = [];
  #listener: (event: { data: unknown }) => void = () => undefined;

  postMessage(report: SessionReport): void {
    this.reports.push(report);
  }
  addEventListener(_: 'message', listener: (event: { data: unknown }) => void): void {
    this.#listener = listener;
  }
  say(message: unknown): void {
    this.#listener({ data: message });
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** A served session that runs tiles as `run` does, with a port to it. */
async function served(run: (tile: Tile) => Promise<Tile>) {
  const line = new Line();
  let lose: (reason: Error) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => (lose = reject));
  lost.catch(() => undefined);
  const opened: OpenedSession = { session: { run }, device: 'a device', lost };
  serveSession(line, { open: () => Promise.resolve(opened) });
  line.say({ kind: 'open', parts: [], selfEnsemble: false, setup: undefined });
  await settled();
  const { port1, port2 } = new MessageChannel();
  closing.push(() => port1.close());
  line.say({ kind: 'serve', port: port2 as unknown as Port });
  const answers: TileAnswer[] = [];
  port1.on('message', (answer: TileAnswer) => answers.push(answer));
  const until = async (count: number) => {
    while (answers.length < count) await settled();
    return answers;
  };
  return { line, ask: (id: number) => port1.postMessage({ id, tile: tile(id) }), until, lose };
}

describe('a session worker', () => {
  test('reports its device, answers tiles in turn and tells what one failed with', async () => {
    const { line, ask, until } = await served(({ data: [value = NaN] }) =>
      value === 2 ? Promise.reject(new Error('out of memory')) : Promise.resolve(tile(10 * value)),
    );
    expect(line.reports).toEqual([{ kind: 'ready', device: 'a device' }]);
    [1, 2, 3].forEach(ask);
    expect(await until(3)).toEqual([
      { id: 1, tile: tile(10) },
      { id: 2, problem: { code: 'backend-failed', detail: 'out of memory' } },
      { id: 3, tile: tile(30) },
    ]);
  });

  test('gives up the tile under way when its device is lost, and every later one', async () => {
    let begun = 0;
    const { ask, until, lose } = await served(() => {
      begun++;
      return new Promise<Tile>(() => undefined);
    });
    ask(1);
    while (begun === 0) await settled();
    lose(new LoupeError('backend-failed', 'the GPU was lost'));
    const problem = { code: 'backend-failed', detail: 'the GPU was lost' };
    expect(await until(1)).toEqual([{ id: 1, problem }]);
    ask(2);
    expect(await until(2)).toContainEqual({ id: 2, problem });
    expect(begun).toBe(1);
  });

  test('reports why it could not open', async () => {
    const line = new Line();
    serveSession(line, { open: () => Promise.reject(new Error('no memory')) });
    line.say({ kind: 'open', parts: [], selfEnsemble: false, setup: undefined });
    await settled();
    expect(line.reports).toEqual([
      { kind: 'failed', problem: { code: 'backend-unavailable', detail: 'no memory' } },
    ]);
  });

  test('reports what it found in a model of the user’s own, and why one is none', async () => {
    const line = new Line();
    const found = { scale: 2, overlap: 8 };
    serveSession<boolean>(line, {
      open: () => Promise.reject(new Error('nothing is to be opened')),
      inspect: ({ setup }) =>
        setup ? Promise.resolve(found) : Promise.reject(new LoupeError('model-unfit', 'it is a song')),
    });
    for (const setup of [true, false]) {
      line.say({ kind: 'inspect', model: new Blob([]), setup });
      await settled();
    }
    expect(line.reports).toEqual([
      { kind: 'inspected', found },
      { kind: 'failed', problem: { code: 'model-unfit', detail: 'it is a song' } },
    ]);
  });

  test('reads the networks it is sent in their order, with their shares', async () => {
    const parts = [
      { model: new Blob([Uint8Array.of(1, 2)]), share: 0.25 },
      { model: new Blob([Uint8Array.of(3)]), share: 0.75 },
    ];
    expect(await loadedBlend({ parts, selfEnsemble: true })).toEqual({
      parts: [
        { model: Uint8Array.of(1, 2), share: 0.25 },
        { model: Uint8Array.of(3), share: 0.75 },
      ],
      selfEnsemble: true,
    });
  });
});
