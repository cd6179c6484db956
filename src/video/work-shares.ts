/** For how long each part of a remaster was at work. */
import type { FrameEngine, RemoteMedia, RemoteRender, Shares } from './types.ts';

type Part = keyof Shares;

/** Parts overlap; decoding and encoding are not at work while they wait for the bridge. */
export class WorkShares {
  readonly #now: () => number;
  readonly #ms: Record<Part, number> = { decode: 0, model: 0, steady: 0, encode: 0, bridge: 0 };
  #since: number;
  #decoding = 0;
  #making = 0;
  #isSteadying = false;
  #encoding = 0;
  #reading = 0;
  #writing = 0;

  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  media(media: RemoteMedia): RemoteMedia {
    return {
      size: media.size,
      read: (start, end) =>
        this.#during(
          (by) => (this.#reading += by),
          () => media.read(start, end),
        ),
    };
  }

  render(render: RemoteRender): RemoteRender {
    const writing = (by: number) => (this.#writing += by);
    return {
      name: render.name,
      journal: render.journal,
      write: (file, position, bytes) => this.#during(writing, () => render.write(file, position, bytes)),
      record: (line) => this.#during(writing, () => render.record(line)),
    };
  }

  engine(engine: FrameEngine): FrameEngine {
    return {
      enhance: (source, sink) =>
        this.#during(
          (by) => (this.#making += by),
          () => engine.enhance(source, sink),
        ),
    };
  }

  /** The values, each of which is decoded when it is asked for. */
  async *decode<T>(values: AsyncGenerator<T>): AsyncGenerator<T> {
    try {
      for (;;) {
        const next = await this.#during(
          (by) => (this.#decoding += by),
          () => values.next(),
        );
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await values.return(undefined);
    }
  }

  /** What ends before anything else is done. */
  steady<T>(run: () => T): T {
    this.#pass();
    this.#isSteadying = true;
    try {
      return run();
    } finally {
      this.#pass();
      this.#isSteadying = false;
    }
  }

  encode<T>(run: () => Promise<T>): Promise<T> {
    return this.#during((by) => (this.#encoding += by), run);
  }

  shares(): Shares {
    this.#pass();
    return { ...this.#ms };
  }

  async #during<T>(count: (by: 1 | -1) => void, run: () => Promise<T>): Promise<T> {
    this.#pass();
    count(1);
    try {
      return await run();
    } finally {
      this.#pass();
      count(-1);
    }
  }

  /** Gives the time since the last change to whoever was at work. */
  #pass(): void {
    const now = this.#now();
    const ms = now - this.#since;
    this.#since = now;
    if (this.#decoding > 0 && this.#reading === 0) this.#ms.decode += ms;
    if (this.#making > 0) this.#ms.model += ms;
    if (this.#isSteadying) this.#ms.steady += ms;
    if (this.#encoding > 0 && this.#writing === 0) this.#ms.encode += ms;
    if (this.#reading > 0 || this.#writing > 0) this.#ms.bridge += ms;
  }
}
