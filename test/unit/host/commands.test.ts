import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { LayerSettings, PageApi } from '../../../src/bridge/protocol.ts';
import { LoupeError } from '../../../src/errors.ts';
import { createCommands } from '../../../src/host/photoshop/commands.ts';
import { showPanel } from '../../../src/host/photoshop/show-panel.ts';
import { silentPage } from '../bridge/wire.ts';
import { codeOf, SETTINGS } from './start.ts';

/** Several turns of what awaits. */
const soon = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

/** The modal state that a step is played in. */
const context: { onCancel?: () => void } = {};

function begin(show: () => Promise<void> = () => Promise.resolve()) {
  const told: string[] = [];
  const alerts: LoupeError[] = [];
  const last: LayerSettings[] = [];
  const now = { shown: 0, underWay: false, lent: undefined as unknown, cancelled: 0 };
  const page: PageApi = { ...silentPage, enhance: ({ settings }) => told.push(settings) };
  const commands = createCommands({
    showPanel: () => {
      now.shown += 1;
      return show();
    },
    underWay: () => now.underWay,
    begin: (settings) => {
      last.push(settings);
      return Promise.resolve();
    },
    lend: (context) => {
      now.lent = context;
      return () => {
        now.lent = undefined;
      };
    },
    cancel: () => {
      now.cancelled += 1;
    },
    alert: (error) => alerts.push(error),
  });
  return { commands, page, told, alerts, last, now };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a command', () => {
  test('shows the panel and tells its page, whose settings it is to take', async () => {
    const { commands, page, told, now } = begin();
    commands.pageChanged(page);
    await commands.enhance('own');
    await commands.enhance('last');
    await soon();
    expect([told, now.shown]).toEqual([['own', 'last'], 2]);
  });

  test('settles at once and waits for a page that has yet to say hello', async () => {
    const { commands, page, told } = begin();
    await commands.enhance('own');
    await jest.advanceTimersByTimeAsync(20_000);
    expect(told).toEqual([]);
    commands.pageChanged(page);
    await soon();
    expect(told).toEqual(['own']);
  });

  test('says why when no page comes', async () => {
    const { commands, alerts } = begin();
    await commands.enhance('own');
    await jest.advanceTimersByTimeAsync(61_000);
    expect(alerts.map(({ code }) => code)).toEqual(['panel-unavailable']);
  });

  test('says why when Photoshop does not show the panel, but works in a page that is there', async () => {
    const { commands, alerts, page, told } = begin(() =>
      Promise.reject(new LoupeError('panel-unavailable', 'no')),
    );
    await commands.enhance('own');
    await soon();
    expect(alerts).toMatchObject([{ code: 'panel-unavailable', detail: 'no' }]);
    commands.pageChanged(page);
    await commands.enhance('own');
    await soon();
    expect([told, alerts.length]).toEqual([['own'], 1]);
  });

  test('is refused during a run, and shows where that can be seen', async () => {
    const { commands, page, told, now } = begin();
    commands.pageChanged(page);
    now.underWay = true;
    expect(await codeOf(commands.enhance('own'))).toBe('run-under-way');
    expect([told, now.shown]).toEqual([[], 1]);
  });

  test('does not wait for a page that is gone', async () => {
    const { commands, page, told } = begin();
    commands.pageChanged(page);
    commands.pageChanged(undefined);
    await commands.enhance('own');
    await soon();
    expect(told).toEqual([]);
  });
});

describe('a recorded step', () => {
  test('is played with the settings it was recorded with, and is over when the run is', async () => {
    const { commands, page, told, last } = begin();
    commands.pageChanged(page);
    let over = false;
    const playing = commands.play(context, commands.stepOf(SETTINGS)).then(() => {
      over = true;
    });
    await soon();
    expect([told, last, commands.playing]).toEqual([['last'], [SETTINGS], true]);
    commands.runBegun();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(over).toBe(false);
    commands.runEnded(SETTINGS);
    await playing;
    expect(commands.playing).toBe(false);
  });

  test('stops the action if nothing was written, if nothing began, and during a run', async () => {
    const { commands, page, now } = begin();
    commands.pageChanged(page);
    const step = commands.stepOf(SETTINGS);
    const cancelled = codeOf(commands.play(context, step));
    await soon();
    expect(await codeOf(commands.play(context, step))).toBe('run-under-way');
    commands.runBegun();
    commands.runEnded(undefined);
    expect(await cancelled).toBe('cancelled');

    const idle = codeOf(commands.play(context, step));
    await jest.advanceTimersByTimeAsync(121_000);
    expect(await idle).toBe('run-not-started');
    now.underWay = true;
    expect(await codeOf(commands.play(context, step))).toBe('run-under-way');
  });

  test.each([
    {},
    undefined,
    { 'com.loupe.enhance.settings': '{"model":"anew"}' },
    { 'com.loupe.enhance.settings': '{' },
  ])('that says nothing Loupe understands (%j) takes each layer’s own settings', async (info) => {
    const { commands, page, told, last } = begin();
    commands.pageChanged(page);
    const playing = commands.play(context, info);
    await soon();
    expect([told, last]).toEqual([['own'], []]);
    commands.runBegun();
    commands.runEnded(SETTINGS);
    await playing;
  });
});

describe('showing the panel', () => {
  const plugins = (answer: () => Promise<unknown>) => ({
    pluginManager: {
      plugins: new Set([
        { id: 'other', showPanel: () => Promise.reject(new Error('not this one')) },
        {
          id: 'ours',
          showPanel: (panel: string) => (panel === 'loupe' ? answer() : Promise.reject(new Error(panel))),
        },
      ]),
    },
  });

  test.each([
    ['is told to this plugin', 'ours', () => Promise.resolve(undefined), 'resolved'],
    [
      'is not told where the plugin is not listed',
      'gone',
      () => Promise.resolve(undefined),
      'panel-unavailable',
    ],
    ['fails by an error', 'ours', () => Promise.reject(new Error('disallowed')), 'panel-unavailable'],
    ['fails by an answer', 'ours', () => Promise.resolve('disallowed'), 'panel-unavailable'],
  ])('%s', async (_what, id, answer, code) => {
    expect(await codeOf(showPanel(plugins(answer), id))).toBe(code);
  });
});
