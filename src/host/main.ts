/**
 * The host script, as UXP runs it. It registers the panel and the commands at once (Adobe, Known Issues: `setup` must not
 * be late) and makes the WebView when the panel is created, well within the 300 ms UXP gives an entry point.
 */
import { serveHost } from '../bridge/host.ts';
import { PROTOCOL } from '../bridge/protocol.ts';
import { textsFor } from '../texts/index.ts';
import { createWebView, PANEL, webViewPort } from './panel.ts';
import { photoshopSide } from './photoshop/side.ts';
import { premiereSide } from './premiere/side.ts';
import { currentTheme, onThemeChanged } from './theme.ts';
import type { PageApi } from '../bridge/protocol.ts';
import type { UxpDocument, UxpElement } from './uxp.ts';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- UXP gives its modules by require
const uxp = require('uxp');
const uxpDocument = document as unknown as UxpDocument;

/** The panel that is open, if one is. */
let page: PageApi | undefined;
let closePanel: (() => void) | undefined;

// `require('photoshop')` throws in Premiere, and Premiere's module in Photoshop.
const sideOf = /photoshop/i.test(uxp.host.name) ? photoshopSide : premiereSide;
const side = sideOf({ uxp, texts: textsFor(uxp.host.uiLocale) });

function openPanel(root: UxpElement): void {
  closePanel?.();
  const webview = createWebView(uxpDocument, root);
  const end = serveHost(webViewPort(window, webview), {
    ...side.api,
    hello() {
      page = end.page;
      // A page that says hello is a new one.
      side.pageChanged(page);
      return Promise.resolve({
        protocol: PROTOCOL,
        app: side.app,
        appVersion: uxp.host.version,
        locale: uxp.host.uiLocale,
        theme: currentTheme(uxpDocument),
      });
    },
  });
  closePanel = () => {
    page = undefined;
    closePanel = undefined;
    end.close();
    webview.remove();
    side.pageChanged(undefined);
  };
}

uxp.entrypoints.setup({
  plugin: {
    create() {
      side.created?.(this.id);
    },
  },
  panels: {
    [PANEL]: {
      create: (root) => openPanel(root),
      show: () => side.shown?.(true),
      hide: () => side.shown?.(false),
      destroy: () => closePanel?.(),
    },
  },
  // A command that is not in the manifest is an error.
  ...(side.commands && { commands: side.commands }),
});
onThemeChanged(uxpDocument, (theme) => page?.themeChanged({ theme }));
