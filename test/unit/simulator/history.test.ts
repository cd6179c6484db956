import { describe, expect, test } from '@jest/globals';
import {
  activeDocument,
  historyOf,
  imageOf,
  layerNamed,
  modal,
  open,
  pixelsOf,
  rule,
  type Opened,
} from './support.ts';

const suspended = (opened: Opened, work: (id: { historySuspensionID: number }) => Promise<void>) =>
  opened.modules.photoshop.core.executeAsModal(
    async ({ hostControl }) => {
      await work(await hostControl.suspendHistory({ documentID: opened.id, name: 'All at once' }));
    },
    { commandName: 'Test' },
  );

describe('History', () => {
  rule('history-one-per-command', 'Without suspendHistory each command makes a state', async () => {
    const opened = open();
    await modal(opened, async () => {
      const layer = await activeDocument(opened).createPixelLayer({ name: 'New' });
      layer.opacity = 50;
    });
    expect(historyOf(opened)).toEqual(['Open', 'New Layer', 'Opacity Change']);
  });

  rule(
    'history-suspended',
    'With suspendHistory there is one state, or none if nothing changed',
    async () => {
      const opened = open();
      await suspended(opened, async () => {
        const layer = await activeDocument(opened).createPixelLayer();
        layer.name = 'Second';
        await activeDocument(opened).resizeImage(16, 12);
      });
      expect(historyOf(opened)).toEqual(['Open', 'All at once']);
      await suspended(opened, () => Promise.resolve());
      expect(historyOf(opened)).toEqual(['Open', 'All at once']);
    },
  );

  rule('history-rollback', 'An exception takes a suspended document back, pixels and all', async () => {
    const opened = open();
    const red = layerNamed(opened, 'Red').id;
    const before = await pixelsOf(opened, red);
    const imageData = await imageOf(opened, 2, 2, [9, 9, 9, 255]);
    const { imaging } = opened.modules.photoshop;
    const run = suspended(opened, async () => {
      await imaging.putPixels({ layerID: red, imageData, replace: false, targetBounds: { left: 3, top: 2 } });
      await activeDocument(opened).resizeImage(80, 60);
      throw new Error('failed half-way');
    });
    await expect(run).rejects.toThrow('failed half-way');
    expect(historyOf(opened)).toEqual(['Open']);
    expect(activeDocument(opened).width).toBe(8);
    expect(await pixelsOf(opened, red)).toEqual(before);
  });

  rule('history-no-rollback', 'Without suspendHistory an exception leaves what was done', async () => {
    const opened = open();
    const run = modal(opened, async () => {
      await activeDocument(opened).createPixelLayer();
      throw new Error('failed half-way');
    });
    await expect(run).rejects.toThrow('failed half-way');
    expect(historyOf(opened)).toEqual(['Open', 'New Layer']);
  });

  rule('history-resume-false', 'resumeHistory without commit undoes what was done since', async () => {
    const opened = open();
    await opened.modules.photoshop.core.executeAsModal(
      async ({ hostControl }) => {
        const id = await hostControl.suspendHistory({ documentID: opened.id, name: 'Undone' });
        await activeDocument(opened).createPixelLayer();
        await hostControl.resumeHistory(id, false);
      },
      { commandName: 'Test' },
    );
    expect(historyOf(opened)).toEqual(['Open']);
    expect(activeDocument(opened).layers.length).toBe(2);
  });

  rule('history-twice', 'A suspended history cannot be suspended again', async () => {
    const opened = open();
    const run = opened.modules.photoshop.core.executeAsModal(
      async ({ hostControl }) => {
        await hostControl.suspendHistory({ documentID: opened.id, name: 'One' });
        await hostControl.suspendHistory({ documentID: opened.id, name: 'Two' });
      },
      { commandName: 'Test' },
    );
    await expect(run).rejects.toThrow('already suspended');
  });

  test('Undo and redo go back and forth between states, and a new change drops what was undone', async () => {
    const opened = open();
    const { user } = opened.simulator;
    const red = layerNamed(opened, 'Red').id;
    const first = await pixelsOf(opened, red);
    user.paintOn(opened.id, red, { left: 2, top: 1, right: 3, bottom: 2 }, [0, 255, 0]);
    const second = await pixelsOf(opened, red);
    expect(second).not.toEqual(first);
    expect(user.undo(opened.id)).toBe(true);
    expect(await pixelsOf(opened, red)).toEqual(first);
    expect(user.redo(opened.id)).toBe(true);
    expect(await pixelsOf(opened, red)).toEqual(second);
    expect(user.redo(opened.id)).toBe(false);
    user.undo(opened.id);
    user.setVisible(opened.id, red, false);
    expect(historyOf(opened)).toEqual(['Open', 'Layer Visibility']);
  });

  test('Selecting a layer makes no history state and does not make the document unsaved', () => {
    const opened = open();
    opened.simulator.user.selectLayer(opened.id, layerNamed(opened, 'Background').id);
    expect(historyOf(opened)).toEqual(['Open']);
    expect(activeDocument(opened).saved).toBe(true);
    expect(activeDocument(opened).activeLayers.map((layer) => layer.name)).toEqual(['Background']);
  });
});
