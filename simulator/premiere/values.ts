/** Plain values of Premiere's module: they belong to no project and never go stale. */

/** [D] The published types let these be made with `new` and without. */
export function callable<C extends new (...args: never[]) => object>(
  type: C,
): C & ((...args: ConstructorParameters<C>) => InstanceType<C>) {
  const call = (_target: C, _self: unknown, args: unknown[]) => new type(...(args as never[]));
  return new Proxy(type, { apply: call }) as C & ((...args: ConstructorParameters<C>) => InstanceType<C>);
}

class PointValue {
  x: number;
  y: number;

  constructor(x = 0, y = 0) {
    this.x = x;
    this.y = y;
  }

  distanceTo(point: PointValue): number {
    return Math.hypot(point.x - this.x, point.y - this.y);
  }
}

class ColorValue {
  red: number;
  green: number;
  blue: number;
  alpha: number;

  constructor(red = 0, green = 0, blue = 0, alpha = 1) {
    this.red = red;
    this.green = green;
    this.blue = blue;
    this.alpha = alpha;
  }

  equals(color: ColorValue): boolean {
    const { red, green, blue, alpha } = color;
    return red === this.red && green === this.green && blue === this.blue && alpha === this.alpha;
  }
}

/** [3P] "width/height only, no x/y" */
class RectValue {
  width: number;
  height: number;

  constructor(width = 0, height = 0) {
    this.width = width;
    this.height = height;
  }
}

class GuidValue {
  readonly #text: string;

  constructor(text = '00000000-0000-0000-0000-000000000000') {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  static fromString(stringValue: string): GuidValue {
    return new GuidValue(stringValue);
  }
}

export type PointF = PointValue;
export type Color = ColorValue;
export type RectF = RectValue;
export type Guid = GuidValue;
export const PointF = callable(PointValue);
export const Color = callable(ColorValue);
export const RectF = callable(RectValue);
export const Guid = callable(GuidValue);
