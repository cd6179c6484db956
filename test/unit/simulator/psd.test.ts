import { describe, expect, test } from '@jest/globals';
import { readPsd as readByLibrary, type Layer as PsdLayer } from 'ag-psd';
import { readPsd } from '../../../simulator/psd/read.ts';
import { packBits } from '../../../simulator/psd/packbits.ts';
import { writePsd } from '../../../simulator/psd/write.ts';
import { readSections } from '../../../simulator/psd/sections.ts';
import { walk, type Contents } from '../../../simulator/photoshop/model.ts';
import { Surface } from '../../../simulator/photoshop/surface.ts';
import { newContents } from '../../../simulator/photoshop/edits.ts';
import { activeDocument, layerNamed, modal, open, picture, psdOf, BLUE, RED } from './support.ts';

/** What a picture is checked by: every layer's looks and samples. */
const summary = (contents: Contents) =>
  [...walk(contents.layers)].map(({ pixels, mask, children, ...layer }) => {
    return {
      ...layer,
      carried: null,
      children: children?.map((child) => child.name),
      bounds: pixels?.bounds,
      samples: pixels ? [...pixels.read(pixels.bounds)] : null,
      mask: mask ? { ...mask, surface: [...mask.surface.read(mask.bounds)] } : null,
    };
  });

const gradient = (width: number, height: number) =>
  picture(width, height, (x, y) => [(x * 37) % 256, (y * 53) % 256, (x * y) % 256, 255 - ((x + y) % 3) * 80]);

const layers: PsdLayer[] = [
  { name: 'Background', transparencyProtected: true, imageData: picture(20, 15, BLUE), id: 1 },
  {
    name: 'Off canvas',
    left: -7,
    top: 10,
    imageData: gradient(13, 9),
    id: 12,
    opacity: 0.5,
    blendMode: 'multiply',
  },
  {
    name: 'Group',
    id: 30,
    opened: false,
    children: [
      { name: 'Inner ünïcode', id: 31, left: 3, top: 2, imageData: gradient(5, 6), hidden: true },
      {
        name: 'Nested',
        id: 40,
        blendMode: 'screen',
        children: [
          {
            name: 'Masked',
            id: 41,
            left: 1,
            top: 1,
            imageData: gradient(9, 9),
            mask: { left: 2, top: 3, defaultColor: 255, imageData: picture(4, 5, [90, 90, 90, 255]) },
            protected: { position: true },
            clipping: true,
          },
        ],
      },
    ],
  },
  { name: 'Invert', id: 50, adjustment: { type: 'invert' } },
  { name: 'Text', id: 60, text: { text: 'Words', transform: [1, 0, 0, 1, 4, 5] }, imageData: gradient(4, 4) },
  {
    name: 'Shadow',
    id: 70,
    imageData: gradient(4, 4),
    effects: {
      dropShadow: [{ enabled: true, size: { units: 'Pixels', value: 3 }, color: { r: 1, g: 2, b: 3 } }],
    },
  },
];

const file = (children: PsdLayer[]): Uint8Array =>
  psdOf({
    width: 20,
    height: 15,
    children,
    imageResources: {
      resolutionInfo: {
        horizontalResolution: 240,
        horizontalResolutionUnit: 'PPI',
        widthUnit: 'Inches',
        verticalResolution: 240,
        verticalResolutionUnit: 'PPI',
        heightUnit: 'Inches',
      },
    },
  });

