/** The panel: one WebView on the plugin's page, and the port to it. */
import type { Port } from '../bridge/channel.ts';
import { LoupeError } from '../errors.ts';
import type { Uxp, UxpDocument, UxpElement, UxpMessageEvent, UxpWebView, UxpWindow } from './uxp.ts';

/** Its id in the manifest. */
export const PANEL = 'loupe';
const PAGE = 'plugin:/panel.html';

/** Has the application show the panel. Rejects with `panel-unavailable` if it does not. */
export async function showPanel(
  { pluginManager }: Pick<Uxp, 'pluginManager'>,
  pluginId: string,
): Promise<void> {
  const plugin = [...pluginManager.plugins].find(({ id }) => id === pluginId);
  if (!plugin) throw new LoupeError('panel-unavailable');
  const answer = await plugin.showPanel(PANEL).catch((thrown: unknown) => thrown);
  if (answer instanceof Error) throw new LoupeError('panel-unavailable', answer.message, { cause: answer });
  // “Resolves with a void if success else returns a rejection message” (Adobe, pluginManager › Plugin).
  if (typeof answer === 'string' && answer !== '') throw new LoupeError('panel-unavailable', answer);
}

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
