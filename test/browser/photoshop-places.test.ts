/** Where the result goes, and what of the original it takes over. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { choosePlace, hideOriginal } from '../../simulator/headless/controls.ts';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import {
  boundsOf,
  enhance,
  everyLayer,
  layerOf,
  makePsd,
  openPhotoshop,
  openSaved,
  pixelAt,
  pixelLayer,
  samplesOf,
  saved,
  select,
  sharedBrowser,
  type Psd,
} from './support.ts';

const browser = sharedBrowser();

/** A layer with all that is to carry over, in a group, clipped to the one below. */
const styled = makePsd(
  [
    {
      name: 'People',
      opened: true,
      children: [
        pixelLayer('Portrait', {
          left: 6,
          top: 8,
          width: 24,
          height: 20,
          opacity: 0.6,
          blendMode: 'multiply',
          clipping: true,
          effects: {
            dropShadow: [{ enabled: true, size: { units: 'Pixels', value: 4 }, blendMode: 'multiply' }],
          },
          mask: {
            left: 6,
            top: 8,
            right: 30,
            bottom: 28,
            defaultColor: 0,
            imageData: { width: 24, height: 20, data: maskData(24, 20) },
          },
        }),
        pixelLayer('Base', { width: 40, height: 36 }),
      ],
    },
    pixelLayer('Paper', { width: 48, height: 40 }, () => [200, 180, 160, 255]),
  ],
  { imageResources: { resolutionInfo: resolution(300) } },
);

function resolution(ppi: number): NonNullable<NonNullable<Psd['imageResources']>['resolutionInfo']> {
  return {
    horizontalResolution: ppi,
    horizontalResolutionUnit: 'PPI',
    widthUnit: 'Inches',
    verticalResolution: ppi,
    verticalResolutionUnit: 'PPI',
    heightUnit: 'Inches',
  };
}

/** The left half shows. */
function maskData(width: number, height: number): Uint8ClampedArray {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data.fill(pixel % width < width / 2 ? 255 : 0, pixel * 4, pixel * 4 + 3);
    data[pixel * 4 + 3] = 255;
  }
  return data;
}

const look = ({ opacity, blendMode, clipping, effects, mask }: ReturnType<typeof layerOf>) => ({
  opacity: Math.round((opacity ?? 1) * 100),
  blendMode,
  clipping,
  shadow: effects?.dropShadow?.length,
  masked: mask !== undefined,
});

async function open(): Promise<PhotoshopWindow> {
  const photoshop = await openPhotoshop(browser(), styled);
  await select(photoshop, 'Portrait');
  await photoshop.choose('art', 2);
  return photoshop;
}

describe('A new layer, the document enlarged', () => {
  let photoshop: PhotoshopWindow;
  let after: Psd;
  beforeAll(async () => {
    photoshop = await open();
    await choosePlace(photoshop, 'document');
    await hideOriginal(photoshop, true);
    await enhance(photoshop);
    after = await saved(photoshop);
  });
  afterAll(() => photoshop.close());

  test('lies directly above the original, in its group', () => {
    const group = after.children?.find(({ name }) => name === 'People');
    expect(group?.children?.map(({ name }) => name)).toEqual(['Portrait – Art 2×', 'Portrait', 'Base']);
  });

  test('takes over style, opacity, blend mode, clipping and mask, the style enlarged', () => {
    const made = layerOf(after, 'Portrait –');
    expect(look(made)).toEqual({
      opacity: 60,
      blendMode: 'multiply',
      clipping: true,
      shadow: 1,
      masked: true,
    });
    expect(made.effects?.dropShadow?.[0]?.size?.value).toBe(8);
  });

  test('hides the original where that was chosen, and never deletes it', () => {
    expect(layerOf(after, 'Portrait').hidden).toBeFalsy();
    expect(everyLayer(after.children ?? []).find(({ name }) => name === 'Portrait')?.hidden).toBe(true);
  });

  test('is chosen again for the layer’s next run', async () => {
    await photoshop.undo();
    await select(photoshop, 'Paper');
    await select(photoshop, 'Portrait');
    await photoshop.panel.locator('[data-testid="hide-original"][checked]').waitFor();
    expect(photoshop.complaints).toEqual([]);
  });
});

