/**
 * Documents that Photoshop itself saved. One comes within an npm package; with LOUPE_PSD naming a folder, every PSD
 * and PSB in it is tried too.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { hasPixels, walk, type Contents, type Layer } from '../../../simulator/photoshop/model.ts';
import { fullScale } from '../../../simulator/photoshop/surface.ts';
import { readPsd } from '../../../simulator/psd/read.ts';
import { readSections } from '../../../simulator/psd/sections.ts';
import { writePsd } from '../../../simulator/psd/write.ts';
import { readByMagick } from './readers.ts';

const packaged = join(
  dirname(createRequire(import.meta.url).resolve('psd-parser/package.json')),
  'example',
  'test.psd',
);
const folder = process.env['LOUPE_PSD'];
const own = folder
  ? readdirSync(folder)
      .filter((name) => /\.ps[db]$/i.test(name))
      .map((name) => join(folder, name))
  : [];
const files = [packaged, ...own].map((path) => [basename(path), path] as const);

const open = (path: string): { bytes: Uint8Array; contents: Contents } => {
  const bytes = new Uint8Array(readFileSync(path));
  return { bytes, contents: readPsd(bytes) };
};

/** Everything of the layers that is not an object of its own. */
const summary = (contents: Contents) =>
  [...walk(contents.layers)].map(({ pixels, mask, id, name, kind, visible, opacity, blendMode }) => ({
    ...{ id, name, kind, visible, opacity, blendMode },
    bounds: pixels?.bounds,
    samples: pixels ? digest(pixels.read(pixels.bounds)) : null,
    mask: mask ? { bounds: mask.bounds, samples: digest(mask.surface.read(mask.bounds)) } : null,
  }));

function digest(samples: ArrayBufferView): string {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return createHash('sha256').update(bytes).digest('hex');
}

/** As if every layer had been painted on: nothing is left of the channels as they were read. */
const touched = (contents: Contents): Contents => ({
  ...contents,
  layers: contents.layers.map(function fresh(layer): Layer {
    const carried = layer.carried ? { ...layer.carried, raw: null } : null;
    return { ...layer, carried, children: layer.children?.map(fresh) ?? null };
  }),
});

const channelsOf = (contents: Contents) =>
  [...walk(contents.layers)].map(({ carried }) =>
    carried?.raw?.data.channels.map(({ data }) => (data ? digest(data) : null)),
  );

/** ImageMagick multiplies opacity and masks into what it reads. */
const isPlain = ({ opacity, fillOpacity, carried }: Layer): boolean =>
  opacity === 100 && fillOpacity === 100 && !carried?.info.mask;

describe.each(files)('%s', (_, path) => {
  test('is saved as it was: channels, composite and profile byte for byte', () => {
    const { bytes, contents } = open(path);
    const saved = writePsd(contents, readSections(bytes).header.version === 2);
    const again = readPsd(saved);
    expect(summary(again)).toEqual(summary(contents));
    expect(channelsOf(again)).toEqual(channelsOf(contents));
    expect(again.icc ? digest(again.icc) : null).toBe(contents.icc ? digest(contents.icc) : null);
    if (contents.carried?.psd.imageResources?.versionInfo?.hasRealMergedData) {
      expect(readSections(saved).header).toEqual(readSections(bytes).header);
      expect(Buffer.compare(readSections(saved).composite, readSections(bytes).composite)).toBe(0);
    }
  });

  test('has the same pixels when every layer is encoded anew', () => {
    const { contents } = open(path);
    const changed = touched(contents);
    expect(summary(readPsd(writePsd(changed)))).toEqual(summary(contents));
  });

  test('has the pixels that ImageMagick finds in it', async () => {
    const { bytes, contents } = open(path);
    if (!hasPixels(contents)) return;
    const images = await readByMagick(bytes);
    let compared = 0;
    for (const layer of walk(contents.layers)) {
      const { pixels, carried } = layer;
      if (!pixels || !isPlain(layer)) continue;
      const { left = 0, top = 0, right = 0, bottom = 0 } = carried?.info ?? {};
      const image = images.find(
        (each) =>
          each.label === layer.name &&
          each.left === left &&
          each.top === top &&
          each.width === right - left &&
          each.height === bottom - top,
      );
      if (!image) continue;
      const samples = pixels.read({ left, top, right, bottom });
      const { components, depth } = pixels;
      const stride = image.samples.length / (image.width * image.height);
      let furthest = 0;
      for (let p = 0; p * components < samples.length; p++) {
        for (let c = 0; c < components - 1; c++) {
          const value = Math.min(1, Math.max(0, (samples[p * components + c] ?? 0) / fullScale(depth))) * 255;
          const wanted = contents.mode === 'CMYKColorMode' ? 255 - value : value;
          furthest = Math.max(furthest, Math.abs(wanted - (image.samples[p * stride + c] ?? 0)));
        }
      }
      expect([layer.name, furthest <= 1 ? 'same' : furthest]).toEqual([layer.name, 'same']);
      compared++;
    }
    const comparable = [...walk(contents.layers)].some((layer) => layer.kind === 'pixel' && isPlain(layer));
    if (comparable && images.length > 1) expect(compared).toBeGreaterThan(0);
  });
});

if (!folder) {
  test.skip('Further documents of Photoshop’s: name their folder in LOUPE_PSD', () => undefined);
}
