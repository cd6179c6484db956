/**
 * The host script, as UXP runs it. It registers the panel and the commands at once (Adobe, Known Issues: `setup` must not
 * be late) and makes the WebView when the panel is created, well within the 300 ms UXP gives an entry point.
 */
import type { HostApi, PageApi } from '../bridge/protocol.ts';
import { PROTOCOL } from '../bridge/protocol.ts';
import { serveHost } from '../bridge/host.ts';
import { createCommands } from './commands.ts';
import { createWebView, PANEL, showPanel, webViewPort } from './panel.ts';
import { recordStep } from './photoshop/actions.ts';
import { type PhotoshopHost, photoshopHost } from './photoshop/host.ts';
import { premiereHost } from './premiere.ts';
import { currentTheme, onThemeChanged } from './theme.ts';
import type { UxpDocument, UxpElement } from './uxp.ts';
import { textsFor } from '../texts/index.ts';

/* eslint-disable @typescript-eslint/no-require-imports -- UXP gives its modules by require, and the other application's not at all */
const uxp = require('uxp');
const uxpDocument = document as unknown as UxpDocument;
const texts = textsFor(uxp.host.uiLocale);

/** What a recorded step calls: it must be a global of this name for as long as there are such actions. */
const STEP = 'loupeEnhance';

/** The panel that is open, if one is. */
let page: PageApi | undefined;
let closePanel: (() => void) | undefined;
let pluginId = '';

// `require('photoshop')` throws in Premiere, and Premiere's module in Photoshop.
const inPhotoshop = /photoshop/i.test(uxp.host.name);
const ps = inPhotoshop ? require('photoshop') : undefined;

const commands = createCommands({
  showPanel: () => showPanel(uxp, pluginId),
  underWay: () => photoshop?.underWay() ?? false,
  begin: async (settings) => photoshop?.begin(settings),
  lend: (context) => photoshop?.lend(context) ?? (() => undefined),
  cancel: () => void photoshop?.cancel(),
  alert: ({ code, detail }) => {
    const message = texts.errors[code](detail);
    ps?.core.showAlert({ message }).catch(() => undefined);
  },
});

const photoshop: PhotoshopHost | undefined = ps
  ? photoshopHost({
      ps,
      fs: require('fs'),
      uxp,
      words: texts.host,
      onLayerChanged: () => page?.layerChanged({}),
      onCommitProgress: (fraction) => page?.commitProgress({ fraction }),
      onRunBegun: () => commands.runBegun(),
      onRunEnded: (written) => {
        if (written && !commands.playing)
          void recordStep(ps, texts.host.step, STEP, commands.stepOf(written));
        commands.runEnded(written);
      },
      onRunFailed: (why) => commands.runFailed(why),
    })
  : undefined;

const host: Omit<HostApi, 'hello'> = photoshop ?? premiereHost();

function openPanel(root: UxpElement): void {
  closePanel?.();
  const webview = createWebView(uxpDocument, root);
  const end = serveHost(webViewPort(window, webview), {
    ...host,
    hello() {
      // A page that says hello is a new one: what its predecessor had begun waits until it asks.
      photoshop?.leave();
      page = end.page;
      commands.pageChanged(page);
      return Promise.resolve({
        protocol: PROTOCOL,
        app: inPhotoshop ? ('photoshop' as const) : ('premiere' as const),
        appVersion: uxp.host.version,
        locale: uxp.host.uiLocale,
        theme: currentTheme(uxpDocument),
      });
    },
  });
  closePanel = () => {
    page = undefined;
    closePanel = undefined;
    commands.pageChanged(undefined);
    end.close();
    webview.remove();
    photoshop?.leave();
  };
}

uxp.entrypoints.setup({
  plugin: {
    create() {
      pluginId = this.id;
    },
  },
  panels: {
    [PANEL]: {
      create: (root) => openPanel(root),
      show: () => undefined,
      destroy: () => closePanel?.(),
    },
  },
  // Premiere has nothing to enhance, and its manifest no commands; one that is not in the manifest is an error.
  ...(photoshop && {
    commands: {
      enhance: { run: () => commands.enhance('own') },
      'enhance-again': { run: () => commands.enhance('last') },
    },
  }),
});
Object.assign(globalThis, {
  [STEP]: (context: unknown, info: unknown) => commands.play(context, info),
});
onThemeChanged(uxpDocument, (theme) => page?.themeChanged({ theme }));
