/** That the emulated UXP is no kinder to the plugin than the real one. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Frame } from 'playwright-core';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { parseManifest } from '../../simulator/page/manifest.ts';
import { runScript } from '../../simulator/page/script.ts';
import { pageAddress } from '../../simulator/page/webview-address.ts';
import { makePsd, openPhotoshop, pixelLayer, sharedBrowser } from './support.ts';

const browser = sharedBrowser();

describe('A page in the emulated webview', () => {
  let photoshop: PhotoshopWindow;
  let panel: Frame;

  beforeAll(async () => {
    photoshop = await openPhotoshop(browser(), makePsd([pixelLayer('Photo')]));
    const frame = photoshop.page.frame({ url: /panel\.html$/ });
    if (!frame) throw new Error('The panel has no page.');
    panel = frame;
  });
  afterAll(() => photoshop.close());

  test('keeps to standards mode with the webview’s own script in it', async () => {
    expect(await panel.evaluate(() => document.compatMode)).toBe('CSS1Compat');
  });

  test('cannot use localStorage', async () => {
    await expect(panel.evaluate(() => localStorage.length)).rejects.toThrow('insecure');
  });

  test('can neither fetch a file nor start a worker from one', async () => {
    await expect(panel.evaluate(() => fetch('panel.js').then(({ status }) => status))).rejects.toThrow();
    const worker = panel.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker('panel.js');
          worker.onerror = () => reject(new Error('no worker'));
          setTimeout(resolve, 2000);
        }),
    );
    await expect(worker).rejects.toThrow();
  });

  test('opens no windows and asks nothing', async () => {
    const answers = await panel.evaluate(() => [
      window.open('about:blank'),
      window.confirm('?'),
      window.prompt('?'),
    ]);
    expect(answers).toEqual([null, false, null]);
  });

  test('does not paint a native select', async () => {
    const visibility = await panel.evaluate(() => {
      const select = document.body.appendChild(document.createElement('select'));
      const { visibility } = getComputedStyle(select);
      select.remove();
      return visibility;
    });
    expect(visibility).toBe('hidden');
  });

  test('gets messages as JSON, from the plugin by its id', async () => {
    const message = await panel.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('message', ({ data, origin }: MessageEvent<unknown>) =>
            resolve({ origin, plain: JSON.stringify(data) === JSON.stringify(structuredClone(data)) }),
          );
          // Any word of the plugin's will do: it tells the page of every change of the selection.
          parent.window.simulator.user.selectNoLayer(1);
        }),
    );
    expect(message).toEqual({ origin: 'com.loupe.enhance', plain: true });
  });
});

describe('The plugin’s script', () => {
  /** What the script hands to `give`. */
  function given(script: string): unknown {
    let result: unknown;
    runScript(script, 'test.js', { give: (value: unknown) => (result = value) });
    return result;
  }

  test('sees the language and what it is given', () => {
    expect(given('give([1, 2].map((x) => x * 2).join() + typeof Uint8Array + typeof setTimeout)')).toBe(
      '2,4functionfunction',
    );
  });

  test('sees nothing that only a browser or Node has', () => {
    const names = [
      'fetch',
      'WebAssembly',
      'SharedArrayBuffer',
      'TextEncoder',
      'process',
      'navigator',
      'nowhere',
    ];
    expect(given(`give([${names.map((name) => `typeof ${name}`).join()}])`)).toEqual(
      names.map(() => 'undefined'),
    );
    expect(given('give(Object.keys(globalThis).includes("fetch"))')).toBe(false);
  });

  test('leaves nothing behind in the page', () => {
    runScript('leftBehind = 1; globalThis.alsoLeft = 2;', 'test.js', {});
    expect('leftBehind' in globalThis || 'alsoLeft' in globalThis).toBe(false);
  });
});

describe('The manifest decides', () => {
  const manifest = {
    manifestVersion: 5,
    id: 'com.example.plugin',
    name: 'Example',
    version: '1.0.0',
    main: 'host.js',
    host: { app: 'PS', minVersion: '26.0.0' },
    entrypoints: [],
    requiredPermissions: {},
  };

  test('which Photoshop the plugin runs in', () => {
    expect(parseManifest(manifest, 'PS', '26.0.0').id).toBe('com.example.plugin');
    expect(parseManifest(manifest, 'PS', '26.10.0').id).toBe('com.example.plugin');
    expect(() => parseManifest(manifest, 'PS', '25.12.0')).toThrow(
      'Example needs Photoshop 26.0.0; this one is 25.12.0.',
    );
    const premiereOnly = { ...manifest, host: { app: 'premierepro', minVersion: '25.6.0' } };
    expect(() => parseManifest(premiereOnly, 'PS', '26.0.0')).toThrow('not a plugin for Photoshop');
  });

  test('whether a webview may be there at all, and show a page of the plugin’s own', () => {
    expect(pageAddress('plugin:/panel.html', { allow: 'yes', allowLocalRendering: 'yes' })).toBe(
      '/plugin/panel.html',
    );
    expect(() => pageAddress('plugin:/panel.html', undefined)).toThrow('does not allow webviews');
    expect(() => pageAddress('plugin:/panel.html', { allow: 'yes' })).toThrow('allowLocalRendering');
  });

  test('which sites a webview may show', () => {
    const permissions = { allow: 'yes', domains: ['https://example.com'] } as const;
    expect(pageAddress('https://example.com/a', permissions)).toBe('https://example.com/a');
    expect(() => pageAddress('https://example.org/', permissions)).toThrow(
      'not among the manifest’s domains',
    );
    expect(() => pageAddress('http://example.com/', permissions)).toThrow('http:');
  });
});
