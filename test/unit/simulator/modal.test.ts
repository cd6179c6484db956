import { describe, expect, test } from '@jest/globals';
import { activeDocument, historyOf, imageOf, layerNamed, modal, open, pixelsOf, rule } from './support.ts';

describe('Modal execution', () => {
  rule('modal-write', 'Every change outside executeAsModal throws and changes nothing', async () => {
    const opened = open();
    const document = activeDocument(opened);
    const layer = layerNamed(opened, 'Red');
    const imageData = await imageOf(opened, 1, 1, [1, 2, 3]);
    const { app, imaging } = opened.modules.photoshop;
    const before = opened.simulator.view();
    await expect(document.createPixelLayer()).rejects.toThrow('modal scope');
    await expect(document.resizeImage(4, 3)).rejects.toThrow('modal scope');
    await expect(app.createDocument()).rejects.toThrow('modal scope');
    await expect(imaging.putPixels({ layerID: layer.id, imageData })).rejects.toThrow('modal scope');
    await expect(document.close(0)).rejects.toThrow('modal scope');
    expect(() => (layer.name = 'New')).toThrow('modal scope');
    expect(() => (layer.visible = false)).toThrow('modal scope');
    expect(() => (layer.opacity = 10)).toThrow('modal scope');
    expect(() => (layer.selected = true)).toThrow('modal scope');
    expect(() => layer.delete()).toThrow('modal scope');
    expect(() => layer.move(layerNamed(opened, 'Background'), 'placeAfter')).toThrow('modal scope');
    expect(() => document.closeWithoutSaving()).toThrow('modal scope');
    expect(opened.simulator.view()).toEqual(before);
  });

  rule('modal-read', 'Reading pixels outside executeAsModal throws', async () => {
    const opened = open();
    const { imaging } = opened.modules.photoshop;
    await expect(imaging.getPixels({ layerID: layerNamed(opened, 'Red').id })).rejects.toThrow('modal scope');
  });

  rule('modal-name', 'A command without a name is refused', async () => {
    const { core } = open().modules.photoshop;
    const options = {} as { commandName: string };
    await expect(core.executeAsModal(() => Promise.resolve(), options)).rejects.toThrow('commandName');
  });

  rule('modal-collision', 'A modal state in the way rejects with number 9 when the time is up', async () => {
    const opened = open();
    const { core } = opened.modules.photoshop;
    opened.simulator.faults.otherModal(Infinity, 'com.example.other');
    expect(core.isModal()).toBe(true);
    const run = core.executeAsModal(() => Promise.resolve(), { commandName: 'Test', timeOut: 0 });
    await expect(run).rejects.toMatchObject({
      number: 9,
      message: 'Plugin: com.example.other is running a modal command',
    });
  });

  test('A modal state that ends in time lets the waiting command in', async () => {
    const opened = open();
    const { core } = opened.modules.photoshop;
    const other = opened.simulator.faults.otherModal(Infinity);
    const run = core.executeAsModal(() => Promise.resolve('done'), { commandName: 'Test', timeOut: 60 });
    other.release();
    await expect(run).resolves.toBe('done');
    expect(core.isModal()).toBe(false);
  });

  rule('modal-not-nested', 'A second command while the first runs collides', async () => {
    const opened = open();
    const { core } = opened.modules.photoshop;
    const inner = modal(opened, () =>
      core.executeAsModal(() => Promise.resolve(), { commandName: 'Inner', timeOut: 0 }),
    );
    await expect(inner).rejects.toMatchObject({ number: 9 });
  });

  rule('modal-user', 'The user cannot edit while a command runs, and can afterwards', async () => {
    const opened = open();
    const { user } = opened.simulator;
    const red = layerNamed(opened, 'Red').id;
    await modal(opened, () => {
      expect(user.paintOn(opened.id, red)).toBe(false);
      expect(user.deleteLayer(opened.id, red)).toBe(false);
      expect(user.selectLayer(opened.id, red)).toBe(false);
      expect(user.closeDocument(opened.id)).toBe(false);
      expect(user.undo(opened.id)).toBe(false);
      expect(user.setVisible(opened.id, red, false)).toBe(false);
    });
    expect(layerNamed(opened, 'Red').visible).toBe(true);
    expect(user.setVisible(opened.id, red, false)).toBe(true);
    expect(layerNamed(opened, 'Red').visible).toBe(false);
  });

  rule('modal-cancel', 'Escape is told to the plugin, and its next command throws', async () => {
    const opened = open();
    const { core } = opened.modules.photoshop;
    const document = activeDocument(opened);
    let told = false;
    const run = core.executeAsModal(
      async (context) => {
        context.onCancel = () => (told = true);
        expect(context.isCancelled).toBe(false);
        expect(opened.simulator.user.pressEscape()).toBe(true);
        expect(context.isCancelled).toBe(true);
        await document.createPixelLayer();
      },
      { commandName: 'Test' },
    );
    await expect(run).rejects.toThrow('cancelled');
    expect(told).toBe(true);
    expect(document.layers.length).toBe(2);
    expect(opened.simulator.user.pressEscape()).toBe(false);
  });

  test('After a cancel the history of the modal scope is rolled back', async () => {
    const opened = open();
    const { core } = opened.modules.photoshop;
    const document = activeDocument(opened);
    const run = core.executeAsModal(
      async ({ hostControl }) => {
        await hostControl.suspendHistory({ documentID: document.id, name: 'Work' });
        await document.createPixelLayer();
        opened.simulator.user.pressEscape();
        await document.createPixelLayer();
      },
      { commandName: 'Test' },
    );
    await expect(run).rejects.toThrow('cancelled');
    expect(document.layers.map((layer) => layer.name)).toEqual(['Red', 'Background']);
    expect(historyOf(opened)).toEqual(['Open']);
  });

  rule('modal-context-ends', 'A context kept beyond its scope is refused', async () => {
    const opened = open();
    const { core } = opened.modules.photoshop;
    const hostControl = await core.executeAsModal((context) => Promise.resolve(context.hostControl), {
      commandName: 'Test',
    });
    await expect(hostControl.suspendHistory({ documentID: opened.id, name: 'Late' })).rejects.toThrow(
      'ended',
    );
  });

  rule(
    'modal-auto-close',
    'A document registered for it is closed, also when the command fails',
    async () => {
      const opened = open();
      const { app, core } = opened.modules.photoshop;
      const run = core.executeAsModal(
        async ({ hostControl }) => {
          const kept = await app.createDocument({ width: 2, height: 2, name: 'kept' });
          const lost = await app.createDocument({ width: 2, height: 2, name: 'lost' });
          await hostControl.registerAutoCloseDocument(kept.id);
          await hostControl.registerAutoCloseDocument(lost.id);
          await hostControl.unregisterAutoCloseDocument(kept.id);
          throw new Error('failed');
        },
        { commandName: 'Test' },
      );
      await expect(run).rejects.toThrow('failed');
      expect(app.documents.map((document) => document.name)).toEqual(['test.psd', 'kept']);
    },
  );

  rule('modal-silent', 'Listeners hear of the scope but not of what is done in it', async () => {
    const opened = open();
    const { action } = opened.modules.photoshop;
    const heard: string[] = [];
    const events = ['make', 'delete', 'paint', 'modalJavaScriptScopeEnter', 'modalJavaScriptScopeExit'];
    await action.addNotificationListener(events, (event) => heard.push(event));
    await modal(opened, () => activeDocument(opened).createPixelLayer());
    opened.simulator.user.paintOn(opened.id, layerNamed(opened, 'Red').id);
    await Promise.resolve();
    expect(heard).toEqual(['modalJavaScriptScopeEnter', 'modalJavaScriptScopeExit', 'paint']);
  });

  test('Progress and its name are shown while the command runs', async () => {
    const opened = open();
    const { core } = opened.modules.photoshop;
    await core.executeAsModal(
      (context) => {
        expect(opened.simulator.view().modal).toEqual({
          commandName: 'Test',
          progress: null,
          cancelled: false,
        });
        context.reportProgress({ value: 0.5, commandName: 'Half' });
        expect(opened.simulator.view().modal).toEqual({
          commandName: 'Half',
          progress: 0.5,
          cancelled: false,
        });
        return Promise.resolve();
      },
      { commandName: 'Test' },
    );
    expect(opened.simulator.view().modal).toBeNull();
  });

  test('A planned fault makes the nth call fail', async () => {
    const opened = open();
    opened.simulator.faults.failCall('document.createPixelLayer', 2, new Error('out of scratch disk'));
    await modal(opened, async () => {
      await activeDocument(opened).createPixelLayer();
      await expect(activeDocument(opened).createPixelLayer()).rejects.toThrow('out of scratch disk');
      await activeDocument(opened).createPixelLayer();
    });
    expect(activeDocument(opened).layers.length).toBe(4);
  });

  test('A planned user action happens just before the call', async () => {
    const opened = open();
    const red = layerNamed(opened, 'Red').id;
    opened.simulator.faults.beforeCall('core.executeAsModal', 1, () => {
      opened.simulator.user.deleteLayer(opened.id, red);
    });
    await expect(pixelsOf(opened, red)).rejects.toThrow('does not exist any more');
  });
});
