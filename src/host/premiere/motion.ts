/** What of the original's look the render must be given so that the picture stays where and as large as it is. */
import type { Key, Look, Point, Setting, Value } from './look.ts';

/** Motion's parameters in Premiere's order. */
const SCALE = 1;
const SCALE_WIDTH = 2;
const UNIFORM = 3;
const ANCHOR = 5;
/** Crop's, in pixels of the clip. */
const EDGE_FEATHER = 5;

/** The render's sides by the source's. */
export interface Factors {
  readonly scaleX: number;
  readonly scaleY: number;
}

/** @param fresh the render's look as Premiere laid it */
export function carriedLook(look: Look, fresh: Look, factors: Factors): Look {
  return {
    motion: changed(carriedMotion(look.motion, fresh.motion, factors), fresh.motion),
    opacity: changed(look.opacity, fresh.opacity),
    crops: look.crops.map((crop) =>
      crop.map((setting) => (setting.index === EDGE_FEATHER ? scaled(setting, factors.scaleY) : setting)),
    ),
  };
}

/** Whether what lies below shows through it at any time, at an edge too: then the original would be seen twice. */
export function isSeeThrough(look: Look, fresh: Look): boolean {
  const feathered = look.crops
    .flat()
    .some(({ index, value, keys }) => index === EDGE_FEATHER && (value !== 0 || keys !== null));
  return feathered || changed(look.opacity, fresh.opacity).length > 0;
}

function carriedMotion(
  motion: readonly Setting[],
  fresh: readonly Setting[],
  { scaleX, scaleY }: Factors,
): readonly Setting[] {
  const scale = motion.find(({ index }) => index === SCALE);
  const uniform = motion.find(({ index }) => index === UNIFORM);
  // Sides of whole pixels may have factors that differ a little: then width and height are scaled apart.
  const apart = uniform?.value === false || Math.abs(scaleX / scaleY - 1) > 1e-6;
  return motion.map((setting): Setting => {
    switch (setting.index) {
      case SCALE:
        return scaled(setting, 1 / scaleY);
      case SCALE_WIDTH:
        // It has a say only where the two are apart.
        return uniform?.value === false || !scale || !apart
          ? scaled(setting, 1 / scaleX)
          : scaled({ ...scale, index: SCALE_WIDTH }, 1 / scaleX);
      case UNIFORM:
        return apart ? { ...setting, value: false, keys: null } : setting;
      case ANCHOR:
        return inPixels(fresh) ? scaled(setting, { x: scaleX, y: scaleY }) : setting;
      default:
        return setting;
    }
  });
}

/** Points are fractions of the frame, as far as is known; the render's own anchor, its middle, tells. */
function inPixels(fresh: readonly Setting[]): boolean {
  const anchor = fresh.find(({ index }) => index === ANCHOR)?.value;
  return typeof anchor === 'object' && anchor.x > 1 && anchor.y > 1;
}

function scaled(setting: Setting, by: number | Point): Setting {
  const scale = (value: Value): Value => {
    if (typeof value === 'number') return typeof by === 'number' ? value * by : value;
    if (typeof value !== 'object') return value;
    const { x, y } = typeof by === 'number' ? { x: by, y: by } : by;
    return { x: value.x * x, y: value.y * y };
  };
  const keys = setting.keys && setting.keys.map((key): Key => ({ ...key, value: scale(key.value) }));
  return { ...setting, value: scale(setting.value), keys };
}

/** Those that differ from what is there already. */
function changed(settings: readonly Setting[], fresh: readonly Setting[]): readonly Setting[] {
  return settings.filter(({ index, value, keys }) => {
    const there = fresh.find((each) => each.index === index);
    return there !== undefined && (keys !== null || !isSame(value, there.value));
  });
}

function isSame(one: Value, other: Value): boolean {
  if (typeof one === 'object' && typeof other === 'object') return one.x === other.x && one.y === other.y;
  return one === other;
}
