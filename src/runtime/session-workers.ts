/** The owner's side of session workers: starts them, hands out ports to them, ends them. */
import { asLoupeError, LoupeError } from '../errors.ts';
import type { OwnModel } from './own-model.ts';
import {
  fromProblem,
  type InspectModel,
  type OpenSession,
  type Port,
  type ServeSession,
  type SessionReport,
} from './session-protocol.ts';

/** A worker as a browser or Node has it. */
export interface SessionWorker {
  post(message: OpenSession<unknown> | InspectModel<unknown> | ServeSession, transfer: Port[]): void;
  onReport(listener: (report: SessionReport) => void): void;
  /** Told if the script cannot be loaded or throws. */
  onCrash(listener: (why: string) => void): void;
  /** Resolves when it has ended, as far as that can be known. */
  terminate(): Promise<void>;
}

/** Workers with the same networks open. */
export class SessionWorkers {
  readonly #workers: readonly SessionWorker[];
  /** The device in words, as the first of them reports it. */
  readonly device: string;

  private constructor(workers: readonly SessionWorker[], device: string) {
    this.#workers = workers;
    this.device = device;
  }

  /** Resolves when all of `workers` have opened `start`; else ends all of them and rejects. */
  static async open(
    workers: readonly SessionWorker[],
    start: Omit<OpenSession<unknown>, 'kind'>,
    signal: AbortSignal,
  ): Promise<SessionWorkers> {
    try {
      const devices = await Promise.all(workers.map((worker) => openOne(worker, start, signal)));
      return new SessionWorkers(workers, devices[0] ?? '');
    } catch (thrown) {
      await Promise.all(workers.map((worker) => worker.terminate()));
      throw asLoupeError(thrown, 'backend-unavailable');
    }
  }

  /** One port to each session, for a pool. Ports given before fall silent. */
  connect(channel: () => { port1: Port; port2: Port }): Port[] {
    return this.#workers.map((worker) => {
      const { port1, port2 } = channel();
      worker.post({ kind: 'serve', port: port2 }, [port2]);
      return port1;
    });
  }

  async terminate(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/**
 * Has a worker look into a model of the user's own, and ends it. Rejects with `model-unfit`, its detail the reason, if
 * Loupe cannot use the model, and with the signal's reason on abort.
 */
export async function inspectInWorker(
  worker: SessionWorker,
  start: Omit<InspectModel<unknown>, 'kind'>,
  signal: AbortSignal,
): Promise<OwnModel> {
  try {
    const report = await ask(worker, { kind: 'inspect', ...start }, signal);
    if (report.kind !== 'inspected') throw new Error('the worker answered another question');
    return report.found;
  } finally {
    await worker.terminate();
  }
}

async function openOne(
  worker: SessionWorker,
  start: Omit<OpenSession<unknown>, 'kind'>,
  signal: AbortSignal,
): Promise<string> {
  const report = await ask(worker, { kind: 'open', ...start }, signal);
  if (report.kind !== 'ready') throw new Error('the worker answered another question');
  return report.device;
}

/** Resolves with the worker's report, unless that is of a failure. */
function ask(
  worker: SessionWorker,
  question: OpenSession<unknown> | InspectModel<unknown>,
  signal: AbortSignal,
): Promise<Exclude<SessionReport, { kind: 'failed' }>> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    worker.onReport((report) => {
      signal.removeEventListener('abort', abort);
      if (report.kind === 'failed') reject(fromProblem(report.problem));
      else resolve(report);
    });
    worker.onCrash((why) => reject(new LoupeError('backend-unavailable', why)));
    worker.post(question, []);
  });
}
