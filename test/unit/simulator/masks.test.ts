import { describe, expect, test } from '@jest/globals';
import { readPsd } from '../../../simulator/psd/read.ts';
import { Surface } from '../../../simulator/photoshop/surface.ts';
import { blank, opening, pattern, withLayer } from './documents.ts';
import { activeDocument, layerNamed, modal, rule, type Opened } from './support.ts';

const SIZE = { width: 8, height: 6 };
const MASKED = { left: 2, top: 1, right: 5, bottom: 4 };

/** A document with a layer "Masked", whose mask is 3 × 3 of 10, 20 … 90 and hides nothing beyond, and one "Plain". */
function masked(depth: 8 | 16 = 8): Opened {
  const kind = { mode: 'RGBColorMode', depth };
  const values = [10, 20, 30, 40, 50, 60, 70, 80, 90].map((value) => (depth === 8 ? value : value * 257));
  const samples = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
  const mask = {
    surface: Surface.from(samples, 1, depth, MASKED),
    bounds: MASKED,
    outside: 1,
    disabled: false,
  };
  const place = { left: 0, top: 0, right: 8, bottom: 6 };
  const contents = blank(kind, SIZE.width, SIZE.height);
  const plain = withLayer(contents, 'Plain', pattern(kind, 48), place);
  return opening(withLayer(plain, 'Masked', pattern(kind, 48), place, { mask }));
}

const imagingOf = ({ modules }: Opened) => modules.photoshop.imaging;

function coverage(
  opened: Opened,
  samples: Uint8Array | Uint16Array,
  width: number,
  options: { colorSpace?: string; components?: number; colorProfile?: string } = {},
) {
  return imagingOf(opened).createImageDataFromBuffer(samples, {
    width,
    height: samples.length / width / (options.components ?? 1),
    components: 1,
    colorSpace: 'Grayscale',
    colorProfile: 'Gray Gamma 2.2',
    ...options,
  });
}

async function maskOf(opened: Opened, name: string, options: object = {}) {
  const { imageData, sourceBounds } = await modal(opened, () =>
    imagingOf(opened).getLayerMask({ layerID: layerNamed(opened, name).id, ...options }),
  );
  const { left, top, right, bottom } = sourceBounds;
  return { imageData, samples: [...(await imageData.getData())], bounds: [left, top, right, bottom] };
}

async function selectionOf(opened: Opened, options: object = {}) {
  const { imageData, sourceBounds } = await modal(opened, () => imagingOf(opened).getSelection(options));
  const { left, top, right, bottom } = sourceBounds;
  return { imageData, samples: [...(await imageData.getData())], bounds: [left, top, right, bottom] };
}

async function select(opened: Opened, samples: number[], width: number, options: object = {}) {
  const imageData = await coverage(opened, Uint8Array.from(samples), width);
  await modal(opened, () => imagingOf(opened).putSelection({ imageData, ...options }));
}

