/** What a run will take of the disk and of the memory, told before it starts. Bytes. */
import type { PictureFormat } from '../engine/types.ts';
import type { ShownDocument } from './layer.ts';
import { taken, type Item, type Ready } from './ready.ts';
import { enlarged } from './sizes.ts';

export interface Needs {
  /** For all layers as they are read and all results, which stay until they are written together. */
  readonly disk: number;
}

/** At most: of a part of a layer, only the host knows how large it is. */
export function needsOf(view: Ready): Needs {
  const disk = taken(view).reduce((sum, item) => {
    const { source, result } = formatsOf(view.document, item);
    return sum + bytesOf(source) + bytesOf(result);
  }, 0);
  return { disk };
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
