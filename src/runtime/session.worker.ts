/**
 * The session worker of the page: a classic script started from a blob URL. The networks of one blend on one execution provider,
 * `webgpu` or `wasm`, so that it is known which one ran.
 */
import { because, LoupeError } from '../errors.ts';
import { requestGpu } from './gpu.ts';
import type { LoadedBlend } from './blend.ts';
import { inspectModel } from './own-model.ts';
import { loadedBlend, serveSession, type OpenedSession } from './session-server.ts';
import type { BrowserSetup } from './session-protocol.ts';
import { openWasm, startWasm, type Ort } from './wasm-session.ts';

serveSession<BrowserSetup>(globalThis, {
  async open(start) {
    const open = start.setup.provider === 'webgpu' ? openGpu : openCpu;
    return open(start.setup, await loadedBlend(start));
  },
  async inspect({ setup, model }) {
    const [ort, wasm] = await load(setup);
    startWasm(ort, wasm);
    return inspectModel(ort, new Uint8Array(await model.arrayBuffer()));
  },
});

async function openCpu(setup: BrowserSetup, blend: LoadedBlend): Promise<OpenedSession> {
  const [ort, wasm] = await load(setup);
  return openWasm(ort, wasm, blend, { executionProviders: ['wasm'], ...logging(setup) });
}

async function openGpu(setup: BrowserSetup, blend: LoadedBlend): Promise<OpenedSession> {
  const { device, name } = await requestGpu(setup.allowSoftwareGpu);
  const lost = new Promise<never>((_, reject) => {
    void device.lost.then(({ message, reason }) => {
      reject(new LoupeError('backend-failed', because('gpu-lost', message || reason)));
    });
    // Out of memory and invalid buffers are told only here; the run would answer with zeros.
    device.addEventListener('uncapturederror', ({ error }) => {
      reject(new LoupeError('backend-failed', because('gpu-reported', error.message)));
    });
  });
  lost.catch(() => undefined);
  const [ort, wasm] = await load(setup);
  const opening = openWasm(ort, wasm, blend, {
    executionProviders: [
      {
        name: 'webgpu',
        device,
        // What the provider's convolutions are written for.
        preferredLayout: 'NHWC',
        // Buffers by exact size: with fixed shapes these take far less than buckets (microsoft/onnxruntime#29016).
        storageBufferCacheMode: 'simple',
      },
    ],
    ...logging(setup),
  });
  return { ...(await Promise.race([opening, lost])), device: name, lost };
}

/** Imports ONNX Runtime by a blob URL made here: one made in the page does not import inside a worker. */
async function load({ ort: script, wasm, verbose }: BrowserSetup): Promise<[Ort, ArrayBuffer]> {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const ort = (await import(/* webpackIgnore: true */ url)) as Ort;
  URL.revokeObjectURL(url);
  ort.env.logLevel = verbose ? 'verbose' : 'error';
  return [ort, await wasm.arrayBuffer()];
}

function logging({ verbose }: BrowserSetup): { logSeverityLevel: 0 | 3 } {
  return { logSeverityLevel: verbose ? 0 : 3 };
}
