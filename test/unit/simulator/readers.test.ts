import { describe, expect, test } from '@jest/globals';
import { compositeOf as drawLayers } from '../../../simulator/photoshop/composite.ts';
import { componentsOf } from '../../../simulator/photoshop/modes.ts';
import type { Contents, Layer } from '../../../simulator/photoshop/model.ts';
import { fullScale, Surface, type Depth, type Samples } from '../../../simulator/photoshop/surface.ts';
import { writePsd } from '../../../simulator/psd/write.ts';
import { blank, KINDS, pattern, withLayer, type Kind } from './documents.ts';
import { readByMagick, readByWebtoon, SPACES, type ReadImage } from './readers.ts';

const SIZE = { width: 7, height: 6 };
const PLACE = { left: 0, top: 1, right: 5, bottom: 4 };
const PIXELS = 15;

const eight = (value: number, depth: Depth): number =>
  Math.round(Math.min(1, Math.max(0, value / fullScale(depth))) * 255);

/** What ImageMagick should say of these samples: 8 bits, and CMYK the right way round. */
const asMagick = (samples: Samples, { mode, depth }: Kind): number[] => {
  const components = componentsOf({ mode });
  return Array.from(samples, (value, i) => {
    const byte = eight(value, depth);
    return mode === 'CMYKColorMode' && i % components < 4 ? 255 - byte : byte;
  });
};

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length
    ? Math.max(0, ...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? 0))))
    : Infinity;

/** Colours and alpha of an image, whatever the reader made of opaque ones. */
function withAlpha({ samples, alpha, width, height }: ReadImage, components: number): number[] {
  if (alpha) return [...samples];
  const out: number[] = [];
  const channels = samples.length / (width * height);
  for (let p = 0; p < samples.length; p += channels) {
    out.push(...samples.subarray(p, p + components - 1), 255);
  }
  return out;
}

/** What the layers look like together, mixed with white as in Photoshop's files. */
function compositeOf(contents: Contents): Samples {
  const depth = contents.depth === 1 ? 8 : contents.depth;
  const components = componentsOf(contents);
  const whole = { left: 0, top: 0, right: contents.width, bottom: contents.height };
  const samples = drawLayers(contents.layers, whole, components, depth);
  const full = fullScale(depth);
  for (let a = components - 1; a < samples.length; a += components) {
    const alpha = (samples[a] ?? 0) / full;
    for (let c = a - components + 1; c < a && alpha < 1; c++) {
      samples[c] = Math.round((samples[c] ?? 0) * alpha + full * (1 - alpha));
    }
  }
  return samples;
}

describe.each(KINDS.map((kind) => [`${kind.mode} of ${kind.depth} bits`, kind] as const))(
  'What was saved as %s',
  (_, kind) => {
    const samples = pattern(kind, PIXELS);
    const contents = withLayer(blank(kind, SIZE.width, SIZE.height), 'Deep', samples, PLACE);
    const bytes = writePsd(contents);

    test('has the same pixels for ImageMagick, layer and composite', async () => {
      const [composite, background, deep, ...more] = await readByMagick(bytes);
      if (!composite || !background || !deep) throw new Error('There are no layers');
      expect(more).toEqual([]);
      expect([composite.width, composite.height]).toEqual([SIZE.width, SIZE.height]);
      for (const image of [composite, background, deep]) {
        expect([image.bits, image.space]).toEqual([kind.depth, SPACES[kind.mode]]);
      }
      expect([deep.left, deep.top, deep.width, deep.height]).toEqual([0, 1, 5, 3]);
      const components = componentsOf(kind);
      expect(furthest(withAlpha(deep, components), asMagick(samples, kind))).toBeLessThanOrEqual(1);
      const merged = compositeOf(contents);
      expect(furthest(withAlpha(composite, components), asMagick(merged, kind))).toBeLessThanOrEqual(1);
    });

    if (kind.depth !== 8) return;
    test('has the same pixels for another PSD library', async () => {
      const { layers, composite } = await readByWebtoon(bytes);
      expect(layers.map(({ name }) => name)).toEqual(['Background', 'Deep']);
      const [, deep] = layers;
      expect([deep?.left, deep?.top, deep?.width, deep?.height]).toEqual([0, 1, 5, 3]);
      expect([...(deep?.samples ?? [])]).toEqual(asWebtoon(samples, kind));
      expect([...composite]).toEqual(
        asWebtoon(compositeOf(contents), kind, kind.mode === 'CMYKColorMode' ? 3 : undefined),
      );
    });
  },
);

