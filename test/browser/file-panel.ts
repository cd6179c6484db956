/**
 * The built plugin's panel page opened from `file://`, where it may fetch nothing, with a host that keeps one layer in
 * memory. The wire is the plugin's own; around the page there is nothing else of the emulated Photoshop.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Locator, Page, Worker } from 'playwright-core';
import { decodeBase64, encodeBase64 } from '../../src/bridge/base64.ts';
import { serveHost } from '../../src/bridge/host.ts';
import { type PhotoshopApi, type LayerSettings, PROTOCOL } from '../../src/bridge/protocol.ts';
import { parseCatalog, type ModelName } from '../../src/catalog.ts';
import { wholeTarget } from '../../src/size.ts';

export const catalog = parseCatalog(
  JSON.parse(readFileSync(new URL('../../models/catalog.json', import.meta.url), 'utf8')),
);

export const builtPlugin = fileURLToPath(new URL('../../dist/plugin/', import.meta.url));

/** 8-bit RGBA. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface FilePanelOptions {
  readonly layer: Pixels;
  readonly model: ModelName;
  /** What is remembered beside the model; the faithful end of the fast one, at 4×, unless told. */
  readonly settings?: Partial<LayerSettings>;
  /** The folder of the plugin; what was built, unless told. */
  readonly plugin?: string;
  /** `loupeOptions` of the page. */
  readonly options?: { readonly allowSoftwareGpu?: boolean; readonly verbose?: boolean };
  /** Script put before that of every session worker, to make the machine a worse one. */
  readonly inSessions?: string;
}

const FAITHFUL = {
  quality: 'fast',
  size: { kind: 'factor', factor: 4 },
  place: 'document',
  hideOriginal: false,
  detail: 0,
  noise: 100,
  sharpness: 0,
} as const;

type Outcome = 'done' | 'failed' | 'ready';

