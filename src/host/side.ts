/** What the script does in one application, behind what it does in both (main.ts). */
import type { Hello, PageApi, PhotoshopApi, PremiereApi } from '../bridge/protocol.ts';
import type { Texts } from '../texts/index.ts';
import type { Uxp } from './uxp.ts';

export interface Side {
  readonly app: Hello['app'];
  /** What the page asks. */
  readonly api: Omit<PhotoshopApi, 'hello'> | Omit<PremiereApi, 'hello'>;
  /** A page has said hello, or is gone: what a former one had begun is left, for the next to find. */
  pageChanged(page: PageApi | undefined): void;
  /** The panel is shown or hidden, where the application tells. */
  shown?(visible: boolean): void;
  /** The plugin's commands by id, where the application's manifest has any. */
  readonly commands?: Record<string, { run(): Promise<void> }>;
  /** The plugin's own id has been told. */
  created?(pluginId: string): void;
}

export interface SideOptions {
  readonly uxp: Uxp;
  readonly texts: Texts;
}
