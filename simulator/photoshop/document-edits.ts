/** Crop and change of colour mode, as the Image menu does them. */
import type { Bounds } from './interface.ts';
import { convertColours } from '../colour/convert.ts';
import { canvasOf, hasPixels, mapLayers, type Contents, type Layer, type Mask } from './model.ts';
import { intersect, isEmpty, sized, width, height } from './bounds.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import { colourOf, componentsOf, iccOf, modeOf } from './modes.ts';
import { movedLayer, movedMask } from './moves.ts';
import { Surface } from './surface.ts';

const BAND = 256;

/** Image > Crop: what lies outside is thrown away, but for smart objects, text and shapes, which are kept whole. */
export function cropContents(contents: Contents, bounds: Bounds): Contents {
  const part = intersect(bounds, canvasOf(contents));
  if (isEmpty(part)) throw new PhotoshopError('Crop: the rectangle lies outside the canvas');
  const canvas = sized(0, 0, width(part), height(part));
  const layers = contents.layers.map((layer) => movedLayer(layer, -part.left, -part.top));
  const selection = contents.selection ? movedMask(contents.selection, -part.left, -part.top) : null;
  return {
    ...contents,
    width: width(part),
    height: height(part),
    layers: mapLayers(layers, (layer) =>
      layer.kind === 'pixel' && layer.pixels ? { ...layer, pixels: cut(layer.pixels, canvas) } : layer,
    ),
    selection: selection && cutMask(selection, canvas),
  };
}

function cut(surface: Surface, canvas: Bounds): Surface {
  const part = intersect(surface.bounds, canvas);
  const result = new Surface(surface.components, surface.depth);
  if (!isEmpty(part)) result.put(surface.read(part), part);
  return result;
}

function cutMask(mask: Mask, canvas: Bounds): Mask | null {
  const bounds = intersect(mask.bounds, canvas);
  if (isEmpty(bounds)) return null;
  return {
    ...mask,
    bounds,
    surface: Surface.from(mask.surface.read(bounds), 1, mask.surface.depth, bounds),
  };
}

/** The working spaces of the modes, as Edit > Color Settings has them. */
const PROFILES: Readonly<Record<string, string>> = {
  RGBColorMode: 'sRGB IEC61966-2.1',
  grayscaleMode: 'Dot Gain 20%',
  CMYKColorMode: 'U.S. Web Coated (SWOP) v2',
  labColorMode: '',
};

/** Image > Mode, without merging: every layer's pixels are converted into the mode's working space. */
export function changeMode(contents: Contents, mode: string): Contents {
  const { depth } = contents;
  const profile = PROFILES[mode];
  if (profile === undefined || !hasPixels(contents) || depth === 1 || !modeOf(mode, depth)) {
    throw new NotEmulatedError(`changing ${contents.mode} at ${depth} bits into ${mode}`);
  }
  const to: Contents = { ...contents, mode, profile, icc: iccOf({ mode, depth, profile }), carried: null };
  const [from, into] = [colourOf(contents), colourOf(to)];
  const convert = (layer: Layer): Layer => {
    const carried = layer.carried ? { info: layer.carried.info, raw: null } : null;
    if (!layer.pixels) return { ...layer, carried };
    const pixels = new Surface(componentsOf(to), depth);
    const { bounds } = layer.pixels;
    for (let top = bounds.top; top < bounds.bottom; top += BAND) {
      const band = { ...bounds, top, bottom: Math.min(bounds.bottom, top + BAND) };
      pixels.put(convertColours(layer.pixels.read(band), true, from, into, depth), band);
    }
    // What is inside smart objects stays as it is: its pixels are no longer drawn from there.
    return { ...layer, pixels, carried };
  };
  return { ...to, layers: mapLayers(contents.layers, convert) };
}
