/** The document as a whole, enlarged. */
import { LoupeError } from '../../../errors.ts';
import type { Dimensions } from '../../../size.ts';
import { type Document, findDocument, type Photoshop } from '../photoshop.ts';

/**
 * Image › Image Size, as Photoshop records it. The DOM's `resizeImage` leaves layer styles as they are. They are scaled
 * only with the proportions constrained, and then the height follows the width; where it comes out a pixel off, a second
 * command sets it right.
 */
export async function enlargeDocument(
  ps: Photoshop,
  document: Document,
  { width, height }: Dimensions,
  resolution: number,
): Promise<Document> {
  const { id } = document;
  if (document.width !== width || document.height !== height || document.resolution !== resolution) {
    await imageSize(ps, id, { width, height }, resolution, true);
  }
  let now = need(ps, id);
  if (now.width === width && now.height === height) return now;
  await imageSize(ps, id, { width, height }, resolution, false);
  now = need(ps, id);
  if (now.width === width && now.height === height) return now;
  throw new LoupeError(
    'host-failed',
    `the document is ${now.width} × ${now.height} instead of ${width} × ${height}`,
  );
}

async function imageSize(
  ps: Photoshop,
  id: number,
  { width, height }: Dimensions,
  resolution: number,
  constrained: boolean,
): Promise<void> {
  const pixels = (_value: number) => ({ _unit: 'pixelsUnit', _value });
  await ps.action.batchPlay(
    [
      {
        _obj: 'imageSize',
        _target: [{ _ref: 'document', _id: id }],
        width: pixels(width),
        height: pixels(height),
        resolution: { _unit: 'densityUnit', _value: resolution },
        scaleStyles: constrained,
        constrainProportions: constrained,
        interfaceIconFrameDimmed: { _enum: 'interpolationType', _value: 'automaticInterpolation' },
        _options: { dialogOptions: 'dontDisplay' },
      },
    ],
    {},
  );
}

function need(ps: Photoshop, id: number): Document {
  const document = findDocument(ps, id);
  if (!document) throw new LoupeError('document-closed');
  return document;
}
