/**
 * A PSD or PSB as a document of the emulated Photoshop. RGB and grayscale at 8, 16 and 32 bits have pixels;
 * documents of every other mode open with their layers' names, kinds and masks' places but without pixels, and
 * are saved as they came. Not kept: layer information the PSD library does not know (ag-psd's README lists what
 * it knows), and, once a document is edited, saved selections (extra alpha channels).
 */
import {
  getLayerImageData,
  getLayerMaskImageData,
  initializeCanvas,
  readPsd as readAgPsd,
  type Layer as PsdLayer,
  type Psd,
} from 'ag-psd';
import { EMPTY, isEmpty, sized } from '../photoshop/bounds.ts';
import {
  UNLOCKED,
  walk,
  type Contents,
  type EmbeddedFile,
  type Layer,
  type Mask,
} from '../photoshop/model.ts';
import { fullScale, makeSamples, Surface, type Depth, type Samples } from '../photoshop/surface.ts';
import { profileDescription } from './icc.ts';
import { layerInfoOf } from './layer-blocks.ts';
import { readLayerXmp } from './layer-xmp.ts';
import { decodeComposite } from './merged.ts';
import { blendName, kindOf, modeName } from './names.ts';
import { readSections, view, type Header, type Sections } from './sections.ts';
import { embeddedFiles, smartObjectOf } from './smart-objects.ts';

// ag-psd decodes into a page's ImageData unless told otherwise; there is none in Node.
initializeCanvas(
  () => {
    throw new Error('Nothing here draws on a canvas');
  },
  (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4), colorSpace: 'srgb' }),
);

const RGB = 3;
const GRAYSCALE = 1;
const ICC_PROFILE = 1039;
const TRANSPARENCY = -1;

/** Throws an Error with a plain message if the file is not a PSD, or is broken. */
export function readPsd(bytes: Uint8Array): Contents {
  const sections = readSections(bytes);
  const { header } = sections;
  const decoded = (header.mode === RGB || header.mode === GRAYSCALE) && header.depth !== 1;
  const psd = readStructure(bytes, decoded);
  const depth = depthOf(header);
  const psb = header.version === 2;
  const reader = new LayerReader(header, decoded && depth !== 1 ? depth : null, {
    files: embeddedFiles(psd, readPsd),
    xmp: readLayerXmp(layerInfoOf(sections.layersAndMasks, psb), psb),
  });
  let layers = reader.layers(psd.children ?? [], true);
  if (layers.length === 0) layers = [flattened(sections, decoded)];
  layers = withIds(layers);
  const selected = psd.imageResources?.layerSelectionIds ?? [];
  const known = new Set([...walk(layers)].map((layer) => layer.id));
  const active = selected.filter((id) => known.has(id));
  const top = layers[0];
  const icc = sections.resources.find((resource) => resource.id === ICC_PROFILE);
  return {
    width: header.width,
    height: header.height,
    resolution: resolutionOf(psd),
    mode: modeName(header.mode),
    depth,
    // Photoshop adds this to the names of 32-bit documents' profiles, and to the profile itself.
    profile: icc ? profileDescription(icc.data).replace(' (Linear RGB Profile)', '') : '',
    layers,
    activeLayerIds: active.length > 0 || !top ? active : [top.id],
    selection: null,
    carried: carriedOf(psd, sections, decoded),
  };
}

/** ag-psd refuses modes it cannot decode; as RGB it reads their structure, and the pixels stay raw. */
function readStructure(bytes: Uint8Array, decoded: boolean): Psd {
  let readable = bytes;
  if (!decoded) {
    readable = bytes.slice();
    view(readable).setUint16(24, RGB);
    const depth = view(readable).getUint16(22);
    if (depth === 1) view(readable).setUint16(22, 8);
  }
  return readAgPsd(readable, {
    useRawData: true,
    useImageData: true,
    useRawThumbnail: true,
    skipThumbnail: true,
    logMissingFeatures: false,
  });
}

