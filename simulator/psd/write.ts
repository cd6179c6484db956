/**
 * Saving. ag-psd writes the structure (layer records and everything it knows about layers) around channel data
 * encoded here, so that every depth and mode can be written although ag-psd's own writer is for 8-bit RGB; then
 * the file's frame is put together anew: header, image resources, 16- and 32-bit layers in their 'Lr16' or
 * 'Lr32' block, and the composite. Layers whose pixels did not change keep the channel data they were read with.
 */
import { writePsdUint8Array, type Layer as PsdLayer, type Psd } from 'ag-psd';
import { canvasOf, hasPixels, walk, type Contents, type Layer } from '../photoshop/model.ts';
import { boundsOf } from '../photoshop/model.ts';
import { encodeChannels, type EncodedLayer } from './channels.ts';
import { encodeComposite } from './merged.ts';
import { writeLayerXmp } from './layer-xmp.ts';
import { blendMode, modeNumber } from './names.ts';
import {
  join,
  lengthBytes,
  ICC_PROFILE,
  readSections,
  resource,
  view,
  writeHeader,
  type Resource,
  type Sections,
} from './sections.ts';
import { linkedFilesOf, placedLayerOf } from './smart-objects.ts';

/** A PSD's largest side; beyond it a PSB is written. */
const PSD_SIDE = 30_000;

/** Resources not to be kept from the file: written anew (selection, groups, resolution) or out of date (thumbnails). */
const THUMBNAILS = [1033, 1036];

/** As PSB if a side is too large for a PSD, or if asked to. */
export function writePsd(contents: Contents, asPsb = false): Uint8Array<ArrayBuffer> {
  const psb = asPsb || Math.max(contents.width, contents.height) > PSD_SIDE;
  const structure = readSections(writeStructure(contents, psb));
  const merged = mergedOf(contents, psb);
  return join([
    writeHeader({
      version: psb ? 2 : 1,
      channels: merged.channels,
      height: contents.height,
      width: contents.width,
      depth: contents.depth,
      mode: modeNumber(contents.mode),
    }),
    ...section(contents.carried?.colorModeData ?? new Uint8Array(), false),
    ...section(join(resourcesOf(contents, structure).map((resource) => resource.bytes)), false),
    ...section(
      contents.carried?.layersAndMasks ?? layersOf(structure, contents, merged.transparent, psb),
      psb,
    ),
    ...merged.data,
  ]);
}

const section = (bytes: Uint8Array, wide: boolean): Uint8Array[] => [lengthBytes(bytes.length, wide), bytes];

interface Merged {
  readonly channels: number;
  readonly transparent: boolean;
  readonly data: readonly Uint8Array[];
}

function mergedOf(contents: Contents, psb: boolean): Merged {
  const { carried } = contents;
  // Photoshop's own shows what is not emulated, such as layer effects: it holds as long as the layers do.
  const holds = carried?.psd.imageResources?.versionInfo?.hasRealMergedData === true;
  const untouched = holds && carried.psb === psb && carried.layers === contents.layers;
  if (hasPixels(contents) && !untouched) return encodeComposite(contents, psb);
  if (carried) {
    return { channels: carried.channels, transparent: carried.transparent, data: [carried.composite] };
  }
  throw new Error(`A document in ${contents.mode} cannot be written anew`);
}

/**
 * ag-psd makes buffers of the canvas's size, of no use here: it is given a canvas of one pixel, and vector
 * paths, which it divides by the canvas, are divided before.
 */
function writeStructure(contents: Contents, psb: boolean): Uint8Array {
  const psd: Psd = {
    ...contents.carried?.psd,
    width: 1,
    height: 1,
    bitsPerChannel: 8,
    children: [...contents.layers].reverse().map((layer) => psdLayer(layer, contents, psb)),
    linkedFiles: linkedFilesOf(contents, (inside) => writePsd(inside, true)),
    imageResources: {
      ...contents.carried?.psd.imageResources,
      layerSelectionIds: [...contents.activeLayerIds],
      versionInfo: {
        writerName: 'Adobe Photoshop',
        readerName: 'Adobe Photoshop',
        fileVersion: 1,
        ...contents.carried?.psd.imageResources?.versionInfo,
        hasRealMergedData: true,
      },
      resolutionInfo: {
        widthUnit: 'Inches',
        heightUnit: 'Inches',
        ...contents.carried?.psd.imageResources?.resolutionInfo,
        horizontalResolution: contents.resolution,
        horizontalResolutionUnit: 'PPI',
        verticalResolution: contents.resolution,
        verticalResolutionUnit: 'PPI',
      },
    },
  };
  return writePsdUint8Array(psd, { psb, noBackground: true });
}

