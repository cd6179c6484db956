/** What the emulated UXP needs to know of the plugin and of the machine it runs on. */

/**
 * Where file bytes live: sparse blocks of one size under a key. Memory by default; a page may keep them in the
 * origin's private file system instead, so that a large spool is not held in memory.
 */
export interface BlockStore {
  /** Bytes of a block; every block is read and written whole. */
  readonly blockBytes: number;
  /** The block, or null if it was never written. */
  read(file: number, index: number): Promise<Uint8Array | null>;
  /** Keeps a copy of the block. */
  write(file: number, index: number, block: Uint8Array): Promise<void>;
  /** Forgets the blocks of a file from `fromIndex` on. */
  truncate(file: number, fromIndex: number): Promise<void>;
}

/** A label, or labels by locale with one named `default` among them. */
export type Label = string | Readonly<Record<string, string>>;

export interface UxpEntryPoint {
  readonly type: 'panel' | 'command';
  readonly id: string;
  readonly label?: Label;
}

export interface UxpPlugin {
  readonly id: string;
  readonly version: string;
  /** The manifest's name of the plugin. */
  readonly name?: string;
  /** The panels and commands in the manifest. */
  readonly entrypoints: readonly UxpEntryPoint[];
  /** The manifest's `ipc.enablePluginCommunication`. */
  readonly communicates?: boolean;
  /** The manifest's `launchProcess.extensions`: what the plugin may have opened. None unless given. */
  readonly launches?: readonly string[];
  /**
   * The manifest's `localFileSystem`: 'plugin', its own folders alone, unless given; 'request' adds what the user picks,
   * 'fullAccess' every path of the user's.
   */
  readonly localFileSystem?: 'plugin' | 'request' | 'fullAccess';
  /** Reads a file of the plugin's own folder (`plugin:/`); null if there is none. */
  readFile(path: string): Promise<Uint8Array | null>;
}

export interface UxpEnvironment {
  readonly plugin: UxpPlugin;
  readonly blocks: BlockStore;
}
