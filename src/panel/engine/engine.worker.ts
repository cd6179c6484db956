/** The engine worker of the page: a classic script started from a blob URL. The pipeline runs here. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { expose, releaseProxy, transfer, type Remote } from 'comlink';
import type { Blend } from '../../catalog.ts';
import '../../comlink.ts';
import { compareEnds } from '../../engine/ends.ts';
import { enhance } from '../../engine/enhance.ts';
import type { Backend, Source } from '../../engine/types.ts';
import { requestGpu } from '../../runtime/gpu.ts';
import { proposeModel } from '../../subject/propose.ts';
import type { FrameEngine } from '../../video/types.ts';
import { PageBackends, type BackendOptions } from './backends.ts';
import { ClipEngine } from './clip.ts';
import { crewsFor, mostForEnd } from './crew-sizes.ts';
import { Stopwatch } from './estimate.ts';
import { remoteRows } from './remote-rows.ts';
import { TileMemory } from './tile-memory.ts';
import type { EngineWorker, JobSetup, SessionHost } from './worker-protocol.ts';

const jobs = new Map<number, AbortController>();
/** Clips' engines, until they have given everything back. */
const held = new Map<number, Promise<void>>();
const stopwatch = new Stopwatch();
const tileMemory = new TileMemory();
/** Multiply-accumulates per pixel of networks whose timing is over before anybody has waited for it. */
const QUICK_MACS = 2e6;
let joined: PageBackends | undefined;

function backends(): PageBackends {
  if (!joined) throw new Error('the page has not joined');
  return joined;
}

function backendsOf(blend: Blend, { providers }: JobSetup, options: BackendOptions): Backend[] {
  return providers.map((provider) => backends().backend(provider, blend, options));
}

/** Runs a job under its id, so that the page can cancel it. */
async function cancellable<T>({ id }: JobSetup, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
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
    joined = new PageBackends(host as Remote<SessionHost>);
  },

  probeGpu: async (allowSoftware) => {
    const { device, name } = await requestGpu(allowSoftware);
    device.destroy();
    return name;
  },

  estimate: (job, format, setup) =>
    cancellable(setup, (signal) => {
      const optionsFor = ({ macsPerPixel }: Blend) => ({
        cpuWorkers: setup.maxWorkers,
        brief: macsPerPixel <= QUICK_MACS,
      });
      return stopwatch.estimate(
        job,
        format,
        setup.providers,
        (provider, blend) => backends().backend(provider, blend, optionsFor(blend)),
        signal,
      );
    }),

  enhance: (job, format, setup, source, sink, onProgress) =>
    cancellable(setup, async (signal) => {
      const { blend, faces, target, noise, sharpness, crop } = job;
      // What a run needs is told without this.
      if (!crop) tileMemory.forget();
      const backendsFor = (each: Blend, cpuWorkers: number): Backend[] => {
        const plain = backendsOf(each, setup, { cpuWorkers, brief: crop?.brief ?? false });
        return crop ? plain.map((backend) => tileMemory.over(backend, each.id)) : plain;
      };
      const crews = crewsFor(job, format, setup.maxWorkers);
      const rows = remoteRows(source, sink);
      const remoteProgress = onProgress as Remote<typeof onProgress>;
      try {
        return await enhance({ format, read: rows.read }, rows.sink, {
          network: blend,
          target,
          noise,
          sharpness,
          backends: backendsFor(blend, crews.base),
          ...(crop && { cut: crop.cut }),
          ...(faces && {
            local: {
              network: faces.blend,
              backends: backendsFor(faces.blend, crews.faces),
              regions: faces.regions,
            },
          }),
          signal,
          onProgress: (progress) => void remoteProgress(progress),
        });
      } finally {
        rows.release();
        remoteProgress[releaseProxy]();
      }
    }),

  openClip: async (job, format, setup, only) => {
    tileMemory.forget();
    const controller = new AbortController();
    jobs.set(setup.id, controller);
    try {
      const options = { cpuWorkers: crewsFor(job, format, setup.maxWorkers).base, brief: false };
      const { signal } = controller;
      const backends = backendsOf(job.blend, setup, options);
      const clip = await ClipEngine.open(job, format, backends, signal, only);
      held.set(setup.id, clip.released);
      void clip.released.then(() => held.delete(setup.id));
      const frames: FrameEngine = {
        enhance: async (source, sink) => {
          const rows = remoteRows(source, sink);
          try {
            await clip.enhance(rows.read, rows.sink);
          } finally {
            rows.release();
          }
        },
      };
      const { port1, port2 } = new MessageChannel();
      expose(frames, port1);
      return transfer({ port: port2, backend: clip.backend, device: clip.device }, [port2]);
    } catch (thrown) {
      jobs.delete(setup.id);
      throw thrown;
    }
  },

  propose: (picture, detector, setup) =>
    cancellable(setup, async (signal) => {
      // On the CPU, whatever else there is: it is done there before a GPU has compiled the shaders for it.
      const options = { cpuWorkers: 1, brief: true };
      const runner = await backends().backend('wasm', detector, options).open(signal);
      try {
        return await proposeModel(picture, (tile) => runner.run(tile, signal));
      } finally {
        await runner.dispose();
      }
    }),

  compareEnds: ({ faithful, detailed }, format, setup, read, onProgress) =>
    cancellable(setup, async (signal) => {
      const remoteRead = read as Remote<typeof read>;
      const remoteProgress = onProgress as Remote<typeof onProgress>;
      const options = { cpuWorkers: mostForEnd(setup.maxWorkers), brief: false };
      let copies = 0;
      const open = (): Source => {
        const copy = copies++;
        return { format, read: (rows) => remoteRead(copy, rows) };
      };
      try {
        return await compareEnds(open, {
          network: { scale: faithful.scale, overlap: Math.max(faithful.overlap, detailed.overlap) },
          faithful: backendsOf(faithful, setup, options),
          detailed: backendsOf(detailed, setup, options),
          signal,
          onProgress: (done, remainingMs) => void remoteProgress(done, remainingMs),
        });
      } finally {
        remoteRead[releaseProxy]();
        remoteProgress[releaseProxy]();
      }
    }),

  sha256: async (file) => bytesToHex(sha256(new Uint8Array(await file.arrayBuffer()))),

  cancel: async (id) => {
    jobs.get(id)?.abort(new DOMException('cancelled', 'AbortError'));
    jobs.delete(id);
    await held.get(id);
  },
};

expose(api);