function depthOf({ depth }: Header): Depth | 1 {
  if (depth === 1 || depth === 8 || depth === 16 || depth === 32) return depth;
  throw new Error(`There is no depth of ${depth} bits`);
}

function resolutionOf(psd: Psd): number {
  const info = psd.imageResources?.resolutionInfo;
  if (!info) return 72;
  return info.horizontalResolutionUnit === 'PPCM'
    ? info.horizontalResolution * 2.54
    : info.horizontalResolution;
}

function carriedOf(psd: Psd, sections: Sections, decoded: boolean): Contents['carried'] {
  const structure = { ...psd };
  delete structure.children;
  delete structure.rawCompositeData;
  const layerless = !decoded && (psd.children?.length ?? 0) === 0;
  return {
    psd: structure,
    layersAndMasks: layerless ? sections.layersAndMasks : null,
    colorModeData: sections.colorModeData,
    resources: sections.resources,
    composite: decoded ? null : sections.composite,
    channels: sections.header.channels,
  };
}

/** A file without layers has one: the Background, from the composite. */
function flattened({ header, composite }: Sections, decoded: boolean): Layer {
  const base: Layer = {
    id: 0,
    name: 'Background',
    kind: 'pixel',
    visible: true,
    opacity: 100,
    fillOpacity: 100,
    blendMode: 'normal',
    clipped: false,
    locks: { ...UNLOCKED, position: true },
    background: true,
    pixels: null,
    mask: null,
    children: null,
    smart: null,
    xmp: null,
    framed: false,
    carried: null,
  };
  const depth = depthOf(header);
  if (!decoded || depth === 1) return base;
  const colours = header.mode === GRAYSCALE ? 1 : 3;
  const planes = decodeComposite(composite, header, colours);
  const samples = makeSamples(depth, header.width * header.height * (colours + 1)).fill(fullScale(depth));
  planes.forEach((plane, c) => {
    for (let p = 0; p < plane.length; p++) samples[p * (colours + 1) + c] = plane[p] ?? 0;
  });
  const place = sized(0, 0, header.width, header.height);
  const pixels = Surface.from(samples, colours === 1 ? 2 : 4, depth, place);
  return { ...base, pixels };
}

/** From ag-psd's RGBA to the document's components. */
function surfaceOf(
  rgba: ArrayLike<number>,
  components: 2 | 4,
  depth: Depth,
  place: { left: number; top: number; right: number; bottom: number },
  opaque: boolean,
): Surface {
  const pixels = rgba.length / 4;
  const samples = makeSamples(depth, pixels * components);
  const full = fullScale(depth);
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < components - 1; c++) samples[p * components + c] = rgba[p * 4 + c] ?? 0;
    samples[p * components + components - 1] = opaque ? full : (rgba[p * 4 + 3] ?? 0);
  }
  return Surface.from(samples, components, depth, place);
}

/** What the file says of layers elsewhere than in what the PSD library reads of them. */
interface Beside {
  readonly files: ReadonlyMap<string, EmbeddedFile>;
  /** By layer id. */
  readonly xmp: ReadonlyMap<number, string>;
}

class LayerReader {
  private readonly header: Header;
  /** Null if pixels are not decoded. */
  private readonly depth: Depth | null;
  private readonly beside: Beside;

  constructor(header: Header, depth: Depth | null, beside: Beside) {
    this.header = header;
    this.depth = depth;
    this.beside = beside;
  }

  /** From ag-psd's order, bottom first, to top first. */
  layers(children: readonly PsdLayer[], root: boolean): Layer[] {
    return children.map((layer, index) => this.layer(layer, root && index === 0)).reverse();
  }

