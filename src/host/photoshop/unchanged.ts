/** Whether a document and its layers are still what was read of them, however long the model ran. */
import { LoupeError } from '../../errors.ts';
import { factsOf, type Job, rowBytes, sameFacts, sourceFormat } from './job.ts';
import {
  type Document,
  findDocument,
  findLayer,
  type Layer,
  pixelBounds,
  type Photoshop,
  sameBounds,
} from './photoshop.ts';
import { readCoverage } from './part.ts';
import { bytesOf, readStrips } from './pixels.ts';

/** Throws why nothing can be written into the document, or beside it. */
export function needDocument(ps: Photoshop, { documentId, document: facts }: Job): Document {
  const document = findDocument(ps, documentId);
  if (!document) throw new LoupeError('document-closed');
  if (!sameFacts(factsOf(ps, document), facts)) throw new LoupeError('document-changed');
  return document;
}

/** Throws why this layer's result cannot be written: it is not the layer any more that was read. */
export async function needUnchanged(
  ps: Photoshop,
  document: Document,
  job: Job,
  done: (share: number) => void,
): Promise<void> {
  const { layerName, pixels, part, settings } = job;
  const layer = findLayer(document, job.layerId);
  if (!layer) throw new LoupeError('layer-gone', layerName);
  if (settings.place !== 'new-document') needUnlocked(layer);
  const changed = new LoupeError('layer-changed', layerName);
  if (!sameBounds(pixelBounds(layer), pixels.whole)) throw changed;
  const format = sourceFormat(pixels);
  const isAsRead = async (
    file: 'input' | 'coverage',
    y: number,
    rows: number,
    row: number,
    now: Uint8Array,
  ) => sameBytes(now, new Uint8Array(await job.spool.read(file, y * row, rows * row)));
  for await (const { y, rows, samples } of readStrips(ps, pixels)) {
    if (!(await isAsRead('input', y, rows, rowBytes(format), bytesOf(samples)))) throw changed;
    done((y + rows) / format.height);
  }
  // Another selection changes nothing: what was selected at the start is what is enhanced.
  if (part !== 'mask') return;
  for await (const { y, rows, coverage } of readCoverage(ps, document, layer, pixels.bounds, 'mask')) {
    if (!(await isAsRead('coverage', y, rows, format.width, coverage))) throw changed;
    done(1);
  }
}

/** A locked layer takes no copy of itself, nor does a locked group. The Background's lock is of its position only. */
function needUnlocked(layer: Layer): void {
  for (let each: Layer | null = layer; each; each = each.parent) {
    if (each.allLocked || (each.pixelsLocked && !each.isBackgroundLayer))
      throw new LoupeError('locked-layer', each.name);
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
