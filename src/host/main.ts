/**
 * The host script, as UXP runs it. It registers the panel at once (Adobe, Known Issues: `setup` must not be
 * late) and makes the WebView when the panel is created, well within the 300 ms UXP gives an entry point.
 */
import type { HostApi, PageApi } from '../bridge/protocol.ts';
import { PROTOCOL } from '../bridge/protocol.ts';
import { serveHost } from '../bridge/host.ts';
import { createWebView, webViewPort } from './panel.ts';
import { type PhotoshopHost, photoshopHost } from './photoshop/host.ts';
import { premiereHost } from './premiere.ts';
import { currentTheme, onThemeChanged } from './theme.ts';
import type { UxpDocument, UxpElement } from './uxp.ts';

/* eslint-disable @typescript-eslint/no-require-imports -- UXP gives its modules by require, and the other application's not at all */
const uxp = require('uxp');
const uxpDocument = document as unknown as UxpDocument;

/** The panel that is open, if one is. */
let page: PageApi | undefined;
let closePanel: (() => void) | undefined;

// `require('photoshop')` throws in Premiere, and Premiere's module in Photoshop.
const inPhotoshop = /photoshop/i.test(uxp.host.name);
const photoshop: PhotoshopHost | undefined = inPhotoshop
  ? photoshopHost({
      ps: require('photoshop'),
      fs: require('fs'),
      uxp,
      onLayerChanged: () => page?.layerChanged({}),
      onCommitProgress: (job, fraction) => page?.commitProgress({ job, fraction }),
    })
  : undefined;

const host: HostApi = {
  ...(photoshop ?? premiereHost()),
  async hello() {
    // A page that says hello is a new one: whatever its predecessor had begun is nobody's any more.
    await photoshop?.discardAll();
    return {
      protocol: PROTOCOL,
      app: inPhotoshop ? 'photoshop' : 'premiere',
      appVersion: uxp.host.version,
      locale: uxp.host.uiLocale,
      theme: currentTheme(uxpDocument),
    };
  },
};

function openPanel(root: UxpElement): void {
  closePanel?.();
  const webview = createWebView(uxpDocument, root);
  const end = serveHost(webViewPort(window, webview), host);
  page = end.page;
  closePanel = () => {
    page = undefined;
    closePanel = undefined;
    end.close();
    webview.remove();
    void photoshop?.discardAll();
  };
}

uxp.entrypoints.setup({
  panels: {
    loupe: {
      create: (root) => openPanel(root),
      show: () => undefined,
      destroy: () => closePanel?.(),
    },
  },
});
onThemeChanged(uxpDocument, (theme) => page?.themeChanged({ theme }));
