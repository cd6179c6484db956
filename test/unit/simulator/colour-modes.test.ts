import { describe, expect, test } from '@jest/globals';
import { profileFile } from '../../../simulator/colour/profiles.ts';
import { profileDescription } from '../../../simulator/psd/icc.ts';
import { readPsd } from '../../../simulator/psd/read.ts';
import { readSections } from '../../../simulator/psd/sections.ts';
import { blank, KINDS, opening, pattern, withLayer, type Kind } from './documents.ts';
import { pressProfile } from './press-profile.ts';
import { activeDocument, layerNamed, modal, rule, type Opened } from './support.ts';

const place = { left: -1, top: 1, right: 4, bottom: 4 };
const PIXELS = 15;
const ADOBE = 'Adobe RGB (1998)';

const documentOf = (kind: Kind, samples = pattern(kind, PIXELS)): Opened =>
  opening(withLayer(blank(kind, 6, 5), 'Deep', samples, place));

const named = ({ mode, depth }: Kind): string => `${mode} of ${depth} bits`;

async function get(
  opened: Opened,
  options: Parameters<Opened['modules']['photoshop']['imaging']['getPixels']>[0],
) {
  const { imaging } = opened.modules.photoshop;
  const { imageData } = await modal(opened, () => imaging.getPixels(options));
  const data = await imageData.getData({ fullRange: true });
  return { data, imageData };
}

/** Puts image data of one colour, whole range, on the layer. */
async function put(
  opened: Opened,
  data: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
  options: { components: number; colorSpace: string; colorProfile?: string },
) {
  const { imaging } = opened.modules.photoshop;
  const size = { width: data.length / options.components, height: 1 };
  const imageData = await imaging.createImageDataFromBuffer(data, { ...size, ...options, fullRange: true });
  const layerID = layerNamed(opened, 'Deep').id;
  await modal(opened, () => imaging.putPixels({ layerID, imageData }));
}

const first = (opened: Opened) => {
  const [layer] = readPsd(opened.simulator.savePsd(opened.id)).layers;
  if (!layer?.pixels) throw new Error('There are no pixels');
  return layer.pixels;
};

