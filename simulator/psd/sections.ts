/**
 * The outer structure of a PSD or PSB file. Adobe Photoshop File Formats Specification:
 * https://www.adobe.com/devnet-apps/photoshop/fileformatashtml/
 */

export interface Header {
  /** 1: PSD, 2: PSB. */
  readonly version: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  readonly mode: number;
}

export interface Sections {
  readonly header: Header;
  readonly colorModeData: Uint8Array;
  readonly resources: readonly Resource[];
  /** The layer and mask section without its length. */
  readonly layersAndMasks: Uint8Array;
  /** Compression word and data. */
  readonly composite: Uint8Array;
}

export interface Resource {
  readonly id: number;
  /** With its signature, id, name and length. */
  readonly bytes: Uint8Array;
  readonly data: Uint8Array;
}

/** Image resource ids. */
export const ICC_PROFILE = 1039;

const HEADER_BYTES = 26;

export const view = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function readHeader(bytes: Uint8Array): Header {
  if (bytes.length < HEADER_BYTES || String.fromCharCode(...bytes.subarray(0, 4)) !== '8BPS') {
    throw new Error('This is not a Photoshop document');
  }
  const data = view(bytes);
  return {
    version: data.getUint16(4),
    channels: data.getUint16(12),
    height: data.getUint32(14),
    width: data.getUint32(18),
    depth: data.getUint16(22),
    mode: data.getUint16(24),
  };
}

export function readSections(bytes: Uint8Array): Sections {
  const header = readHeader(bytes);
  const data = view(bytes);
  let at = HEADER_BYTES;
  const take = (wide: boolean): Uint8Array => {
    const start = at + (wide ? 8 : 4);
    const length = wide ? Number(data.getBigUint64(at)) : data.getUint32(at);
    if (start + length > bytes.length) throw new Error('The Photoshop document is cut short');
    at = start + length;
    return bytes.subarray(start, at);
  };
  const colorModeData = take(false);
  const resources = readResources(take(false));
  const layersAndMasks = take(header.version === 2);
  return { header, colorModeData, resources, layersAndMasks, composite: bytes.subarray(at) };
}

function readResources(bytes: Uint8Array): Resource[] {
  const data = view(bytes);
  const resources: Resource[] = [];
  let at = 0;
  while (at + 12 <= bytes.length) {
    const id = data.getUint16(at + 4);
    const nameBytes = (data.getUint8(at + 6) + 2) & ~1;
    const start = at + 6 + nameBytes + 4;
    const length = data.getUint32(start - 4);
    const end = start + length + (length & 1);
    resources.push({
      id,
      bytes: bytes.subarray(at, Math.min(end, bytes.length)),
      data: bytes.subarray(start, start + length),
    });
    at = end;
  }
  return resources;
}

export function resource(id: number, data: Uint8Array): Resource {
  const bytes = new Uint8Array(12 + data.length + (data.length & 1));
  bytes.set([0x38, 0x42, 0x49, 0x4d]);
  view(bytes).setUint16(4, id);
  view(bytes).setUint32(8, data.length);
  bytes.set(data, 12);
  return { id, bytes, data };
}

export function writeHeader(header: Header): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const data = view(bytes);
  bytes.set([0x38, 0x42, 0x50, 0x53]);
  data.setUint16(4, header.version);
  data.setUint16(12, header.channels);
  data.setUint32(14, header.height);
  data.setUint32(18, header.width);
  data.setUint16(22, header.depth);
  data.setUint16(24, header.mode);
  return bytes;
}

/** The length that goes before a section. */
export function lengthBytes(length: number, wide: boolean): Uint8Array {
  const bytes = new Uint8Array(wide ? 8 : 4);
  if (wide) view(bytes).setBigUint64(0, BigInt(length));
  else view(bytes).setUint32(0, length);
  return bytes;
}

export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
