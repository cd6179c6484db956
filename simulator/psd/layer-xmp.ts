/**
 * A layer's own XMP. It lies in the layer's 'shmd' block ("Metadata setting"), entry 'cust': a descriptor with the
 * text `layerXMP` beside the time `layerTime`, as batchPlay's property `metadata` of a layer shows it. The block is
 * Adobe's (File Formats Specification); the entry's keys are what readers of Photoshop's own files find there
 * (psd-tools' users read `shmd` / `cust` / `layerXMP`).
 */
import { mapLayerBlocks, type Block } from './layer-blocks.ts';
import { join, view } from './sections.ts';

const SHMD = 'shmd';
const CUST = 'cust';

/** The XMP of each layer that has some, by the layer's id. */
export function readLayerXmp(layerInfo: Uint8Array, psb: boolean): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  mapLayerBlocks(layerInfo, psb, (blocks) => {
    const id = idOf(blocks);
    const entry = entriesOf(blocks).find(({ key }) => key === CUST);
    const xmp = entry && readDescriptor(entry.data)?.get('layerXMP');
    if (id !== null && typeof xmp === 'string') found.set(id, xmp);
    return blocks;
  });
  return found;
}

/** The layer info with each layer's XMP as `xmpOf` answers it; a layer without any keeps its other metadata. */
export function writeLayerXmp(
  layerInfo: Uint8Array,
  psb: boolean,
  xmpOf: (layerId: number) => string | null,
): Uint8Array {
  return mapLayerBlocks(layerInfo, psb, (blocks) => {
    const id = idOf(blocks);
    const xmp = id === null ? null : xmpOf(id);
    if (xmp === null) return blocks;
    const entries = entriesOf(blocks);
    const own = entries.find(({ key }) => key === CUST);
    const layerTime = own && readDescriptor(own.data)?.get('layerTime');
    const cust = { key: CUST, data: writeDescriptor(typeof layerTime === 'number' ? layerTime : 0, xmp) };
    const others = entries.filter((entry) => entry !== own);
    return [
      ...blocks.filter(({ key }) => key !== SHMD),
      { key: SHMD, data: writeEntries([...others, cust]) },
    ];
  });
}

function idOf(blocks: readonly Block[]): number | null {
  const id = blocks.find(({ key }) => key === 'lyid')?.data;
  return id && id.length >= 4 ? view(id).getUint32(0) : null;
}

/** "Count of metadata items; for each: signature, key, copy on sheet duplication, padding, length, data". */
function entriesOf(blocks: readonly Block[]): Block[] {
  const data = blocks.find(({ key }) => key === SHMD)?.data;
  if (!data) return [];
  const entries: Block[] = [];
  let at = 4;
  for (let left = view(data).getUint32(0); left > 0 && at + 16 <= data.length; left--) {
    const key = String.fromCharCode(...data.subarray(at + 4, at + 8));
    const length = view(data).getUint32(at + 12);
    entries.push({ key, data: data.subarray(at + 16, at + 16 + length) });
    at += 16 + length;
  }
  return entries;
}

function writeEntries(entries: readonly Block[]): Uint8Array {
  const parts: Uint8Array[] = [uint32(entries.length)];
  for (const { key, data } of entries) {
    const padding = (4 - (data.length % 4)) % 4;
    parts.push(ascii(`8BIM${key}`), new Uint8Array(4), uint32(data.length + padding), data);
    parts.push(new Uint8Array(padding));
  }
  return join(parts);
}

/** The numbers and texts of a descriptor; null if it holds anything else before them. */
function readDescriptor(bytes: Uint8Array): Map<string, string | number> | null {
  const data = view(bytes);
  const values = new Map<string, string | number>();
  let at = 4;
  const unicode = (): string => {
    const length = data.getUint32(at);
    let value = '';
    for (let i = 0; i < length; i++) value += String.fromCharCode(data.getUint16(at + 4 + i * 2));
    at += 4 + length * 2;
    return value.replace(/\0+$/, '');
  };
  const key = (): string => {
    const length = data.getUint32(at) || 4;
    const value = String.fromCharCode(...bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
    return value;
  };
  try {
    unicode();
    key();
    let left = data.getUint32(at);
    for (at += 4; left > 0; left--) {
      const name = key();
      const type = String.fromCharCode(...bytes.subarray(at, at + 4));
      at += 4;
      if (type === 'TEXT') values.set(name, unicode());
      else if (type === 'doub') {
        values.set(name, data.getFloat64(at));
        at += 8;
      } else if (type === 'long') {
        values.set(name, data.getInt32(at));
        at += 4;
      } else return values;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
  return values;
}

function writeDescriptor(layerTime: number, xmp: string): Uint8Array {
  const time = new Uint8Array(8);
  view(time).setFloat64(0, layerTime);
  return join([
    uint32(16),
    unicodeOf(''),
    keyOf('metadata'),
    uint32(2),
    keyOf('layerTime'),
    ascii('doub'),
    time,
    keyOf('layerXMP'),
    ascii('TEXT'),
    unicodeOf(xmp),
  ]);
}

const ascii = (letters: string): Uint8Array => Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
const keyOf = (name: string): Uint8Array => join([uint32(name.length), ascii(name)]);

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  view(bytes).setUint32(0, value);
  return bytes;
}

function unicodeOf(value: string): Uint8Array {
  const bytes = new Uint8Array(4 + (value.length + 1) * 2);
  view(bytes).setUint32(0, value.length + 1);
  for (let i = 0; i < value.length; i++) view(bytes).setUint16(4 + i * 2, value.charCodeAt(i));
  return bytes;
}
