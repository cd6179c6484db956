/**
 * A PSD or PSB as a document of the emulated Photoshop. RGB, grayscale, CMYK and Lab have pixels; documents of
 * every other mode open with their layers' names, kinds and masks' places but without pixels, and
 * are saved as they came. Not kept: layer information the PSD library does not know (ag-psd's README lists what
 * it knows), and, once a document is edited, saved selections (extra alpha channels).
 */
import { readPsd as readAgPsd, type Layer as PsdLayer, type Psd } from 'ag-psd';
import { LINEAR, pressProfileSeen } from '../colour/profiles.ts';
import { sized } from '../photoshop/bounds.ts';
import { UNLOCKED, walk, type Contents, type EmbeddedFile, type Layer } from '../photoshop/model.ts';
import { componentsOf, modeOf } from '../photoshop/modes.ts';
import type { Components, Depth } from '../photoshop/surface.ts';
import { profileDescription } from './icc.ts';
import { layerInfoOf } from './layer-blocks.ts';
import { readLayerXmp } from './layer-xmp.ts';
import { layerMask, layerPixels, TRANSPARENCY } from './layer-pixels.ts';
import { blendName, kindOf, modeName } from './names.ts';
import { compositeRows, surfaceOf } from './rows.ts';
import { ICC_PROFILE, readSections, view, type Header, type Sections } from './sections.ts';
import { embeddedFiles, smartObjectOf } from './smart-objects.ts';

const RGB = 3;
const GRAYSCALE = 1;
const CMYK = 4;

/** Throws an Error with a plain message if the file is not a PSD, or is broken. */
export function readPsd(bytes: Uint8Array): Contents {
  const sections = readSections(bytes);
  const { header } = sections;
  const depth = depthOf(header);
  const mode = modeName(header.mode);
  const decoded = modeOf(mode, depth) !== null;
  const psd = readStructure(bytes, header);
  const psb = header.version === 2;
  const reader = new LayerReader(componentsOf({ mode }), decoded && depth !== 1 ? depth : null, {
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
  // Photoshop adds this to the names of 32-bit documents' profiles, and to the profile itself.
  const profile = icc ? profileDescription(icc.data).replace(LINEAR, '') : '';
  if (icc && header.mode === CMYK) pressProfileSeen(profile, icc.data);
  return {
    width: header.width,
    height: header.height,
    resolution: resolutionOf(psd),
    mode,
    depth,
    profile,
    icc: icc?.data ?? null,
    layers,
    activeLayerIds: active.length > 0 || !top ? active : [top.id],
    selection: null,
    carried: carriedOf(psd, sections, layers, decoded),
  };
}

/**
 * ag-psd refuses modes it cannot decode; as RGB it reads their structure, and the pixels stay raw. The header is
 * lent it changed, and not the whole file copied.
 */
function readStructure(bytes: Uint8Array, { mode, depth }: Header): Psd {
  const data = view(bytes);
  const known = (mode === RGB || mode === GRAYSCALE) && depth !== 1;
  try {
    if (!known) data.setUint16(24, RGB);
    if (depth === 1) data.setUint16(22, 8);
    return readAgPsd(bytes, {
      useRawData: true,
      useImageData: true,
      useRawThumbnail: true,
      skipThumbnail: true,
      logMissingFeatures: false,
    });
  } finally {
    data.setUint16(24, mode);
    data.setUint16(22, depth);
  }
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

function carriedOf(
  psd: Psd,
  sections: Sections,
  layers: readonly Layer[],
  decoded: boolean,
): Contents['carried'] {
  const structure = { ...psd };
  delete structure.children;
  delete structure.rawCompositeData;
  const layerless = !decoded && (psd.children?.length ?? 0) === 0;
  return {
    psd: structure,
    layersAndMasks: layerless ? sections.layersAndMasks : null,
    colorModeData: sections.colorModeData,
    resources: sections.resources,
    composite: sections.composite,
    channels: sections.header.channels,
    transparent: hasTransparentComposite(sections),
    psb: sections.header.version === 2,
    layers,
  };
}

/** A negative count of layers says that the composite's first alpha channel is its transparency. */
function hasTransparentComposite({ layersAndMasks, header }: Sections): boolean {
  const info = layerInfoOf(layersAndMasks, header.version === 2);
  return info.length >= 2 && view(info).getInt16(0) < 0;
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
  const colours = componentsOf({ mode: modeName(header.mode) }) - 1;
  const planes = compositeRows(composite, header, depth).slice(0, colours);
  if (planes.length < colours) throw new Error('The Photoshop document has too few channels for its mode');
  const place = sized(0, 0, header.width, header.height);
  return { ...base, pixels: surfaceOf([...planes, null], depth, place) };
}

/** What the file says of layers elsewhere than in what the PSD library reads of them. */
interface Beside {
  readonly files: ReadonlyMap<string, EmbeddedFile>;
  /** By layer id. */
  readonly xmp: ReadonlyMap<number, string>;
}

class LayerReader {
  private readonly components: Components;
  /** Null if pixels are not decoded. */
  private readonly depth: Depth | null;
  private readonly beside: Beside;

  constructor(components: Components, depth: Depth | null, beside: Beside) {
    this.components = components;
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
    const { depth, components } = this;
    const painted = depth !== null && !children && !layer.adjustment;
    const pixels = painted ? layerPixels(layer, components, depth) : null;
    const mask = depth === null ? null : layerMask(layer, depth);
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