describe('A new layer as a smart object', () => {
  let photoshop: PhotoshopWindow;
  let before: Psd;
  let after: Psd;
  beforeAll(async () => {
    photoshop = await open();
    before = await saved(photoshop);
    await choosePlace(photoshop, 'smart-object');
    await enhance(photoshop);
    after = await saved(photoshop);
  });
  afterAll(() => photoshop.close());

  test('leaves the document’s size and every other layer as they were', () => {
    expect([after.width, after.height]).toEqual([48, 40]);
    for (const name of ['Base', 'Paper']) {
      expect(samplesOf(layerOf(after, name))).toEqual(samplesOf(layerOf(before, name)));
    }
  });

  test('is in register with the original and looks as it does', () => {
    const made = layerOf(after, 'Portrait –');
    const original = everyLayer(after.children ?? []).find(({ name }) => name === 'Portrait');
    if (!original) throw new Error('The original is gone.');
    expect(boundsOf(made)).toEqual(boundsOf(original));
    expect(look(made)).toEqual({
      opacity: 60,
      blendMode: 'multiply',
      clipping: true,
      shadow: 1,
      masked: true,
    });
    const [x, y] = [18, 18];
    const [here, there] = [pixelAt(made, x, y), pixelAt(original, x, y)];
    for (const channel of [0, 1, 2]) {
      expect(Math.abs((here[channel] ?? 0) - (there[channel] ?? 255))).toBeLessThan(40);
    }
  });

  test('holds all its pixels, which Edit Contents shows', async () => {
    const made = layerOf(after, 'Portrait –');
    expect(made.placedLayer).toBeDefined();
    const { id, layers } = await photoshop.activeDocument();
    const layer = layers[0]?.children?.[0];
    expect(layer?.kind).toBe('smartObject');
    await photoshop.user((user, [document, its]) => user.editContents(document, its), [
      id,
      layer?.id ?? 0,
    ] as const);
    const contents = await photoshop.activeDocument();
    expect(contents.id).not.toBe(id);
    expect([contents.width, contents.height]).toEqual([48, 40]);
    expect(photoshop.complaints).toEqual([]);
  });
});

describe('A new document', () => {
  let photoshop: PhotoshopWindow;
  let before: Buffer;
  beforeAll(async () => {
    photoshop = await open();
    before = await photoshop.savePsd();
    await choosePlace(photoshop, 'new-document');
    await enhance(photoshop);
  });
  afterAll(() => photoshop.close());

  test('holds the result alone, at the original’s resolution, opaque and normal, and is in front', async () => {
    const { documents } = await photoshop.view();
    expect(documents).toHaveLength(2);
    const made = await photoshop.activeDocument();
    expect(made).toMatchObject({ width: 48, height: 40, resolution: 300, mode: documents[0]?.mode });
    expect(made.layers).toHaveLength(1);
    expect(made.layers[0]).toMatchObject({ opacity: 100, blendMode: 'normal' });
    expect(made.saved).toBe(false);
  });

  test('leaves the original’s document as it was', async () => {
    const [original] = (await photoshop.view()).documents;
    await photoshop.user((user, id) => user.selectDocument(id), original?.id ?? 0);
    const after = openSaved(await photoshop.savePsd());
    const was = openSaved(before);
    expect([after.width, after.height]).toEqual([was.width, was.height]);
    expect(everyLayer(after.children ?? []).map(({ name, hidden }) => [name, hidden])).toEqual(
      everyLayer(was.children ?? []).map(({ name, hidden }) => [name, hidden]),
    );
    expect(samplesOf(layerOf(after, 'Portrait'))).toEqual(samplesOf(layerOf(was, 'Portrait')));
    expect(photoshop.complaints).toEqual([]);
  });
});
