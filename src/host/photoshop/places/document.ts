/**
 * The place `document`: the document is enlarged once, and each result becomes a new layer above its original. That layer
 * begins as a copy of the original, which carries over all that is not pixels: style, masks, clipping, group, label.
 */
import { LoupeError } from '../../../errors.ts';
import { enlargedRectangle } from '../../../size.ts';
import { clippedTo, placeAbove, unlock } from '../carry.ts';
import type { Job } from '../job.ts';
import { writeMetadata } from '../metadata.ts';
import { type Layer, pixelBounds, type Photoshop } from '../photoshop.ts';
import { blendResult, putResult } from '../put.ts';
import { withoutSelection } from '../user-selection.ts';
import { checkBounds, checkPixels } from '../verify.ts';
import { enlargeDocument } from './enlarge-document.ts';
import { type Place, relocate, type Stage, stepsOf, type Writing, type Written } from './stage.ts';

/** Where enlarging the document ends, of all the time this place takes. */
const ENLARGED = 0.15;

export const intoDocument: Place = async (stage, writings) => {
  const { ps, step } = stage;
  const [first] = writings;
  if (!first) return [];
  const { documentId, layerId, layerName, enlargement, settings } = first.job;
  if (writings.some(({ job }) => !sameSize(job, first.job))) {
    throw new LoupeError('bad-message', 'a document cannot become two sizes at once');
  }
  const { document } = relocate(ps, documentId, layerId, layerName);
  const { size } = settings;
  const resolution = size.kind === 'print' ? size.ppi : document.resolution;
  const enlarged = await enlargeDocument(ps, document, enlargement, resolution);
  step(ENLARGED);
  const rest: Stage = { ...stage, step: (share) => step(ENLARGED + (1 - ENLARGED) * share) };
  // By now Photoshop has enlarged the selection too.
  return withoutSelection(ps, enlarged, async () => {
    const written: Written[] = [];
    for (const [i, writing] of writings.entries()) {
      written.push(await write(rest, writing, stepsOf(rest, i, writings.length)));
    }
    return written;
  });
};

async function write(
  { ps }: Stage,
  { id, job, layerName }: Writing,
  step: (share: number) => void,
): Promise<Written> {
  const { documentId, layerId, pixels, part, target, settings } = job;
  const original = relocate(ps, documentId, layerId, job.layerName);
  const clipped = clippedTo(original.document, original.layer);
  const copyId = await copyAbove(ps, original.layer, layerName);
  placeAbove(ps, documentId, { original: layerId, result: copyId, clipped });
  const find = (): Layer => relocate(ps, documentId, copyId, layerName).layer;
  // The Background's copy is an ordinary layer, which is locked in nothing.
  const lock = original.layer.isBackgroundLayer ? undefined : unlock(find());
  step(0);

  const { left, top, right, bottom } = enlargedRectangle(pixels.bounds, job.enlargement);
  const spot = { documentId, layerId: copyId, left, top };
  if (part === 'layer') {
    const put = await putResult(ps, job, spot, { masked: false }, step);
    checkBounds(find(), put, { left, top, right, bottom });
    await checkPixels(ps, pixels, documentId, find(), put);
  } else {
    const put = await blendResult(ps, job, spot, pixelBounds(find()), step);
    await checkPixels(ps, pixels, documentId, find(), put);
  }
  await writeMetadata(ps, documentId, copyId, settings);
  await writeMetadata(ps, documentId, layerId, settings);
  lock?.(find());
  if (settings.hideOriginal) relocate(ps, documentId, layerId, job.layerName).layer.visible = false;
  const { width, height } = target;
  const bounds = { left, top, right, bottom };
  return { job: id, layer: { documentId, layerId: copyId, name: find().name, bounds, width, height } };
}

/** A copy of the layer above it, of pixels only. */
async function copyAbove(ps: Photoshop, original: Layer, name: string): Promise<number> {
  const copy = await original.duplicate(original, ps.constants.ElementPlacement.PLACEBEFORE, name);
  if (!copy) throw new LoupeError('host-failed', 'no layer was made');
  if (copy.name !== name) copy.name = name;
  const { TEXT, SMARTOBJECT } = ps.constants.LayerKind;
  const { TEXTCONTENTS, PLACED } = ps.constants.RasterizeType;
  // What is made pixels are the contents alone; style and masks stay what they are.
  if (copy.kind === TEXT) await copy.rasterize(TEXTCONTENTS);
  if (copy.kind === SMARTOBJECT) await copy.rasterize(PLACED);
  return copy.id;
}

function sameSize(a: Job, b: Job): boolean {
  return a.enlargement.width === b.enlargement.width && a.enlargement.height === b.enlargement.height;
}
