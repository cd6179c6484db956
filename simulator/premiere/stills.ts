/** The size of a still picture from its header: PNG, TIFF and JPEG. */
import type { MediaFacts, MediaFile } from './interface.ts';

const HEADER_BYTES = 1 << 16;

/** Null of anything but a still. */
export async function probeStill(file: MediaFile): Promise<MediaFacts | null> {
  const bytes = await file.read(0, Math.min(HEADER_BYTES, file.size));
  if (bytes.length < 26) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = png(view) ?? jpeg(view) ?? (await tiff(view, file));
  if (!found) return null;
  const { width, height, codec } = found;
  return { video: { width, height, rate: 0, pixelAspect: 1, codec }, audioChannels: 0, seconds: 0 };
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly codec: string;
}

/** W3C PNG, 11.2.1: IHDR comes first. */
function png(view: DataView): Size | null {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return null;
  return { width: view.getUint32(16), height: view.getUint32(20), codec: 'png' };
}

/** ITU-T T.81, B.2.2: the frame header, SOF0 to SOF15 but for DHT, JPG and DAC. */
function jpeg(view: DataView): Size | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    const frame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (frame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), codec: 'jpeg' };
  }
  return null;
}

const IMAGE_WIDTH = 256;
const IMAGE_LENGTH = 257;

/** TIFF 6.0, section 2: the first directory's ImageWidth and ImageLength. */
async function tiff(header: DataView, file: MediaFile): Promise<Size | null> {
  const mark = header.getUint32(0);
  const little = mark === 0x49492a00;
  if (!little && mark !== 0x4d4d002a) return null;
  const at = header.getUint32(4, little);
  const bytes = await file.read(at, Math.min(HEADER_BYTES, Math.max(0, file.size - at)));
  if (bytes.length < 2) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const value = (tag: number): number => {
    for (let entry = 2; entry + 12 <= view.byteLength; entry += 12) {
      if (view.getUint16(entry, little) !== tag) continue;
      const short = view.getUint16(entry + 2, little) === 3;
      return short ? view.getUint16(entry + 8, little) : view.getUint32(entry + 8, little);
    }
    return 0;
  };
  const width = value(IMAGE_WIDTH);
  const height = value(IMAGE_LENGTH);
  return width > 0 && height > 0 ? { width, height, codec: 'tiff' } : null;
}
