/** The place `new-document`: each result becomes a document of its own, which stays open. Nothing else is changed. */
import { writeMetadata } from '../metadata.ts';
import { putResult } from '../put.ts';
import { checkBounds, checkPixels } from '../verify.ts';
import { documentLike } from './other-document.ts';
import { type Place, relocate, type Stage, stepsOf, type Writing, type Written } from './stage.ts';

export const intoNewDocument: Place = async (stage, writings) => {
  const written: Written[] = [];
  for (const [i, writing] of writings.entries()) {
    written.push(await write(stage, writing, stepsOf(stage, i, writings.length)));
  }
  stage.step(1);
  // Only now is it certain that nothing goes wrong any more.
  for (const { layer } of written) {
    await stage.context.hostControl.unregisterAutoCloseDocument(layer.documentId);
  }
  return written;
};

async function write(
  { ps, context, historyName }: Stage,
  { id, job, layerName }: Writing,
  step: (share: number) => void,
): Promise<Written> {
  const { documentId, layerId, pixels, part, target, settings } = job;
  const { width, height } = target;
  const { size } = settings;
  const source = relocate(ps, documentId, layerId, job.layerName).document;
  const resolution = size.kind === 'print' ? size.ppi : source.resolution;
  const like = { name: layerName, width, height, resolution };
  const { document, layer } = await documentLike(ps, context, source, like);
  const suspension = await context.hostControl.suspendHistory({ documentID: document.id, name: historyName });
  step(0);

  const bounds = { left: 0, top: 0, right: width, bottom: height };
  const spot = { documentId: document.id, layerId: layer.id, left: 0, top: 0 };
  const put = await putResult(ps, job, spot, { masked: part !== 'layer' }, step);
  const now = relocate(ps, document.id, layer.id, layerName).layer;
  checkBounds(now, put, bounds);
  await checkPixels(ps, pixels, document.id, now, put);
  await writeMetadata(ps, document.id, layer.id, settings);
  await context.hostControl.resumeHistory(suspension, true);
  const made = { documentId: document.id, layerId: layer.id, name: now.name, bounds, width, height };
  return { job: id, layer: made };
}