/** That library answers RGBA: gray three times, and of CMYK no black, which in a composite it takes for alpha. */
function asWebtoon(samples: Samples, { mode }: Kind, alpha = componentsOf({ mode }) - 1): number[] {
  const components = componentsOf({ mode });
  const out: number[] = [];
  for (let p = 0; p < samples.length; p += components) {
    const colours = components === 2 ? [samples[p], samples[p], samples[p]] : samples.subarray(p, p + 3);
    out.push(...Array.from(colours, (value) => value ?? 0), samples[p + alpha] ?? 0);
  }
  return out;
}

describe('What was saved with groups, masks and transparency', () => {
  const kind: Kind = { mode: 'RGBColorMode', depth: 8 };
  const place = { left: 1, top: 1, right: 5, bottom: 3 };
  const maskPlace = { left: 2, top: 1, right: 4, bottom: 3 };
  const whole = { left: 0, top: 0, right: SIZE.width, bottom: SIZE.height };

  function grouped(): Contents {
    const base = blank(kind, SIZE.width, SIZE.height);
    const mask = {
      surface: Surface.from(new Uint8Array([10, 201, 255, 0]), 1, 8, maskPlace),
      bounds: maskPlace,
      outside: 0,
      disabled: false,
    };
    const red = Uint8Array.from({ length: 4 * 2 * 4 }, (_, i) => [255, 0, 0, 255][i % 4] ?? 0);
    const inner = withLayer(base, 'Inner', red, place, { mask }).layers[0];
    const half = withLayer(base, 'Half', red, place, { id: 950, opacity: 50 }).layers[0];
    const [bottom] = base.layers;
    if (!inner || !half || !bottom) throw new Error('There are no layers');
    const group: Layer = {
      ...half,
      id: 960,
      name: 'Group',
      kind: 'group',
      opacity: 100,
      blendMode: 'passThrough',
      pixels: null,
      children: [half, inner],
    };
    return { ...base, layers: [group] };
  }

  const contents = grouped();
  const bytes = writePsd(contents);

  test('the composite has the transparency of the layers', async () => {
    const merged = compositeOf(contents);
    const [composite] = await readByMagick(bytes);
    const magick = composite ? withAlpha(composite, 4) : [];
    const alpha = (samples: ArrayLike<number>) => Array.from(samples).filter((_, i) => i % 4 === 3);
    expect(alpha(magick)).toEqual(alpha(merged));
    const at = (x: number, y: number) => (y * SIZE.width + x) * 4 + 3;
    // Nothing; the half layer alone; the half above the mask's 201.
    expect([merged[at(0, 0)], merged[at(1, 1)], merged[at(3, 1)]]).toEqual([0, 128, 228]);
    const { composite: other } = await readByWebtoon(bytes);
    expect(alpha(other)).toEqual(alpha(merged));
  });

  test('layers, their places in the group, and masks are found', async () => {
    const { layers } = await readByWebtoon(bytes);
    expect(layers.map(({ name, opacity }) => [name, opacity])).toEqual([
      ['Inner', 255],
      ['Half', 128],
    ]);
    expect([...(layers[0]?.mask ?? [])].filter((_, i) => i % 4 === 0)).toEqual([10, 201, 255, 0]);
    const images = await readByMagick(bytes);
    const inner = images.find(({ label }) => label === 'Inner');
    expect([inner?.left, inner?.top, inner?.width, inner?.height]).toEqual([1, 1, 4, 2]);
    expect(whole.right).toBe(images[0]?.width);
  });
});
