/** The inside of a session worker, in a browser and in Node alike: opens networks, answers tiles. */
import { asLoupeError } from '../errors.ts';
import type { LoadedBlend } from './blend.ts';
import type { BlendedSession } from './blended-session.ts';
import {
  toProblem,
  type OpenSession,
  type Port,
  type ServeSession,
  type SessionReport,
  type TileAnswer,
  type TileRequest,
} from './session-protocol.ts';

/** What a worker has opened. */
export interface OpenedSession {
  readonly session: BlendedSession;
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

/** Serves the owner on `line`. What `open` rejects with is told as `backend-unavailable`, unless it has a code. */
export function serveSession<Setup>(
  line: OwnersLine,
  open: (start: OpenSession<Setup>) => Promise<OpenedSession>,
): void {
  let opened: OpenedSession | undefined;
  let serving: Port | undefined;

  line.addEventListener('message', ({ data }) => {
    const message = data as OpenSession<Setup> | ServeSession;
    if (message.kind === 'open') {
      open(message).then(
        (done) => {
          opened = done;
          line.postMessage({ kind: 'ready', device: done.device });
        },
        (thrown: unknown) => {
          line.postMessage({
            kind: 'failed',
            problem: toProblem(asLoupeError(thrown, 'backend-unavailable')),
          });
        },
      );
      return;
    }
    if (!opened) throw new Error('the session is not open yet');
    serving?.close();
    serving = message.port;
    answerTiles(serving, opened);
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

function answerTiles(port: Port, { session, lost }: OpenedSession): void {
  const answer = async ({ id, tile }: TileRequest): Promise<void> => {
    let result: TileAnswer;
    try {
      result = { id, tile: await Promise.race([session.run(tile), lost]) };
    } catch (thrown) {
      result = { id, problem: toProblem(asLoupeError(thrown, 'backend-failed')) };
    }
    const { buffer } = 'tile' in result ? result.tile.data : new Float32Array();
    port.postMessage(result, buffer instanceof ArrayBuffer && buffer.byteLength > 0 ? [buffer] : []);
  };
  port.addEventListener('message', ({ data }) => void answer(data as TileRequest));
  port.start();
}