describe('Layer masks', () => {
  rule('mask-data', 'A mask is one gray component, and nothing else becomes one', async () => {
    const opened = masked();
    const { imageData, samples, bounds } = await maskOf(opened, 'Masked');
    expect([imageData.components, imageData.colorSpace, imageData.colorProfile, imageData.hasAlpha]).toEqual([
      1,
      'Grayscale',
      'Gray Gamma 2.2',
      false,
    ]);
    expect(samples).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
    expect(bounds).toEqual([2, 1, 5, 4]);
    const layerID = layerNamed(opened, 'Masked').id;
    const put = (imageData: Awaited<ReturnType<typeof coverage>>) =>
      modal(opened, () => imagingOf(opened).putLayerMask({ layerID, imageData }));
    const rgb = await coverage(opened, new Uint8Array(3), 1, { colorSpace: 'RGB', components: 3 });
    const withAlpha = await coverage(opened, new Uint8Array(2), 1, { components: 2 });
    const dots = await coverage(opened, new Uint8Array(1), 1, { colorProfile: 'Dot Gain 20%' });
    await expect(put(rgb)).rejects.toThrow('single grayscale component');
    await expect(put(withAlpha)).rejects.toThrow('single grayscale component');
    await expect(put(dots)).rejects.toThrow('Gray Gamma 2.2');
    await expect(modal(opened, () => imagingOf(opened).putSelection({ imageData: rgb }))).rejects.toThrow(
      'single grayscale component',
    );
  });

  rule('mask-depth', 'A mask has the document’s depth, and takes 8 bits too', async () => {
    const opened = masked(16);
    const { imageData, samples } = await maskOf(opened, 'Masked');
    expect([imageData.componentSize, samples[0]]).toEqual([16, Math.round((10 * 257 * 32768) / 65535)]);
    const layerID = layerNamed(opened, 'Plain').id;
    const eight = await coverage(opened, new Uint8Array([0, 255]), 2);
    await modal(opened, () => imagingOf(opened).putLayerMask({ layerID, imageData: eight }));
    expect((await maskOf(opened, 'Plain')).samples).toEqual([0, 32768]);
    const shallow = masked(8);
    const deep = await coverage(shallow, new Uint16Array(2), 2);
    const wrong = modal(shallow, () => imagingOf(shallow).putLayerMask({ layerID, imageData: deep }));
    await expect(wrong).rejects.toThrow('16-bit data');
  });

  rule('mask-missing', 'Where there is no mask there is nothing to read', async () => {
    const opened = masked();
    await expect(maskOf(opened, 'Plain')).rejects.toThrow('has no mask');
    await expect(maskOf(opened, 'Masked', { kind: 'vector' })).rejects.toThrow('no vector mask');
    await expect(maskOf(opened, 'Masked', { kind: 'filter' })).rejects.toThrow('"filter"');
  });

  rule('mask-bounds', 'The region is told by its four sides', async () => {
    const opened = masked();
    const sourceBounds = { left: 2, top: 1, width: 2, height: 1 };
    await expect(maskOf(opened, 'Masked', { sourceBounds })).rejects.toThrow('right and bottom');
    const sides = { left: 3, top: 2, right: 5, bottom: 3 };
    expect(await maskOf(opened, 'Masked', { sourceBounds: sides })).toMatchObject({
      samples: [50, 60],
      bounds: [3, 2, 5, 3],
    });
  });

  rule('mask-beyond', 'Beyond its pixels a mask goes on as it is there', async () => {
    const sourceBounds = { left: 4, top: 0, right: 7, bottom: 2 };
    expect(await maskOf(masked(), 'Masked', { sourceBounds })).toMatchObject({
      samples: [255, 255, 255, 30, 255, 255],
      bounds: [4, 0, 7, 2],
    });
  });

  rule('mask-put-kind', 'A vector mask cannot be written', async () => {
    const opened = masked();
    const imageData = await coverage(opened, new Uint8Array(1), 1);
    const layerID = layerNamed(opened, 'Masked').id;
    const wrong = modal(opened, () => imagingOf(opened).putLayerMask({ layerID, imageData, kind: 'vector' }));
    await expect(wrong).rejects.toThrow('"user"');
  });

  rule('mask-replace', 'A mask is made anew, or written into', async () => {
    const opened = masked();
    const { id } = layerNamed(opened, 'Masked');
    const imageData = await coverage(opened, new Uint8Array([1, 2]), 2);
    const targetBounds = { left: 6, top: 3 };
    const put = (layerID: number, replace?: boolean) =>
      modal(opened, () =>
        imagingOf(opened).putLayerMask({
          layerID,
          imageData,
          targetBounds,
          ...(replace === undefined ? {} : { replace }),
        }),
      );
    await put(id, false);
    const into = await maskOf(opened, 'Masked');
    expect(into.bounds).toEqual([2, 1, 8, 4]);
    expect(into.samples).toEqual([
      ...[10, 20, 30, 255, 255, 255],
      ...[40, 50, 60, 255, 255, 255],
      ...[70, 80, 90, 255, 1, 2],
    ]);
    await put(id);
    const sourceBounds = { left: 5, top: 3, right: 9, bottom: 4 };
    expect((await maskOf(opened, 'Masked', { sourceBounds })).samples).toEqual([0, 1, 2, 0]);
    await expect(put(layerNamed(opened, 'Plain').id, false)).rejects.toThrow('no mask');
    const saved = readPsd(opened.simulator.savePsd(opened.id)).layers[0]?.mask;
    expect(saved).toMatchObject({ bounds: { left: 6, top: 3, right: 8, bottom: 4 }, outside: 0 });
    expect(saved ? [...saved.surface.read(saved.bounds)] : null).toEqual([1, 2]);
  });

  rule('mask-layer', 'The Background and locked layers take no mask', async () => {
    const opened = masked();
    const imageData = await coverage(opened, new Uint8Array(1), 1);
    const put = (name: string) => {
      const layerID = layerNamed(opened, name).id;
      return modal(opened, () => imagingOf(opened).putLayerMask({ layerID, imageData }));
    };
    await expect(put('Background')).rejects.toThrow('Background');
    opened.simulator.user.setLocked(opened.id, layerNamed(opened, 'Plain').id, true);
    await expect(put('Plain')).rejects.toThrow('locked');
  });
});