function psdLayer(layer: Layer, contents: Contents, psb: boolean): PsdLayer {
  const info = layer.carried?.info ?? {};
  const psd: PsdLayer = {
    ...info,
    id: layer.id,
    name: layer.name,
    hidden: !layer.visible,
    opacity: layer.opacity / 100,
    blendMode: blendMode(layer.blendMode),
    clipping: layer.clipped,
    transparencyProtected: layer.background || (info.transparencyProtected ?? false),
    protected: {
      ...info.protected,
      transparency:
        layer.locks.all ||
        layer.locks.transparency ||
        (layer.background && (info.protected?.transparency ?? false)),
      composite: layer.locks.all || layer.locks.pixels,
      position: layer.locks.all || layer.locks.position,
    },
  };
  if (layer.fillOpacity !== 100 || info.fillOpacity !== undefined) psd.fillOpacity = layer.fillOpacity / 100;
  const placed = placedLayerOf(layer, contents.resolution);
  if (placed) psd.placedLayer = placed;
  if (info.vectorMask) {
    psd.vectorMask = {
      ...info.vectorMask,
      paths: info.vectorMask.paths.map((path) => ({
        ...path,
        knots: path.knots.map((knot) => ({
          ...knot,
          points: knot.points.map((value, i) => value / (i % 2 === 0 ? contents.width : contents.height)),
        })),
      })),
    };
  }
  if (layer.children) {
    psd.children = [...layer.children].reverse().map((child) => psdLayer(child, contents, psb));
  }
  const raw = layer.carried?.raw;
  if (raw && raw.pixels === layer.pixels && raw.mask === layer.mask && raw.data.large === psb) {
    psd.rawData = raw.data;
    return psd;
  }
  place(psd, encodeChannels(layer, boundsOf(layer, canvasOf(contents)), contents, psb));
  return psd;
}

function place(psd: PsdLayer, { bounds, maskBounds, raw }: EncodedLayer): void {
  if (!psd.children) Object.assign(psd, bounds);
  delete psd.realMask;
  if (maskBounds) {
    psd.mask = {
      ...psd.mask,
      ...maskBounds.bounds,
      defaultColor: Math.round(maskBounds.outside * 255),
      disabled: maskBounds.disabled,
    };
  }
  Object.assign(psd, { rawData: raw });
}

function resourcesOf(contents: Contents, structure: Sections): Resource[] {
  const written = new Set([...structure.resources.map(({ id }) => id), ...THUMBNAILS, ICC_PROFILE]);
  const kept = (contents.carried?.resources ?? []).filter(({ id }) => !written.has(id));
  const profile = contents.icc ? [resource(ICC_PROFILE, contents.icc)] : [];
  return [...structure.resources.filter(({ id }) => id !== ICC_PROFILE), ...profile, ...kept];
}

/** 16- and 32-bit layers lie not in the layer info section but in a block of their own after it. */
function layersOf(structure: Sections, contents: Contents, transparent: boolean, psb: boolean): Uint8Array {
  const bytes = structure.layersAndMasks.slice();
  const head = psb ? 8 : 4;
  const length = psb ? Number(view(bytes).getBigUint64(0)) : view(bytes).getUint32(0);
  const xmp = new Map([...walk(contents.layers)].map((layer) => [layer.id, layer.xmp]));
  const info = padded(writeLayerXmp(bytes.subarray(head, head + length), psb, (id) => xmp.get(id) ?? null));
  // A negative count of layers says that the composite's first alpha channel is its transparency.
  const count = Math.abs(view(info).getInt16(0));
  view(info).setInt16(0, transparent ? -count : count);
  const rest = bytes.subarray(head + length);
  if (contents.depth !== 16 && contents.depth !== 32) {
    return join([lengthBytes(info.length, psb), info, rest]);
  }
  const maskInfo = 4 + view(rest).getUint32(0);
  const key = contents.depth === 16 ? 'Lr16' : 'Lr32';
  return join([
    lengthBytes(0, psb),
    rest.subarray(0, maskInfo),
    Uint8Array.from(`${psb ? '8B64' : '8BIM'}${key}`, (letter) => letter.charCodeAt(0)),
    lengthBytes(info.length, psb),
    info,
    rest.subarray(maskInfo),
  ]);
}

/** To a multiple of four, which does for the section and for the block. */
const padded = (info: Uint8Array): Uint8Array => join([info, new Uint8Array((4 - (info.length % 4)) % 4)]);
