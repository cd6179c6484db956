/**
 * The place `smart-object`: each result becomes a smart object above its original, which holds all pixels and covers what
 * the original covers. The document keeps its size.
 *
 * It is made in a document of its own, as large as the result: what Photoshop makes a smart object of, and scales, lies
 * wholly on a canvas there, and nothing is selected.
 */
import { LoupeError } from '../../../errors.ts';
import { clippedTo, placeAbove } from '../carry.ts';
import { fullOf, hasAlpha } from '../cover.ts';
import { dimensions, type Job } from '../job.ts';
import { ask, isDescriptor } from '../descriptor.ts';
import { lookAlike } from '../look-alike.ts';
import { writeMetadata } from '../metadata.ts';
import {
  type Bounds,
  type Document,
  findDocument,
  type Layer,
  pixelBounds,
  type Photoshop,
  sameBounds,
} from '../photoshop.ts';
import { samplesOf } from '../pixels.ts';
import { putPixels, putResult, type Put, readWithin, type Spot } from '../put.ts';
import { withoutSelection } from '../user-selection.ts';
import { checkBounds, checkPixels, misplaced } from '../verify.ts';
import { documentLike } from './other-document.ts';
import {
  type Place,
  relocate,
  selectLayers,
  type Stage,
  stepsOf,
  type Writing,
  type Written,
} from './stage.ts';

/** Where the pixels are put, of all the time that one takes. */
const FILLED = 0.9;
/** Of a pixel, by how much a corner may be off. */
const REGISTER = 0.01;

export const intoSmartObject: Place = async (stage, writings) => {
  const written: Written[] = [];
  for (const [i, writing] of writings.entries()) {
    written.push(await write(stage, writing, stepsOf(stage, i, writings.length)));
  }
  return written;
};

async function write(stage: Stage, writing: Writing, step: (share: number) => void): Promise<Written> {
  const { ps } = stage;
  const { id, job, layerName } = writing;
  const { documentId, layerId, pixels, part, target, settings } = job;
  const made = await makeAside(stage, writing, (share) => step(FILLED * share));

  const source = relocate(ps, documentId, layerId, job.layerName);
  const clipped = clippedTo(source.document, source.layer);
  const copy = await made.layer.duplicate(source.document, undefined, layerName);
  if (!copy) throw new LoupeError('host-failed', 'no layer was made');
  made.document.closeWithoutSaving();
  ps.app.activeDocument = source.document;
  step(FILLED);

  const find = (): Layer => relocate(ps, documentId, copy.id, layerName).layer;
  if (find().name !== layerName) find().name = layerName;
  placeAbove(ps, documentId, { original: layerId, result: copy.id, clipped });
  const document = relocate(ps, documentId, copy.id, layerName).document;
  await withoutSelection(ps, document, async () => {
    selectLayers(document, [find()]);
    await moveTo(ps, document, find(), pixels.bounds);
  });
  await checkCorners(ps, document, find(), pixels.bounds);
  await lookAlike(
    ps,
    document,
    { from: relocate(ps, documentId, layerId, job.layerName).layer, to: find() },
    { mask: part !== 'mask' },
  );
  await writeMetadata(ps, documentId, copy.id, settings);
  await writeMetadata(ps, documentId, layerId, settings);
  // Outside the part the original must show.
  if (settings.hideOriginal && part === 'layer') {
    relocate(ps, documentId, layerId, job.layerName).layer.visible = false;
  }
  step(1);
  const { width, height } = target;
  const layer = {
    documentId,
    layerId: copy.id,
    name: find().name,
    bounds: { ...pixels.bounds },
    width,
    height,
  };
  return { job: id, layer };
}

