/**
 * The parts of UXP the host script uses, as Adobe documents them. Structural, because the published UXP types
 * redeclare the DOM's globals and `fs`, which the tests' own types have too.
 */

/** `require('fs')`, promises only (Adobe, UXP API › Modules › fs). */
export interface UxpFs {
  open(path: string, flag: string): Promise<number>;
  close(fd: number): Promise<number>;
  read(
    fd: number,
    buffer: ArrayBuffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  write(
    fd: number,
    buffer: ArrayBuffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
  readFile(path: string, options: { encoding: 'utf-8' }): Promise<string | ArrayBuffer>;
  writeFile(path: string, data: string, options: { encoding: 'utf-8' }): Promise<number>;
  mkdir(path: string): Promise<number>;
  rmdir(path: string): Promise<number>;
  unlink(path: string): Promise<number>;
  readdir(path: string): Promise<string[]>;
}

/** A panel's root node or any element in it. */
export interface UxpElement {
  readonly style: Record<string, string>;
  appendChild(child: UxpElement): unknown;
  remove(): void;
}

/** `<webview>` (Adobe, UXP API › HTMLWebViewElement). */
export interface UxpWebView extends UxpElement {
  src: string;
  postMessage(message: unknown): void;
}

/** A `message` event on the plugin's window: `origin` is the url of the content, `source` the webview. */
export interface UxpMessageEvent {
  readonly data: unknown;
  readonly origin?: unknown;
  readonly source?: unknown;
}

export interface UxpWindow {
  addEventListener(type: 'message', listener: (event: UxpMessageEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: UxpMessageEvent) => void): void;
}

export interface UxpDocument {
  createElement(name: 'webview'): UxpWebView;
  /**
   * Not in Adobe's reference, but in its Premiere samples and in plugins for Photoshop; hence optional here.
   * `getCurrent()` gives 'lightest', 'light', 'dark' or 'darkest'.
   */
  readonly theme?: {
    getCurrent(): string;
    readonly onUpdated: { addListener(listener: (theme: string) => void): void };
  };
}

export interface Uxp {
  readonly host: { readonly name: string; readonly version: string; readonly uiLocale: string };
  readonly entrypoints: {
    setup(entrypoints: {
      panels: Record<string, { create(root: UxpElement): void; show(): void; destroy(): void }>;
    }): void;
  };
}
