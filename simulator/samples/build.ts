/**
 * Builds sample.psd, the document the emulated Photoshop opens with, from the pictures beside this file.
 * Run by hand when one of them changes: `npx tsx simulator/samples/build.ts`. The result is committed.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writePsdUint8Array, type Layer, type PixelData } from 'ag-psd';
import sharp, { type Sharp } from 'sharp';

const at = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const document = { width: 640, height: 448 };
/** Bottom layer first. They overlap, and leave part of the document transparent. */
const layers = [
  { name: 'Landscape', file: at('landscape.png'), left: 292, top: 28 },
  { name: 'Portrait', file: at('portrait.png'), left: 36, top: 148 },
  { name: 'Illustration', file: at('illustration.png'), left: 332, top: 212 },
];

async function pixels(picture: Sharp): Promise<PixelData> {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

const children = await Promise.all(
  layers.map(async ({ name, file, left, top }): Promise<Layer> => ({
    name,
    left,
    top,
    imageData: await pixels(sharp(file)),
  })),
);
const composite = sharp({ create: { ...document, channels: 4, background: '#0000' } }).composite(
  layers.map(({ file: input, left, top }) => ({ input, left, top })),
);
const psd = writePsdUint8Array({
  ...document,
  children,
  imageData: await pixels(composite),
  imageResources: {
    resolutionInfo: {
      horizontalResolution: 72,
      horizontalResolutionUnit: 'PPI',
      widthUnit: 'Inches',
      verticalResolution: 72,
      verticalResolutionUnit: 'PPI',
      heightUnit: 'Inches',
    },
  },
});
await writeFile(at('sample.psd'), psd);