describe('PSD', () => {
  test('What is opened is saved the same: layers, ids, masks, groups, modes, effects, text, resolution', () => {
    const opened = readPsd(file(layers));
    const again = readPsd(writePsd(opened));
    expect(summary(again)).toEqual(summary(opened));
    expect(again.resolution).toBe(240);
    expect([...walk(again.layers)].map((layer) => layer.id)).toEqual([70, 60, 50, 30, 40, 41, 31, 12, 1]);
    const byLibrary = readByLibrary(writePsd(opened), { useImageData: true, skipThumbnail: true });
    const [, off, group, , text, shadow] = byLibrary.children ?? [];
    expect([off?.left, off?.top, off?.blendMode, group?.opened]).toEqual([-7, 10, 'multiply', false]);
    expect(text?.text?.text).toBe('Words');
    expect(shadow?.effects?.dropShadow?.[0]?.size?.value).toBe(3);
    expect(off?.imageData?.data).toEqual(gradient(13, 9).data);
  });

  test('Layers that were changed are encoded anew and read back the same', () => {
    const opened = readPsd(file(layers));
    // Without the channel data they were read with, as after an edit.
    const strip = (contents: Contents): Contents => ({
      ...contents,
      layers: contents.layers.map(function fresh(layer): Contents['layers'][number] {
        const carried = layer.carried ? { ...layer.carried, raw: null } : null;
        return { ...layer, carried, children: layer.children?.map(fresh) ?? null };
      }),
    });
    expect(summary(readPsd(writePsd(strip(opened))))).toEqual(summary(opened));
  });

  test('A file whose layers have no ids, or repeated ones, gets them, and keeps them', () => {
    const opened = readPsd(
      psdOf({
        width: 4,
        height: 4,
        children: [
          { name: 'a', imageData: picture(2, 2, RED) },
          { name: 'b', imageData: picture(2, 2, RED) },
        ],
      }),
    );
    const ids = opened.layers.map((layer) => layer.id);
    expect(new Set(ids).size).toBe(2);
    expect(readPsd(writePsd(opened)).layers.map((layer) => layer.id)).toEqual(ids);
  });

  test('The composite is what the layers look like together', () => {
    const opened = open();
    const { imageData } = readByLibrary(opened.simulator.savePsd(opened.id), { useImageData: true });
    const at = (x: number, y: number) => [
      ...(imageData?.data.subarray((y * 8 + x) * 4, (y * 8 + x) * 4 + 4) ?? []),
    ];
    expect([at(0, 0), at(2, 1), at(5, 3), at(6, 3)]).toEqual([[...BLUE], [...RED], [...RED], [...BLUE]]);
  });

  test('A document without Background is saved with the transparency of its composite', () => {
    const opened = readPsd(
      psdOf({ width: 4, height: 2, children: [{ name: 'a', imageData: picture(2, 2, RED) }] }),
    );
    const { imageData } = readByLibrary(writePsd(opened), { useImageData: true });
    expect([...(imageData?.data.subarray(4, 12) ?? [])]).toEqual([...RED, 255, 255, 255, 0]);
  });

  test.each([
    ['RGBColorMode', 16],
    ['grayscaleMode', 8],
    ['grayscaleMode', 16],
    ['RGBColorMode', 32],
    ['grayscaleMode', 32],
  ] as const)('A %s document of %i bits is saved at that depth, every value kept', (mode, depth) => {
    const contents = newContents({
      width: 6,
      height: 3,
      resolution: 72,
      mode,
      depth,
      profile: '',
      fill: 'white',
    });
    const components = mode === 'RGBColorMode' ? 4 : 2;
    const count = 5 * 3 * components;
    const samples =
      depth === 16
        ? Uint16Array.from({ length: count }, (_, i) => 1 + ((i * 4369) % 65535))
        : depth === 32
          ? Float32Array.from({ length: count }, (_, i) =>
              i % components === components - 1 ? 0.5 : i / 7 - 1,
            )
          : Uint8Array.from({ length: count }, (_, i) => 1 + ((i * 91) % 255));
    const pixels = Surface.from(samples, components, depth, { left: -1, top: 1, right: 4, bottom: 4 });
    const [background] = contents.layers;
    if (!background) throw new Error('There is no Background');
    const layer = { ...background, id: 900, name: 'Deep', background: false, pixels };
    const bytes = writePsd({ ...contents, layers: [layer, background] });
    const { header } = readSections(bytes);
    expect([header.depth, header.channels]).toEqual([depth, components - 1]);
    const again = readPsd(bytes);
    expect([again.mode, again.depth]).toEqual([mode, depth]);
    const [deep, below] = again.layers;
    expect(deep?.pixels?.bounds).toEqual({ left: -1, top: 1, right: 4, bottom: 4 });
    expect(deep?.pixels?.read(deep.pixels.bounds)).toEqual(samples);
    expect([below?.background, below?.name]).toEqual([true, 'Background']);
    // Another reader of the same bytes: the library's own decoding of layers and composite.
    const byLibrary = readByLibrary(bytes, { useImageData: true });
    expect([byLibrary.bitsPerChannel, byLibrary.children?.length]).toEqual([depth, 2]);
    expect(byLibrary.children?.[1]?.imageData?.data[0]).toBe(samples[0]);
    expect(byLibrary.imageData?.data.length).toBe(6 * 3 * 4);
    expect(byLibrary.imageData?.data[5 * 4]).toBe(depth === 8 ? 255 : depth === 16 ? 65535 : 1);
  });

  test('A flat 16-bit file opens with its composite as Background', () => {
    const contents = newContents({
      width: 3,
      height: 2,
      resolution: 72,
      mode: 'RGBColorMode',
      depth: 16,
      profile: '',
      fill: 'white',
    });
    const bytes = writePsd(contents);
    const sections = readSections(bytes);
    // The same file with its layer section cut out.
    const start = bytes.length - sections.composite.length - sections.layersAndMasks.length;
    const flat = new Uint8Array([...bytes.subarray(0, start - 4), 0, 0, 0, 0, ...sections.composite]);
    const [background] = readPsd(flat).layers;
    expect(background?.background).toBe(true);
    expect(new Set(background?.pixels?.read({ left: 0, top: 0, right: 3, bottom: 2 }))).toEqual(
      new Set([65535]),
    );
  });

  test('A side over 30,000 pixels is saved as PSB', () => {
    const contents = newContents({
      width: 30_001,
      height: 1,
      resolution: 72,
      mode: 'RGBColorMode',
      depth: 8,
      profile: '',
      fill: 'transparent',
    });
    const bytes = writePsd(contents);
    expect(readSections(bytes).header).toMatchObject({ version: 2, width: 30_001 });
    expect(readPsd(bytes).width).toBe(30_001);
  });

  test('A broken file is refused', () => {
    const bytes = file(layers);
    expect(() => readPsd(new Uint8Array(10))).toThrow('not a Photoshop document');
    expect(() => readPsd(new TextEncoder().encode('GIF89a, and much more than that'))).toThrow(
      'not a Photoshop',
    );
    expect(() => readPsd(bytes.subarray(0, 200))).toThrow();
  });

  test('After Image Size the saved layers, masks, text and smart objects have the new size', async () => {
    const opened = open(layers, { width: 20, height: 15 });
    await modal(opened, () => activeDocument(opened).resizeImage(80, 60));
    const again = readPsd(opened.simulator.savePsd(opened.id));
    expect([again.width, again.height]).toEqual([80, 60]);
    const masked = [...walk(again.layers)].find((layer) => layer.id === 41);
    expect(masked?.mask?.bounds).toEqual({ left: 8, top: 12, right: 24, bottom: 32 });
    expect(new Set(masked?.mask?.surface.read(masked.mask.bounds))).toEqual(new Set([90]));
    const text = [...walk(again.layers)].find((layer) => layer.id === 60);
    expect(text?.carried?.info.text?.transform).toEqual([4, 0, 0, 4, 16, 20]);
    expect(layerNamed(opened, 'Text').kind).toBe('text');
    expect(opened.simulator.view().documents[0]?.saved).toBe(true);
  });

  test('PackBits packs runs and literals', () => {
    expect([...packBits(new Uint8Array([7, 7, 7, 7, 1, 2, 2, 3]))]).toEqual([253, 7, 3, 1, 2, 2, 3]);
    expect([...packBits(new Uint8Array(300))]).toEqual([129, 0, 129, 0, 213, 0]);
  });
});
