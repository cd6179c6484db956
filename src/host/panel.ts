/** The panel: one WebView on the plugin's page, and the port to it. */
import type { Port } from '../bridge/channel.ts';
import type { UxpDocument, UxpElement, UxpMessageEvent, UxpWebView, UxpWindow } from './uxp.ts';

/** Its id in the manifest. */
export const PANEL = 'loupe';
const PAGE = 'plugin:/panel.html';

/** Fills the panel with the page. Made by script: a `<webview>` in markup is reported not to paint. */
export function createWebView(document: UxpDocument, root: UxpElement): UxpWebView {
  const webview = document.createElement('webview');
  Object.assign(root.style, { width: '100%', height: '100vh', margin: '0', padding: '0' });
  Object.assign(webview.style, { width: '100%', height: '100%' });
  webview.src = PAGE;
  root.appendChild(webview);
  return webview;
}

/** The page's messages come as `message` events of the plugin's window (Adobe, `HTMLWebViewElement.postMessage`). */
export function webViewPort(window: UxpWindow, webview: UxpWebView): Port {
  return {
    post: (message) => webview.postMessage(message),
    onMessage: (listener) => {
      const hear = (event: UxpMessageEvent): void => {
        if (isOurs(event, webview)) listener(event.data);
      };
      window.addEventListener('message', hear);
      return () => window.removeEventListener('message', hear);
    },
  };
}

/**
 * Adobe gives the sender as `source` (the webview) and `origin` (the url of its content), but not how a local
 * page's url reads. So what is known to be foreign is refused: another element, or a page of the network.
 */
function isOurs({ source, origin }: UxpMessageEvent, webview: UxpWebView): boolean {
  if (typeof source === 'object' && source !== null && 'postMessage' in source && source !== webview)
    return false;
  return !(typeof origin === 'string' && /^(https?|wss?):/i.test(origin));
}
