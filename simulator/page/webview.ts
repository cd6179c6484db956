/**
 * The emulated `<webview>`: a frame on a page of the plugin's folder, joined to the plugin by a bridge that
 * carries JSON only. It is as strict as UXP documents and plugin authors report; each rule names its source.
 *
 * - Pages: `plugin:/…` if `allowLocalRendering` is "yes", and https addresses among `domains`
 *   (developer.adobe.com, UXP manifest v5, requiredPermissions.webview).
 * - Bridge: `webview.postMessage(message)` and `window.uxpHost.postMessage(message)`; each message is
 *   "stringified & parsed by JSON", transfer is "not functional yet"; the page gets `message` events on its
 *   window with the plugin's id as origin, the plugin on its own (UXP API, HTMLWebViewElement.postMessage).
 * - No new windows: links, `window.open` and `alert` do not open one (HTMLWebViewElement, Limitations).
 * - `localStorage` throws and native `<select>`s do not paint (facts/uxp.md, reported by plugin authors).
 * - No fetch, XHR or workers from files: the server's policy for the page (simulator/server/server.ts).
 */
import { pageAddress, type WebviewPermissions } from './webview-address.ts';

export interface WebviewOptions {
  readonly pluginId: string;
  readonly permissions: WebviewPermissions | undefined;
  /** Dispatches a `message` event on the plugin's window. `source` is the webview as the plugin knows it. */
  readonly onMessage: (message: { data: unknown; origin: string }) => void;
}

type FrameWindow = Window & typeof globalThis & { uxpHost?: { postMessage(message: unknown): void } };

const frames = new Map<HTMLIFrameElement, (page: FrameWindow) => void>();

declare global {
  interface Window {
    /** Called by the script the server puts first in a webview's page. */
    webviewStarted?: (page: Window) => void;
  }
}

window.webviewStarted = (page) => {
  for (const [frame, start] of frames) if (frame.contentWindow === page) start(page as FrameWindow);
};

export class Webview {
  readonly frame = document.createElement('iframe');
  #page: MessagePort | undefined;
  #src = '';
  readonly #options: WebviewOptions;

  constructor(options: WebviewOptions) {
    this.#options = options;
    this.frame.className = 'webview';
    this.frame.title = 'Plugin panel';
    frames.set(this.frame, (page) => this.#start(page));
  }

  get src(): string {
    return this.#src;
  }

  /** Loads a page. Throws where UXP would not load it. */
  set src(address: string) {
    this.#src = address;
    this.#page = undefined;
    this.frame.src = pageAddress(address, this.#options.permissions);
  }

  postMessage(message: unknown): void {
    this.#page?.postMessage(JSON.stringify(message));
  }

  /** Everything that holds from the first line of the page's first script. */
  #start(page: FrameWindow): void {
    const { permissions, pluginId, onMessage } = this.#options;
    if (permissions?.enableMessageBridge !== undefined && permissions.enableMessageBridge !== 'no') {
      const { port1, port2 } = new MessageChannel();
      this.#page = port1;
      const uxpHost = {
        postMessage: (message: unknown): void => port2.postMessage(JSON.stringify(message)),
      };
      page.uxpHost = uxpHost;
      port2.onmessage = ({ data }: MessageEvent<string>) => {
        const event = new page.MessageEvent('message', {
          data: page.JSON.parse(data) as unknown,
          origin: pluginId,
        });
        Object.defineProperty(event, 'source', { value: uxpHost });
        page.dispatchEvent(event);
      };
      port1.onmessage = ({ data }: MessageEvent<string>) =>
        onMessage({ data: JSON.parse(data) as unknown, origin: this.#src });
    }
    Object.defineProperty(page, 'localStorage', {
      get() {
        throw new page.DOMException('The operation is insecure.', 'SecurityError');
      },
    });
    page.alert = () => undefined;
    page.confirm = () => false;
    page.prompt = () => null;
    page.open = () => null;
    const style = new page.CSSStyleSheet();
    style.replaceSync('select { visibility: hidden !important; }');
    page.document.adoptedStyleSheets = [style];
  }
}
