/**
 * What an MP4 or QuickTime file says of its video track beside what mediabunny reads (ISO/IEC 14496-12; Apple, “QuickTime
 * File Format”): the boxes of the sample entry, how long each frame lasts, whether the file is whole. Only the headers
 * on the way and those boxes are read, wherever they lie.
 */
import { LoupeError } from '../errors.ts';
import type { RemoteMedia } from './types.ts';

export interface Movie {
  /** The sample entry's name: `avc1`, `apch`. */
  readonly codec: string;
  /** The contents of the sample entry's boxes, by name. */
  readonly entry: ReadonlyMap<string, Uint8Array>;
  readonly timescale: number;
  /** Runs of frames that last equally long, in decoding order; empty where the file is in fragments. */
  readonly runs: readonly { readonly frames: number; readonly ticks: number }[];
  /** What a camera says of its transfer curve, as in “s-log3-cine”. */
  readonly gamma: string | undefined;
}

interface Box {
  readonly type: string;
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** Bytes before the boxes of `stsd`, and of a video's sample entry after its own header (§ 8.5.2 and 12.1.3). */
const BEFORE_ENTRIES = 8;
const BEFORE_EXTENSIONS = 78;
/** Pictures and what tells where they are. */
const WANTED = new Set(['mdat', 'moov', 'moof']);
/** No table or text that is read is larger. */
const MOST_BYTES = 16 * 2 ** 20;
const MOST_TEXT = 256 * 1024;
/** Sony's and Panasonic's metadata, as XML in the file. */
const GAMMA = /CaptureGamma(?:Equation"\s+value="|>)([^"<]+)/;

/** Rejects with `clip-truncated` where boxes promise more than there is, or there is no index. */
export async function readMovie(media: RemoteMedia, trackId: number): Promise<Movie> {
  let moov: Box | undefined;
  let gamma: string | undefined;
  for (const box of await boxesIn(media, 0, media.size)) {
    if (box.end > media.size) {
      // Behind all that is wanted there may be anything.
      if (!WANTED.has(box.type)) continue;
      throw new LoupeError('clip-truncated');
    }
    if (box.type === 'moov') moov = box;
    if (box.type === 'meta' || box.type === 'uuid') gamma ??= await gammaIn(media, box);
  }
  if (!moov) throw new LoupeError('clip-truncated');
  for (const box of await boxesIn(media, moov.content, moov.end)) {
    if (box.type === 'meta' || box.type === 'udta') gamma ??= await gammaIn(media, box);
    if (box.type === 'trak' && (await idOf(media, box)) === trackId) {
      return { ...(await readTrack(media, box)), gamma };
    }
  }
  throw new LoupeError('clip-no-video');
}

async function readTrack(media: RemoteMedia, trak: Box): Promise<Omit<Movie, 'gamma'>> {
  const mdia = await child(media, trak, 'mdia');
  const header = view(await contentOf(media, await child(media, mdia, 'mdhd')));
  const timescale = header.getUint32(header.getUint8(0) === 1 ? 20 : 12);
  const stbl = await child(media, await child(media, mdia, 'minf'), 'stbl');

  const stsd = await child(media, stbl, 'stsd');
  const [first] = await boxesIn(media, stsd.content + BEFORE_ENTRIES, stsd.end);
  if (!first) throw new LoupeError('clip-truncated');
  const entry = new Map<string, Uint8Array>();
  for (const box of await boxesIn(media, first.content + BEFORE_EXTENSIONS, first.end)) {
    if (!entry.has(box.type)) entry.set(box.type, await contentOf(media, box));
  }

  const stts = view(await contentOf(media, await child(media, stbl, 'stts')));
  const runs = Array.from({ length: stts.getUint32(4) }, (_, i) => ({
    frames: stts.getUint32(8 + 8 * i),
    ticks: stts.getUint32(12 + 8 * i),
  }));
  return { codec: first.type, entry, timescale, runs };
}

async function idOf(media: RemoteMedia, trak: Box): Promise<number> {
  const header = view(await contentOf(media, await child(media, trak, 'tkhd')));
  return header.getUint32(header.getUint8(0) === 1 ? 20 : 12);
}

async function gammaIn(media: RemoteMedia, box: Box): Promise<string | undefined> {
  const bytes = await media.read(box.content, Math.min(box.end, box.content + MOST_TEXT, media.size));
  return GAMMA.exec(new TextDecoder('latin1').decode(bytes))?.[1]?.trim().toLowerCase();
}

async function child(media: RemoteMedia, parent: Box, type: string): Promise<Box> {
  const found = (await boxesIn(media, parent.content, parent.end)).find((box) => box.type === type);
  if (!found) throw new LoupeError('clip-truncated');
  return found;
}

async function contentOf(media: RemoteMedia, box: Box): Promise<Uint8Array> {
  if (box.end - box.content > MOST_BYTES) throw new LoupeError('clip-not-media');
  return media.read(box.content, box.end);
}

/** The boxes that follow one another from `start`. The last may end beyond `end`. */
async function boxesIn(media: RemoteMedia, start: number, end: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = start; at + 8 <= end;) {
    const bytes = await media.read(at, Math.min(at + 16, end));
    const header = view(bytes);
    const small = header.getUint32(0);
    // 1: a 64-bit size follows the type; 0: to the end. A QuickTime list may end in 4 bytes of 0.
    const long = small === 1 && bytes.length === 16;
    const size = long ? Number(header.getBigUint64(8)) : small === 0 ? end - at : small;
    if (size < 8) break;
    const type = String.fromCharCode(...bytes.subarray(4, 8));
    boxes.push({ type, start: at, content: at + (long ? 16 : 8), end: at + size });
    at += size;
  }
  return boxes;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
