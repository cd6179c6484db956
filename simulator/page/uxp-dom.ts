/**
 * The part of UXP's document that a panel needs to put a webview into its root node: elements with a style,
 * attributes, children and events (UXP API, HTMLElement; HTMLWebViewElement). Anything else is left out, so
 * that a plugin using more than this fails here.
 *
 * As in UXP, a `<webview>` paints only when made by `document.createElement` (facts/uxp.md, reported by
 * plugin authors); there is no `innerHTML` here to declare one with.
 */
import type { Theme } from './application.ts';
import type { WebviewPermissions } from './webview-address.ts';
import { Webview } from './webview.ts';

export class UxpElement {
  /** The browser's element that is painted. */
  readonly #node: HTMLElement;

  constructor(node: HTMLElement) {
    this.#node = node;
  }

  get style(): CSSStyleDeclaration {
    return this.#node.style;
  }

  get id(): string {
    return this.#node.id;
  }

  set id(id: string) {
    this.#node.id = id;
  }

  get className(): string {
    return this.#node.className;
  }

  set className(names: string) {
    this.#node.className = names;
  }

  appendChild<Child extends UxpElement>(child: Child): Child {
    this.#node.appendChild(child.#node);
    return child;
  }

  removeChild<Child extends UxpElement>(child: Child): Child {
    this.#node.removeChild(child.#node);
    return child;
  }

  remove(): void {
    this.#node.remove();
  }

  getAttribute(name: string): string | null {
    return this.#node.getAttribute(name);
  }

  setAttribute(name: string, value: string): void {
    this.#node.setAttribute(name, value);
  }

  addEventListener(type: string, listener: (event: Event) => void): void {
    this.#node.addEventListener(type, listener);
  }

  removeEventListener(type: string, listener: (event: Event) => void): void {
    this.#node.removeEventListener(type, listener);
  }
}

export class UxpWebviewElement extends UxpElement {
  readonly #webview: Webview;

  constructor(webview: Webview) {
    super(webview.frame);
    this.#webview = webview;
  }

  get src(): string {
    return this.#webview.src;
  }

  set src(address: string) {
    this.#webview.src = address;
  }

  get width(): string {
    return this.style.width;
  }

  set width(width: string) {
    this.style.width = width;
  }

  get height(): string {
    return this.style.height;
  }

  set height(height: string) {
    this.style.height = height;
  }

  override setAttribute(name: string, value: string): void {
    if (name === 'src') this.src = value;
    else if (name === 'width') this.width = value;
    else if (name === 'height') this.height = value;
    else super.setAttribute(name, value);
  }

  override getAttribute(name: string): string | null {
    return name === 'src' ? this.src : super.getAttribute(name);
  }

  postMessage(message: unknown): void {
    this.#webview.postMessage(message);
  }
}

export interface UxpMessageEvent {
  readonly type: 'message';
  readonly data: unknown;
  readonly origin: string;
  readonly source: UxpWebviewElement;
}

/** `window` and `document` as the plugin has them. */
export interface UxpWindow {
  /** The host's side: no event is heard any more. */
  readonly end: () => void;
  readonly window: {
    addEventListener(type: string, listener: (event: UxpMessageEvent) => void): void;
    removeEventListener(type: string, listener: (event: UxpMessageEvent) => void): void;
  };
  readonly document: {
    createElement(tag: string): UxpElement;
    /** As in Adobe's samples; not in the reference. */
    readonly theme: {
      getCurrent(): Theme;
      readonly onUpdated: { addListener(listener: (theme: Theme) => void): void };
    };
  };
}

export function uxpWindow(
  pluginId: string,
  permissions: WebviewPermissions | undefined,
  theme: UxpWindow['document']['theme'],
): UxpWindow {
  const listeners = new Map<string, Set<(event: UxpMessageEvent) => void>>();

  const createWebview = (): UxpWebviewElement => {
    const element: UxpWebviewElement = new UxpWebviewElement(
      new Webview({
        pluginId,
        permissions,
        onMessage: ({ data, origin }) => {
          const event: UxpMessageEvent = { type: 'message', data, origin, source: element };
          for (const listener of listeners.get('message') ?? []) listener(event);
        },
      }),
    );
    return element;
  };

  return {
    end: () => listeners.clear(),
    window: {
      addEventListener(type, listener) {
        const those = listeners.get(type) ?? new Set();
        listeners.set(type, those.add(listener));
      },
      removeEventListener(type, listener) {
        listeners.get(type)?.delete(listener);
      },
    },
    document: {
      createElement(tag) {
        return tag === 'webview' ? createWebview() : new UxpElement(document.createElement(tag));
      },
      theme,
    },
  };
}
