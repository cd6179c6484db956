/** What a run will take of the disk and of the memory, told before it starts. Bytes. */
import type { Catalog } from '../catalog.ts';
import type { BackendName, PictureFormat } from '../engine/types.ts';
import type { EngineJob } from './engine/protocol.ts';
import { jobOf } from './jobs.ts';
import type { ShownDocument } from './layer.ts';
import type { OwnModel } from './own-models.ts';
import { taken, type Item, type Ready } from './ready.ts';
import { enlarged } from './sizes.ts';

/** What there is of the machine's memory, and what a job takes of it. */
export interface Memory {
  readonly most: number;
  needed(job: EngineJob, format: PictureFormat, backend: BackendName): number;
}

export interface Needs {
  /** For all layers as they are read and all results, which stay until they are written together. */
  readonly disk: number;
  /** For the layer that takes most of it: they run one after another. Undefined where it cannot be told. */
  readonly memory: number | undefined;
}

export interface NeedsOptions {
  readonly catalog: Catalog;
  readonly own: readonly OwnModel[];
  readonly backend: BackendName;
  readonly memory: Memory | undefined;
}

/** At most: of a part of a layer, only the host knows how large it is. */
export function needsOf(view: Ready, { catalog, own, backend, memory }: NeedsOptions): Needs {
  const items = taken(view).map((item) => ({ item, ...formatsOf(view.document, item) }));
  const disk = items.reduce((sum, { source, result }) => sum + bytesOf(source) + bytesOf(result), 0);
  const memories = items.map(({ item, source }) => {
    const { target } = enlarged(view.document, item.layer, item.settings);
    const job = jobOf(catalog, own, item, target);
    return job && memory?.needed(job, source, backend);
  });
  const known = memories.filter((each) => each !== undefined);
  return { disk, memory: known.length > 0 ? Math.max(...known) : undefined };
}

/** How the layer is read, and what is made of it. */
function formatsOf(
  document: ShownDocument,
  { layer, settings }: Item,
): { source: PictureFormat; result: PictureFormat } {
  const { target } = enlarged(document, layer, settings);
  const { mode, depth } = document;
  const samples = { channels: mode === 'Grayscale' ? 2 : 4, depth: depth === 1 ? 8 : depth } as const;
  return {
    source: { width: Math.max(1, layer.width), height: Math.max(1, layer.height), ...samples },
    result: { width: target.width, height: target.height, ...samples },
  };
}

function bytesOf({ width, height, channels, depth }: PictureFormat): number {
  return width * height * channels * (depth / 8);
}
