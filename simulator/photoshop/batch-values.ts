/** What batchPlay's `get` tells of the application, of documents and of layers. */
import type { Layer as PsdLayer } from 'ag-psd';
import type { Desktop } from './desktop.ts';
import { boundsOf, canvasOf, parentOf, walk, type Layer } from './model.ts';
import type { OpenDocument } from './open-document.ts';

const BRIGHTNESS = {
  darkest: 'kPanelBrightnessDarkGray',
  dark: 'kPanelBrightnessMediumGray',
  light: 'kPanelBrightnessLightGray',
  lightest: 'kPanelBrightnessOriginal',
} as const;

type LayerColor = NonNullable<PsdLayer['layerColor']>;

/** The labels' colours; the keys' old four-letter codes gave yellow and green their names. */
export const COLOURS: Readonly<Record<LayerColor, string>> = {
  none: 'none',
  red: 'red',
  orange: 'orange',
  yellow: 'yellowColor',
  green: 'grain',
  blue: 'blue',
  violet: 'violet',
  gray: 'gray',
};

export const applicationValues = (desktop: Desktop): Record<string, unknown> => ({
  hostName: 'Photoshop',
  hostVersion: { _obj: 'version', versionMajor: Number.parseInt(desktop.version, 10) },
  interfacePrefs: {
    _obj: 'interfacePrefs',
    kuiBrightnessLevel: { _enum: 'uiBrightnessLevelEnumType', _value: BRIGHTNESS[desktop.theme] },
  },
});

export function documentValues({ id, name, contents }: OpenDocument): Record<string, unknown> {
  return {
    documentID: id,
    title: name,
    depth: contents.depth,
    mode: { _enum: 'colorSpace', _value: contents.mode },
    numberOfLayers: [...walk(contents.layers)].length,
    hasBackgroundLayer: contents.layers.some((layer) => layer.background),
    targetLayersIDs: contents.activeLayerIds.map((each) => ({ _ref: 'layer', _id: each })),
  };
}

export function layerValues({ contents }: OpenDocument, layer: Layer): Record<string, unknown> {
  const bounds = { _obj: 'rectangle', ...boundsOf(layer, canvasOf(contents)) };
  const { info } = layer.carried ?? {};
  return {
    layerID: layer.id,
    name: layer.name,
    visible: layer.visible,
    background: layer.background,
    layerKind: kindNumber(layer),
    layerSection: {
      _enum: 'layerSectionType',
      _value: layer.children ? 'layerSectionStart' : 'layerSectionContent',
    },
    parentLayerID: parentOf(contents.layers, layer.id)?.id ?? -1,
    // [D] 0 to 255, unlike in the DOM.
    opacity: Math.round(layer.opacity * 2.55),
    fillOpacity: Math.round(layer.fillOpacity * 2.55),
    mode: { _enum: 'blendMode', _value: layer.blendMode },
    group: layer.clipped,
    bounds,
    boundsNoEffects: bounds,
    hasUserMask: layer.mask !== null,
    ...(layer.mask ? { userMaskEnabled: !layer.mask.disabled } : {}),
    color: { _enum: 'color', _value: COLOURS[info?.layerColor ?? 'none'] },
    ...(info?.effects ? { layerFXVisible: info.effects.disabled !== true } : {}),
    hasVectorMask: info?.vectorMask !== undefined,
    artboardEnabled: info?.artboard !== undefined,
    ...(layer.framed ? { framedGroup: { _obj: 'framedGroup' } } : {}),
    layerLocking: {
      _obj: 'layerLocking',
      protectAll: layer.locks.all,
      protectComposite: layer.locks.pixels,
      protectPosition: layer.locks.position,
      protectTransparency: layer.locks.transparency,
    },
    // [3P] layerXMP is there only if the layer has XMP of its own.
    metadata: { _obj: 'metadata', layerTime: 0, ...(layer.xmp === null ? {} : { layerXMP: layer.xmp }) },
    ...(layer.smart
      ? {
          smartObject: {
            _obj: 'smartObject',
            placed: { _enum: 'placed', _value: 'rasterizeContent' },
            fileReference: layer.smart.file.name,
            linked: false,
          },
          smartObjectMore: {
            _obj: 'smartObjectMore',
            ID: layer.smart.file.id,
            size: { _obj: 'paint', width: layer.smart.width, height: layer.smart.height },
            transform: [...layer.smart.corners],
          },
        }
      : {}),
  };
}

/** [3P] As plugin authors list them: Photoshop's own numbers of kinds of "sheet". */
function kindNumber({ background, kind, children, carried }: Layer): number {
  if (background) return 12;
  if (children) return 7;
  // A fill within a vector mask is a shape.
  if (carried?.info.vectorMask && ['solidColor', 'gradientFill', 'pattern'].includes(kind)) return 4;
  switch (kind) {
    case 'pixel':
      return 1;
    case 'text':
      return 3;
    case 'smartObject':
      return 5;
    case 'video':
      return 6;
    case 'threeD':
      return 8;
    case 'gradientFill':
      return 9;
    case 'pattern':
      return 10;
    case 'solidColor':
      return 11;
    default:
      return 2;
  }
}
