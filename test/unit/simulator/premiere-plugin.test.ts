import { expect, test } from '@jest/globals';
import { createPremiere } from '../../../simulator/premiere/index.ts';

test('The plugin’s panel is opened, hidden, closed and loaded anew, and a page can be told what the host is', async () => {
  const { modules, simulator, loadPlugin } = createPremiere({
    version: '26.3.1',
    locale: 'de_DE',
    plugin: {
      id: 'com.example.plugin',
      version: '1.0.0',
      entrypoints: [
        { type: 'panel', id: 'main', label: { default: 'Main', de: 'Haupt' } },
        { type: 'command', id: 'go' },
      ],
      localFileSystem: 'fullAccess',
      readFile: () => Promise.resolve(null),
    },
  });
  const said: string[] = [];
  const handler = (name: string) => () => void said.push(name);
  await loadPlugin(() => {
    said.push('run');
    modules.uxp.entrypoints.setup({
      panels: {
        main: {
          create: handler('create'),
          show: handler('show'),
          hide: handler('hide'),
          destroy: handler('destroy'),
        },
      },
      commands: { go: { run: handler('go') } },
    });
    const { Project, EventManager, Constants } = modules.premierepro;
    void Project.getActiveProject().then((project) =>
      EventManager.addEventListener(project, Constants.ProjectEvent.CLOSED, handler('closed')),
    );
    return Promise.resolve({
      global: () => undefined,
      createRoot: () => ({}),
      clearRoot: handler('clear'),
      showRoot: () => undefined,
      end: handler('end'),
    });
  });
  const { user } = simulator;
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  expect(modules.uxp.host).toEqual({ name: 'premierepro', version: '26.3.1', uiLocale: 'de_DE' });
  expect(simulator.view().plugin.panels).toEqual([{ id: 'main', label: 'Haupt', state: 'shown' }]);
  for (const hand of [
    () => user.hidePanel('main'),
    () => user.showPanel('main'),
    () => user.chooseCommand('go'),
    () => user.closePanel('main'),
    () => user.showPanel('main'),
    () => user.reloadPlugin(),
    () => user.closeProject(),
  ]) {
    expect(hand()).toBe(true);
    await settled();
  }
  expect(user.showPanel('none')).toBe(false);
  expect(said).toEqual([
    ...['run', 'create', 'show', 'hide', 'show', 'go', 'clear', 'destroy', 'create', 'show'],
    // Loaded anew it hears of nothing that it had listened to before, and is told nothing.
    ...['clear', 'end', 'run', 'create', 'show', 'closed'],
  ]);
  expect(simulator.view().plugin.failure).toBeNull();

  said.length = 0;
  simulator.faults.leavingHooks(false);
  for (const hand of [
    () => user.hidePanel('main'),
    () => user.closePanel('main'),
    () => user.showPanel('main'),
  ]) {
    expect(hand()).toBe(true);
    await settled();
  }
  expect(said).toEqual(['clear', 'create', 'show']);
});

test('A listener for changes hears of every one, and of none once it has stopped', () => {
  const { simulator } = createPremiere({ project: null });
  let heard = 0;
  const stop = simulator.onChange(() => heard++);
  expect(simulator.view()).toMatchObject({ project: null, theme: 'darkest', locale: 'en_US' });
  simulator.setTheme('light');
  simulator.setLocale('fr_FR');
  expect(simulator.user.newProject('New', '')).toBe(true);
  expect(heard).toBe(3);
  const { revision } = simulator.view();
  simulator.user.makeBin('Bin');
  expect(simulator.view().revision).toBeGreaterThan(revision);
  expect(simulator.view()).toMatchObject({
    theme: 'light',
    locale: 'fr_FR',
    project: { name: 'New', saved: false },
  });
  stop();
  simulator.setTheme('dark');
  expect(heard).toBe(4);
});
