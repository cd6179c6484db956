/**
 * The tagged blocks of each layer record, for what the PSD library does not know. Adobe Photoshop File Formats
 * Specification, “Layer records” and “Additional layer information”.
 */
import { join, view } from './sections.ts';

export interface Block {
  readonly key: string;
  readonly data: Uint8Array;
}

/** "The following keys have a length count of 8 bytes" in a PSB. */
const WIDE = new Set('LMsk Lr16 Lr32 Layr Mt16 Mt32 Mtrn Alph FMsk lnk2 FEid FXid PxSD'.split(' '));

const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** The layer info of a layer and mask section: where it always is, or in the block of 16- and 32-bit documents. */
export function layerInfoOf(layersAndMasks: Uint8Array, psb: boolean): Uint8Array {
  const head = psb ? 8 : 4;
  if (layersAndMasks.length < head) return new Uint8Array();
  const length = lengthAt(layersAndMasks, 0, psb);
  if (length > 0) return layersAndMasks.subarray(head, head + length);
  const rest = layersAndMasks.subarray(head);
  if (rest.length < 4) return rest;
  const blocks = readBlocks(rest.subarray(4 + view(rest).getUint32(0)), psb);
  return blocks.find(({ key }) => key === 'Lr16' || key === 'Lr32')?.data ?? new Uint8Array();
}

const lengthAt = (bytes: Uint8Array, at: number, wide: boolean): number =>
  wide ? Number(view(bytes).getBigUint64(at)) : view(bytes).getUint32(at);

/** The layer info anew, each record's blocks passed through `change`; the channels' data stay as they are. */
export function mapLayerBlocks(
  layerInfo: Uint8Array,
  psb: boolean,
  change: (blocks: readonly Block[]) => readonly Block[],
): Uint8Array {
  if (layerInfo.length < 2) return layerInfo;
  const parts: Uint8Array[] = [layerInfo.subarray(0, 2)];
  let at = 2;
  for (let left = Math.abs(view(layerInfo).getInt16(0)); left > 0; left--) {
    const channels = view(layerInfo).getUint16(at + 16);
    const extra = at + 18 + channels * (psb ? 10 : 6) + 12;
    const length = view(layerInfo).getUint32(extra);
    const body = layerInfo.subarray(extra + 4, extra + 4 + length);
    const start = blocksStart(body);
    const before = body.subarray(start);
    const blocks = readBlocks(before, psb);
    const changed = change(blocks);
    const after = changed === blocks ? before : join(changed.flatMap((block) => writeBlock(block, psb)));
    const size = new Uint8Array(4);
    view(size).setUint32(0, start + after.length);
    parts.push(layerInfo.subarray(at, extra), size, body.subarray(0, start), after);
    at = extra + 4 + length;
  }
  parts.push(layerInfo.subarray(at));
  return join(parts);
}

/** After the mask, the blending ranges and the name, which is padded to four bytes. */
function blocksStart(extra: Uint8Array): number {
  let at = 0;
  for (let part = 0; part < 2; part++) at += 4 + view(extra).getUint32(at);
  return at + Math.ceil(((extra[at] ?? 0) + 1) / 4) * 4;
}

function readBlocks(bytes: Uint8Array, psb: boolean): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at + 12 <= bytes.length) {
    const signature = text(bytes.subarray(at, at + 4));
    if (signature !== '8BIM' && signature !== '8B64') {
      // Lengths are rounded up by some programs and not by others.
      at++;
      continue;
    }
    const key = text(bytes.subarray(at + 4, at + 8));
    const wide = psb && WIDE.has(key);
    const start = at + (wide ? 16 : 12);
    const length = lengthAt(bytes, at + 8, wide);
    blocks.push({ key, data: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return blocks;
}

function writeBlock({ key, data }: Block, psb: boolean): Uint8Array[] {
  const wide = psb && WIDE.has(key);
  const padding = (4 - (data.length % 4)) % 4;
  const head = new Uint8Array(wide ? 16 : 12);
  head.set(Uint8Array.from(`${wide ? '8B64' : '8BIM'}${key}`, (letter) => letter.charCodeAt(0)));
  if (wide) view(head).setBigUint64(8, BigInt(data.length + padding));
  else view(head).setUint32(8, data.length + padding);
  return [head, data, new Uint8Array(padding)];
}
