import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readPsd } from 'ag-psd';
import {
  activeDocument,
  historyOf,
  imageOf,
  layerNamed,
  modal,
  open,
  picture,
  pixelsOf,
  rule,
  RED,
  type Opened,
} from './support.ts';

/** A grey stripe pattern in which a shift by a pixel shows. */
const stripes = (width: number, height: number) =>
  picture(width, height, (x, y) => [(x * 37) % 256, (y * 53) % 256, ((x + y) * 11) % 256, 255]);

const striped = (width = 24, height = 16): Opened =>
  open([{ name: 'Stripes', left: 4, top: 2, imageData: stripes(width, height) }], { width: 48, height: 32 });

const play = (opened: Opened, ...commands: { _obj: string; [key: string]: unknown }[]) =>
  modal(opened, () => opened.modules.photoshop.action.batchPlay(commands));

const STRUCTURE = { skipLayerImageData: true, skipCompositeImageData: true, skipThumbnail: true } as const;

const target = { _ref: 'layer', _enum: 'ordinal', _value: 'targetEnum' };

describe('Smart objects', () => {
  rule('smart-trimmed', 'A layer becomes a smart object of its pixels alone', async () => {
    const opened = striped();
    const layer = layerNamed(opened, 'Stripes');
    const { id } = layer;
    const before = await pixelsOf(opened, id);
    await modal(opened, () => {
      layer.opacity = 50;
    });
    await play(opened, { _obj: 'newPlacedLayer' });
    const smart = layerNamed(opened, 'Stripes');
    expect(smart.id).not.toBe(id);
    expect([smart.kind, smart.opacity]).toEqual(['smartObject', 100]);
    expect(smart.bounds).toMatchObject({ left: 4, top: 2, right: 28, bottom: 18 });
    expect(before.bounds).toEqual([4, 2, 28, 18]);
    opened.simulator.user.editContents(opened.id, smart.id);
    const inside = activeDocument(opened);
    expect([inside.name, inside.width, inside.height]).toEqual(['Stripes.psb', 24, 16]);
    expect(inside.layers[0]?.opacity).toBe(50);
  });

  rule('smart-register', 'Scaled down and up again, a smart object shows what it did', async () => {
    const opened = striped();
    const before = await pixelsOf(opened, layerNamed(opened, 'Stripes').id);
    await play(opened, { _obj: 'newPlacedLayer' });
    const smart = layerNamed(opened, 'Stripes');
    await modal(opened, () => smart.scale(25, 25, 'top-left'));
    expect(smart.bounds).toMatchObject({ left: 4, top: 2, right: 10, bottom: 6 });
    await modal(opened, async () => {
      await smart.translate(3, 1);
      await smart.scale(400, 400, 'top-left');
      await smart.translate(-3, -1);
    });
    expect(await pixelsOf(opened, smart.id)).toEqual(before);
  });

  test('The document inside keeps every pixel however small it is shown', async () => {
    const opened = striped();
    const before = await pixelsOf(opened, layerNamed(opened, 'Stripes').id);
    await play(opened, { _obj: 'newPlacedLayer' });
    await modal(opened, () => layerNamed(opened, 'Stripes').scale(10, 10));
    const saved = opened.simulator.savePsd(opened.id);
    const again = opened.simulator.openPsd(saved, 'again.psd');
    const reopened = { ...opened, id: again };
    const { id } = layerNamed(reopened, 'Stripes');
    expect(opened.simulator.user.editContents(again, id)).toBe(true);
    const inside = activeDocument(opened);
    const [layer] = inside.layers;
    const pixels = await pixelsOf({ ...opened, id: inside.id }, layer?.id ?? 0);
    expect(pixels.data).toEqual(before.data);
    // Another reader finds the same file inside.
    const psd = readPsd(saved, { useImageData: true, skipThumbnail: true });
    const [placed] = psd.children ?? [];
    expect(placed?.placedLayer).toMatchObject({ width: 24, height: 16, id: psd.linkedFiles?.[0]?.id });
    const file = psd.linkedFiles?.[0]?.data ?? new Uint8Array();
    expect(readPsd(file, { useImageData: true })).toMatchObject({ width: 24, height: 16 });
  });

  rule('smart-pixels', 'Pixels cannot be put on a smart object', async () => {
    const opened = striped();
    await play(opened, { _obj: 'newPlacedLayer' });
    const imageData = await imageOf(opened, 2, 2, [1, 2, 3, 255]);
    const { imaging } = opened.modules.photoshop;
    const layerID = layerNamed(opened, 'Stripes').id;
    await modal(opened, () =>
      expect(imaging.putPixels({ layerID, imageData })).rejects.toThrow(/pixel layer/),
    );
    expect(opened.simulator.user.paintOn(opened.id, layerID)).toBe(false);
  });

  rule('smart-contents', 'Saving what is inside changes the layer, editing alone does not', async () => {
    const opened = striped();
    const { user } = opened.simulator;
    await play(opened, { _obj: 'newPlacedLayer' });
    const smart = layerNamed(opened, 'Stripes');
    const before = await pixelsOf(opened, smart.id);
    await play(opened, { _obj: 'placedLayerEditContents' });
    const inside = activeDocument(opened);
    user.paintOn(inside.id, inside.layers[0]?.id ?? 0, { left: 0, top: 0, right: 2, bottom: 2 }, [255, 0, 0]);
    expect(await pixelsOf(opened, smart.id)).toEqual(before);
    user.saveDocument(inside.id);
    user.closeDocument(inside.id);
    const after = await pixelsOf(opened, smart.id);
    expect([...after.data.subarray(0, 4)]).toEqual([...RED]);
    expect(after.data.subarray(16)).not.toEqual(before.data.subarray(0, 4));
    expect(historyOf(opened).at(-1)).toBe('Update Smart Object');
    user.undo(opened.id);
    expect(await pixelsOf(opened, smart.id)).toEqual(before);
  });

  test('A smart object grows with its document out of what it holds', async () => {
    const opened = striped();
    const original = await pixelsOf(opened, layerNamed(opened, 'Stripes').id);
    await play(opened, { _obj: 'newPlacedLayer' });
    const smart = layerNamed(opened, 'Stripes');
    await modal(opened, () => smart.scale(50, 50, 'top-left'));
    await modal(opened, () => activeDocument(opened).resizeImage(96, 64));
    expect(smart.bounds).toMatchObject({ left: 8, top: 4, right: 32, bottom: 20 });
    expect((await pixelsOf(opened, smart.id)).data).toEqual(original.data);
  });

  test('A duplicate goes into another document with what it holds, and rasterized it is pixels', async () => {
    const opened = striped();
    const { app } = opened.modules.photoshop;
    await play(opened, { _obj: 'newPlacedLayer' });
    const smart = layerNamed(opened, 'Stripes');
    await modal(opened, async () => {
      const other = await app.createDocument({ width: 48, height: 32, fill: 'transparent', resolution: 72 });
      const copy = await smart.duplicate(other, undefined, 'Copy');
      expect(copy.document.id).toBe(other.id);
      expect(copy.kind).toBe('smartObject');
      expect(copy.bounds).toMatchObject({ left: 4, top: 2, right: 28, bottom: 18 });
      await copy.rasterize('entire');
      expect(copy.kind).toBe('pixel');
    });
  });

  const samples = process.env['LOUPE_PSD_SAMPLES'];
  // Documents that Photoshop saved, in a folder named by LOUPE_PSD_SAMPLES: psd-tools' own, which are not ours to commit.
  (samples === undefined ? test.skip : test)(
    'Smart objects that Photoshop saved are saved as they were',
    () => {
      const names = ['smart-object.psd', 'placed-transform.psd', 'smart-filter-blur.psd'];
      for (const name of names) {
        const bytes = new Uint8Array(readFileSync(join(samples ?? '', name)));
        const opened = open();
        const id = opened.simulator.openPsd(bytes, name);
        expect(opened.simulator.view().documents.at(-1)?.layers[0]?.kind).toBe('smartObject');
        const [before, after] = [bytes, opened.simulator.savePsd(id)].map((psd) => readPsd(psd, STRUCTURE));
        const files = (psd: typeof before) =>
          psd?.linkedFiles?.map(({ id: file, name: its, data }) => ({ file, its, data }));
        expect(files(after)).toEqual(files(before));
        expect(after?.children?.map(({ placedLayer }) => placedLayer?.transform)).toEqual(
          before?.children?.map(({ placedLayer }) => placedLayer?.transform),
        );
      }
    },
  );

  rule('duplicate-elsewhere', 'A layer in a document of another size is not where it was', async () => {
    const opened = striped();
    const { app } = opened.modules.photoshop;
    await modal(opened, async () => {
      const other = await app.createDocument({ width: 148, height: 132, fill: 'transparent' });
      const copy = await layerNamed(opened, 'Stripes').duplicate(other);
      expect(copy.bounds).toMatchObject({ left: 54, top: 52 });
      const deep = await app.createDocument({ width: 48, height: 32, fill: 'transparent', depth: 16 });
      await expect(layerNamed(opened, 'Stripes').duplicate(deep)).rejects.toThrow('mode or depth');
    });

    function layerNamed(from: Opened, name: string) {
      const document = from.modules.photoshop.app.documents.find((each) => each.id === from.id);
      if (!document) throw new Error('The document is closed');
      return document.layers.getByName(name);
    }
  });

  test('A target is needed', async () => {
    const opened = striped();
    opened.simulator.user.selectNoLayer(opened.id);
    await modal(opened, () =>
      expect(
        opened.modules.photoshop.action.batchPlay([{ _obj: 'newPlacedLayer', _target: [target] }]),
      ).rejects.toThrow('no layer is selected'),
    );
  });
});
