/** The engine as the page holds it: makes the workers, runs jobs one after another. */
import { proxy, type Remote } from 'comlink';
import type { Catalog } from '../../catalog.ts';
import { moved } from '../../comlink.ts';
import { asLoupeError, LoupeError } from '../../errors.ts';
import { workersLabel } from '../../runtime/workers-label.ts';
import { Assets } from './assets.ts';
import { mostWorkers } from './crew-sizes.ts';
import { OwnModels } from './own-models.ts';
import type { BackendReport, Engine } from './protocol.ts';
import { Queue } from './queue.ts';
import { PageSessions } from './session-host.ts';
import { SessionWorkerFactory } from './session-worker.ts';
import { keptLine, startWorker, type WorkerLine } from './worker-line.ts';
import type { EngineWorker, JobSetup } from './worker-protocol.ts';

/** Set before the panel's script runs; for tests and for looking into a machine's troubles. */
export interface LoupeOptions {
  /** Takes a GPU emulated on the CPU for a GPU: right, but 50 times slower than WASM. */
  readonly allowSoftwareGpu?: boolean;
  /** Has ONNX Runtime tell the console where it puts each node. */
  readonly verbose?: boolean;
}

declare global {
  var loupeOptions: LoupeOptions | undefined;
}

/** Starts the engine worker and looks for backends; nothing else is loaded before the first job. */
export function createEngine({ detector }: Pick<Catalog, 'detector'>): Engine {
  const { allowSoftwareGpu = false, verbose = false } = globalThis.loupeOptions ?? {};
  const maxWorkers = mostWorkers();
  const assets = new Assets();
  const sessions = new SessionWorkerFactory(assets, { allowSoftwareGpu, verbose });
  const own = new OwnModels(sessions);
  const line = keptLine(() => startEngine(assets, new PageSessions(assets, own, sessions, maxWorkers)));
  const reports = findBackends(line(), allowSoftwareGpu, maxWorkers);
  // Whoever asks for them meets the error.
  reports.catch(() => undefined);
  const queue = new Queue();
  let nextId = 0;

  /** Runs `call` when the jobs before it are done, with a setup of its own id. */
  const job = <T>(
    signal: AbortSignal,
    call: (worker: Remote<EngineWorker>, setup: JobSetup, crashed: Promise<never>) => Promise<T>,
    options?: { makesWay: boolean },
  ): Promise<T> => {
    const run = async (turn: AbortSignal): Promise<T> => {
      const id = nextId++;
      const { worker, crashed } = await line();
      const providers = (await reports).map(({ name }) => name).filter((name) => name !== 'native');
      const cancel = () => void worker.cancel(id);
      turn.addEventListener('abort', cancel, { once: true });
      try {
        turn.throwIfAborted();
        return await Promise.race([call(worker, { id, providers, maxWorkers }, crashed), crashed]);
      } catch (thrown) {
        throw turn.aborted ? new LoupeError('cancelled') : asLoupeError(thrown, 'backend-failed');
      } finally {
        turn.removeEventListener('abort', cancel);
      }
    };
    return queue.run(run, signal, options);
  };

  return {
    backends: () => reports,
    estimate: (what, format, signal) =>
      job(signal, (worker, setup) => worker.estimate(what, format, setup), { makesWay: true }),
    enhance: (what, source, sink, signal, onProgress) =>
      job(signal, (worker, setup) =>
        worker.enhance(
          what,
          source.format,
          setup,
          proxy({ read: async (rows: number) => moved(await source.read(rows)) }),
          proxy({ open: sink.open.bind(sink), write: sink.write.bind(sink) }),
          proxy(onProgress),
        ),
      ),
    openClip: (what, format, signal, only) =>
      new Promise((resolve, reject) => {
        const hold = job(signal, async (worker, setup, failed) => {
          const opened = await worker.openClip(what, format, setup, only);
          try {
            signal.throwIfAborted();
            await new Promise<void>((close) => {
              signal.addEventListener('abort', () => close(), { once: true });
              resolve({ ...opened, failed, close });
            });
          } finally {
            // Before the next job's networks are loaded beside them.
            await worker.cancel(setup.id);
          }
        });
        hold.catch(reject);
      }),
    propose: (picture, signal) => job(signal, (worker, setup) => worker.propose(picture, detector, setup)),
    compareEnds: (ends, source, signal, onProgress) =>
      job(
        signal,
        (worker, setup) => {
          const copies = [source(), source()] as const;
          const read = async (copy: number, rows: number) =>
            moved(await (copies[copy] ?? copies[0]).read(rows));
          return worker.compareEnds(ends, copies[0].format, setup, proxy(read), proxy(onProgress));
        },
        { makesWay: true },
      ),
    holdBack: () => queue.hold(),
    inspectOwn: (file, signal) =>
      job(signal, (worker) => own.inspect(file, (bytes) => worker.sha256(bytes), signal)),
  };
}

async function startEngine(assets: Assets, sessions: PageSessions): Promise<WorkerLine<EngineWorker>> {
  const line = await startWorker<EngineWorker>(assets, 'engine');
  line.crashed.catch(() => sessions.end());
  await Promise.race([line.worker.join(proxy(sessions)), line.crashed]);
  return line;
}

async function findBackends(
  line: Promise<WorkerLine<EngineWorker>>,
  allowSoftwareGpu: boolean,
  maxWorkers: number,
): Promise<readonly BackendReport[]> {
  const { worker } = await line;
  const cpu: BackendReport = { name: 'wasm', device: workersLabel(maxWorkers) };
  try {
    return [{ name: 'webgpu', device: await worker.probeGpu(allowSoftwareGpu) }, cpu];
  } catch {
    // No GPU, or none that can be used: the report shows the CPU alone.
    return [cpu];
  }
}
