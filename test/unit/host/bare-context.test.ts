/**
 * The host script as built, in a context that holds the language and what UXP documents, and nothing else: a
 * use of anything a browser or Node would have besides is a ReferenceError here.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectHost, type HostEnd } from '../../../src/bridge/page.ts';
import { type PageApi, PROTOCOL } from '../../../src/bridge/protocol.ts';
import { bridgeSink, bridgeSource } from '../../../src/bridge/rows.ts';
import type { Uxp } from '../../../src/host/uxp.ts';
import { fakeFs } from './fake-fs.ts';
import { fakePhotoshop, noise, pixelAt } from './fake-photoshop.ts';

type Panel = Parameters<Uxp['entrypoints']['setup']>[0]['panels'][string];

/** What V8 11.8 (UXP 8.0.1) has not, or UXP has not, but a context of Node's may have. */
const NOT_IN_UXP = `
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'Iterator', 'Float16Array']) delete globalThis[name];
  for (const name of ['toBase64', 'setFromBase64', 'toHex']) delete Uint8Array.prototype[name];
  for (const name of ['fromBase64', 'fromHex']) delete Uint8Array[name];
  for (const name of ['withResolvers', 'try']) delete Promise[name];
  for (const name of ['fromAsync']) delete Array[name];
`;

const silent: PageApi = {
  layerChanged: () => undefined,
  themeChanged: () => undefined,
  commitProgress: () => undefined,
};

let built: string;
const folder = mkdtempSync(join(tmpdir(), 'loupe-host-'));

