/** One run, from the layer to the new layer: read, enhance, write. */
import type { HostApi } from '../bridge/protocol.ts';
import { bridgeSink, bridgeSource } from '../bridge/rows.ts';
import type { Progress } from '../engine/types.ts';
import { LoupeError, asLoupeError } from '../errors.ts';
import type { Engine, EngineJob } from './engine/protocol.ts';
import type { RunPhase } from './running.ts';
import type { Target } from './target.ts';
import { resultName, type Result } from './state.ts';

export interface RunOptions {
  readonly host: HostApi;
  readonly engine: Engine;
  /** What the engine is to run. */
  readonly job: EngineJob;
  readonly target: Target;
  /** The model's name, for the new layer's. */
  readonly label: string;
  readonly signal: AbortSignal;
  /** Milliseconds on any steady clock. */
  readonly now: () => number;
  readonly onPhase: (phase: RunPhase) => void;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Rejects with a LoupeError, and with nothing left behind in the document or the spool; `cancelled` on abort.
 * An abort that comes when the new layer is already written changes nothing any more: the run then resolves.
 */
export async function runLayer(options: RunOptions): Promise<Result> {
  const { host, engine, job: work, target, label, signal, now, onPhase, onProgress } = options;
  const { documentId, layerId, name } = target;
  const { scale } = work;
  const begun = now();
  // Named here, so that it can be discarded while the layer is still being read.
  const job = `run-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  const stopIfCancelled = (): void => {
    if (signal.aborted) throw new LoupeError('cancelled');
  };
  // The engine stops by itself on abort; reading and writing must be stopped at the host.
  const discard = (): void => void host.discard({ job }).catch(() => undefined);
  try {
    stopIfCancelled();
    onPhase('reading');
    signal.addEventListener('abort', discard, { once: true });
    const { source: format } = await host
      .openJob({ documentId, layerId, scale, job })
      .catch((thrown: unknown) => {
        throw asLoupeError(thrown, 'host-failed');
      });
    stopIfCancelled();
    onPhase('enhancing');
    const source = bridgeSource(host, job, format);
    const sink = bridgeSink(host, job);
    const { backend, device, fallbacks } = await engine.enhance(work, source, sink, signal, onProgress);
    stopIfCancelled();
    onPhase('writing');
    const layer = await host.commit({ job, layerName: resultName(name, label, scale) });
    return { layer, ms: now() - begun, backend, device, fellBack: fallbacks.length > 0 };
  } catch (thrown) {
    await host.discard({ job }).catch(() => undefined);
    throw signal.aborted ? new LoupeError('cancelled') : asLoupeError(thrown, 'backend-failed');
  } finally {
    signal.removeEventListener('abort', discard);
  }
}
