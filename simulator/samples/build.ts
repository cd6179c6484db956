/**
 * Builds sample.psd and sample.mp4, which the emulated Photoshop and Premiere open with, from the pictures beside this
 * file. Run by hand when one of them changes: `npx tsx simulator/samples/build.ts`. The results are committed.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writePsdUint8Array, type Layer, type PixelData } from 'ag-psd';
import sharp, { type Sharp } from 'sharp';
import { BT709, type ClipSpec } from './clip-specs.ts';
import { inPage } from './clips.ts';

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

/** Three seconds of a slow pan over the landscape, with a tone whose first tenth of each second is higher. */
const clip: ClipSpec = {
  container: 'mp4',
  codec: 'avc',
  width: 256,
  height: 144,
  rate: [25, 1],
  frames: 75,
  colour: BT709,
  bitDepth: 8,
  rotation: 0,
  keyEvery: 25,
  sound: true,
  indexFirst: true,
  landscape: (await readFile(at('landscape.png'))).toString('base64'),
};
await writeFile(at('sample.mp4'), await inPage((make) => make(clip)));
