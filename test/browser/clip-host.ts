/** A host of Premiere's in memory around the built panel page: one clip of a real file, and what is written of it. */
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { pathToFileURL } from 'node:url';
import { decodeBase64, encodeBase64 } from '../../src/bridge/base64.ts';
import type { ClipReport, ClipSettings } from '../../src/bridge/premiere-calls.ts';
import { PROTOCOL, type PremiereApi, type Theme } from '../../src/bridge/protocol.ts';
import { LoupeError } from '../../src/errors.ts';
import { builtPlugin, servePage } from './file-panel.ts';

const TICKS_PER_SECOND = 254_016_000_000;
const FOLDER = '/Users/user/Movies/A project with a rather long name, second version/Renders';

export const settings: ClipSettings = {
  model: 'landscape',
  quality: 'fast',
  detail: 0,
  noise: 100,
  sharpness: 0,
  target: '2x',
  handles: 0,
  codec: 'vp9',
  folder: null,
};

/** A clip of that file, from one time to another, in seconds of it. */
export function reportOf(path: string, name: string, from: number, to: number, rate = 25): ClipReport {
  const ticks = (seconds: number): string => String(Math.round(seconds * TICKS_PER_SECOND));
  return {
    project: { name: 'Project', path: '/Users/user/Movies/Project.prproj' },
    sequence: { id: 's', name: 'Sequence', width: 192, height: 128, ticksPerFrame: ticks(1 / rate) },
    clip: {
      ref: {
        sequenceId: 's',
        track: 0,
        startTicks: '0',
        inTicks: ticks(from),
        outTicks: ticks(to),
        itemId: 'i',
        path,
      },
      name,
      interpretation: { rate, pixelAspect: 1, fields: 'default' },
      mediaStartTicks: ticks(3600),
      effects: [],
    },
    refusal: null,
    remembered: settings,
    last: null,
    unfinished: null,
    placed: null,
  };
}

export interface ClipHostOptions {
  readonly report: ClipReport;
  readonly locale?: string;
  readonly theme?: Theme;
}

/** The panel's page on its own, and its host. */
export class ClipHost {
  report: ClipReport;
  /** The render's bytes, written by position. */
  readonly written = new Map<string, Uint8Array>();
  readonly journal: string[] = [];
  readonly opened: Parameters<PremiereApi['openRender']>[0][] = [];
  readonly laid: Parameters<PremiereApi['placeRender']>[0][] = [];
  readonly ended: string[] = [];
  /** What laying a render on the timeline comes to. */
  outcome: Awaited<ReturnType<PremiereApi['placeRender']>> = {
    kind: 'placed',
    trackName: 'V2',
    newTrack: true,
    originalHidden: false,
  };
  /** Set to have every write fail with it. */
  fault: LoupeError | undefined;
  page!: Page;
  tellClipChanged: () => void = () => undefined;
  tellTheme: (theme: Theme) => void = () => undefined;
  #context!: BrowserContext;
  readonly #options: ClipHostOptions;

  private constructor(options: ClipHostOptions) {
    this.#options = options;
    this.report = options.report;
  }

  static async open(browser: Browser, options: ClipHostOptions): Promise<ClipHost> {
    const host = new ClipHost(options);
    host.#context = await browser.newContext({ viewport: { width: 260, height: 900 } });
    host.page = await host.#context.newPage();
    const end = await servePage(host.page, host.#api());
    host.tellClipChanged = () => end.page.clipChanged({});
    host.tellTheme = (theme) => end.page.themeChanged({ theme });
    await host.page.goto(new URL('panel.html', pathToFileURL(`${builtPlugin}/`)).href);
    return host;
  }

  /** Waits for the panel to be in a state, and gives which of them it is. */
  async state(...states: string[]): Promise<string> {
    const any = states.map((each) => `main[data-state="${each}"]`).join(', ');
    return (await this.page.locator(any).getAttribute('data-state', { timeout: 60_000 })) ?? '';
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  /** The render's bytes. */
  get render(): Uint8Array {
    return this.written.get('') ?? new Uint8Array();
  }

  #api(): PremiereApi {
    const { locale = 'en_GB', theme = 'dark' } = this.#options;
    const nothing = () => Promise.resolve(null);
    /** The file of the render, once it is finished, can be read like any other. */
    const bytesOf = (path: string): Uint8Array =>
      path.startsWith(FOLDER) ? this.render : readFileSync(path);
    return {
      hello: () =>
        Promise.resolve({ protocol: PROTOCOL, app: 'premiere', appVersion: '26.3.0', locale, theme }),
      ownModels: () => Promise.resolve({ folder: '/models', models: [] }),
      readOwnModel: () => Promise.resolve({ bytes: '' }),
      showModelsFolder: nothing,
      activeClip: () => Promise.resolve(this.report),
      rememberClip: nothing,
      openMedia: ({ path }) => Promise.resolve({ media: path, size: bytesOf(path).length }),
      readMedia: ({ media, position, length }) =>
        Promise.resolve({ bytes: encodeBase64(bytesOf(media).subarray(position, position + length)) }),
      closeMedia: nothing,
      chooseFolder: () => Promise.resolve({ folder: '/Volumes/Archive/Renders' }),
      defaultFolder: () => Promise.resolve({ folder: FOLDER }),
      freeName: ({ base }) => Promise.resolve({ name: base === 'Taken' ? 'Taken 2' : base }),
      openRender: (args) => {
        this.opened.push(args);
        this.written.clear();
        this.journal.length = 0;
        return Promise.resolve(null);
      },
      continueRender: () =>
        Promise.resolve({ note: this.opened.at(-1)?.note ?? '', journal: [...this.journal] }),
      writeRender: ({ file, position, bytes }) => {
        if (this.fault) return Promise.reject(this.fault);
        const data = decodeBase64(bytes);
        const before = this.written.get(file ?? '') ?? new Uint8Array();
        const all = new Uint8Array(Math.max(before.length, position + data.length));
        all.set(before);
        all.set(data, position);
        this.written.set(file ?? '', all);
        return Promise.resolve(null);
      },
      recordRender: ({ line }) => {
        this.journal.push(line);
        return Promise.resolve(null);
      },
      leaveRender: () => {
        this.ended.push('left');
        return Promise.resolve(null);
      },
      discardRender: () => {
        this.ended.push('discarded');
        return Promise.resolve(null);
      },
      finishRender: () => {
        const { name = '', extension = '' } = this.opened.at(-1) ?? {};
        return Promise.resolve({ path: `${FOLDER}/${name}.${extension}` });
      },
      placeRender: (args) => {
        this.laid.push(args);
        if (this.outcome.kind === 'placed') {
          this.report = { ...this.report, placed: { render: args.render, path: FOLDER, trackName: 'V2' } };
        }
        return Promise.resolve(this.outcome);
      },
      undoRemaster: () => {
        this.report = { ...this.report, placed: null };
        return Promise.resolve(null);
      },
    };
  }
}
