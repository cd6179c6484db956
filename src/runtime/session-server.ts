/** The inside of a session worker, in a browser and in Node alike: opens networks, answers tiles. */
import type { Tile } from '../engine/types.ts';
import { asLoupeError } from '../errors.ts';
import type { LoadedBlend } from './blend.ts';
import type { OwnModel } from './own-model.ts';
import type { BlendedSession } from './blended-session.ts';
import {
  toProblem,
  type InspectModel,
  type OpenSession,
  type Port,
  type ServeSession,
  type SessionReport,
  type TileAnswer,
  type TileRequest,
} from './session-protocol.ts';

/** What a worker has opened. */
export interface OpenedSession {
  readonly session: Pick<BlendedSession, 'run'>;
  /** The device in words. */
  readonly device: string;
  /** Rejects when the device is lost; what runs then may never answer. */
  readonly lost: Promise<never>;
}

/** A worker's own end of its line to its owner. */
export interface OwnersLine {
  postMessage(report: SessionReport): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** What a worker can be asked for; what a rejection lacks a code for is told as `backend-unavailable`. */
export interface Serving<Setup> {
  readonly open: (start: OpenSession<Setup>) => Promise<OpenedSession>;
  readonly inspect?: (start: InspectModel<Setup>) => Promise<OwnModel>;
}

/** Serves the owner on `line`. */
export function serveSession<Setup>(line: OwnersLine, { open, inspect }: Serving<Setup>): void {
  let run: RunTile | undefined;
  let serving: Port | undefined;

  const report = async (made: Promise<SessionReport>): Promise<void> => {
    line.postMessage(
      await made.catch((thrown: unknown) => ({
        kind: 'failed',
        problem: toProblem(asLoupeError(thrown, 'backend-unavailable')),
      })),
    );
  };

  line.addEventListener('message', ({ data }) => {
    const message = data as OpenSession<Setup> | InspectModel<Setup> | ServeSession;
    if (message.kind === 'serve') {
      if (!run) throw new Error('the session is not open yet');
      serving?.close();
      serving = message.port;
      answerTiles(serving, run);
    } else if (message.kind === 'inspect') {
      if (!inspect) throw new Error('this worker looks into no models');
      void report(inspect(message).then((found) => ({ kind: 'inspected', found })));
    } else {
      void report(
        open(message).then((done) => {
          run = runner(done);
          return { kind: 'ready', device: done.device };
        }),
      );
    }
  });
}

/** What the message says to open, as bytes. */
export async function loadedBlend({
  parts,
  selfEnsemble,
}: Pick<OpenSession<unknown>, 'parts' | 'selfEnsemble'>): Promise<LoadedBlend> {
  const loaded = parts.map(async ({ model, share }) => ({
    model: new Uint8Array(await model.arrayBuffer()),
    share,
  }));
  return { parts: await Promise.all(loaded), selfEnsemble };
}

type RunTile = (tile: Tile) => Promise<Tile>;

/** Rejects what is under way when the device is lost. A race against one promise would keep every result alive. */
function runner({ session, lost }: OpenedSession): RunTile {
  const pending = new Set<(reason: Error) => void>();
  let gone: Error | undefined;
  lost.catch((thrown: unknown) => {
    gone = asLoupeError(thrown, 'backend-failed');
    for (const giveUp of pending) giveUp(gone);
  });
  return (tile) => {
    if (gone) return Promise.reject(gone);
    let giveUp: (reason: Error) => void = () => undefined;
    const result = new Promise<Tile>((resolve, reject) => {
      giveUp = reject;
      pending.add(giveUp);
      session.run(tile).then(resolve, reject);
    });
    return result.finally(() => pending.delete(giveUp));
  };
}

function answerTiles(port: Port, run: RunTile): void {
  const answer = async ({ id, tile }: TileRequest): Promise<void> => {
    let result: TileAnswer;
    try {
      result = { id, tile: await run(tile) };
    } catch (thrown) {
      result = { id, problem: toProblem(asLoupeError(thrown, 'backend-failed')) };
    }
    const { buffer } = 'tile' in result ? result.tile.data : new Float32Array();
    port.postMessage(result, buffer instanceof ArrayBuffer && buffer.byteLength > 0 ? [buffer] : []);
  };
  port.addEventListener('message', ({ data }) => void answer(data as TileRequest));
  port.start();
}
