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
  rename(oldPath: string, newPath: string): Promise<number>;
  /** Of the path itself: a link is not a file. */
  lstat(path: string): Promise<{ isFile(): boolean; readonly size: number }>;
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

/** A file or folder (Adobe, UXP API › Persistent file storage). */
export interface UxpEntry {
  /** As the system names it. */
  readonly nativePath: string;
}

export interface UxpFolder extends UxpEntry {
  /** Rejects if there is none of that name. */
  getEntry(name: string): Promise<UxpEntry>;
}

export interface Uxp {
  readonly host: { readonly name: string; readonly version: string; readonly uiLocale: string };
  readonly storage: {
    readonly localFileSystem: {
      getDataFolder(): Promise<UxpFolder>;
      /** Asks the user for a folder; null if they gave up. */
      getFolder(): Promise<UxpEntry | null>;
    };
  };
  /**
   * `openPath` asks the user, opens a file or folder as the system does, and gives '' or what went wrong (Adobe, UXP
   * API › shell). Folders need `""` among the manifest's `launchProcess.extensions`.
   */
  readonly shell: { openPath(path: string, developerText: string): Promise<string> };
  readonly entrypoints: {
    setup(entrypoints: {
      /** `this` is the plugin's info (Adobe, entrypoints.setup). */
      plugin: { create(this: { readonly id: string }): void };
      panels: Record<string, { create(root: UxpElement): void; show(): void; hide(): void; destroy(): void }>;
      /** `run` is given 300 ms, too. */
      commands?: Record<string, { run(): Promise<void> }>;
    }): void;
  };
  /** All plugins, this one too (Adobe, pluginManager). */
  readonly pluginManager: { readonly plugins: Iterable<UxpPlugin> };
}

export interface UxpPlugin {
  readonly id: string;
  /** “Resolves with a void if success else returns a rejection message”; the host “can chose to disallow it”. */
  showPanel(panelId: string): Promise<unknown>;
}