export class FilePanel {
  readonly page: Page;
  /** What the page and its workers wrote to the console. */
  readonly console: string[] = [];
  /** Rows of the result as they came. */
  readonly written: Uint8Array[] = [];
  committed = false;
  discarded = false;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('console', (message) => this.console.push(message.text()));
  }

  static async open(browser: Browser, options: FilePanelOptions): Promise<FilePanel> {
    const context = await browser.newContext();
    const panel = new FilePanel(context, await context.newPage());
    await panel.#serve(options);
    const { plugin = builtPlugin } = options;
    await panel.page.goto(new URL('panel.html', pathToFileURL(`${plugin}/`)).href);
    return panel;
  }

  /** The layer enlarged, once committed. */
  get result(): Uint8Array {
    return Buffer.concat(this.written);
  }

  /** What the model runs on, as the panel says when it knows. */
  async backend(): Promise<string> {
    const shown = this.page.getByTestId('backend').filter({ hasText: /(GPU|CPU) ·/ });
    return shown.innerText();
  }

  get enhanceButton(): Locator {
    return this.page.getByTestId('enhance');
  }

  /** Presses Enhance and waits for how it ends. */
  async enhance(): Promise<Outcome> {
    await this.enhanceButton.click();
    return this.outcome();
  }

  /** How a run ends: `ready` after a cancel. */
  async outcome(): Promise<Outcome> {
    const ends = ['done', 'failed', 'ready'].map((each) => `main[data-state="${each}"]`).join(', ');
    const state = await this.page.locator(ends).getAttribute('data-state', { timeout: 150_000 });
    return state as Outcome;
  }

  async message(): Promise<string> {
    return this.page.getByTestId('message').innerText();
  }

  /** The session workers of a run under way, once it has some. */
  async sessions(): Promise<Worker[]> {
    // The first worker is the engine's own.
    while (this.page.workers().length < 2) await this.page.waitForEvent('worker');
    return this.page.workers().slice(1);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  async #serve({ layer, model, settings, options = {}, inSessions = '' }: FilePanelOptions): Promise<void> {
    const host = this.#host(layer, { ...FAITHFUL, model, ...settings });
    await servePage(this.page, host, options, inSessions);
  }

  #host({ width, height, data }: Pixels, remembered: LayerSettings): PhotoshopApi {
    const rgba = encodeBase64(data);
    return {
      hello: () =>
        Promise.resolve({
          protocol: PROTOCOL,
          app: 'photoshop',
          appVersion: '27.4.0',
          locale: 'en_GB',
          theme: 'dark',
        }),
      activeLayers: () =>
        Promise.resolve({
          document: {
            id: 1,
            name: 'test.psd',
            width,
            height,
            resolution: 72,
            mode: 'RGB Color',
            depth: 8,
            psb: false,
          },
          layers: [
            {
              id: 2,
              name: 'Layer',
              left: 0,
              top: 0,
              width,
              height,
              refusal: null,
              note: null,
              parts: ['layer'],
              remembered,
            },
          ],
          refusal: null,
          last: null,
        }),
      remember: () => Promise.resolve(null),
      thumbnail: () => Promise.resolve({ width, height, rgba }),
      region: () => Promise.resolve({ width, height, rgba }),
      openJob: ({ job, settings }) =>
        Promise.resolve({
          job,
          source: { width, height, channels: 4, depth: 8 },
          begins: { left: 0, top: 0 },
          target: wholeTarget({ width, height }, settings.size),
        }),
      readRows: ({ y, rows }) =>
        Promise.resolve({ samples: encodeBase64(data.subarray(y * width * 4, (y + rows) * width * 4)) }),
      writeRows: ({ samples }) => {
        this.written.push(decodeBase64(samples));
        return Promise.resolve(null);
      },
      commit: ({ jobs }) => {
        this.committed = true;
        const sides = { width: 4 * width, height: 4 * height };
        const bounds = { left: 0, top: 0, right: sides.width, bottom: sides.height };
        return Promise.resolve({
          results: jobs.map(({ job, layerName }) => ({
            job,
            layer: { documentId: 1, layerId: 3, name: layerName, bounds, ...sides },
          })),
        });
      },
      unfinished: () => Promise.resolve(null),
      ownModels: () => Promise.resolve({ folder: '/models', models: [] }),
      readOwnModel: () => Promise.resolve({ bytes: '' }),
      showModelsFolder: () => Promise.resolve(null),
      discard: () => {
        this.discarded = true;
        return Promise.resolve(null);
      },
    };
  }
}

/**
 * Puts a host behind a page that has yet to be opened.
 *
 * @param inSessions script put before that of every session worker
 */
export async function servePage(
  page: Page,
  host: Parameters<typeof serveHost>[1],
  options: NonNullable<FilePanelOptions['options']> = {},
  inSessions = '',
): Promise<ReturnType<typeof serveHost>> {
  const listeners = new Set<(message: unknown) => void>();
  await page.exposeFunction('toHost', (text: string) => {
    for (const listener of listeners) listener(JSON.parse(text));
  });
  await page.addInitScript(
    ([loupeOptions, prelude]) => {
      const toHost = (globalThis as unknown as { toHost: (text: string) => void }).toHost;
      Object.assign(globalThis, {
        loupeOptions,
        uxpHost: { postMessage: (message: unknown) => toHost(JSON.stringify(message)) },
      });
      if (!prelude) return;
      const create = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob) => {
        const isScript = blob instanceof Blob && blob.type === 'text/javascript';
        return create(isScript ? new Blob([prelude, '\n', blob], { type: blob.type }) : blob);
      };
    },
    [options, inSessions] as const,
  );
  return serveHost(
    {
      post: (message) => {
        const text = JSON.stringify(message);
        void page
          .evaluate(
            (json) => dispatchEvent(new MessageEvent('message', { data: JSON.parse(json) as unknown })),
            text,
          )
          .catch(() => undefined);
      },
      onMessage: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    host,
  );
}

/** Soft blobs of colour, opaque. */
export function blobs(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const red = 128 + 100 * Math.sin(x / 3.1) * Math.cos(y / 4.3);
      const green = 128 + 100 * Math.sin(x / 5.7 + 1) * Math.sin(y / 2.9);
      data.set([red, green, 128 + 100 * Math.cos((x + y) / 6.1), 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}