describe('Selections', () => {
  rule('selection-none', 'Nothing selected is nothing to read, and a region is trimmed', async () => {
    const opened = masked();
    await expect(selectionOf(opened)).rejects.toThrow('nothing is selected');
    await select(opened, [0, 7, 8, 0, 0, 0, 9, 0], 4, { targetBounds: { left: 1, top: 2 } });
    expect(await selectionOf(opened)).toMatchObject({ samples: [7, 8, 0, 9], bounds: [2, 2, 4, 4] });
    const sourceBounds = { left: 3, top: 0, right: 8, bottom: 6 };
    expect(await selectionOf(opened, { sourceBounds })).toMatchObject({
      samples: [8, 9],
      bounds: [3, 2, 4, 4],
    });
    const lowerRow = { left: 2, top: 3, right: 4, bottom: 4 };
    expect(await selectionOf(opened, { sourceBounds: lowerRow })).toMatchObject({
      samples: [9],
      bounds: [3, 3, 4, 4],
    });
    const gap = { ...lowerRow, right: 3 };
    await expect(selectionOf(opened, { sourceBounds: gap })).rejects.toThrow('in the requested region');
    const nowhere = { left: 5, top: 0, right: 8, bottom: 6 };
    await expect(selectionOf(opened, { sourceBounds: nowhere })).rejects.toThrow('in the requested region');
    await select(opened, [0, 0], 2);
    await expect(selectionOf(opened)).rejects.toThrow('nothing is selected');
  });

  rule('selection-replace', 'A selection is replaced, or added to, and ends with the canvas', async () => {
    const opened = masked();
    await select(opened, [100, 100], 2, { targetBounds: { left: 7, top: 0 } });
    expect(await selectionOf(opened)).toMatchObject({ samples: [100], bounds: [7, 0, 8, 1] });
    await select(opened, [50, 200], 2, { targetBounds: { left: 6, top: 0 }, replace: false });
    expect((await selectionOf(opened)).samples).toEqual([50, 200]);
    await select(opened, [9], 1, { commandName: 'Pick' });
    expect(await selectionOf(opened)).toMatchObject({ samples: [9], bounds: [0, 0, 1, 1] });
    expect(activeDocument(opened).historyStates.at(-1)?.name).toBe('Pick');
  });

  test('A selection and masks grow with the document', async () => {
    const opened = masked();
    await select(opened, [255, 255, 255, 255], 2, { targetBounds: { left: 2, top: 2 } });
    await modal(opened, () => activeDocument(opened).resizeImage(16, 12, undefined, 'nearestNeighbor'));
    const { samples, bounds } = await selectionOf(opened);
    expect([bounds, new Set(samples)]).toEqual([[4, 4, 8, 8], new Set([255])]);
    const mask = await maskOf(opened, 'Masked');
    expect(mask.bounds).toEqual([4, 2, 10, 8]);
    expect(mask.samples.slice(0, 6)).toEqual([10, 10, 20, 20, 30, 30]);
  });
});
