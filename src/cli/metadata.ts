/**
 * What a picture file says about its pixels, on its way past the model: colour profile, EXIF, XMP, IPTC.
 *
 * libvips ends its own `.v` files with this as XML, and both spools are such files (see spool.ts), so it is
 * carried over as libvips wrote it, but for what the enlargement makes untrue.
 */

/** Fields that stay true of the result; loader details such as the bits per sample do not. */
const carried = /^(icc-profile-data|exif-data|exif-ifd.*|xmp-data|iptc-data|orientation|resolution-unit)$/;

const field = /<field type="([^"]+)" name="([^"]+)">([^<]*)<\/field>/g;

export interface Truth {
  /** pixels of the result */
  readonly width: number;
  readonly height: number;
  /** Pixels per inch of the result, both ways. */
  readonly dpi: readonly [number, number];
  /** True when the pixels were turned upright while reading. */
  readonly upright: boolean;
}

/** The XML to end a result's `.v` file with, from the one of its source. */
export function carryMetadata(xml: string, truth: Truth): string {
  const fields: string[] = [];
  for (const [, type = '', name = '', value = ''] of xml.matchAll(field)) {
    if (!carried.test(name)) continue;
    const now =
      name === 'xmp-data' ? correctXmp(Buffer.from(value, 'base64'), truth).toString('base64') : value;
    fields.push(`    <field type="${type}" name="${name}">${now}</field>`);
  }
  return [
    '<?xml version="1.0"?>',
    '<root xmlns="http://www.vips.ecs.soton.ac.uk/vips/8.0">',
    '  <header></header>',
    '  <meta>',
    ...fields,
    '  </meta>',
    '</root>',
    '',
  ].join('\n');
}

/**
 * XMP repeats EXIF's size, density and orientation (XMP Specification Part 2, 3.1–3.2), and some readers believe
 * it first. Values are replaced where present; nothing is added.
 */
function correctXmp(xmp: Buffer, { width, height, dpi, upright }: Truth): Buffer {
  const values: Record<string, number | string> = {
    'tiff:ImageWidth': width,
    'tiff:ImageLength': height,
    'exif:PixelXDimension': width,
    'exif:PixelYDimension': height,
    'tiff:XResolution': `${Math.round(dpi[0] * 10000)}/10000`,
    'tiff:YResolution': `${Math.round(dpi[1] * 10000)}/10000`,
    'tiff:ResolutionUnit': 2,
    ...(upright && { 'tiff:Orientation': 1 }),
  };
  // Latin-1 keeps every byte as it is, whatever the packet's encoding; the names and numbers are ASCII.
  let text = xmp.toString('latin1');
  for (const [name, value] of Object.entries(values)) {
    text = text
      .replace(new RegExp(`(${name}=)(["'])[^"']*\\2`, 'g'), `$1$2${value}$2`)
      .replace(new RegExp(`(<${name}>)[^<]*(</${name}>)`, 'g'), `$1${value}$2`);
  }
  return Buffer.from(text, 'latin1');
}
