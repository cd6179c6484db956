/** The engine worker of the page: a classic script started from a blob URL. The pipeline runs here. */
import { expose, releaseProxy, transfer, type Remote } from 'comlink';
import type { CatalogEntry } from '../../catalog.ts';
import { enhance } from '../../engine/enhance.ts';
import { planTiles } from '../../engine/plan.ts';
import type { Backend, Sink, Source } from '../../engine/types.ts';
import { requestGpu } from '../../runtime/gpu.ts';
import { sessionPool } from '../../runtime/session-pool.ts';
import type { SessionProvider } from '../../runtime/session-protocol.ts';
import { WASM_TILE_PIXELS, workersLabel } from '../../runtime/wasm-limits.ts';
import './comlink-errors.ts';
import { Stopwatch } from './estimate.ts';
import type { RemoteSink, RemoteSource } from './protocol.ts';
import type { EngineWorker, SessionHost } from './worker-protocol.ts';

/** Tiles of 512² need 64 MiB for 64 channels, which every adapter's limits allow. */
const WEBGPU_TILE_PIXELS = 512 * 512;

const jobs = new Map<number, AbortController>();
const stopwatch = new Stopwatch();
let sessions: Remote<SessionHost> | undefined;
let nextLease = 0;

const tilePixels = { webgpu: WEBGPU_TILE_PIXELS, wasm: WASM_TILE_PIXELS };

/**
 * A provider on the page's session workers: one for a GPU, `cpuWorkers` for the CPU. `brief` says that tiles will be
 * so small that sessions may finish one which nobody waits for any more.
 */
function backend(
  provider: SessionProvider,
  entry: CatalogEntry,
  { cpuWorkers, brief }: { cpuWorkers: number; brief: boolean },
): Backend {
  return {
    name: provider,
    maxTilePixels: tilePixels[provider],
    open: async (signal) => {
      if (!sessions) throw new Error('the page has not joined');
      const host = sessions;
      const lease = nextLease++;
      const workers = provider === 'webgpu' ? 1 : cpuWorkers;
      const stop = () => void host.release(lease, 'failed');
      signal.addEventListener('abort', stop, { once: true });
      try {
        const { device, ports } = await host.acquire(lease, provider, entry, workers);
        return sessionPool(ports, {
          backend: provider,
          device: provider === 'webgpu' ? device : workersLabel(ports.length),
          release: (state) => host.release(lease, state === 'busy' && brief ? 'idle' : state),
        });
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

/** Runs a job under its id, so that the page can cancel it. */
async function cancellable<T>(id: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  jobs.set(id, controller);
  try {
    return await run(controller.signal);
  } finally {
    jobs.delete(id);
  }
}

const api: EngineWorker = {
  join: (host) => {
    sessions = host as Remote<SessionHost>;
  },

  probeGpu: async (allowSoftware) => {
    const { device, name } = await requestGpu(allowSoftware);
    device.destroy();
    return name;
  },

  estimate: (job, setup) =>
    cancellable(setup.id, (signal) =>
      stopwatch.estimate(
        job.entry,
        setup.format,
        setup.providers.map((provider) =>
          backend(provider, job.entry, { cpuWorkers: setup.maxWorkers, brief: true }),
        ),
        signal,
      ),
    ),

  enhance: (job, setup, source, sink, onProgress) =>
    cancellable(setup.id, async (signal) => {
      // A picture of few tiles needs no more workers than those.
      const { tiles } = planTiles(setup.format, job.entry, WASM_TILE_PIXELS, setup.maxWorkers);
      const cpuWorkers = Math.min(setup.maxWorkers, tiles);
      const remoteSource = source as Remote<Pick<RemoteSource, 'read'>>;
      const remoteSink = sink as Remote<RemoteSink>;
      const remoteProgress = onProgress as Remote<typeof onProgress>;
      const rowsIn: Source = { format: setup.format, read: (rows) => remoteSource.read(rows) };
      const rowsOut: Sink = {
        open: (format) => remoteSink.open(format),
        write: (rows, samples) =>
          remoteSink.write(
            rows,
            transfer(samples, samples.buffer instanceof ArrayBuffer ? [samples.buffer] : []),
          ),
      };
      try {
        return await enhance(rowsIn, rowsOut, {
          network: job.entry,
          scale: job.scale,
          backends: setup.providers.map((provider) =>
            backend(provider, job.entry, { cpuWorkers, brief: false }),
          ),
          signal,
          onProgress: (progress) => void remoteProgress(progress),
        });
      } finally {
        remoteSource[releaseProxy]();
        remoteSink[releaseProxy]();
        remoteProgress[releaseProxy]();
      }
    }),

  cancel: (id) => {
    jobs.get(id)?.abort(new DOMException('cancelled', 'AbortError'));
  },
};

expose(api);
