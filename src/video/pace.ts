/** How fast frames come, and how long the rest will take. */

/** Frames that the pace is told by: enough to hold a few segments, whose ends take longer than their middles. */
const KEPT = 120;
/** Times the usual: what takes longer was a machine asleep, not a frame. */
const LONGEST = 10;
/** Frames that the rate shown is of: it should follow what is going on. */
const LAST = 24;

export class Pace {
  readonly #now: () => number;
  /** Milliseconds from each frame to the next, the latest last. */
  #intervals: number[] = [];
  #last: number | undefined;
  #pausedAt: number | undefined;

  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  frameDone(): void {
    const now = this.#now();
    if (this.#last !== undefined) this.#intervals = [...this.#intervals, now - this.#last].slice(-KEPT);
    this.#last = now;
    // What was begun before the pause.
    if (this.#pausedAt !== undefined) this.#pausedAt = now;
  }

  /** Time that passes while it is paused is nobody's. */
  pause(paused: boolean): void {
    const now = this.#now();
    if (paused) this.#pausedAt ??= now;
    else if (this.#pausedAt !== undefined) {
      if (this.#last !== undefined) this.#last += now - this.#pausedAt;
      this.#pausedAt = undefined;
    }
  }

  /** Of the last frames; undefined before the third frame, since frames come in pairs. */
  framesPerSecond(): number | undefined {
    const ms = mean(this.#usual().slice(-LAST));
    return ms === undefined ? undefined : 1000 / ms;
  }

  remainingMs(frames: number): number | undefined {
    const ms = mean(this.#usual());
    return ms === undefined ? undefined : frames * ms;
  }

  /** Intervals, the longest cut down to what is still usual: of two frames at once, since they come in pairs. */
  #usual(): number[] {
    const pairs = this.#intervals.slice(1).map((each, index) => each + (this.#intervals[index] ?? 0));
    const median = pairs.toSorted((one, other) => one - other)[pairs.length >> 1];
    if (median === undefined) return [];
    return this.#intervals.map((each) => Math.min(each, (LONGEST * median) / 2));
  }
}

function mean(values: readonly number[]): number | undefined {
  const sum = values.reduce((total, each) => total + each, 0);
  return values.length > 0 && sum > 0 ? sum / values.length : undefined;
}
