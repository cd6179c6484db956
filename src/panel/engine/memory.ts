/** How much memory a job will take, told before it starts. */
import { USUAL_WIDTH, type Blend } from '../../catalog.ts';
import { heldBytes } from '../../engine/held.ts';
import { planRun } from '../../engine/plan-run.ts';
import type { PictureFormat } from '../../engine/types.ts';
import type { SessionProvider } from '../../runtime/session-protocol.ts';
import { tilePixels } from '../../runtime/tile-pixels.ts';
import { crewsFor, mostWorkers } from './crew-sizes.ts';
import type { EngineJob } from './protocol.ts';

/** The page, the engine worker and what the wire has in flight. */
const PAGE = 150 * 2 ** 20;
/** ONNX Runtime and its WebAssembly in a session worker, before the first tile. */
const RUNTIME = 60 * 2 ** 20;
/**
 * Tensors between a network's widest layers that are held at once; realesrgan-x4plus took 4.4 (see
 * `runtime/tile-pixels.ts`).
 */
const TENSORS = 4.5;
const FLOAT = Float32Array.BYTES_PER_ELEMENT;

/** What the job runs on; left out, the CPU with all of its workers. */
export interface Machine {
  readonly backend: SessionProvider;
  /** On the CPU. */
  readonly workers: number;
}

/**
 * Bytes that the page will hold at its peak: rows, tiles, and sessions, those on a GPU with its memory. It grows with the
 * picture's width, not with its height.
 */
export function memoryNeeded(
  job: EngineJob,
  format: PictureFormat,
  { backend, workers }: Machine = { backend: 'wasm', workers: mostWorkers() },
): number {
  const { blend, faces, target, noise, sharpness } = job;
  const most = backend === 'webgpu' ? 1 : workers;
  const crews = backend === 'webgpu' ? { base: 1, faces: faces ? 1 : 0 } : crewsFor(job, format, most);
  const local = faces && { network: faces.blend, regions: faces.regions };
  const widest = Math.max(blend.widest, faces?.blend.widest ?? 0);
  const { tiles, runs } = planRun(format, blend, local, tilePixels(backend, widest), crews.base);
  const session = ({ widest: each, parts }: Blend) => {
    const tensor = tiles.tileWidth * tiles.tileHeight * Math.max(each, USUAL_WIDTH) * FLOAT;
    const weights = Math.max(...parts.map(({ weights: of }) => sizeOf(of)));
    // The weights as a file, as the runtime reads them and as it lays them out; both of two parts stay open.
    return RUNTIME + TENSORS * tensor + 3 * weights * parts.length;
  };
  return Math.ceil(
    PAGE +
      heldBytes(format, target, tiles, blend.scale, crews.base, { noise, sharpness }) +
      crews.base * session(blend) +
      (faces && runs.local > 0 ? crews.faces * session(faces.blend) : 0),
  );
}

function sizeOf(weights: Blend['parts'][number]['weights']): number {
  return Math.max(...weights.map(({ network }) => network.size));
}