beforeAll(() => {
  const webpack = resolve('node_modules/webpack/bin/webpack.js');
  execFileSync(process.execPath, [
    webpack,
    '--mode',
    'production',
    '--config-name',
    'host',
    '--output-path',
    folder,
  ]);
  built = readFileSync(join(folder, 'host.js'), 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** UXP around the script. `hostName` is what `require('uxp').host.name` says. */
function boot(hostName: string, modules: Record<string, unknown>) {
  const toPlugin = new Set<(event: object) => void>();
  const toPage = new Set<(message: unknown) => void>();
  const themes = new Set<(theme: string) => void>();
  const required: string[] = [];
  let panels: Record<string, Panel> = {};
  const webview = {
    src: '',
    style: {},
    removed: false,
    appendChild: () => undefined,
    remove: () => {
      webview.removed = true;
    },
    // “the message is stringified & parsed by JSON” (UXP API › HTMLWebViewElement.postMessage).
    postMessage: (message: unknown) => {
      const text = JSON.stringify(message);
      setTimeout(() => {
        for (const listener of toPage) listener(JSON.parse(text));
      });
    },
  };
  const uxp = {
    host: { name: hostName, version: '26.0.0', uiLocale: 'en_US' },
    entrypoints: {
      setup: (given: { panels: Record<string, Panel> }) => {
        panels = given.panels;
      },
    },
    // UXP API › Persistent file storage; UXP API › shell.
    ...fakeFs().uxp,
  };
  const globals = {
    // UXP API › Modules: `require('uxp')`, `require('fs')`; Photoshop API: `require('photoshop')`.
    require: (name: string) => {
      required.push(name);
      const found = { uxp, ...modules }[name] as unknown;
      if (!found) throw new Error(`module not found: ${name}`);
      return found;
    },
    // UXP API › HTMLWebViewElement.postMessage: messages of the page are `message` events of the window.
    window: {
      addEventListener: (_type: string, listener: (event: object) => void) => toPlugin.add(listener),
      removeEventListener: (_type: string, listener: (event: object) => void) => toPlugin.delete(listener),
    },
    // UXP API › Document.createElement. `theme` is in Adobe's Premiere samples only.
    document: {
      createElement: (name: string) => {
        if (name !== 'webview') throw new Error(name);
        return webview;
      },
      theme: {
        getCurrent: () => 'darkest',
        onUpdated: { addListener: (listener: (theme: string) => void) => themes.add(listener) },
      },
    },
    // Adobe's scripting samples (LifeTime.psjs, PromiseAwait.psjs); `clearTimeout` goes with it.
    setTimeout: (callback: () => void, milliseconds?: number) => setTimeout(callback, milliseconds),
    clearTimeout: (timer: NodeJS.Timeout | undefined) => clearTimeout(timer),
  };
  const context = createContext(globals);
  runInContext(NOT_IN_UXP, context);
  runInContext(built, context, { filename: 'host.js' });
  const panel = panels['loupe'];
  if (!panel) throw new Error('the panel is not set up');
  const root = {
    style: {},
    children: [] as unknown[],
    appendChild: (child: unknown) => root.children.push(child),
    remove: () => undefined,
  };
  const say = (event: object): void => {
    for (const listener of toPlugin) listener(event);
  };
  return {
    required,
    webview,
    root,
    say,
    listeners: toPlugin,
    create: () => panel.create(root),
    destroy: () => panel.destroy(),
    setTheme: (theme: string) => themes.forEach((listener) => listener(theme)),
    connect: (page: PageApi = silent): HostEnd =>
      connectHost(page, {
        post: (message) => {
          const data: unknown = JSON.parse(JSON.stringify(message));
          setTimeout(() => say({ type: 'message', data, origin: 'plugin:/panel.html', source: webview }));
        },
        onMessage: (listener) => {
          toPage.add(listener);
          return () => toPage.delete(listener);
        },
      }),
  };
}

describe('the built host script in a bare context', () => {
  test('enhances a layer from the panel’s hello to the new layer', async () => {
    const { ps, fake, open } = fakePhotoshop();
    const disk = fakeFs();
    const document = open({ bitsPerChannel: 'bitDepth16' }, [
      { name: 'Face', ...noise({ left: -3, top: 5, right: 40, bottom: 30 }, 16) },
    ]);
    const uxp = boot('photoshop', { photoshop: ps, fs: disk.fs });
    uxp.create();
    expect(uxp.webview.src).toBe('plugin:/panel.html');
    expect(uxp.root.children).toEqual([uxp.webview]);

    const fractions: number[] = [];
    const host = uxp.connect({ ...silent, commitProgress: ({ fraction }) => fractions.push(fraction) });
    expect(await host.hello({ protocol: PROTOCOL })).toEqual({
      protocol: PROTOCOL,
      app: 'photoshop',
      appVersion: '26.0.0',
      locale: 'en_US',
      theme: 'darkest',
    });
    const { document: shown, layer, refusal } = await host.activeLayer({});
    if (!shown || !layer) throw new Error('no layer');
    expect([layer.name, layer.left, refusal]).toEqual(['Face', -3, null]);

    const { job, source } = await host.openJob({ documentId: shown.id, layerId: layer.id, scale: 2 });
    const from = bridgeSource(host, job, source);
    const to = bridgeSink(host, job);
    await to.open({ ...source, width: source.width * 2, height: source.height * 2 });
    for (let y = 0; y < source.height; y += 1) {
      const row = await from.read(1);
      const wide = new Uint16Array(row.length * 2).map((_, i) => row[Math.floor(i / 8) * 4 + (i % 4)] ?? 0);
      await to.write(1, wide);
      await to.write(1, wide);
    }
    await host.commit({ job, layerName: 'Face – Face 2×' });

    expect(document.layers.map(({ name }) => name)).toEqual(['Face – Face 2×', 'Face']);
    expect(document.history).toEqual(['Enhance: Face – Face 2×']);
    const [made, original] = document.layers;
    if (!made || !original) throw new Error('no layers');
    for (const [x, y] of [
      [-6, 10],
      [79, 59],
      [21, 33],
    ] as const)
      expect(pixelAt(made, x, y)).toEqual(pixelAt(original, x, y));
    expect(fractions.at(-1)).toBe(1);
    expect(fake.undisposed).toBe(0);
    expect([...disk.files.keys()]).toEqual([]);
  });

  test('in Premiere Photoshop’s module is not asked for, and every call says so plainly', async () => {
    const uxp = boot('premierepro', {});
    uxp.create();
    const host = uxp.connect();
    expect((await host.hello({ protocol: PROTOCOL })).app).toBe('premiere');
    await expect(host.activeLayer({})).rejects.toMatchObject({ code: 'photoshop-only' });
    await expect(host.openJob({ documentId: 1, layerId: 1, scale: 2 })).rejects.toMatchObject({
      code: 'photoshop-only',
    });
    expect(uxp.required).toEqual(['uxp']);
  });

  test('the theme is followed, and pages of the network or other elements are not heard', async () => {
    const uxp = boot('photoshop', { photoshop: fakePhotoshop().ps, fs: fakeFs().fs });
    uxp.create();
    const themes: string[] = [];
    const host = uxp.connect({ ...silent, themeChanged: ({ theme }) => themes.push(theme) });
    const hello = { loupe: { t: 'q', i: '1', m: 'hello', a: [{ protocol: PROTOCOL }] } };
    uxp.say({ data: hello, origin: 'https://example.com' });
    uxp.say({ data: hello, origin: 'plugin:/panel.html', source: { postMessage: () => undefined } });
    await expect(host.activeLayer({})).rejects.toMatchObject({ code: 'protocol-mismatch' });
    await host.hello({ protocol: PROTOCOL });
    uxp.setTheme('lightest');
    await new Promise((done) => setTimeout(done, 5));
    expect(themes).toEqual(['lightest']);
  });

  test('a page that says hello anew, and a panel that goes, leave no job behind', async () => {
    const { ps, open } = fakePhotoshop();
    const disk = fakeFs();
    const document = open({}, [noise({ left: 0, top: 0, right: 9, bottom: 9 })]);
    const uxp = boot('photoshop', { photoshop: ps, fs: disk.fs });
    uxp.create();
    const opening = { documentId: document.id, layerId: document.layers[0]?.id ?? 0, scale: 2 } as const;
    for (const leave of ['hello', 'destroy']) {
      const host = uxp.connect();
      await host.hello({ protocol: PROTOCOL });
      await host.openJob(opening);
      expect(disk.files.size).toBe(2);
      if (leave === 'hello') await uxp.connect().hello({ protocol: PROTOCOL });
      else uxp.destroy();
      await new Promise((done) => setTimeout(done, 20));
      expect(disk.files.size).toBe(0);
    }
    expect(uxp.webview.removed).toBe(true);
    expect(uxp.listeners.size).toBe(0);
  });
});