  private layer(layer: PsdLayer, bottom: boolean): Layer {
    const { children, rawData, ...info } = layer;
    const background = bottom && isBackground(layer);
    const pixels = children ? null : this.pixels(layer, background);
    const mask = this.mask(layer);
    const { transparency = false, composite = false, position = false } = layer.protected ?? {};
    const all = transparency && composite && position;
    return {
      id: layer.id ?? 0,
      name: layer.name ?? '',
      kind: kindOf(layer),
      visible: layer.hidden !== true,
      opacity: (layer.opacity ?? 1) * 100,
      fillOpacity: (layer.fillOpacity ?? 1) * 100,
      blendMode: blendName(layer.blendMode),
      clipped: layer.clipping === true,
      locks: {
        all,
        pixels: composite,
        position: position || background,
        transparency: !background && transparency,
      },
      background,
      pixels,
      mask,
      children: children ? this.layers(children, false) : null,
      smart: smartObjectOf(layer, this.beside.files),
      xmp: this.beside.xmp.get(layer.id ?? 0) ?? null,
      framed: false,
      carried: { info, raw: rawData ? { data: rawData, pixels, mask } : null },
    };
  }

  private pixels(layer: PsdLayer, opaque: boolean): Surface | null {
    if (this.depth === null || layer.adjustment) return null;
    const components = this.header.mode === GRAYSCALE ? 2 : 4;
    const image = getLayerImageData(withOwnChannels(layer));
    if (!image) return new Surface(components, this.depth);
    const place = sized(layer.left ?? 0, layer.top ?? 0, image.width, image.height);
    return surfaceOf(image.data, components, this.depth, place, opaque);
  }

  private mask(layer: PsdLayer): Mask | null {
    const { mask } = layer;
    if (!mask || this.depth === null || mask.fromVectorData) return null;
    const image = getLayerMaskImageData(withOwnChannels(layer));
    const bounds = image ? sized(mask.left ?? 0, mask.top ?? 0, image.width, image.height) : EMPTY;
    const surface = new Surface(1, this.depth);
    if (image && !isEmpty(bounds)) surface.put(firstOfFour(image.data, this.depth), bounds);
    return { surface, bounds, outside: (mask.defaultColor ?? 0) / 255, disabled: mask.disabled === true };
  }
}

/** ag-psd swaps the bytes of deep raw channels where they lie; the file's own must stay as they are. */
function withOwnChannels(layer: PsdLayer): PsdLayer {
  const { rawData } = layer;
  if (!rawData || rawData.bitsPerChannel === 8) return layer;
  const channels = rawData.channels.map((channel) => ({ ...channel, data: channel.data?.slice() }));
  return { ...layer, rawData: { ...rawData, channels } };
}

function firstOfFour(rgba: ArrayLike<number>, depth: Depth): Samples {
  const samples = makeSamples(depth, rgba.length / 4);
  for (let i = 0; i < samples.length; i++) samples[i] = rgba[i * 4] ?? 0;
  return samples;
}

/** Photoshop writes the Background without a transparency channel and with its transparency protected. */
const isBackground = (layer: PsdLayer): boolean =>
  layer.transparencyProtected === true &&
  !layer.children &&
  layer.rawData !== undefined &&
  !layer.adjustment &&
  !layer.vectorFill &&
  !layer.text
    ? layer.rawData.channels.length > 0 &&
      layer.rawData.channels.map((channel): number => channel.id).every((id) => id !== TRANSPARENCY)
    : false;

/** Old files have no `lyid`: their layers, and repeated ids, get free ones. */
function withIds(layers: readonly Layer[]): Layer[] {
  const used = new Set<number>();
  let next = 1 + [...walk(layers)].reduce((highest, layer) => Math.max(highest, layer.id), 0);
  const visit = (layer: Layer): Layer => {
    const id = layer.id > 0 && !used.has(layer.id) ? layer.id : next++;
    used.add(id);
    return { ...layer, id, children: layer.children ? layer.children.map(visit) : null };
  };
  return layers.map(visit);
}
