import { describe, expect, test } from '@jest/globals';
import { createPhotoshop, type RunningPlugin } from '../../../simulator/photoshop/index.ts';
import { rule } from './support.ts';

/** A plugin of one panel and one command that writes down what is done to it. */
async function plugin(run?: () => unknown, communicates = true) {
  const heard: string[] = [];
  const globals: Record<string, unknown> = {};
  const photoshop = createPhotoshop({
    plugin: {
      id: 'com.example.plugin',
      version: '1.0.0',
      entrypoints: [
        { type: 'panel', id: 'main', label: 'Main' },
        { type: 'command', id: 'go', label: { default: 'Go', de: 'Los' } },
      ],
      communicates,
      readFile: () => Promise.resolve(null),
    },
  });
  const { uxp } = photoshop.modules;
  const note = (what: string) => () => {
    heard.push(what);
  };
  const load = async (): Promise<RunningPlugin> => {
    await Promise.resolve();
    heard.push('load');
    uxp.entrypoints.setup({
      panels: {
        main: { create: note('create'), show: note('show'), hide: note('hide'), destroy: note('destroy') },
      },
      commands: { go: { run: run ?? note('go') } },
    });
    return {
      global: (name) => globals[name],
      createRoot: () => ({}),
      clearRoot: note('cleared'),
      showRoot: () => undefined,
      end: note('end'),
    };
  };
  await photoshop.loadPlugin(load);
  return { ...photoshop, user: photoshop.simulator.user, heard, globals };
}

/** Until everything that was begun has gone as far as it can without a timer. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('Panels', () => {
  rule(
    'panel-closed',
    'A closed panel loses its content and is created anew; a hidden one keeps it',
    async () => {
      const { user, heard, simulator } = await plugin();
      expect(heard.splice(0)).toEqual(['load', 'create', 'show']);
      user.hidePanel('main');
      await settle();
      expect(simulator.view().plugin.panels).toEqual([{ id: 'main', label: 'Main', state: 'hidden' }]);
      user.showPanel('main');
      await settle();
      expect(heard.splice(0)).toEqual(['hide', 'show']);
      user.closePanel('main');
      await settle();
      expect(heard.splice(0)).toEqual(['cleared', 'destroy']);
      user.showPanel('main');
      await settle();
      expect(heard).toEqual(['create', 'show']);
    },
  );

  rule('ipc-permission', 'The plugin manager shows a panel only with the permission', async () => {
    const { modules, heard, user } = await plugin();
    user.closePanel('main');
    await settle();
    heard.length = 0;
    const [own] = modules.uxp.pluginManager.plugins;
    await own?.showPanel('main');
    expect(heard).toEqual(['create', 'show']);
    await expect(own?.showPanel('other')).rejects.toThrow('no panel');
    const refused = await plugin(undefined, false);
    await expect([...refused.modules.uxp.pluginManager.plugins][0]?.showPanel('main')).rejects.toThrow(
      'enablePluginCommunication',
    );
  });

  rule('reload-untold', 'A reload tells the plugin nothing and takes back what it was doing', async () => {
    const { user, heard, simulator, modules } = await plugin();
    const { app, core, action } = modules.photoshop;
    const events: string[] = [];
    await action.addNotificationListener(['all'], (event) => events.push(event));
    let id = 0;
    await core.executeAsModal(
      async () => {
        id = (await app.createDocument({ width: 8, height: 8 })).id;
      },
      { commandName: 'New' },
    );
    const began = core.executeAsModal(
      async ({ hostControl }) => {
        await hostControl.suspendHistory({ documentID: id, name: 'Half' });
        await app.activeDocument?.createPixelLayer({ name: 'Half' });
        await new Promise((resolve) => setTimeout(resolve, 50));
        await app.activeDocument?.createPixelLayer({ name: 'Late' });
      },
      { commandName: 'Half' },
    );
    await settle();
    heard.length = 0;
    events.length = 0;
    expect(user.reloadPlugin()).toBe(true);
    await expect(began).rejects.toThrow('modal scope');
    await settle();
    expect(heard).toEqual(['cleared', 'end', 'load', 'create', 'show']);
    expect(simulator.view().modal).toBeNull();
    expect(app.activeDocument?.layers.map((layer) => layer.name)).toEqual(['Background']);
    expect(events).toEqual([]);
  });
});

describe('Commands', () => {
  rule('command-modal', 'A command is not to be had while another is modal', async () => {
    const { user, heard, simulator } = await plugin();
    heard.length = 0;
    const other = simulator.faults.otherModal(Infinity);
    expect(user.chooseCommand('go')).toBe(false);
    other.release();
    expect(user.chooseCommand('go')).toBe(true);
    await settle();
    expect(heard).toEqual(['go']);
  });

  test('What a command throws is shown; its label follows the language', async () => {
    const { user, simulator } = await plugin(() => {
      throw new Error('no layer');
    });
    user.chooseCommand('go');
    await settle();
    expect(simulator.view().plugin.failure).toBe('no layer');
    expect(simulator.view().plugin.commands[0]?.label).toBe('Go');
    simulator.setLocale('de_DE');
    expect(simulator.view().plugin.commands[0]?.label).toBe('Los');
  });
});

describe('Actions', () => {
  const step = { name: 'Go', methodName: 'goOn' };

  rule('record-outside', 'Only what is recorded while an action is goes into it', async () => {
    const { user, modules, simulator } = await plugin();
    const { action } = modules.photoshop;
    action.recordAction(step, { n: 1 });
    expect(user.recordAction('Mine')).toBe(true);
    expect(user.recordAction('Other')).toBe(false);
    action.recordAction(step, { n: 2 });
    expect(simulator.view().recording).toBe('Mine');
    user.stopRecording();
    action.recordAction(step, { n: 3 });
    expect(simulator.view().actions).toEqual([{ name: 'Mine', steps: ['Go'] }]);
    expect(() => action.recordAction({ name: '', methodName: 'x' }, {})).toThrow('name');
  });

  rule('record-global', 'A step calls the global of its name with what was recorded', async () => {
    const { user, modules, simulator, globals } = await plugin();
    user.recordAction('Mine');
    modules.photoshop.action.recordAction(step, { n: 2, gone: undefined });
    user.stopRecording();
    user.playAction('Mine');
    await settle();
    expect(simulator.view().plugin.failure).toMatch(/Go.*goOn/);
    const given: unknown[] = [];
    globals['goOn'] = (_context: unknown, info: unknown) => given.push(info);
    user.playAction('Mine');
    await settle();
    expect(given).toEqual([{ n: 2 }]);
    expect(simulator.view().plugin.failure).toBeNull();
  });

  rule('record-modal', 'A step runs in a modal scope of its own', async () => {
    const { user, modules, globals } = await plugin();
    const { action, core } = modules.photoshop;
    user.recordAction('Mine');
    action.recordAction(step, {});
    user.stopRecording();
    let collision: unknown;
    let finished = false;
    globals['goOn'] = async (context: { isCancelled: boolean }) => {
      expect([context.isCancelled, core.isModal()]).toEqual([false, true]);
      collision = await core
        .executeAsModal(() => Promise.resolve(), { commandName: 'Inner', timeOut: 0 })
        .catch((error: unknown) => error);
      finished = true;
    };
    expect(user.playAction('Mine')).toBe(true);
    await settle();
    expect(finished).toBe(true);
    expect(collision).toMatchObject({ number: 9 });
    expect(core.isModal()).toBe(false);
  });
});
