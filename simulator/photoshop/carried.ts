/**
 * What a PSD says of a layer beyond its pixels, when the document is resized: the transforms of text and smart
 * objects and the paths of vector masks are scaled; layer effects keep their sizes in pixels, as with
 * Image Size > Scale Styles switched off.
 */
import type { Layer as PsdLayer } from 'ag-psd';

interface Scale {
  readonly x: number;
  readonly y: number;
}

/** Corner points x0 y0 x1 y1 … */
const points = (values: readonly number[], { x, y }: Scale): number[] =>
  values.map((value, index) => value * (index % 2 === 0 ? x : y));

export function scaleCarried(layer: Readonly<PsdLayer>, scale: Scale): Readonly<PsdLayer> {
  const scaled: PsdLayer = { ...layer };
  if (layer.placedLayer) {
    scaled.placedLayer = { ...layer.placedLayer, transform: points(layer.placedLayer.transform, scale) };
    if (layer.placedLayer.nonAffineTransform) {
      scaled.placedLayer.nonAffineTransform = points(layer.placedLayer.nonAffineTransform, scale);
    }
  }
  if (layer.text?.transform) {
    scaled.text = { ...layer.text, transform: points(layer.text.transform, scale) };
  }
  if (layer.vectorMask) {
    scaled.vectorMask = {
      ...layer.vectorMask,
      paths: layer.vectorMask.paths.map((path) => ({
        ...path,
        knots: path.knots.map((knot) => ({ ...knot, points: points(knot.points, scale) })),
      })),
    };
  }
  if (layer.artboard) {
    const { top, left, bottom, right } = layer.artboard.rect;
    scaled.artboard = {
      ...layer.artboard,
      rect: { top: top * scale.y, left: left * scale.x, bottom: bottom * scale.y, right: right * scale.x },
    };
  }
  return scaled;
}