/** The smart object in a document of its own, already as large as the part that it is to cover. */
async function makeAside(
  { ps, context }: Stage,
  { job, layerName }: Writing,
  step: (share: number) => void,
): Promise<{ document: Document; layer: Layer }> {
  const { documentId, layerId, pixels, part, target } = job;
  const { width, height } = target;
  const source = relocate(ps, documentId, layerId, job.layerName).document;
  // Of the same resolution: a smart object that is placed into another one may change its size.
  const like = { name: layerName, width, height, resolution: source.resolution };
  const { document, layer } = await documentLike(ps, context, source, like);
  step(0);
  const whole = { left: 0, top: 0, right: width, bottom: height };
  const spot = { documentId: document.id, layerId: layer.id, left: 0, top: 0 };
  const put = await putResult(ps, job, spot, { masked: part !== 'layer' }, step);
  const filled = relocate(ps, document.id, layer.id, layerName).layer;
  checkBounds(filled, put, whole);
  await checkPixels(ps, pixels, document.id, filled, put);
  const visible = pixelBounds(filled);
  if (!sameBounds(visible, whole)) await holdCorners(ps, job, spot, visible, put);

  selectLayers(document, [relocate(ps, document.id, layer.id, layerName).layer]);
  await ps.action.batchPlay([{ _obj: 'newPlacedLayer', _options: { dialogOptions: 'dontDisplay' } }], {});
  const aside = findDocument(ps, document.id);
  const smart = aside?.layers[0];
  if (!aside || smart?.kind !== ps.constants.LayerKind.SMARTOBJECT) {
    throw new LoupeError('host-failed', 'no smart object was made');
  }
  const size = dimensions(pixels.bounds);
  const { TOPLEFT } = ps.constants.AnchorPosition;
  await smart.scale((100 * size.width) / width, (100 * size.height) / height, TOPLEFT);
  return { document: aside, layer: smart };
}

/**
 * Gives two corners the least alpha that 8 bits have, where they have none. Photoshop trims a layer to its visible pixels
 * when it becomes a smart object, and the smart object would not be as large as the result.
 */
async function holdCorners(
  ps: Photoshop,
  { pixels, target }: Job,
  { documentId, layerId }: Spot,
  whole: Bounds,
  { channels }: Put,
): Promise<void> {
  const { depth, colour } = pixels;
  if (!hasAlpha(channels)) return;
  const dot = samplesOf(depth, channels);
  dot[channels - 1] = fullOf(depth) / 255;
  const image = { samples: dot, width: 1, height: 1, channels };
  for (const corner of [
    { left: 0, top: 0 },
    { left: target.width - 1, top: target.height - 1 },
  ]) {
    const region = { ...corner, right: corner.left + 1, bottom: corner.top + 1 };
    const read = await readWithin(
      ps,
      { ...pixels, documentId, layerId, whole, bounds: whole, channels },
      region,
    );
    if (read[channels - 1] === 0)
      await putPixels(ps, { documentId, layerId, ...corner }, image, colour, { replace: false });
  }
}

async function moveTo(ps: Photoshop, document: Document, layer: Layer, { left, top }: Bounds): Promise<void> {
  const at = await cornersOf(ps, document, layer);
  if (at.left !== left || at.top !== top) await layer.translate(left - at.left, top - at.top);
}

async function checkCorners(ps: Photoshop, document: Document, layer: Layer, wanted: Bounds): Promise<void> {
  const is = await cornersOf(ps, document, layer);
  const off = (['left', 'top', 'right', 'bottom'] as const).map((side) => Math.abs(is[side] - wanted[side]));
  if (Math.max(...off) > REGISTER) throw misplaced(is, wanted);
}

/** What a smart object covers: by its transform, which is exact; its bounds may be those of what is visible. */
async function cornersOf(ps: Photoshop, document: Document, layer: Layer): Promise<Bounds> {
  const more = await ask(ps, document, layer, 'smartObjectMore');
  const corners: unknown = isDescriptor(more) ? more['transform'] : undefined;
  if (!Array.isArray(corners) || corners.length !== 8 || !corners.every(Number.isFinite))
    return pixelBounds(layer);
  const [left, top, , , right, bottom] = corners as [number, number, number, number, number, number];
  return { left, top, right, bottom };
}
