/** PSD's names and numbers beside the ones of Photoshop's scripting. */
import type { BlendMode, Layer } from 'ag-psd';

const MODES: Readonly<Record<number, string>> = {
  0: 'bitmapMode',
  1: 'grayscaleMode',
  2: 'indexedColorMode',
  3: 'RGBColorMode',
  4: 'CMYKColorMode',
  7: 'multichannelMode',
  8: 'duotoneMode',
  9: 'labColorMode',
};

export function modeName(mode: number): string {
  const name = MODES[mode];
  if (name === undefined) throw new Error(`There is no colour mode ${mode}`);
  return name;
}

export const modeNumber = (name: string): number =>
  Number(Object.keys(MODES).find((mode) => MODES[Number(mode)] === name) ?? 3);

const BLENDS: Readonly<Record<BlendMode, string>> = {
  'pass through': 'passThrough',
  normal: 'normal',
  dissolve: 'dissolve',
  darken: 'darken',
  multiply: 'multiply',
  'color burn': 'colorBurn',
  'linear burn': 'linearBurn',
  'darker color': 'darkerColor',
  lighten: 'lighten',
  screen: 'screen',
  'color dodge': 'colorDodge',
  'linear dodge': 'linearDodge',
  'lighter color': 'lighterColor',
  overlay: 'overlay',
  'soft light': 'softLight',
  'hard light': 'hardLight',
  'vivid light': 'vividLight',
  'linear light': 'linearLight',
  'pin light': 'pinLight',
  'hard mix': 'hardMix',
  difference: 'difference',
  exclusion: 'exclusion',
  subtract: 'blendSubtraction',
  divide: 'blendDivide',
  hue: 'hue',
  saturation: 'saturation',
  color: 'color',
  luminosity: 'luminosity',
  // Of textures and layer styles; no layer has them.
  'linear height': 'normal',
  height: 'normal',
  subtraction: 'normal',
};

export const blendName = (mode: BlendMode | undefined): string =>
  mode === undefined ? 'normal' : BLENDS[mode];

const isBlendMode = (name: string): name is BlendMode => name in BLENDS;

export function blendMode(name: string): BlendMode {
  for (const [mode, scripted] of Object.entries(BLENDS))
    if (scripted === name && isBlendMode(mode)) return mode;
  return 'normal';
}

const ADJUSTMENTS: Readonly<Record<NonNullable<Layer['adjustment']>['type'], string>> = {
  'brightness/contrast': 'brightnessContrast',
  levels: 'levels',
  curves: 'curves',
  exposure: 'exposure',
  vibrance: 'vibrance',
  'hue/saturation': 'hueSaturation',
  'color balance': 'colorBalance',
  'black & white': 'blackAndWhite',
  'photo filter': 'photoFilter',
  'channel mixer': 'channelMixer',
  'color lookup': 'colorLookup',
  invert: 'inversion',
  posterize: 'posterize',
  threshold: 'threshold',
  'gradient map': 'gradientMap',
  'selective color': 'selectiveColor',
};

/** The layer's `kind` as scripting tells it. */
export function kindOf(layer: Layer): string {
  if (layer.children) return 'group';
  if (layer.text) return 'text';
  if (layer.placedLayer) return 'smartObject';
  if (layer.adjustment) return ADJUSTMENTS[layer.adjustment.type];
  if (layer.pixelSource) return 'video';
  if (layer.vectorFill) {
    if (layer.vectorFill.type === 'color') return 'solidColor';
    return layer.vectorFill.type === 'pattern' ? 'pattern' : 'gradientFill';
  }
  return 'pixel';
}
