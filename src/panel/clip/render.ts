/** A render's bytes on their way to the host: messages of a mebibyte, several in flight. */
import { encodeBase64 } from '../../bridge/base64.ts';
import { CHUNK_BYTES, CHUNKS_IN_FLIGHT, type HostApi } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { RemoteRender } from '../../video/types.ts';

export type RenderHost = Pick<HostApi, 'writeRender' | 'recordRender'>;

/** A render that was opened, or taken up again with the lines of its journal. */
export class Render implements RemoteRender {
  readonly name: string;
  readonly journal: readonly string[];
  readonly #host: RenderHost;
  readonly #render: string;
  readonly #inFlight = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  /** @param name the file's, without extension */
  constructor(host: RenderHost, render: string, name: string, journal: readonly string[]) {
    this.#host = host;
    this.#render = render;
    this.name = name;
    this.journal = journal;
  }

  /**
   * Resolves when all is on its way and few enough messages are. The first error of any message rejects this and all
   * later calls. One call at a time.
   */
  async write(file: string | null, position: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      await this.#untilAtMost(CHUNKS_IN_FLIGHT - 1);
      const part = encodeBase64(bytes.subarray(at, at + CHUNK_BYTES));
      this.#send(
        this.#host.writeRender({ render: this.#render, file, position: position + at, bytes: part }),
      );
    }
  }

  async record(line: string): Promise<void> {
    await this.#untilAtMost(0);
    this.#send(this.#host.recordRender({ render: this.#render, line }));
    await this.#untilAtMost(0);
  }

  /** Takes nothing more. Resolves when nothing is on its way any more, well or not. */
  async close(): Promise<void> {
    this.#failure ??= { error: new LoupeError('cancelled') };
    while (this.#inFlight.size > 0) await Promise.race(this.#inFlight);
  }

  #send(call: Promise<null>): void {
    const sent: Promise<void> = call.then(
      () => {
        this.#inFlight.delete(sent);
      },
      (error: unknown) => {
        this.#inFlight.delete(sent);
        this.#failure ??= { error };
      },
    );
    this.#inFlight.add(sent);
  }

  async #untilAtMost(messages: number): Promise<void> {
    while (this.#inFlight.size > messages && !this.#failure) await Promise.race(this.#inFlight);
    if (this.#failure) throw this.#failure.error;
  }
}
