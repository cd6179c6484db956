/**
 * The host script as built, in a context that holds the language and what UXP documents, and nothing else: a
 * use of anything a browser or Node would have besides is a ReferenceError here.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connectHost, type HostEnd } from '../../../src/bridge/page.ts';
import { type PageApi, PROTOCOL } from '../../../src/bridge/protocol.ts';
import { bridgeSink, bridgeSource } from '../../../src/bridge/rows.ts';
import type { Uxp } from '../../../src/host/uxp.ts';
import { fakeFs } from './fake-fs.ts';
import { open, picture, pixelsOf } from '../simulator/support.ts';
import { fakePhotoshop, noise } from './fake-photoshop.ts';
import { OPENING, PLACING, rendered, start as startPremiere } from './premiere-start.ts';
import { codeOf, openFirst, SETTINGS } from './start.ts';

type Entrypoints = Parameters<Uxp['entrypoints']['setup']>[0];

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
  enhance: () => undefined,
  clipChanged: () => undefined,
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

/** Panels that are open: in Premiere a script looks at the selection for as long. */
const panels: (() => void)[] = [];
afterEach(() => {
  for (const close of panels.splice(0)) close();
});

/** UXP around the script. `hostName` is what `require('uxp').host.name` says. */
function boot(hostName: string, modules: Record<string, unknown>) {
  const toPlugin = new Set<(event: object) => void>();
  const toPage = new Set<(message: unknown) => void>();
  const themes = new Set<(theme: string) => void>();
  const required: string[] = [];
  const shown: string[] = [];
  let entrypoints: Entrypoints | undefined;
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
      setup: (given: Entrypoints) => {
        entrypoints = given;
      },
    },
    // UXP API › pluginManager: this plugin is among the plugins.
    pluginManager: {
      plugins: new Set([
        {
          id: 'com.loupe.enhance',
          showPanel: (id: string) => {
            shown.push(id);
            return Promise.resolve();
          },
        },
      ]),
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
  // In UXP the script and Photoshop's module are of one realm: image data tells arrays by their class.
  const arrays = { ArrayBuffer, Uint8Array, Uint16Array, Float32Array };
  const context = createContext({ ...globals, ...arrays });
  runInContext(NOT_IN_UXP, context);
  runInContext(built, context, { filename: 'host.js' });
  const panel = entrypoints?.panels['loupe'];
  if (!entrypoints || !panel) throw new Error('the panel is not set up');
  entrypoints.plugin.create.call({ id: 'com.loupe.enhance' });
  const { commands } = entrypoints;
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
    shown,
    commands,
    /** What Photoshop calls when a recorded step is played: a global of that name. */
    play: (methodName: string, info: object): Promise<unknown> => {
      type Step = (context: object, info: object) => Promise<unknown>;
      const method = (context as Record<string, Step | undefined>)[methodName];
      if (!method) throw new Error(`there is no ${methodName}`);
      return method({}, info);
    },
    webview,
    root,
    say,
    listeners: toPlugin,
    create: () => {
      panels.push(() => panel.destroy());
      panel.create(root);
    },
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
    const disk = fakeFs();
    const photoshop = open([
      { name: 'Face', left: -3, top: 5, imageData: picture(43, 25, (x, y) => [x * 5, y * 9, x ^ y, 255]) },
    ]);
    const steps: unknown[] = [];
    const { modules } = photoshop;
    const recordAction = (...step: unknown[]) => Promise.resolve(steps.push(step));
    const ps = { ...modules.photoshop, action: Object.assign(modules.photoshop.action, { recordAction }) };
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
    const { document: shown, layers, refusal } = await host.activeLayers({});
    const [layer] = layers;
    if (!shown || !layer) throw new Error('no layer');
    expect([layer.name, layer.left, layer.refusal, refusal]).toEqual(['Face', -3, null, null]);

    const ids = { documentId: shown.id, layerId: layer.id };
    const { job, source, target } = await host.openJob({
      ...ids,
      settings: SETTINGS,
      part: 'layer',
      job: 'a',
      note: 'of a run',
    });
    expect(target).toMatchObject({ width: 86, height: 50 });
    const from = bridgeSource(host, job, source);
    const to = bridgeSink(host, job);
    await to.open({ ...source, width: target.width, height: target.height });
    for (let y = 0; y < source.height; y += 1) {
      const row = await from.read(1);
      const wide = new Uint8Array(row.length * 2).map((_, i) => row[Math.floor(i / 8) * 4 + (i % 4)] ?? 0);
      await to.write(1, wide);
      await to.write(1, wide);
    }
    const { results } = await host.commit({
      jobs: [{ job, layerName: 'Face – Art' }],
      historyName: 'Enhance',
    });
    const [result] = results;
    if (!result || !('layer' in result)) throw new Error('nothing was written');
    expect(result).toMatchObject({ job: 'a', layer: { name: 'Face – Art', width: 86, height: 50 } });
    const made = await pixelsOf(photoshop, result.layer.layerId);
    expect(made.bounds).toEqual([-6, 10, 80, 60]);
    // The pixel of the layer at 20, 10, of which the result has four.
    const [x, y] = [20, 10];
    const at = (2 * y * 86 + 2 * x) * made.components;
    expect([...made.data.subarray(at, at + 3)]).toEqual([x * 5, y * 9, x ^ y]);
    expect(fractions.at(-1)).toBe(1);
    expect([...disk.files.keys()].filter((path) => path.startsWith('plugin-temp:'))).toEqual([]);

    // The settings are in the document now, for another machine to know.
    const elsewhere = boot('photoshop', { photoshop: ps, fs: fakeFs().fs });
    elsewhere.create();
    const other = elsewhere.connect();
    await other.hello({ protocol: PROTOCOL });
    expect((await other.activeLayers({})).layers).toMatchObject([
      { name: 'Face – Art', remembered: SETTINGS },
    ]);
    // While an action is recorded, the step is in it.
    expect(steps).toMatchObject([
      [{ name: 'Enhance with Loupe', methodName: 'loupeEnhance' }, expect.anything()],
    ]);
  });

  test('a command shows the panel, waits for its page, and is told to it; so is a recorded step', async () => {
    const { ps, open: openFake } = fakePhotoshop();
    const document = openFake({}, [noise({ left: 0, top: 0, right: 9, bottom: 9 })]);
    const uxp = boot('photoshop', { photoshop: ps, fs: fakeFs().fs });
    const told: string[] = [];
    await uxp.commands?.['enhance-again']?.run();
    expect(uxp.shown).toEqual(['loupe']);
    uxp.create();
    const host = uxp.connect({ ...silent, enhance: ({ settings }) => told.push(settings) });
    await host.hello({ protocol: PROTOCOL });
    const toldSoon = async (count: number): Promise<void> => {
      while (told.length < count) await new Promise((done) => setTimeout(done, 5));
    };
    await toldSoon(1);
    const step = { 'com.loupe.enhance.settings': JSON.stringify(SETTINGS) };
    const played = codeOf(uxp.play('loupeEnhance', step));
    await toldSoon(2);
    expect(told).toEqual(['last', 'last']);
    expect((await host.activeLayers({})).last).toEqual(SETTINGS);
    const layerId = document.layers[0]?.id ?? 0;
    await host.openJob({
      documentId: document.id,
      layerId,
      settings: SETTINGS,
      part: 'layer',
      job: 'a',
      note: 'of a run',
    });
    await expect(uxp.commands?.['enhance']?.run()).rejects.toMatchObject({ code: 'run-under-way' });
    await host.discard({ job: 'a' });
    expect(await played).toBe('cancelled');
  });

  test('in Premiere makes a render of the selected clip and lays it over, without Photoshop’s module', async () => {
    const { modules, simulator, clipAt, ref: refOf, host: unused } = await startPremiere();
    unused.watch(false);
    const uxp = boot('premierepro', { premierepro: modules.premierepro, fs: modules.fs });
    uxp.create();
    const changes: string[] = [];
    const host = uxp.connect({ ...silent, clipChanged: () => changes.push('changed') });
    expect((await host.hello({ protocol: PROTOCOL })).app).toBe('premiere');
    const { clip } = await host.activeClip({});
    if (!clip) throw new Error('no clip');
    const { media, size } = await host.openMedia({ path: clip.ref.path });
    const { bytes } = await host.readMedia({ media, position: 4, length: 4 });
    expect([size, Buffer.from(bytes, 'base64').toString()]).toEqual([18, 'clip']);
    const path = await rendered({ host, ref: refOf });
    expect(await host.placeRender(PLACING)).toMatchObject({ kind: 'placed' });
    expect(clipAt(1)?.name).toBe(PLACING.name);
    expect(simulator.disk.size(path)).toBe(6);
    for (let i = 0; i < 200 && changes.length === 0; i += 1)
      await new Promise((done) => setTimeout(done, 10));
    expect(changes[0]).toBe('changed');

    // The panel is closed in the middle of another one.
    await host.openRender({ ...OPENING, ref: clip.ref });
    await host.recordRender({ render: OPENING.render, line: 'one' });
    expect(simulator.stats.openFiles).toBe(3);
    uxp.destroy();
    for (let i = 0; i < 100 && simulator.stats.openFiles > 0; i += 1) {
      await new Promise((done) => setTimeout(done, 5));
    }
    expect(simulator.stats.openFiles).toBe(0);
    uxp.create();
    const next = uxp.connect();
    await next.hello({ protocol: PROTOCOL });
    expect((await next.activeClip({})).unfinished).toMatchObject({ render: OPENING.render, last: 'one' });

    await expect(next.activeLayers({})).rejects.toMatchObject({
      code: 'bad-message',
      detail: 'activeLayers in another application',
    });
    // Its manifest has none, and UXP refuses what is not in the manifest.
    expect(uxp.commands).toBeUndefined();
    expect(uxp.required).toEqual(['uxp', 'premierepro', 'fs']);
  });

  test('the theme is followed, and pages of the network or other elements are not heard', async () => {
    const uxp = boot('photoshop', { photoshop: fakePhotoshop().ps, fs: fakeFs().fs });
    uxp.create();
    const themes: string[] = [];
    const host = uxp.connect({ ...silent, themeChanged: ({ theme }) => themes.push(theme) });
    const hello = { loupe: { t: 'q', i: '1', m: 'hello', a: [{ protocol: PROTOCOL }] } };
    uxp.say({ data: hello, origin: 'https://example.com' });
    uxp.say({ data: hello, origin: 'plugin:/panel.html', source: { postMessage: () => undefined } });
    await expect(host.activeLayers({})).rejects.toMatchObject({ code: 'protocol-mismatch' });
    await host.hello({ protocol: PROTOCOL });
    uxp.setTheme('lightest');
    await new Promise((done) => setTimeout(done, 5));
    expect(themes).toEqual(['lightest']);
  });

  test('what a page had begun is there for the next one, whether it says hello or the panel was closed', async () => {
    const { ps, open: openFake } = fakePhotoshop();
    const disk = fakeFs();
    const document = openFake({}, [noise({ left: 0, top: 0, right: 9, bottom: 9 })]);
    const uxp = boot('photoshop', { photoshop: ps, fs: disk.fs });
    uxp.create();
    const greet = async (): Promise<HostEnd> => {
      const host = uxp.connect();
      await host.hello({ protocol: PROTOCOL });
      return host;
    };
    await openFirst(await greet(), document, { note: 'mine' });
    const second = await greet();
    expect((await second.unfinished({}))?.jobs).toMatchObject([{ job: 'a', rowsDone: 0, note: 'mine' }]);
    uxp.destroy();
    expect(uxp.webview.removed).toBe(true);
    expect(uxp.listeners.size).toBe(0);
    uxp.create();
    const third = await greet();
    expect((await third.unfinished({}))?.jobs).toMatchObject([{ job: 'a' }]);
    await third.discard({ job: 'a' });
    expect([...disk.files.keys()].filter((path) => path.startsWith('plugin-temp:'))).toEqual([]);

    // A reload is a new start of the script: what was spooled is gone, and nothing is offered.
    await openFirst(third, document, { job: 'b' });
    disk.reload();
    const reloaded = boot('photoshop', { photoshop: ps, fs: disk.fs });
    reloaded.create();
    const fourth = reloaded.connect();
    await fourth.hello({ protocol: PROTOCOL });
    expect(await fourth.unfinished({})).toBeNull();
    expect([...disk.files.keys()].filter((path) => path.startsWith('plugin-temp:'))).toEqual([]);
  });
});
