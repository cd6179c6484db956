/**
 * How much of each pixel the local network makes: 0 outside the regions, 1 in their cores, and between them, within
 * the regions' margins, half a cosine. Such a seam is not seen: it has no corner anywhere.
 *
 * A region's margin is a fifth of its shorter side, at least 8 pixels (but never more than up to its middle), its
 * corners are rounded by a third. Where a region reaches the picture's border, it goes on beyond: a face cut off by
 * the border has no margin there. Regions that overlap add up as independent chances do, 1 − Π (1 − w): smooth, and
 * nowhere less than either.
 */
import type { Span } from './plan.ts';
import type { PictureFormat, Region } from './types.ts';

const MARGIN = 0.2;
const LEAST_MARGIN = 8;
const CORNER = 0.35;

/** Which of the two networks a tile's core takes. */
export type Makers = 'base' | 'local' | 'both';

/** A rounded rectangle, input pixels; `halfWidth` and `halfHeight` are those of the part without the corners. */
interface Shape {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly corner: number;
  readonly margin: number;
}

export class RegionWeights {
  readonly #shapes: readonly Shape[];
  readonly #scale: number;

  /**
   * @param regions in input pixels; those outside of the picture count for nothing
   * @param scale of the networks: what the pixels of `row` are finer by than the input's
   */
  constructor(regions: readonly Region[], format: Pick<PictureFormat, 'width' | 'height'>, scale: number) {
    this.#scale = scale;
    this.#shapes = regions.filter((region) => isInside(region, format)).map((each) => shapeOf(each, format));
  }

  /** Whether no region lies in the picture. */
  get empty(): boolean {
    return this.#shapes.length === 0;
  }

  /** Weights of `into.length` pixels at the networks' scale, from `x` on in row `y`. */
  row(x: number, y: number, into: Float32Array): void {
    const scale = this.#scale;
    const centreY = (y + 0.5) / scale;
    into.fill(0);
    for (const shape of this.#shapes) {
      const top = Math.abs(centreY - shape.y) - shape.halfHeight;
      if (top >= shape.corner) continue;
      const reach = shape.halfWidth + shape.corner;
      const from = Math.max(0, Math.floor((shape.x - reach) * scale) - x);
      const to = Math.min(into.length, Math.ceil((shape.x + reach) * scale) - x);
      for (let i = from; i < to; i++) {
        const weight = weightAt(shape, Math.abs((x + i + 0.5) / scale - shape.x), top);
        if (weight > 0) into[i] = 1 - (1 - (into[i] as number)) * (1 - weight);
      }
    }
  }

  /**
   * Who makes the core of `column` and `band`. Told from the shapes alone, whatever the core's size: a core that no
   * single region fills, but several do together, counts as both's. That costs a run of the base network there, and
   * changes no pixel.
   */
  makers(column: Span, band: Span): Makers {
    let makers: Makers = 'base';
    for (const shape of this.#shapes) {
      const across = distances(shape.x, column, this.#scale);
      const down = distances(shape.y, band, this.#scale);
      // A weight only falls with the distances, so no pixel has more than the nearest or less than the farthest.
      if (weightAt(shape, across.least, down.least - shape.halfHeight) <= 0) continue;
      if (weightAt(shape, across.most, down.most - shape.halfHeight) >= 1) return 'local';
      makers = 'both';
    }
    return makers;
  }
}

/** How far a core's pixels at the networks' scale, the nearest and the farthest, are from `middle`, in input pixels. */
function distances(
  middle: number,
  { core, coreLength }: Span,
  scale: number,
): { readonly least: number; readonly most: number } {
  const [first, last] = [core * scale, (core + coreLength) * scale - 1];
  const from = (pixel: number) => Math.abs((pixel + 0.5) / scale - middle);
  const nearest = Math.min(last, Math.max(first, Math.round(middle * scale - 0.5)));
  return { least: from(nearest), most: Math.max(from(first), from(last)) };
}

function isInside(
  { x, y, width, height }: Region,
  picture: Pick<PictureFormat, 'width' | 'height'>,
): boolean {
  return (
    width > 0 && height > 0 && x < picture.width && y < picture.height && x + width > 0 && y + height > 0
  );
}

function shapeOf(region: Region, picture: Pick<PictureFormat, 'width' | 'height'>): Shape {
  const side = Math.min(region.width, region.height);
  const margin = Math.min(side / 2, Math.max(MARGIN * side, LEAST_MARGIN));
  // A corner no rounder than the margin would show in it.
  const corner = Math.max(margin, CORNER * side);
  const beyond = margin + corner;
  const left = region.x <= 0 ? Math.min(region.x, -beyond) : region.x;
  const top = region.y <= 0 ? Math.min(region.y, -beyond) : region.y;
  let right = region.x + region.width;
  if (right >= picture.width) right = Math.max(right, picture.width + beyond);
  let bottom = region.y + region.height;
  if (bottom >= picture.height) bottom = Math.max(bottom, picture.height + beyond);
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    halfWidth: (right - left) / 2 - corner,
    halfHeight: (bottom - top) / 2 - corner,
    corner,
    margin,
  };
}

/**
 * By how far the place lies inside the shape, over its margin; `across` is its distance from the shape's middle, `top`
 * how far below or above the shape it is too far out.
 */
function weightAt({ halfWidth, corner, margin }: Shape, across: number, top: number): number {
  const side = across - halfWidth;
  const outside = side > 0 && top > 0 ? Math.sqrt(side * side + top * top) : side > top ? side : top;
  const share = (corner - outside) / margin;
  if (share <= 0) return 0;
  return share < 1 ? (1 - Math.cos(Math.PI * share)) / 2 : 1;
}
