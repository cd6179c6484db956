import { describe, expect, test } from '@jest/globals';
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

const background = (width: number, height: number) => ({
  name: 'Background',
  transparencyProtected: true,
  imageData: picture(width, height, BLUE),
});

describe('Reading pixels', () => {
  rule('get-trimmed', 'The bounds are trimmed to existing pixels, beyond the canvas too', async () => {
    // One opaque pixel in each of two corners of a layer that begins left of the canvas.
    const sparse = picture(10, 4, (x, y) =>
      (x === 1 && y === 1) || (x === 6 && y === 2) ? RED : [0, 0, 0, 0],
    );
    const opened = open([background(8, 6), { name: 'Sparse', left: -3, top: 0, imageData: sparse }]);
    const { id, bounds, boundsNoEffects } = layerNamed(opened, 'Sparse');
    expect(boundsNoEffects).toEqual({ left: -2, top: 1, right: 4, bottom: 3, width: 6, height: 2 });
    expect(bounds).toEqual(boundsNoEffects);
    const whole = await pixelsOf(opened, id);
    expect(whole.bounds).toEqual([-2, 1, 4, 3]);
    expect(whole.data.length).toBe(6 * 2 * 4);
    const { imaging } = opened.modules.photoshop;
    const part = await modal(opened, () =>
      imaging.getPixels({ layerID: id, sourceBounds: { left: 0, top: 0, width: 8, height: 6 } }),
    );
    expect(part.sourceBounds).toEqual({ left: 3, top: 2, right: 4, bottom: 3 });
    expect(await part.imageData.getData()).toEqual(new Uint8Array(RED));
  });

  rule('get-nothing', 'A region, or a layer, without pixels throws', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    const red = layerNamed(opened, 'Red').id;
    await modal(opened, async () => {
      const empty = await activeDocument(opened).createPixelLayer();
      await expect(imaging.getPixels({ layerID: empty.id })).rejects.toThrow('no pixels');
      const sourceBounds = { left: 0, top: 5, right: 8, bottom: 6 };
      await expect(imaging.getPixels({ layerID: red, sourceBounds })).rejects.toThrow('no pixels');
    });
  });

  rule('get-kind', 'A group and an adjustment layer have no pixels to read', async () => {
    const opened = open([
      background(8, 6),
      { name: 'Invert', adjustment: { type: 'invert' } },
      { name: 'Group', children: [{ name: 'Inside', imageData: picture(2, 2, RED) }] },
    ]);
    expect(layerNamed(opened, 'Invert').kind).toBe('inversion');
    expect(layerNamed(opened, 'Group').kind).toBe('group');
    expect(layerNamed(opened, 'Group').bounds).toMatchObject({ left: 0, top: 0, right: 2, bottom: 2 });
    await expect(pixelsOf(opened, layerNamed(opened, 'Invert').id)).rejects.toThrow('has no pixels');
    await expect(pixelsOf(opened, layerNamed(opened, 'Group').id)).rejects.toThrow('has no pixels');
  });

  rule('get-components', 'A layer has four components, the Background three', async () => {
    const opened = open();
    const red = await pixelsOf(opened, layerNamed(opened, 'Red').id);
    expect([red.components, ...red.data.subarray(0, 4)]).toEqual([4, ...RED]);
    const blue = await pixelsOf(opened, layerNamed(opened, 'Background').id);
    expect([blue.components, ...blue.data.subarray(0, 3)]).toEqual([3, 0, 0, 255]);
  });

  rule('get-gray-alpha', 'Grayscale comes without alpha', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    const { imageData } = await modal(opened, () =>
      imaging.getPixels({ layerID: layerNamed(opened, 'Red').id, colorSpace: 'Grayscale' }),
    );
    expect([imageData.components, imageData.hasAlpha, imageData.pixelFormat]).toEqual([
      1,
      false,
      'Grayscale',
    ]);
    // sRGB's red in the working space for gray.
    expect((await imageData.getData())[0]).toBe(106);
  });

  rule('get-level', 'A thumbnail is made from a level, and its bounds are of that level', async () => {
    const opened = open([background(64, 32)], { width: 64, height: 32 });
    const { imaging } = opened.modules.photoshop;
    const { imageData, level, sourceBounds } = await modal(opened, () =>
      imaging.getPixels({ layerID: layerNamed(opened, 'Background').id, targetSize: { height: 8 } }),
    );
    expect([imageData.width, imageData.height, level]).toEqual([16, 8, 2]);
    expect(sourceBounds).toEqual({ left: 0, top: 0, right: 16, bottom: 8 });
    expect(new Set(await imageData.getData())).toEqual(new Set([0, 255]));
  });

  rule('get-mode', 'A document in another mode opens, but its pixels are not to be had', async () => {
    const opened = open();
    const { simulator, modules } = opened;
    const multichannel = simulator.savePsd(opened.id).slice();
    new DataView(multichannel.buffer).setUint16(24, 7);
    const id = simulator.openPsd(multichannel, 'multichannel.psd');
    const document = activeDocument(opened);
    expect([document.id, document.mode]).toEqual([id, modules.photoshop.constants.DocumentMode.MULTICHANNEL]);
    expect(document.layers.map((layer) => layer.name)).toEqual(['Red', 'Background']);
    await modal(opened, () =>
      expect(modules.photoshop.imaging.getPixels({})).rejects.toThrow('multichannelMode'),
    );
  });

  rule('data-range', '16-bit data are 0 to 32768, or the full range when asked for', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    const { imageData } = await modal(opened, () =>
      imaging.getPixels({ layerID: layerNamed(opened, 'Red').id, componentSize: 16 }),
    );
    expect(imageData.componentSize).toBe(16);
    const reduced = await imageData.getData();
    expect(reduced).toBeInstanceOf(Uint16Array);
    expect([...reduced.subarray(0, 4)]).toEqual([32768, 0, 0, 32768]);
    expect([...(await imageData.getData({ fullRange: true })).subarray(0, 4)]).toEqual([65535, 0, 0, 65535]);
  });

  rule('data-disposed', 'Disposed image data cannot be read or written', async () => {
    const opened = open();
    const imageData = await imageOf(opened, 1, 1, [1, 2, 3]);
    await imageData.dispose();
    await expect(imageData.getData()).rejects.toThrow('disposed');
    const layerID = layerNamed(opened, 'Red').id;
    await modal(opened, () =>
      expect(opened.modules.photoshop.imaging.putPixels({ layerID, imageData })).rejects.toThrow('disposed'),
    );
  });

  rule('data-counted', 'Image data in hand are counted, and too much of them is warned of', async () => {
    const opened = open();
    const { stats } = opened.simulator;
    const one = await imageOf(opened, 10, 10, [1, 2, 3]);
    expect([stats.undisposed, stats.undisposedBytes]).toEqual([1, 300]);
    await one.dispose();
    await one.dispose();
    expect([stats.undisposed, stats.undisposedBytes, stats.peakBytes]).toEqual([0, 0, 300]);
    expect(stats.warnings).toEqual([]);
    const big = await opened.modules.photoshop.imaging.createImageDataFromBuffer(
      new Float32Array(160 * 2 ** 20),
      {
        width: 2 ** 14,
        height: (160 * 2 ** 20) / 2 ** 14,
        components: 1,
        colorSpace: 'Grayscale',
      },
    );
    expect(stats.warnings).toEqual(['Plugin exceeds memory limit. Currently used memory 640.']);
    await big.dispose();
  });

  test('The composite of the document has its visible layers, and planar data are in planes', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    const sourceBounds = { left: 1, top: 1, right: 3, bottom: 2 };
    const { imageData } = await modal(opened, () => imaging.getPixels({ sourceBounds }));
    expect([...(await imageData.getData())]).toEqual([0, 0, 255, 255, 0, 0]);
    expect([...(await imageData.getData({ chunky: false }))]).toEqual([0, 255, 0, 0, 255, 0]);
    opened.simulator.user.setVisible(opened.id, layerNamed(opened, 'Red').id, false);
    const hidden = await modal(opened, () => imaging.getPixels({ sourceBounds }));
    expect([...(await hidden.imageData.getData())]).toEqual([0, 0, 255, 0, 0, 255]);
  });

  test('With applyAlpha a transparent layer is matted on white', async () => {
    const opened = open([background(2, 2), { name: 'Half', imageData: picture(2, 2, [255, 0, 0, 51]) }], {
      width: 2,
      height: 2,
    });
    const { imaging } = opened.modules.photoshop;
    const { imageData } = await modal(opened, () =>
      imaging.getPixels({ layerID: layerNamed(opened, 'Half').id, applyAlpha: true }),
    );
    expect(imageData.components).toBe(3);
    expect([...(await imageData.getData()).subarray(0, 3)]).toEqual([255, 204, 204]);
  });
});
