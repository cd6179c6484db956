/**
 * What a PSD says of a layer beyond its pixels, when the layer is scaled or moved: the transforms of text and smart
 * objects, the paths of vector masks and artboards' rectangles go along.
 */
import type { Layer as PsdLayer } from 'ag-psd';

/** x' = x · scale + shift, and so for y. */
export interface Change {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

/** Corner points x0 y0 x1 y1 … */
export const changedPoints = (values: readonly number[], { x, y, dx, dy }: Change): number[] =>
  values.map((value, index) => (index % 2 === 0 ? value * x + dx : value * y + dy));

/** xx xy yx yy tx ty: the text's own matrix, followed by the change. */
function changedMatrix(matrix: readonly number[], { x, y, dx, dy }: Change): number[] {
  const [xx = 1, xy = 0, yx = 0, yy = 1, tx = 0, ty = 0] = matrix;
  return [xx * x, xy * y, yx * x, yy * y, tx * x + dx, ty * y + dy];
}

export function changedInfo(layer: Readonly<PsdLayer>, change: Change): Readonly<PsdLayer> {
  const changed: PsdLayer = { ...layer };
  if (layer.placedLayer) {
    changed.placedLayer = {
      ...layer.placedLayer,
      transform: changedPoints(layer.placedLayer.transform, change),
    };
    if (layer.placedLayer.nonAffineTransform) {
      changed.placedLayer.nonAffineTransform = changedPoints(layer.placedLayer.nonAffineTransform, change);
    }
  }
  if (layer.text?.transform) {
    changed.text = { ...layer.text, transform: changedMatrix(layer.text.transform, change) };
  }
  if (layer.vectorMask) {
    changed.vectorMask = {
      ...layer.vectorMask,
      paths: layer.vectorMask.paths.map((path) => ({
        ...path,
        knots: path.knots.map((knot) => ({ ...knot, points: changedPoints(knot.points, change) })),
      })),
    };
  }
  if (layer.artboard) {
    const { top, left, bottom, right } = layer.artboard.rect;
    const [l = 0, t = 0, r = 0, b = 0] = changedPoints([left, top, right, bottom], change);
    changed.artboard = { ...layer.artboard, rect: { top: t, left: l, bottom: b, right: r } };
  }
  return changed;
}
