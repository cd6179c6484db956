import { describe, expect, test } from '@jest/globals';
import { activeDocument, layerNamed, modal, open, picture, rule, BLUE, RED } from './support.ts';

describe('Documents and layers', () => {
  rule('stale-layer', 'A deleted layer throws at every use', async () => {
    const opened = open();
    const layer = layerNamed(opened, 'Red');
    opened.simulator.user.deleteLayer(opened.id, layer.id);
    expect(() => layer.id).toThrow('does not exist any more');
    expect(() => layer.name).toThrow('does not exist any more');
    expect(() => layer.bounds).toThrow('does not exist any more');
    await modal(opened, () => expect(() => layer.delete()).toThrow('does not exist any more'));
    opened.simulator.user.undo(opened.id);
    expect(layer.name).toBe('Red');
  });

  rule('stale-document', 'A closed document and its layers throw at every use', async () => {
    const opened = open();
    const document = activeDocument(opened);
    const layer = layerNamed(opened, 'Red');
    opened.simulator.user.closeDocument(opened.id);
    expect(() => document.width).toThrow('not open any more');
    expect(() => document.layers).toThrow('not open any more');
    expect(() => layer.name).toThrow('not open any more');
    await modal(opened, () => expect(document.createPixelLayer()).rejects.toThrow('not open any more'));
    expect(opened.modules.photoshop.app.activeDocument).toBeNull();
  });

  rule('locked-delete', 'A locked layer can be neither deleted nor moved', async () => {
    const opened = open([
      { name: 'Background', transparencyProtected: true, imageData: picture(8, 6, BLUE) },
      { name: 'One', imageData: picture(2, 2, RED) },
      { name: 'Two', imageData: picture(2, 2, RED) },
    ]);
    const layer = layerNamed(opened, 'One');
    opened.simulator.user.setLocked(opened.id, layer.id, true);
    await modal(opened, async () => {
      expect(() => layer.delete()).toThrow('locked');
      expect(() => layer.move(layerNamed(opened, 'Two'), 'placeBefore')).toThrow('locked');
      await expect(layer.translate(1, 0)).rejects.toThrow('locked');
    });
    expect(activeDocument(opened).layers.map((each) => each.name)).toEqual(['Two', 'One', 'Background']);
  });

  rule('background-place', 'The Background stays at the bottom', async () => {
    const opened = open();
    const background = layerNamed(opened, 'Background');
    expect(background.isBackgroundLayer).toBe(true);
    await modal(opened, () => {
      expect(() => background.move(layerNamed(opened, 'Red'), 'placeBefore')).toThrow('locked');
      expect(() => layerNamed(opened, 'Red').move(background, 'placeAfter')).toThrow('beneath');
    });
  });

  rule('max-side', 'No side may be over 300,000 pixels', async () => {
    const opened = open();
    await modal(opened, async () => {
      await expect(activeDocument(opened).resizeImage(300_001, 6)).rejects.toThrow('300000');
      await expect(
        opened.modules.photoshop.app.createDocument({ width: 300_001, height: 1 }),
      ).rejects.toThrow('300000');
    });
    expect(activeDocument(opened).width).toBe(8);
  });

  rule('batchplay-unknown', 'An unknown batchPlay descriptor throws', async () => {
    const opened = open();
    await modal(opened, () =>
      expect(opened.modules.photoshop.action.batchPlay([{ _obj: 'gaussianBlur' }])).rejects.toThrow(
        'gaussianBlur',
      ),
    );
    await modal(opened, () =>
      expect(
        opened.modules.photoshop.action.batchPlay([{ _obj: 'imageSize', unheardOf: true }]),
      ).rejects.toThrow('unheardOf'),
    );
  });

  test('A layer can be given a kind that cannot be made here', () => {
    const opened = open();
    opened.simulator.faults.pretendKind(opened.id, layerNamed(opened, 'Red').id, 'threeD');
    expect(layerNamed(opened, 'Red').kind).toBe(opened.modules.photoshop.constants.LayerKind.LAYER3D);
  });

  test('A new layer lies above the selected one and is selected', async () => {
    const opened = open();
    opened.simulator.user.selectLayer(opened.id, layerNamed(opened, 'Background').id);
    await modal(opened, () => activeDocument(opened).createPixelLayer({ name: 'New' }));
    expect(activeDocument(opened).layers.map((layer) => layer.name)).toEqual(['Red', 'New', 'Background']);
    expect(activeDocument(opened).activeLayers.map((layer) => layer.name)).toEqual(['New']);
    expect(layerNamed(opened, 'New').bounds).toMatchObject({ left: 0, top: 0, right: 0, bottom: 0 });
  });

  test('A layer moves before, after and into others', async () => {
    const opened = open([
      { name: 'A', imageData: picture(1, 1, RED) },
      { name: 'B', imageData: picture(1, 1, RED) },
      { name: 'Group', children: [{ name: 'C', imageData: picture(1, 1, RED) }] },
    ]);
    const names = () => activeDocument(opened).layers.map((layer) => layer.name);
    const { ElementPlacement } = opened.modules.photoshop.constants;
    expect(names()).toEqual(['Group', 'B', 'A']);
    await modal(opened, () => {
      layerNamed(opened, 'A').move(layerNamed(opened, 'B'), ElementPlacement.PLACEBEFORE);
      expect(names()).toEqual(['Group', 'A', 'B']);
      layerNamed(opened, 'A').move(layerNamed(opened, 'B'), ElementPlacement.PLACEAFTER);
      expect(names()).toEqual(['Group', 'B', 'A']);
      layerNamed(opened, 'A').move(layerNamed(opened, 'Group'), ElementPlacement.PLACEINSIDE);
    });
    expect(names()).toEqual(['Group', 'B']);
    const inside = layerNamed(opened, 'Group').layers;
    expect(inside?.map((layer) => layer.name)).toEqual(['A', 'C']);
    expect(inside?.[0]?.parent?.name).toBe('Group');
  });

  test('Selecting a layer by batchPlay makes it the active one', async () => {
    const opened = open();
    const { action } = opened.modules.photoshop;
    const { id } = layerNamed(opened, 'Background');
    await modal(opened, () => action.batchPlay([{ _obj: 'select', _target: [{ _ref: 'layer', _id: id }] }]));
    expect(activeDocument(opened).activeLayers[0]?.name).toBe('Background');
    const [answer] = await action.batchPlay([
      { _obj: 'get', _target: [{ _property: 'name' }, { _ref: 'layer', _id: id }] },
    ]);
    expect(answer).toMatchObject({ name: 'Background' });
  });

  test('The same layer is the same object each time it is asked for', () => {
    const opened = open();
    expect(layerNamed(opened, 'Red')).toBe(activeDocument(opened).layers[0]);
  });

  test('Image Size scales every layer and mask, and where they lie', async () => {
    const opened = open([
      { name: 'Background', transparencyProtected: true, imageData: picture(8, 6, BLUE) },
      {
        name: 'Masked',
        left: -2,
        top: 1,
        imageData: picture(4, 3, RED),
        mask: { left: 0, top: 1, defaultColor: 0, imageData: picture(2, 2, [255, 255, 255, 255]) },
      },
    ]);
    await modal(opened, () => activeDocument(opened).resizeImage(32, 24, 288, 'bicubic'));
    const document = activeDocument(opened);
    expect([document.width, document.height, document.resolution]).toEqual([32, 24, 288]);
    expect(layerNamed(opened, 'Background').bounds).toMatchObject({ left: 0, top: 0, right: 32, bottom: 24 });
    const { left, top, bottom } = layerNamed(opened, 'Masked').bounds;
    expect(left).toBe(-8);
    expect(Math.abs(top - 4)).toBeLessThanOrEqual(4);
    expect(Math.abs(bottom - 16)).toBeLessThanOrEqual(4);
    const { data, width } = opened.simulator.composite(opened.id);
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
    expect(at(3, 8)).toEqual([...RED]);
    expect(at(12, 8)).toEqual([...BLUE]);
    expect(at(3, 20)).toEqual([...BLUE]);
  });

  test('A constant stays constant when resampled by every method', async () => {
    const opened = open(
      [{ name: 'Background', transparencyProtected: true, imageData: picture(7, 5, [200, 100, 50, 255]) }],
      { width: 7, height: 5 },
    );
    for (const method of Object.values(opened.modules.photoshop.constants.ResampleMethod)) {
      if (method === 'none') continue;
      await modal(opened, () => activeDocument(opened).resizeImage(19, 11, 72, method));
      const { data } = opened.simulator.composite(opened.id);
      expect(new Set(data)).toEqual(new Set([200, 100, 50, 255]));
      opened.simulator.user.undo(opened.id);
    }
  });
});
