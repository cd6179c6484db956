/** EXIF's own copies of what the enlargement changes (CIPA DC-008 4.6; its layout is TIFF 6.0's). */

const TAGS = {
  xResolution: 0x011a,
  yResolution: 0x011b,
  resolutionUnit: 0x0128,
  orientation: 0x0112,
} as const;
const EXIF_DIRECTORY = 0x8769;
const PIXEL_X = 0xa002;
const PIXEL_Y = 0xa003;
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;

export interface ExifTruth {
  /** pixels */
  readonly width: number;
  readonly height: number;
  /** Pixels per inch, both ways. */
  readonly dpi: readonly [number, number];
  /** True when the pixels were turned upright. */
  readonly upright: boolean;
}

/**
 * A copy of an EXIF block, with or without its “Exif\0\0”, in which size, density and orientation are true of the
 * result. Values are replaced where they stand; all else, maker notes and their offsets included, is as it was. A
 * block that makes no sense is returned as far as it made sense.
 */
export function correctExif(exif: Buffer, { width, height, dpi, upright }: ExifTruth): Buffer {
  const block = Buffer.from(exif);
  const tiff = block.toString('latin1', 0, 4) === 'Exif' ? block.subarray(6) : block;
  const byte = tiff.toString('latin1', 0, 2);
  if (byte !== 'II' && byte !== 'MM') return block;
  const little = byte === 'II';
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const fits = (at: number, bytes: number) => at >= 0 && at + bytes <= tiff.length;

  const replace = (entry: number, value: number) => {
    const type = view.getUint16(entry + 2, little);
    if (type === SHORT) view.setUint16(entry + 8, Math.min(value, 0xffff), little);
    if (type === LONG) view.setUint32(entry + 8, value, little);
    const at = view.getUint32(entry + 8, little);
    if (type === RATIONAL && fits(at, 8)) {
      view.setUint32(at, Math.round(value * 1000), little);
      view.setUint32(at + 4, 1000, little);
    }
  };
  const walk = (directory: number, correct: Map<number, number>) => {
    if (!fits(directory, 2)) return;
    const entries = view.getUint16(directory, little);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + i * 12;
      if (!fits(entry, 12)) return;
      const tag = view.getUint16(entry, little);
      const value = correct.get(tag);
      if (value !== undefined) replace(entry, value);
      if (tag === EXIF_DIRECTORY && correct !== pixels) walk(view.getUint32(entry + 8, little), pixels);
    }
  };
  const pixels = new Map([
    [PIXEL_X, width],
    [PIXEL_Y, height],
  ]);
  const picture = new Map<number, number>([
    [TAGS.xResolution, dpi[0]],
    [TAGS.yResolution, dpi[1]],
    [TAGS.resolutionUnit, 2],
  ]);
  if (upright) picture.set(TAGS.orientation, 1);
  if (fits(4, 4)) walk(view.getUint32(4, little), picture);
  return block;
}
