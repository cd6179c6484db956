/**
 * A frame as TIFF (Adobe, TIFF 6.0): RGB of 16 bits, little-endian, one strip, not compressed, which every reader of
 * TIFF takes and which noise would hardly let shrink.
 */

export interface TiffPicture {
  readonly width: number;
  readonly height: number;
  /** R, G, B, R … over the full range. */
  readonly samples: Uint16Array;
}

const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;
const FIELDS = 13;
const CHANNELS = 3;
const BITS = 16;
/** Of a frame it means nothing, but the fields must be there (section 6, “RGB Full Color Images”). */
const PIXELS_PER_INCH = 72;

export function encodeTiff({ width, height, samples }: TiffPicture): Uint8Array<ArrayBuffer> {
  const directoryBytes = 2 + FIELDS * ENTRY_BYTES + 4;
  const bitsAt = HEADER_BYTES + directoryBytes;
  const resolutionAt = bitsAt + 2 * CHANNELS;
  // On a whole word.
  const dataAt = (resolutionAt + 8 + 3) & ~3;
  const dataBytes = 2 * width * height * CHANNELS;

  const bytes = new Uint8Array(dataAt + dataBytes);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, HEADER_BYTES, true);
  view.setUint16(HEADER_BYTES, FIELDS, true);
  const fields = [
    [254, LONG, 1, 0], // NewSubfileType: the picture itself
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, CHANNELS, bitsAt],
    [259, SHORT, 1, 1], // Compression: none
    [262, SHORT, 1, 2], // PhotometricInterpretation: RGB
    [273, LONG, 1, dataAt], // StripOffsets
    [277, SHORT, 1, CHANNELS],
    [278, LONG, 1, height], // RowsPerStrip
    [279, LONG, 1, dataBytes], // StripByteCounts
    [282, RATIONAL, 1, resolutionAt],
    [283, RATIONAL, 1, resolutionAt],
    [296, SHORT, 1, 2], // ResolutionUnit: inch
  ] as const;
  fields.forEach(([tag, type, count, value], index) => {
    const at = HEADER_BYTES + 2 + index * ENTRY_BYTES;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    // A single short lies in the lower half, which in this order is the number itself.
    view.setUint32(at + 8, value, true);
  });
  for (let channel = 0; channel < CHANNELS; channel++) view.setUint16(bitsAt + 2 * channel, BITS, true);
  view.setUint32(resolutionAt, PIXELS_PER_INCH, true);
  view.setUint32(resolutionAt + 4, 1, true);
  for (let index = 0, at = dataAt; index < width * height * CHANNELS; index++, at += 2) {
    view.setUint16(at, samples[index] as number, true);
  }
  return bytes;
}
