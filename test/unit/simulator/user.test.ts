import { describe, expect, test } from '@jest/globals';
import {
  activeDocument,
  historyOf,
  imageOf,
  layerNamed,
  modal,
  open,
  picture,
  rule,
  BLUE,
  RED,
  type Opened,
} from './support.ts';

const at = (opened: Opened, x: number, y: number): number[] => {
  const { data, width } = opened.simulator.composite(opened.id);
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
};

/** What is selected, 0 to 255, row by row. */
const selected = (opened: Opened): number[][] => {
  const mask = opened.simulator.selectionMask(opened.id, 100);
  if (!mask) return [];
  return Array.from({ length: mask.height }, (_, y) => [
    ...mask.data.subarray(y * mask.width, (y + 1) * mask.width),
  ]);
};

describe('What is selected', () => {
  rule('user-selection-history', 'A marquee is a history state; selecting a layer is none', () => {
    const opened = open();
    const { user } = opened.simulator;
    user.selectRectangle(opened.id, { left: 1, top: 1, right: 4, bottom: 3 });
    expect(historyOf(opened)).toEqual(['Open', 'Rectangular Marquee']);
    expect(activeDocument(opened).selection.bounds).toMatchObject({ left: 1, top: 1, right: 4, bottom: 3 });
    user.undo(opened.id);
    expect(activeDocument(opened).selection.bounds).toBeNull();
  });

  test('Rectangles are added, subtracted, intersected and inverted, within the canvas', () => {
    const opened = open();
    const { user } = opened.simulator;
    const rows = () => selected(opened).map((row) => row.map((value) => (value > 127 ? '#' : '.')).join(''));
    user.selectRectangle(opened.id, { left: -3, top: 1, right: 4, bottom: 3 });
    expect(rows()[1]).toBe('####....');
    user.selectRectangle(opened.id, { left: 6, top: 1, right: 99, bottom: 99 }, { how: 'add' });
    expect(rows()[1]).toBe('####..##');
    user.selectRectangle(opened.id, { left: 0, top: 0, right: 2, bottom: 6 }, { how: 'subtract' });
    expect(rows()[1]).toBe('..##..##');
    user.invertSelection(opened.id);
    expect(rows()[1]).toBe('##..##..');
    user.selectRectangle(opened.id, { left: 0, top: 1, right: 1, bottom: 2 }, { how: 'intersect' });
    expect(activeDocument(opened).selection.bounds).toMatchObject({ left: 0, top: 1, right: 1, bottom: 2 });
    expect(user.deselect(opened.id)).toBe(true);
    expect(user.deselect(opened.id)).toBe(false);
  });

  test('An ellipse leaves the corners out and a feather makes the edge soft', () => {
    const opened = open([{ name: 'A', imageData: picture(40, 40, RED) }], { width: 40, height: 40 });
    const { user } = opened.simulator;
    const box = { left: 10, top: 10, right: 30, bottom: 30 };
    user.selectEllipse(opened.id, box);
    expect([selected(opened)[11]?.[11], selected(opened)[20]?.[20], selected(opened)[20]?.[11]]).toEqual([
      0, 255, 255,
    ]);
    user.selectRectangle(opened.id, box, { feather: 4 });
    const row = selected(opened)[20] ?? [];
    expect(row[20]).toBe(255);
    expect(row[9]).toBeGreaterThan(60);
    expect(row[9]).toBeLessThan(128);
    expect(row[10]).toBeGreaterThan(128);
    expect([...row.slice(0, 11)].sort((a, b) => a - b)).toEqual(row.slice(0, 11));
    expect(row[2]).toBe(0);
  });

  rule('mask-from-selection', 'The selection becomes the mask', () => {
    const opened = open();
    const { user } = opened.simulator;
    const red = layerNamed(opened, 'Red').id;
    user.selectRectangle(opened.id, { left: 2, top: 1, right: 4, bottom: 3 });
    expect(user.addMask(opened.id, red)).toBe(true);
    expect(activeDocument(opened).selection.bounds).toBeNull();
    expect([at(opened, 3, 2), at(opened, 5, 2)]).toEqual([[...RED], [...BLUE]]);
    user.setMaskEnabled(opened.id, red, false);
    expect(at(opened, 5, 2)).toEqual([...RED]);
    user.setMaskEnabled(opened.id, red, true);
    user.moveLayer(opened.id, red, 1, 0);
    expect([at(opened, 2, 2), at(opened, 4, 2), at(opened, 5, 2)]).toEqual([[...BLUE], [...RED], [...BLUE]]);
    user.deleteMask(opened.id, red);
    expect(at(opened, 6, 2)).toEqual([...RED]);
    expect(user.addMask(opened.id, layerNamed(opened, 'Background').id)).toBe(false);
  });
});

