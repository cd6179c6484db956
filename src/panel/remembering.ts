/** What was chosen for layers, told to the host when the choosing pauses: a slider has a hundred steps. */
import type { HostApi, LayerSettings } from '../bridge/protocol.ts';

const PAUSE_MS = 400;

type Remembered = Parameters<HostApi['remember']>[0];

export class Remembering {
  readonly #waiting = new Map<string, Remembered>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: Pick<HostApi, 'remember'>) {}

  later(layer: { readonly documentId: number; readonly layerId: number }, settings: LayerSettings): void {
    const { documentId, layerId } = layer;
    clearTimeout(this.#timer);
    this.#waiting.set(`${String(documentId)} ${String(layerId)}`, { documentId, layerId, settings });
    this.#timer = setTimeout(() => this.now(), PAUSE_MS);
  }

  /** What is still waiting. */
  now(): void {
    clearTimeout(this.#timer);
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    // Not worth a word when it fails: the choice holds for this run all the same.
    for (const each of waiting) this.host.remember(each).catch(() => undefined);
  }
}
