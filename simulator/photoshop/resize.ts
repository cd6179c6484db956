/** Image > Image Size. */
import { changedInfo } from './carried.ts';
import { checkSize } from './edits.ts';
import { scaleEffects } from './effects.ts';
import { NotEmulatedError } from './errors.ts';
import { canvasOf, hasPixels, mapLayers, type Contents, type Layer, type Mask } from './model.ts';
import { resampleSurface } from './resample.ts';
import { transformSmart } from './smart-object.ts';

export function scaledMask(mask: Mask, scale: { x: number; y: number }, method: string): Mask {
  // Clamped to its own bounds: the zeros around a mask's tiles are not what the mask is out there.
  const surface = resampleSurface(mask.surface, mask.bounds, mask.bounds, scale, method);
  return {
    ...mask,
    surface,
    bounds: {
      left: Math.round(mask.bounds.left * scale.x),
      top: Math.round(mask.bounds.top * scale.y),
      right: Math.round(mask.bounds.right * scale.x),
      bottom: Math.round(mask.bounds.bottom * scale.y),
    },
  };
}

export interface Resizing {
  readonly width: number;
  readonly height: number;
  readonly resolution: number;
  /** A value of `constants.ResampleMethod`. */
  readonly method: string;
  /** Whether layer effects grow along. */
  readonly scaleStyles: boolean;
}

/**
 * Image > Image Size with all layers and masks resampled. Text and shapes keep what describes them, scaled, and their
 * pixels are resampled like any other; smart objects show anew what they hold.
 */
export function resizeContents(contents: Contents, wanted: Resizing): Contents {
  const { width: across, height: down, resolution, method } = wanted;
  checkSize(across, down);
  if (!hasPixels(contents)) throw new NotEmulatedError(`resizing a document in ${contents.mode}`);
  if (contents.width === across && contents.height === down) return { ...contents, resolution };
  const scale = { x: across / contents.width, y: down / contents.height };
  const canvas = canvasOf(contents);
  const change = { ...scale, dx: 0, dy: 0 };
  const layers = mapLayers(contents.layers, (layer) => {
    const resample = (): Layer['pixels'] =>
      layer.pixels
        ? resampleSurface(
            layer.pixels,
            // What lies beyond the canvas beneath the Background was never there.
            layer.background ? canvas : layer.pixels.bounds,
            canvas,
            scale,
            method,
          )
        : null;
    const mask = layer.mask ? scaledMask(layer.mask, scale, method) : null;
    const styled = wanted.scaleStyles ? withScaledEffects(layer, scale) : layer;
    if (styled.smart) return { ...transformSmart(styled, contents, change, resample), mask };
    const carried = styled.carried ? { info: changedInfo(styled.carried.info, change), raw: null } : null;
    return { ...styled, pixels: resample(), mask, carried };
  });
  const selection = contents.selection ? scaledMask(contents.selection, scale, method) : null;
  return { ...contents, width: across, height: down, resolution, layers, selection };
}

function withScaledEffects(layer: Layer, scale: { x: number; y: number }): Layer {
  const effects = layer.carried?.info.effects;
  if (!layer.carried || !effects) return layer;
  const info = { ...layer.carried.info, effects: scaleEffects(effects, Math.sqrt(scale.x * scale.y)) };
  return { ...layer, carried: { ...layer.carried, info } };
}
