/**
 * What a picture file says about its pixels, on its way past the model: colour profile, EXIF, XMP, IPTC.
 *
 * libvips ends its own `.v` files with this as XML, and both spools are such files (see spool.ts), so it is
 * carried over as libvips wrote it, but for what the enlargement makes untrue.
 */
import { correctExif, type ExifTruth } from './exif.ts';

/**
 * Fields that stay true of the result; loader details such as the bits per sample do not. libvips also lists EXIF's
 * values one by one, which would override the block itself, and has lost what is not ASCII in them.
 */
const carried = /^(icc-profile-data|exif-data|xmp-data|iptc-data|orientation|resolution-unit)$/;

const corrections: Record<string, (block: Buffer, truth: ExifTruth) => Buffer> = {
  'exif-data': correctExif,
  'xmp-data': correctXmp,
};

const field = /<field type="([^"]+)" name="([^"]+)">([^<]*)<\/field>/g;

/**
 * The XML to end a result's `.v` file with, from the one of its source.
 * @param exif The source's EXIF block where libvips did not see it.
 */
export function carryMetadata(xml: string, truth: ExifTruth, exif?: Buffer): string {
  const fields: string[] = [];
  if (exif) fields.push(blob('exif-data', correctExif(exif, truth)));
  for (const [, type = '', name = '', value = ''] of xml.matchAll(field)) {
    if (!carried.test(name) || (exif && name === 'exif-data')) continue;
    const correct = corrections[name];
    fields.push(
      correct
        ? blob(name, correct(Buffer.from(value, 'base64'), truth))
        : `    <field type="${type}" name="${name}">${value}</field>`,
    );
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

/** The EXIF block in such XML; undefined when there is none. */
export function exifIn(xml: string): Buffer | undefined {
  for (const [, , name, value = ''] of xml.matchAll(field)) {
    if (name === 'exif-data') return Buffer.from(value, 'base64');
  }
  return undefined;
}

function blob(name: string, block: Buffer): string {
  return `    <field type="VipsBlob" name="${name}">${block.toString('base64')}</field>`;
}

/**
 * XMP repeats EXIF's size, density and orientation (XMP Specification Part 2, 3.1–3.2), and some readers believe
 * it first. Values are replaced where present; nothing is added.
 */
function correctXmp(xmp: Buffer, { width, height, dpi, upright }: ExifTruth): Buffer {
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
