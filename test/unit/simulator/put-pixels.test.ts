import { describe, expect, test } from '@jest/globals';
import type { PhotoshopImageData } from '../../../simulator/photoshop/image-data.ts';
import {
  activeDocument,
  imageOf,
  layerNamed,
  modal,
  open,
  picture,
  pixelsOf,
  rule,
  BLUE,
  RED,
} from './support.ts';

describe('Making image data', () => {
  const make = (buffer: Uint8Array | Uint16Array | Float32Array, options: object) =>
    open().modules.photoshop.imaging.createImageDataFromBuffer(buffer, {
      width: 2,
      height: 2,
      components: 4,
      colorSpace: 'RGB',
      ...options,
    });

  rule('buffer-length', 'A buffer of another length is refused', async () => {
    await expect(make(new Uint8Array(15), {})).rejects.toThrow('15 elements');
    await expect(make(new Uint8Array(17), {})).rejects.toThrow('17 elements');
    await expect(make(new Uint8Array(16), {})).resolves.toMatchObject({ components: 4, componentSize: 8 });
  });

  rule('buffer-type', 'A buffer of another type is refused', async () => {
    const { imaging } = open().modules.photoshop;
    const wrong = imaging.createImageDataFromBuffer as (buffer: unknown, options: object) => Promise<unknown>;
    const options = { width: 1, height: 1, components: 3, colorSpace: 'RGB' };
    await expect(wrong(new Uint8ClampedArray(3), options)).rejects.toThrow('Uint8Array');
    await expect(wrong(new ArrayBuffer(3), options)).rejects.toThrow('Uint8Array');
    await expect(wrong([1, 2, 3], options)).rejects.toThrow('Uint8Array');
  });

  rule('buffer-components', 'Components that do not fit the colour space are refused', async () => {
    await expect(make(new Uint8Array(8), { components: 2 })).rejects.toThrow('2 components');
    await expect(make(new Uint8Array(12), { components: 3, colorSpace: 'Grayscale' })).rejects.toThrow(
      '3 components',
    );
    await expect(make(new Uint8Array(16), { colorSpace: 'CMYK' })).rejects.toThrow('colorSpace');
  });

  rule('buffer-range', '16-bit values over 32768 need fullRange', async () => {
    await expect(make(new Uint16Array(16).fill(32769), {})).rejects.toThrow('32768');
    const full = await make(new Uint16Array(16).fill(65535), { fullRange: true });
    expect((await full.getData())[0]).toBe(32768);
    expect((await full.getData({ fullRange: true }))[0]).toBe(65535);
  });

  test('Every 16-bit value goes to the nearest one of the reduced range, and back to the nearest of the full one', async () => {
    const every = Uint16Array.from({ length: 65536 }, (_, value) => value);
    const size = { width: 256, height: 256, components: 1, colorSpace: 'Grayscale' };
    const full = await make(every, { ...size, fullRange: true });
    const reduced = every.map((value) => Math.round((value * 32768) / 65535));
    expect(await full.getData()).toEqual(reduced);
    expect(await full.getData({ fullRange: true })).toEqual(
      reduced.map((value) => Math.round((value * 65535) / 32768)),
    );
  });

  rule('buffer-linear-profile', 'The name of a linear profile is refused', async () => {
    const colorProfile = 'sRGB IEC61966-2.1 (Linear RGB Profile)';
    await expect(make(new Float32Array(16), { colorProfile })).rejects.toThrow('Linear RGB Profile');
  });
});

