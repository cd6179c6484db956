/** One piece of work in the background, bound to what it is about. */
export class Task {
  #about: string | undefined;
  #controller: AbortController | undefined;

  /**
   * Begins `work` when what it is about has changed, and stops what was under way; undefined stops it only. Work that
   * is done is not begun again for the same. It begins when the caller is through with what it is doing; it must not
   * reject, and must tell nothing once `signal` is aborted.
   */
  keep(about: string | undefined, work: (signal: AbortSignal) => Promise<void>): void {
    if (about === this.#about) return;
    this.#about = about;
    this.#controller?.abort();
    this.#controller = undefined;
    if (about === undefined) return;
    const controller = new AbortController();
    this.#controller = controller;
    queueMicrotask(() => {
      if (!controller.signal.aborted) void work(controller.signal);
    });
  }
}
