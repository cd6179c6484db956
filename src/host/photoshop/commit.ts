/**
 * The second of the two short modal states: if the document and the layer are as they were read, the document
 * is enlarged and the result becomes a new layer above the original, in one history state. Whatever is thrown
 * before the end makes Photoshop roll the document back (Adobe, executeAsModal: “If the target function exits
 * via an exception, then all unsuspended history states are cancelled”).
 */
import { LoupeError } from '../../errors.ts';
import {
  type Discardable,
  factsOf,
  type Job,
  resultFormat,
  rowBytes,
  sameFacts,
  sourceFormat,
} from './job.ts';
import { type Modal, stopIfCancelled } from './modal.ts';
import {
  type Bounds,
  type Document,
  findDocument,
  findLayer,
  type Layer,
  pixelBounds,
  type Photoshop,
  sameBounds,
} from './photoshop.ts';
import { type PixelSamples, readStrips, rowsPerStrip } from './pixels.ts';
import { bytesOf } from './read.ts';

export interface CommitRequest {
  readonly layerName: string;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

/** The new layer: where the result was written, in pixels of the enlarged document. */
export interface Committed {
  readonly layerId: number;
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where comparing ends and writing begins and ends, of all the time a commit takes. */
const COMPARED = 0.2;
const RESIZED = 0.3;
const WRITTEN = 0.98;

/** Rejects with why nothing was written; `cancelled` within one strip of Escape or a discard. */
export function commitJob(
  ps: Photoshop,
  modal: Modal,
  job: Job,
  wish: Discardable,
  { layerName, onProgress }: CommitRequest,
): Promise<Committed> {
  const { documentId, bounds } = job.pixels;
  const { scale } = job;
  return modal(`Loupe: writing “${layerName}”`, async (context) => {
    const step = (fraction: number): void => {
      stopIfCancelled(context, wish);
      context.reportProgress({ value: fraction });
      onProgress(fraction);
    };
    step(0);
    const { document } = needUnchanged(ps, job);
    await compare(ps, job, (share) => step(COMPARED * share));

    if (ps.app.activeDocument.id !== documentId) ps.app.activeDocument = document;
    const suspension = await context.hostControl.suspendHistory({
      documentID: documentId,
      name: `Enhance: ${layerName}`,
    });
    const { width, height } = job.document;
    await document.resizeImage(
      width * scale,
      height * scale,
      document.resolution,
      ps.constants.ResampleMethod.AUTOMATIC,
    );
    step(RESIZED);

    const layer = await addLayer(ps, job, layerName);
    const result = resultFormat(job);
    const target = { left: bounds.left * scale, top: bounds.top * scale };
    const visible = await write(ps, job, layer.id, target, (share) =>
      step(RESIZED + (WRITTEN - RESIZED) * share),
    );
    check(ps, job, layer.id, visible, {
      ...target,
      right: target.left + result.width,
      bottom: target.top + result.height,
    });
    select(ps, job, layer.id);
    step(1);
    await context.hostControl.resumeHistory(suspension, true);
    return { layerId: layer.id, name: layer.name, ...target, width: result.width, height: result.height };
  });
}

function needUnchanged(
  ps: Photoshop,
  { document: facts, pixels, layerName }: Job,
): { document: Document; layer: Layer } {
  const document = findDocument(ps, pixels.documentId);
  if (!document) throw new LoupeError('document-closed');
  if (!sameFacts(factsOf(ps, document), facts)) throw new LoupeError('document-changed');
  const layer = findLayer(document, pixels.layerId);
  if (!layer) throw new LoupeError('layer-gone', layerName);
  if (!sameBounds(pixelBounds(layer), pixels.bounds)) throw new LoupeError('layer-changed', layerName);
  return { document, layer };
}

/** Throws `layer-changed` unless every sample is the one that was read. */
async function compare(
  ps: Photoshop,
  { pixels, spool, layerName }: Job,
  done: (share: number) => void,
): Promise<void> {
  const format = sourceFormat(pixels);
  for await (const { y, rows, samples } of readStrips(ps, pixels)) {
    const now = bytesOf(samples);
    const before = new Uint8Array(await spool.read('input', y * rowBytes(format), rows * rowBytes(format)));
    if (!sameBytes(now, before)) throw new LoupeError('layer-changed', layerName);
    done((y + rows) / format.height);
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** An empty pixel layer directly above the original, in the same group, and clipped if the original is. */
async function addLayer(ps: Photoshop, { pixels, layerName }: Job, name: string): Promise<Layer> {
  const { document, layer: original } = relocate(ps, pixels.documentId, pixels.layerId, layerName);
  const layer = await document.createPixelLayer({ name });
  if (!layer) throw new LoupeError('host-failed', 'no layer was made');
  layer.move(original, ps.constants.ElementPlacement.PLACEBEFORE);
  if (original.isClippingMask) layer.isClippingMask = true;
  return layer;
}

/** Puts the result in strips; gives the bounds of what of it is visible, undefined if nothing is. */
async function write(
  ps: Photoshop,
  job: Job,
  layerId: number,
  at: { readonly left: number; readonly top: number },
  done: (share: number) => void,
): Promise<Bounds | undefined> {
  const { documentId, channels, depth } = job.pixels;
  const format = resultFormat(job);
  const { width, height } = format;
  const step = rowsPerStrip(width, channels, depth);
  let visible: Bounds | undefined;
  for (let y = 0; y < height; y += step) {
    const rows = Math.min(step, height - y);
    const buffer = await job.spool.read('result', y * rowBytes(format), rows * rowBytes(format));
    const samples = depth === 8 ? new Uint8Array(buffer) : new Uint16Array(buffer);
    // Without a profile's name the pixels are taken to be in the document's own, which they came from.
    const imageData = await ps.imaging.createImageDataFromBuffer(samples, {
      width,
      height: rows,
      components: channels,
      colorSpace: 'RGB',
      chunky: true,
      fullRange: true,
    });
    const top = at.top + y;
    try {
      await ps.imaging.putPixels({
        documentID: documentId,
        layerID: layerId,
        imageData,
        replace: false,
        targetBounds: { left: at.left, top, width, height: rows },
      });
    } finally {
      await imageData.dispose();
    }
    visible = union(visible, visibleBounds(samples, { width, rows, channels }, at.left, top));
    done((y + rows) / height);
  }
  return visible;
}

/**
 * Throws unless Photoshop has the result where it belongs: all that is visible, and nothing beyond what was
 * written. Whether it trims a layer's bounds to visible pixels at once is not documented.
 */
function check(
  ps: Photoshop,
  { pixels }: Job,
  layerId: number,
  visible: Bounds | undefined,
  written: Bounds,
): void {
  const { layer } = relocate(ps, pixels.documentId, layerId, 'the new layer');
  const bounds = pixelBounds(layer);
  if (!visible) return;
  if (!contains(bounds, visible) || !contains(written, bounds)) {
    const sides = ({ left, top, right, bottom }: Bounds): string => `${left}, ${top}, ${right}, ${bottom}`;
    throw new LoupeError('host-failed', `the new layer is at ${sides(bounds)} instead of ${sides(written)}`);
  }
}

function select(ps: Photoshop, { pixels }: Job, layerId: number): void {
  const { document, layer } = relocate(ps, pixels.documentId, layerId, 'the new layer');
  layer.selected = true;
  for (const each of [...document.activeLayers]) if (each.id !== layerId) each.selected = false;
}

/** Handles from before a change of the document may be stale: look both up again. */
function relocate(
  ps: Photoshop,
  documentId: number,
  layerId: number,
  name: string,
): { document: Document; layer: Layer } {
  const document = findDocument(ps, documentId);
  const layer = document && findLayer(document, layerId);
  if (!layer) throw new LoupeError('host-failed', `${name} cannot be found`);
  return { document, layer };
}

function visibleBounds(
  samples: PixelSamples,
  { width, rows, channels }: { width: number; rows: number; channels: number },
  left: number,
  top: number,
): Bounds | undefined {
  if (channels === 3) return { left, top, right: left + width, bottom: top + rows };
  let found: Bounds | undefined;
  for (let y = 0; y < rows; y += 1) {
    const row = samples.subarray(y * width * 4, (y + 1) * width * 4);
    let first = 0;
    while (first < width && row[first * 4 + 3] === 0) first += 1;
    if (first === width) continue;
    let last = width - 1;
    while (row[last * 4 + 3] === 0) last -= 1;
    found = union(found, { left: left + first, top: top + y, right: left + last + 1, bottom: top + y + 1 });
  }
  return found;
}

function union(a: Bounds | undefined, b: Bounds | undefined): Bounds | undefined {
  if (!a || !b) return a ?? b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

function contains(outer: Bounds, inner: Bounds): boolean {
  return (
    outer.left <= inner.left &&
    outer.top <= inner.top &&
    outer.right >= inner.right &&
    outer.bottom >= inner.bottom
  );
}
