/** What was chosen for a layer, told to the host when the choosing pauses: a slider has a hundred steps. */
import type { HostApi, LayerSettings } from '../bridge/protocol.ts';

const PAUSE_MS = 400;

type Remembered = Parameters<HostApi['remember']>[0];

export class Remembering {
  #waiting: Remembered | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: Pick<HostApi, 'remember'>) {}

  later(layer: { readonly documentId: number; readonly layerId: number }, settings: LayerSettings): void {
    const { documentId, layerId } = layer;
    if (this.#waiting?.documentId !== documentId || this.#waiting.layerId !== layerId) this.now();
    clearTimeout(this.#timer);
    this.#waiting = { documentId, layerId, settings };
    this.#timer = setTimeout(() => this.now(), PAUSE_MS);
  }

  /** What is still waiting. */
  now(): void {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    // Not worth a word when it fails: the choice holds for this run all the same.
    if (waiting) this.host.remember(waiting).catch(() => undefined);
  }
}