describe('Colour modes', () => {
  test.each(KINDS.map((kind) => [named(kind), kind] as const))(
    '%s is opened and saved with every value kept, and shown',
    (_, kind) => {
      const samples = pattern(kind, PIXELS);
      const opened = documentOf(kind, samples);
      expect(first(opened).read(place)).toEqual(samples);
      const shown = opened.simulator.composite(opened.id);
      expect([shown.width, shown.height]).toEqual([6, 5]);
      expect([...shown.data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
      const row = shown.data.subarray(6 * 4, 12 * 4);
      expect(new Set(row).size).toBeGreaterThan(3);
    },
  );

  test('CMYK and Lab are shown in the colours they stand for', () => {
    const red = (kind: Kind, pixel: readonly number[]) => {
      const samples = Uint8Array.from(
        { length: PIXELS * pixel.length },
        (_, i) => pixel[i % pixel.length] ?? 0,
      );
      const { simulator, id } = documentOf(kind, samples);
      return [...simulator.composite(id).data.subarray(6 * 4, 7 * 4)];
    };
    expect(red({ mode: 'CMYKColorMode', depth: 8 }, [255, 0, 0, 200, 255])).toEqual([200, 0, 0, 255]);
    // Lab 54.1, 80.8, 69.9 is sRGB's red.
    const [r = 0, g = 0, b = 0] = red({ mode: 'labColorMode', depth: 8 }, [138, 209, 198, 255]);
    expect([r > 250, g < 12, b < 12]).toEqual([true, true, true]);
  });

  test('A profile is embedded, and kept byte for byte when a document is opened and saved again', () => {
    const opened = documentOf({ mode: 'RGBColorMode', depth: 16, profile: ADOBE });
    const embedded = (bytes: Uint8Array) => readSections(bytes).resources.find(({ id }) => id === 1039)?.data;
    const profile = embedded(opened.simulator.savePsd(opened.id));
    expect(profile).toEqual(profileFile('RGB', ADOBE));
    expect(profileDescription(profile ?? new Uint8Array())).toBe(ADOBE);
    expect(activeDocument(opened).colorProfileName).toBe(ADOBE);
  });

  test('CMYK with a profile of its own is converted by it', async () => {
    const icc = pressProfile('Test Press');
    const contents = { ...blank({ mode: 'CMYKColorMode', depth: 8 }, 6, 5), profile: 'Test Press', icc };
    const pixel = [255, 0, 255, 255, 255];
    const samples = Uint8Array.from({ length: PIXELS * 5 }, (_, i) => pixel[i % 5] ?? 0);
    const opened = opening(withLayer(contents, 'Deep', samples, place));
    const layerID = layerNamed(opened, 'Deep').id;
    expect(activeDocument(opened).colorProfileName).toBe('Test Press');
    // Little CMS by itself: Lab 50.2, 60, 0.
    const lab = await get(opened, { layerID, colorSpace: 'Lab' });
    expect([...lab.data.subarray(0, 3)]).toEqual([128, 188, 128]);
    await put(opened, new Uint8Array([255, 255, 255, 0, 0, 0]), {
      components: 3,
      colorSpace: 'RGB',
      colorProfile: ADOBE,
    });
    expect([...first(opened).read({ left: 0, top: 0, right: 2, bottom: 1 })]).toEqual([
      ...[255, 255, 255, 255, 255],
      ...[255, 255, 255, 0, 255],
    ]);
  });
});

describe('Editing in any mode', () => {
  test.each(KINDS.map((kind) => [named(kind), kind] as const))(
    '%s grows with even colours kept, and values beyond 1 too',
    async (_, kind) => {
      const [one] = [pattern(kind, 3)];
      const components = one.length / 3;
      const even = one.slice(0, one.length * 5);
      const samples = pattern(kind, PIXELS);
      for (let i = 0; i < samples.length; i++) samples[i] = even[i % components] ?? 0;
      samples.forEach((value, i) => {
        if (kind.depth === 32 && i % components === 0) samples[i] = value + 5;
        if (i % components === components - 1)
          samples[i] = kind.depth === 8 ? 255 : kind.depth === 16 ? 65535 : 1;
      });
      const opened = documentOf(kind, samples);
      await modal(opened, () => activeDocument(opened).resizeImage(18, 15));
      const inner = { left: 0, top: 6, right: 9, bottom: 9 };
      const grown = first(opened).read(inner);
      let furthest = 0;
      for (let i = 0; i < grown.length; i++) {
        furthest = Math.max(furthest, Math.abs((grown[i] ?? 0) - (samples[i % components] ?? 0)));
      }
      expect(furthest).toBeLessThanOrEqual(kind.depth === 32 ? 1e-5 : 1);
    },
  );

  test('A person paints in any mode', () => {
    const opened = documentOf({ mode: 'CMYKColorMode', depth: 8 });
    const layerID = layerNamed(opened, 'Deep').id;
    const spot = { left: 0, top: 1, right: 1, bottom: 2 };
    opened.simulator.user.paintOn(opened.id, layerID, spot, [200, 0, 0]);
    expect([...first(opened).read(spot)]).toEqual([255, 0, 0, 200, 255]);
    const shown = opened.simulator.composite(opened.id, { bounds: spot });
    expect([...shown.data]).toEqual([200, 0, 0, 255]);
  });

  test('Light adds up beyond 1 in 32 bits', async () => {
    const kind: Kind = { mode: 'RGBColorMode', depth: 32 };
    const light = Float32Array.from({ length: PIXELS * 4 }, (_, i) => (i % 4 === 3 ? 1 : 3));
    const contents = withLayer(blank(kind, 6, 5), 'Deep', light, place, { blendMode: 'linearDodge' });
    const sourceBounds = { left: 0, top: 1, right: 1, bottom: 2 };
    const { data } = await get(opening(contents), { sourceBounds });
    expect([...data]).toEqual([4, 4, 4]);
  });
});

describe('Reading pixels of any mode', () => {
  rule('get-cmyk', 'CMYK is read as RGB, not as it is', async () => {
    const opened = documentOf({ mode: 'CMYKColorMode', depth: 8 });
    const layerID = layerNamed(opened, 'Deep').id;
    await expect(get(opened, { layerID })).rejects.toThrow('colorSpace');
    await expect(get(opened, { layerID, colorSpace: 'CMYK' })).rejects.toThrow('CMYK');
    const { imageData } = await get(opened, { layerID, colorSpace: 'RGB' });
    expect([imageData.components, imageData.colorProfile]).toEqual([4, 'sRGB IEC61966-2.1']);
  });

  rule('get-profile', 'The profile is the document’s own, or the working space’s', async () => {
    const profile = ADOBE;
    const own = await get(documentOf({ mode: 'RGBColorMode', depth: 8, profile }), {});
    expect(own.imageData.colorProfile).toBe(ADOBE);
    const kind: Kind = { mode: 'RGBColorMode', depth: 8, profile };
    const red = Uint8Array.from({ length: PIXELS * 4 }, (_, i) => [219, 0, 0, 255][i % 4] ?? 0);
    const opened = documentOf(kind, red);
    const layerID = layerNamed(opened, 'Deep').id;
    const same = await get(opened, { layerID });
    expect([...same.data.subarray(0, 3)]).toEqual([219, 0, 0]);
    // Adobe RGB's 219, 0, 0 is the red of sRGB.
    const named = await get(opened, { layerID, colorProfile: 'sRGB IEC61966-2.1' });
    expect([...named.data.subarray(0, 3)]).toEqual([255, 0, 0]);
    const gray = await get(opened, { layerID, colorSpace: 'Grayscale' });
    expect(gray.imageData.colorProfile).toBe('Dot Gain 20%');
    const lab = await get(opened, { layerID, colorSpace: 'Lab' });
    expect([lab.imageData.colorProfile, lab.imageData.pixelFormat]).toEqual(['Lab D50', 'LAB']);
  });

  rule('get-profile-named', 'A profile that is not there is refused', async () => {
    const opened = documentOf({ mode: 'RGBColorMode', depth: 8 });
    await expect(get(opened, { colorProfile: 'No Such RGB' })).rejects.toThrow('No Such RGB');
    await expect(get(opened, { colorProfile: 'Dot Gain 20%' })).rejects.toThrow('Dot Gain 20%');
    await expect(get(opened, { colorProfile: `${ADOBE} (Linear RGB Profile)` })).rejects.toThrow('Linear');
  });

  rule('get-beyond', 'Values below 0 and above 1 survive, read and written', async () => {
    const kind: Kind = { mode: 'RGBColorMode', depth: 32, profile: 'sRGB IEC61966-2.1' };
    const samples = pattern(kind, PIXELS);
    const opened = documentOf(kind, samples);
    const layerID = layerNamed(opened, 'Deep').id;
    const { data, imageData } = await get(opened, { layerID });
    expect(data).toEqual(samples);
    expect(imageData.colorProfile).toBe('sRGB IEC61966-2.1 (Linear RGB Profile)');
    const changed = Float32Array.from(samples, (value, i) => (i % 4 === 3 ? value : value * 3));
    await put(opened, changed, { components: 4, colorSpace: 'RGB' });
    expect(first(opened).read({ left: 0, top: 0, right: 15, bottom: 1 })).toEqual(changed);
    // Linear light gets sRGB's curve at 8 bits.
    await put(opened, new Float32Array([0.2158605, 2, -1, 1]), { components: 4, colorSpace: 'RGB' });
    const eight = await get(opened, { layerID, componentSize: 8 });
    expect([...eight.data]).toEqual([128, 255, 0, 255]);
  });

  test('Grayscale values come as they are, and alpha by a second read as RGB', async () => {
    const kind: Kind = { mode: 'grayscaleMode', depth: 16, profile: 'Gray Gamma 2.2' };
    const samples = pattern(kind, PIXELS);
    const opened = documentOf(kind, samples);
    const layerID = layerNamed(opened, 'Deep').id;
    const near = (given: ArrayLike<number>, expected: readonly number[]) =>
      Math.max(...expected.map((value, i) => Math.abs(value - (given[i] ?? 0))));
    const values = await get(opened, { layerID, colorSpace: 'Grayscale' });
    // 16 bits pass through 0 to 32768.
    expect(
      near(
        values.data,
        [...samples].filter((_, i) => i % 2 === 0),
      ),
    ).toBeLessThanOrEqual(1);
    const { data } = await get(opened, { layerID, colorSpace: 'RGB' });
    const alpha = [...data].filter((_, i) => i % 4 === 3);
    expect(
      near(
        alpha,
        [...samples].filter((_, i) => i % 2 === 1),
      ),
    ).toBeLessThanOrEqual(1);
    await put(opened, Uint16Array.from(samples), { components: 2, colorSpace: 'Grayscale' });
    expect(
      near(first(opened).read({ left: 0, top: 0, right: 15, bottom: 1 }), [...samples]),
    ).toBeLessThanOrEqual(1);
  });
});

describe('Writing pixels of any mode', () => {
  rule('put-space', 'Pixels of another colour space need a profile', async () => {
    const opened = documentOf({ mode: 'CMYKColorMode', depth: 8 });
    const red = new Uint8Array([200, 0, 0]);
    await expect(put(opened, red, { components: 3, colorSpace: 'RGB' })).rejects.toThrow('colorProfile');
    await put(opened, red, { components: 3, colorSpace: 'RGB', colorProfile: 'sRGB IEC61966-2.1' });
    expect([...first(opened).read({ left: 0, top: 0, right: 1, bottom: 1 })]).toEqual([255, 0, 0, 200, 255]);
    await put(opened, new Uint8Array([255, 128, 128]), { components: 3, colorSpace: 'Lab' });
    expect([...first(opened).read({ left: 0, top: 0, right: 1, bottom: 1 })]).toEqual([
      255, 255, 255, 255, 255,
    ]);
  });

  rule('put-converts', 'Pixels of another profile are converted into the document’s', async () => {
    const opened = documentOf({ mode: 'RGBColorMode', depth: 8, profile: ADOBE });
    const red = new Uint8Array([255, 0, 0, 100]);
    await put(opened, red, { components: 4, colorSpace: 'RGB', colorProfile: 'sRGB IEC61966-2.1' });
    const at = { left: 0, top: 0, right: 1, bottom: 1 };
    expect([...first(opened).read(at)]).toEqual([219, 0, 0, 100]);
    await put(opened, red, { components: 4, colorSpace: 'RGB' });
    expect([...first(opened).read(at)]).toEqual([255, 0, 0, 100]);
    const unknown = put(opened, red, { components: 4, colorSpace: 'RGB', colorProfile: 'Nobody' });
    await expect(unknown).rejects.toThrow('Nobody');
  });

  test.each([
    ['CMYKColorMode', 8, 2],
    ['CMYKColorMode', 16, 2],
    ['labColorMode', 8, 3],
    ['labColorMode', 16, 2],
  ] as const)(
    '%s of %i bits comes back from RGB as it was, within %i steps of 8 bits',
    async (mode, depth, steps) => {
      const full = depth === 8 ? 255 : 65535;
      // Colours that Adobe RGB has.
      const colours = mode === 'labColorMode' ? [0.5, 0.55, 0.45, 1] : [0.7, 0.6, 0.5, 0.9, 1];
      const length = PIXELS * colours.length;
      const value = (_: unknown, i: number) => Math.round((colours[i % colours.length] ?? 0) * full);
      const opened = documentOf(
        { mode, depth },
        depth === 8 ? Uint8Array.from({ length }, value) : Uint16Array.from({ length }, value),
      );
      const layerID = layerNamed(opened, 'Deep').id;
      const before = await get(opened, { layerID, colorSpace: 'RGB', colorProfile: ADOBE });
      const options = { components: 4, colorSpace: 'RGB', colorProfile: ADOBE };
      const copy = depth === 8 ? Uint8Array.from(before.data) : Uint16Array.from(before.data);
      await put(opened, copy, options);
      const after = await get(opened, { layerID, colorSpace: 'RGB', colorProfile: ADOBE });
      const worst = Math.max(...[...after.data].map((each, i) => Math.abs(each - (before.data[i] ?? 0))));
      expect(worst / full).toBeLessThanOrEqual(steps / 255);
      if (mode !== 'labColorMode') return;
      const lab = first(opened).read({ left: 0, top: 0, right: 1, bottom: 1 });
      const off = colours.map((colour, c) => Math.abs((lab[c] ?? 0) / full - colour));
      expect(Math.max(...off)).toBeLessThanOrEqual(steps / 255);
    },
  );

  rule('new-profile', 'A new document takes an installed profile only', async () => {
    const opened = documentOf({ mode: 'RGBColorMode', depth: 8 });
    const { app } = opened.modules.photoshop;
    await modal(opened, async () => {
      const wrong = app.createDocument({ width: 2, height: 2, profile: 'No Such RGB' });
      await expect(wrong).rejects.toThrow('not installed');
      const made = await app.createDocument({ width: 2, height: 2, profile: 'Display P3' });
      expect(made.colorProfileName).toBe('Display P3');
      expect(app.getColorProfiles('RGB')).toContain(ADOBE);
      expect(app.getColorProfiles('Gray')).toContain('Dot Gain 20%');
    });
  });
});
