/**
 * What an unfinished render's frames were made on, noted in its journal before the first of them: it goes on there only.
 * A clip of an hour on a GPU takes days on a CPU, and frames of two backends may differ by a shade.
 */
import type { PremiereApi } from '../../bridge/protocol.ts';
import type { BackendName } from '../../engine/types.ts';
import { recordedFrames } from '../../video/journal.ts';

/** At a line's end: a crash may have left a piece of another before it. */
const LINE = /\{"backend":"(webgpu|wasm|native)"\}$/u;

/** Undefined where nothing is kept yet. */
export function madeOn(journal: readonly string[]): BackendName | undefined {
  if (recordedFrames(journal.at(-1) ?? '') === 0) return undefined;
  const names = journal.flatMap((line) => LINE.exec(line)?.[1] ?? []);
  return names.at(-1) as BackendName | undefined;
}

/** The journal's lines that are the video's own. */
export function segmentsIn(journal: readonly string[]): readonly string[] {
  return journal.filter((line) => !LINE.test(line));
}

/** The journal of the render under way, on its way to the host. */
export class Recording {
  /** The last line of this run. */
  last = '';
  #backend: BackendName | undefined;

  begin(): void {
    this.last = '';
    this.#backend = undefined;
  }

  /** Of a render of which nothing is kept. */
  isMadeOn(backend: BackendName): void {
    this.#backend = backend;
  }

  async record(host: Pick<PremiereApi, 'recordRender'>, render: string, line: string): Promise<void> {
    const backend = this.#backend;
    this.#backend = undefined;
    if (backend) await host.recordRender({ render, line: JSON.stringify({ backend }) });
    await host.recordRender({ render, line });
    this.last = line;
  }
}