describe('What a person does to a document', () => {
  test('Crop moves every layer and cuts what lies outside', () => {
    const opened = open();
    const { user } = opened.simulator;
    expect(user.crop(opened.id, { left: 3, top: 2, right: 7, bottom: 99 })).toBe(true);
    const document = activeDocument(opened);
    expect([document.width, document.height]).toEqual([4, 4]);
    expect(layerNamed(opened, 'Red').bounds).toMatchObject({ left: 0, top: 0, right: 3, bottom: 2 });
    expect(layerNamed(opened, 'Background').bounds).toMatchObject({ right: 4, bottom: 4 });
    expect(user.crop(opened.id, { left: 9, top: 9, right: 12, bottom: 12 })).toBe(false);
    user.undo(opened.id);
    expect([document.width, at(opened, 2, 1)]).toEqual([8, [...RED]]);
  });

  test('A mode changes with its pixels, and one that is not emulated is refused', () => {
    const opened = open();
    const { user } = opened.simulator;
    expect(user.changeMode(opened.id, 'bitmapMode')).toBe(false);
    expect(user.changeMode(opened.id, 'grayscaleMode')).toBe(true);
    expect(activeDocument(opened).mode).toBe('grayscaleMode');
    const [r, g, b] = at(opened, 3, 2);
    expect(r).toBe(g);
    expect(g).toBe(b);
    expect(user.changeMode(opened.id, 'RGBColorMode')).toBe(true);
    expect(layerNamed(opened, 'Red').bounds).toMatchObject({ left: 2, top: 1, right: 6, bottom: 4 });
    const saved = opened.simulator.savePsd(opened.id);
    opened.simulator.openPsd(saved, 'again.psd');
    expect(activeDocument(opened).mode).toBe('RGBColorMode');
  });

  test('Revert takes back everything since the file was saved, as a state of its own', () => {
    const opened = open();
    const { user } = opened.simulator;
    expect(user.revert(opened.id)).toBe(false);
    user.setOpacity(opened.id, layerNamed(opened, 'Red').id, 50);
    user.saveDocument(opened.id);
    user.deleteLayer(opened.id, layerNamed(opened, 'Red').id);
    expect(user.revert(opened.id)).toBe(true);
    expect(layerNamed(opened, 'Red').opacity).toBe(50);
    expect(historyOf(opened).at(-1)).toBe('Revert');
    expect(activeDocument(opened).saved).toBe(true);
  });

  test('Layers are duplicated, grouped and clipped; the Background is neither grouped nor blended', () => {
    const opened = open();
    const { user } = opened.simulator;
    const red = layerNamed(opened, 'Red').id;
    user.duplicateLayer(opened.id, red);
    expect(activeDocument(opened).layers.map(({ name }) => name)).toEqual(['Red copy', 'Red', 'Background']);
    user.selectLayer(opened.id, red, 'toggle');
    user.groupLayers(opened.id);
    expect(activeDocument(opened).layers.map(({ name }) => name)).toEqual(['Group 1', 'Background']);
    expect(layerNamed(opened, 'Group 1').layers?.map(({ name }) => name)).toEqual(['Red copy', 'Red']);
    expect(user.moveLayer(opened.id, layerNamed(opened, 'Group 1').id, 1, 1)).toBe(true);
    expect([at(opened, 2, 1), at(opened, 6, 4)]).toEqual([[...BLUE], [...RED]]);
    const background = layerNamed(opened, 'Background').id;
    user.selectLayer(opened.id, background);
    expect(user.groupLayers(opened.id)).toBe(false);
    expect(user.setOpacity(opened.id, background, 50)).toBe(false);
    expect(user.setClipped(opened.id, background, true)).toBe(false);
  });

  test('The pixels of a copy are its own, also before a history state holds them', async () => {
    const opened = open();
    const { core, imaging } = opened.modules.photoshop;
    const red = layerNamed(opened, 'Red');
    const [green, white] = [
      [0, 255, 0, 255],
      [255, 255, 255, 255],
    ];
    const targetBounds = { left: 2, top: 1 };
    await core.executeAsModal(
      async ({ hostControl }) => {
        const id = await hostControl.suspendHistory({ documentID: opened.id, name: 'All' });
        const first = await imageOf(opened, 4, 3, green);
        await imaging.putPixels({ layerID: red.id, imageData: first, replace: false, targetBounds });
        const copy = await red.duplicate(undefined, undefined, 'Copy');
        const second = await imageOf(opened, 4, 3, white);
        await imaging.putPixels({ layerID: red.id, imageData: second, replace: false, targetBounds });
        red.visible = false;
        expect(copy.visible).toBe(true);
        await hostControl.resumeHistory(id);
      },
      { commandName: 'Copy' },
    );
    expect(at(opened, 3, 2)).toEqual(green);
  });

  rule('move-selected', 'A layer stays where it is while something is selected', async () => {
    const opened = open();
    const { user } = opened.simulator;
    const red = layerNamed(opened, 'Red');
    user.selectAll(opened.id);
    expect(user.moveLayer(opened.id, red.id, 1, 1)).toBe(false);
    await modal(opened, async () => {
      await expect(red.translate(1, 1)).rejects.toThrow('selected');
      await expect(red.scale(50, 50)).rejects.toThrow('selected');
      await activeDocument(opened).selection.deselect();
      await red.translate(1, 1);
    });
    expect(red.bounds).toMatchObject({ left: 3, top: 2 });
  });

  test('While another plugin is modal, nothing of all this is possible', () => {
    const opened = open();
    const { user } = opened.simulator;
    const red = layerNamed(opened, 'Red').id;
    opened.simulator.faults.otherModal(Infinity);
    expect([
      user.crop(opened.id, { left: 0, top: 0, right: 2, bottom: 2 }),
      user.selectAll(opened.id),
      user.imageSize(opened.id, 16, 12),
      user.changeMode(opened.id, 'grayscaleMode'),
      user.duplicateLayer(opened.id, red),
      user.addMask(opened.id, red),
      user.saveDocument(opened.id),
      user.revert(opened.id),
    ]).toEqual(Array.from({ length: 8 }, () => false));
  });

  test('Photoshop tells plugins of it by its event names', async () => {
    const opened = open();
    const { user } = opened.simulator;
    const heard: string[] = [];
    await opened.modules.photoshop.action.addNotificationListener(['all'], (event) => heard.push(event));
    user.selectAll(opened.id);
    user.imageSize(opened.id, 16, 12);
    user.changeMode(opened.id, 'grayscaleMode');
    user.crop(opened.id, { left: 0, top: 0, right: 4, bottom: 4 });
    user.duplicateLayer(opened.id, layerNamed(opened, 'Red').id);
    user.saveDocument(opened.id);
    await Promise.resolve();
    expect(heard.filter((event) => event !== 'historyStateChanged')).toEqual([
      'set',
      'imageSize',
      'convertMode',
      'crop',
      'duplicate',
      'save',
    ]);
  });
});