describe('Writing pixels', () => {
  rule('put-kind', 'Only pixel layers take pixels', async () => {
    const opened = open([
      { name: 'Background', transparencyProtected: true, imageData: picture(8, 6, BLUE) },
      { name: 'Text', text: { text: 'hello' }, imageData: picture(2, 2, RED) },
      { name: 'Group', children: [] },
    ]);
    const imageData = await imageOf(opened, 1, 1, RED);
    const { imaging } = opened.modules.photoshop;
    await modal(opened, async () => {
      for (const name of ['Text', 'Group']) {
        const layerID = layerNamed(opened, name).id;
        await expect(imaging.putPixels({ layerID, imageData })).rejects.toThrow('not a pixel layer');
      }
    });
    // The text's own pixels can be read all the same.
    expect((await pixelsOf(opened, layerNamed(opened, 'Text').id)).bounds).toEqual([0, 0, 2, 2]);
  });

  rule('put-replace', 'Pixels replace all others of the layer, unless told not to', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    const { id } = layerNamed(opened, 'Red');
    const imageData = await imageOf(opened, 1, 1, [0, 255, 0, 255]);
    const targetBounds = { left: 10, top: -2 };
    await modal(opened, () => imaging.putPixels({ layerID: id, imageData, replace: false, targetBounds }));
    const both = await pixelsOf(opened, id);
    expect(both.bounds).toEqual([2, -2, 11, 4]);
    expect([...both.data.subarray(3 * 9 * 4, 3 * 9 * 4 + 4)]).toEqual([...RED]);
    await modal(opened, () => imaging.putPixels({ layerID: id, imageData, targetBounds }));
    const one = await pixelsOf(opened, id);
    expect(one).toEqual({ bounds: [10, -2, 11, -1], components: 4, data: new Uint8Array([0, 255, 0, 255]) });
  });

  rule('put-locked', 'A locked layer takes no pixels', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    const layer = layerNamed(opened, 'Red');
    const imageData = await imageOf(opened, 1, 1, RED);
    await modal(opened, async () => {
      for (const lock of ['allLocked', 'pixelsLocked', 'transparentPixelsLocked'] as const) {
        layer[lock] = true;
        await expect(imaging.putPixels({ layerID: layer.id, imageData })).rejects.toThrow('locked');
        layer[lock] = false;
      }
      await imaging.putPixels({ layerID: layer.id, imageData });
    });
    expect((await pixelsOf(opened, layer.id)).bounds).toEqual([0, 0, 1, 1]);
  });

  rule('put-depth', 'Pixels of another depth are refused', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    const options = { width: 1, height: 1, components: 4, colorSpace: 'RGB' };
    const imageData = await imaging.createImageDataFromBuffer(new Uint16Array(4), options);
    const layerID = layerNamed(opened, 'Red').id;
    await modal(opened, () => expect(imaging.putPixels({ layerID, imageData })).rejects.toThrow('16-bit'));
  });

  rule('put-foreign', 'Something that only looks like image data is refused', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    const imageData = Object.create(await imageOf(opened, 1, 1, RED)) as PhotoshopImageData;
    const layerID = layerNamed(opened, 'Red').id;
    await modal(opened, () =>
      expect(imaging.putPixels({ layerID, imageData })).rejects.toThrow('imaging API'),
    );
  });

  rule('put-background', 'The Background takes opaque pixels only, and none beyond the canvas', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    const layerID = layerNamed(opened, 'Background').id;
    const half = await imageOf(opened, 1, 1, [255, 0, 0, 128]);
    const opaque = await imageOf(opened, 4, 1, [255, 0, 0]);
    await modal(opened, async () => {
      const wrong = imaging.putPixels({ layerID, imageData: half, replace: false });
      await expect(wrong).rejects.toThrow('cannot be transparent');
      await imaging.putPixels({
        layerID,
        imageData: opaque,
        replace: false,
        targetBounds: { left: 6, top: 0 },
      });
    });
    const { bounds, data } = await pixelsOf(opened, layerID);
    expect(bounds).toEqual([0, 0, 8, 6]);
    expect([...data.subarray(5 * 3, 8 * 3)]).toEqual([0, 0, 255, 255, 0, 0, 255, 0, 0]);
  });

  test('Strips written one after another make the whole picture, in one history state', async () => {
    const opened = open();
    const { core, imaging } = opened.modules.photoshop;
    const width = 700;
    await core.executeAsModal(
      async ({ hostControl }) => {
        const id = await hostControl.suspendHistory({ documentID: opened.id, name: 'Enhance' });
        const document = activeDocument(opened);
        await document.resizeImage(width, 525);
        const { id: layerID } = await document.createPixelLayer({ name: 'Result' });
        for (let top = 0; top < 525; top += 7) {
          const imageData = await imageOf(opened, width, 7, [top % 256, Math.floor(top / 256), 7, 255]);
          await imaging.putPixels({ layerID, imageData, replace: false, targetBounds: { left: 0, top } });
          await imageData.dispose();
        }
        await hostControl.resumeHistory(id);
      },
      { commandName: 'Enhance' },
    );
    const { bounds, data } = await pixelsOf(opened, layerNamed(opened, 'Result').id);
    expect(bounds).toEqual([0, 0, width, 525]);
    let wrong = 0;
    for (let y = 0; y < 525; y++) {
      const top = y - (y % 7);
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 4;
        if (data[at] !== top % 256 || data[at + 1] !== Math.floor(top / 256) || data[at + 3] !== 255) wrong++;
      }
    }
    expect(wrong).toBe(0);
    expect(activeDocument(opened).historyStates.map((state) => state.name)).toEqual(['Open', 'Enhance']);
    expect(opened.simulator.stats.undisposed).toBe(0);
  });

  test('Painting on a layer does not reach the states before it', async () => {
    const opened = open();
    const { id } = layerNamed(opened, 'Red');
    const before = await pixelsOf(opened, id);
    opened.simulator.user.paintOn(opened.id, id, { left: 2, top: 1, right: 6, bottom: 4 }, [1, 2, 3]);
    opened.simulator.user.undo(opened.id);
    expect(await pixelsOf(opened, id)).toEqual(before);
  });
});
