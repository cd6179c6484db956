/** Runs tiles on several sessions at once, one tile at a time each. */
import { LoupeError } from '../errors.ts';
import type { BackendName, Tile, TileRunner } from '../engine/types.ts';
import { fromProblem, type Port, type TileAnswer, type TileRequest } from './session-protocol.ts';

export interface PoolOptions {
  readonly backend: BackendName;
  readonly device: string;
  /** Called once, when the pool is disposed of. */
  readonly release: (state: ReleasedState) => Promise<void>;
}

/** How a pool leaves its sessions: `busy` with a tile nobody waits for any more, `failed` if one has failed. */
export type ReleasedState = 'idle' | 'busy' | 'failed';

interface Lane {
  readonly port: Port;
  /** Set while the session is at a tile, wanted or not. */
  settle: ((answer: TileAnswer) => void) | undefined;
}

/**
 * A runner over `ports`, each with a session behind it. Rejects with the signal's reason at once on abort: the
 * session is left to finish its tile, and takes no other before, unless its owner ends it.
 */
export function sessionPool(ports: readonly Port[], { backend, device, release }: PoolOptions): TileRunner {
  let nextId = 0;
  let failed = false;
  let disposed: Promise<void> | undefined;
  const endings = new AbortController();
  /** Each begins its tile on the lane, or says false if nobody waits for it any more. */
  const waiting: ((lane: Lane) => boolean)[] = [];
  const lanes: Lane[] = ports.map((port) => ({ port, settle: undefined }));

  for (const lane of lanes) {
    lane.port.addEventListener('message', ({ data }) => {
      const settle = lane.settle;
      lane.settle = undefined;
      settle?.(data as TileAnswer);
      // Whoever waited longest and has not been given up meanwhile.
      while (waiting.shift()?.(lane) === false);
    });
    lane.port.start();
  }

  const run = (tile: Tile, signal: AbortSignal): Promise<Tile> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      endings.signal.throwIfAborted();
      const give = (ending: AbortSignal) => () => reject(ending.reason as Error);
      const [abort, end] = [give(signal), give(endings.signal)];
      signal.addEventListener('abort', abort, { once: true });
      endings.signal.addEventListener('abort', end, { once: true });
      const begin = (lane: Lane): boolean => {
        if (signal.aborted || endings.signal.aborted) return false;
        const id = nextId++;
        lane.settle = (answer) => {
          signal.removeEventListener('abort', abort);
          endings.signal.removeEventListener('abort', end);
          if ('tile' in answer) {
            resolve(answer.tile);
          } else {
            failed = true;
            reject(fromProblem(answer.problem));
          }
        };
        const request: TileRequest = { id, tile };
        lane.port.postMessage(request, [transferable(tile)]);
        return true;
      };
      const free = lanes.find((lane) => !lane.settle);
      if (free) begin(free);
      else waiting.push(begin);
    });

  return {
    backend,
    device,
    lanes: lanes.length,
    run,
    dispose: () => {
      disposed ??= (() => {
        const busy = lanes.some((lane) => lane.settle);
        endings.abort(new LoupeError('backend-failed', 'its sessions were ended'));
        for (const { port } of lanes) port.close();
        return release(failed ? 'failed' : busy ? 'busy' : 'idle');
      })();
      return disposed;
    },
  };
}

function transferable({ data }: Tile): ArrayBuffer {
  if (!(data.buffer instanceof ArrayBuffer)) throw new TypeError('a tile has a buffer of its own');
  return data.buffer;
}
