/** The arithmetic of the before/after view, and the fetching of what it shows. All in document pixels. */

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Rect extends Point, Size {}

/** Where a window of that size may look within a layer; a layer smaller than the window is centred in it. */
export function clampWindow({ x, y }: Point, window: Size, layer: Rect): Point {
  return {
    x: clampAxis(x, window.width, layer.x, layer.width),
    y: clampAxis(y, window.height, layer.y, layer.height),
  };
}

function clampAxis(at: number, window: number, start: number, length: number): number {
  if (length <= window) return start - Math.round((window - length) / 2);
  return Math.min(start + length - window, Math.max(start, Math.round(at)));
}

/** The window that looks at the middle of a layer. */
export function centredWindow(window: Size, layer: Rect): Point {
  const middle = {
    x: layer.x + (layer.width - window.width) / 2,
    y: layer.y + (layer.height - window.height) / 2,
  };
  return clampWindow(middle, window, layer);
}

/**
 * Turns a hurried series of requests into calmer ones: one under way at a time, and after it only the latest.
 * A pan asks for sixty pictures a second; the wire need only carry those that can still be seen.
 */
export class Latest<Request> {
  #busy = false;
  #next: { request: Request } | undefined;

  /** @param work must not reject */
  constructor(private readonly work: (request: Request) => Promise<void>) {}

  ask(request: Request): void {
    this.#next = { request };
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#next) {
      const { request } = this.#next;
      this.#next = undefined;
      await this.work(request);
    }
    this.#busy = false;
  }

  /** Forgets what is still waiting; what is under way comes to its end. */
  drop(): void {
    this.#next = undefined;
  }
}
