/** Two readers of Photoshop documents that are no part of the simulator: ImageMagick, and Naver Webtoon's library. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  ImageMagick,
  initializeImageMagick,
  MagickFormat,
  MagickReadSettings,
  type IMagickImage,
} from '@imagemagick/magick-wasm';
import Psd from '@webtoon/psd';

export interface ReadImage {
  readonly label: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly space: number;
  readonly alpha: boolean;
  /** Interleaved, at 8 bits: this build of ImageMagick holds no more. CMYK is the right way round, 255 full ink. */
  readonly samples: Uint8Array;
}

/** ImageMagick's numbers of colour spaces. */
export const SPACES: Readonly<Record<string, number>> = {
  CMYKColorMode: 2,
  grayscaleMode: 3,
  labColorMode: 11,
  RGBColorMode: 23,
};

let ready: Promise<void> | null = null;

function start(): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve('@imagemagick/magick-wasm'));
  ready ??= readFile(join(folder, 'x86', 'magick.wasm')).then((wasm) => initializeImageMagick(wasm));
  return ready;
}

function imageOf(image: IMagickImage): ReadImage {
  return {
    label: image.label ?? '',
    left: image.page.x,
    top: image.page.y,
    width: image.width,
    height: image.height,
    bits: image.depth,
    space: image.colorSpace,
    alpha: image.hasAlpha,
    samples: image.getPixels((pixels) => pixels.getArea(0, 0, image.width, image.height).slice()),
  };
}

/** What ImageMagick finds in a PSD: first the composite, then the layers, bottom first. */
export async function readByMagick(bytes: Uint8Array): Promise<ReadImage[]> {
  await start();
  return ImageMagick.readCollection(bytes, new MagickReadSettings({ format: MagickFormat.Psd }), (images) =>
    images.map(imageOf),
  );
}

/** Layers, bottom first, and the composite, as 8-bit RGBA; of CMYK cyan, magenta and yellow with alpha. */
export async function readByWebtoon(bytes: Uint8Array<ArrayBuffer>) {
  const psd = Psd.parse(bytes.slice().buffer);
  const layers = await Promise.all(
    psd.layers.map(async (layer) => ({
      name: layer.name,
      left: layer.left,
      top: layer.top,
      width: layer.width,
      height: layer.height,
      opacity: layer.opacity,
      samples: new Uint8Array(await layer.composite(false, false)),
      mask: await layer.userMask(),
    })),
  );
  return { layers: layers.reverse(), composite: new Uint8Array(await psd.composite(false)) };
}
