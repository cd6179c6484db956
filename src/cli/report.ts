/** What the shell says: results on standard output, everything else on standard error. */
import { SingleBar } from 'cli-progress';
import type { Progress } from '../engine/types.ts';
import type { Stage } from './enhance-file.ts';
import type { Told } from './treatments.ts';

/** Seconds between two lines of progress where there is no terminal to draw a bar on. */
const LINE_EVERY_S = 15;

export interface Reporter {
  /** A picture begins; `position` tells where in the whole, such as “3/40 ”. */
  readonly begin: (name: string, position: string) => void;
  readonly stage: (stage: Stage) => void;
  readonly progress: (progress: Progress) => void;
  /** The picture is done or failed: takes the bar away. */
  readonly end: () => void;
  /** A line on standard error. */
  readonly say: (line: string) => void;
}

/** A bar on a terminal; else a line every now and then. */
export function createReporter(stream: NodeJS.WriteStream = process.stderr): Reporter {
  return stream.isTTY ? barReporter(stream) : lineReporter(stream);
}

function barReporter(stream: NodeJS.WriteStream): Reporter {
  const bar = new SingleBar({
    stream,
    format: '{title}  {bar} {percentage} %  {stage}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    // The cursor's return and Ctrl-C are ours to handle.
    gracefulExit: false,
  });
  let drawn = false;
  const end = () => {
    if (drawn) bar.stop();
    drawn = false;
  };
  return {
    begin(name, position) {
      bar.start(1, 0, { title: `${position}${name}`, stage: '' });
      drawn = true;
    },
    stage: (stage) => bar.update({ stage }),
    progress: (progress) => bar.update(fraction(progress), { stage: stageOf(progress) }),
    end,
    say(line) {
      // The bar draws itself again, on the line below, with its next update.
      if (drawn) stream.write('\r\x1b[K');
      stream.write(`${line}\n`);
    },
  };
}

function lineReporter(stream: NodeJS.WriteStream): Reporter {
  let title = '';
  let last = performance.now();
  const say = (line: string) => {
    stream.write(`${line}\n`);
    last = performance.now();
  };
  return {
    begin(name, position) {
      title = `${position}${name}`;
      last = performance.now();
    },
    stage: () => undefined,
    progress(progress) {
      if (performance.now() - last < LINE_EVERY_S * 1000) return;
      say(`${title}: ${Math.floor(fraction(progress) * 100)} %, ${stageOf(progress)}`);
    },
    end: () => undefined,
    say,
  };
}

function fraction({ rowsWritten, rows, tilesDone, tiles }: Progress): number {
  // Rows come in bursts, a band of tiles at a time; tiles run ahead of them.
  return (rowsWritten / rows + tilesDone / tiles) / 2;
}

function stageOf({ remainingMs, rowsWritten, rows }: Progress): string {
  if (rowsWritten === rows) return 'writing';
  return remainingMs === undefined ? 'enhancing' : `${duration(remainingMs)} left`;
}

/** Such as “8 s”, “3 min 5 s”, “2 h 10 min”. */
export function duration(ms: number): string {
  const s = Math.ceil(ms / 1000);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** What Auto chose, and why, such as “landscape: a photo”; undefined when nobody asked it. */
export function proposalWords({ model, reason, faces }: Told): string | undefined {
  switch (reason) {
    case null:
      return undefined;
    case 'faces':
      return `${model}, and face for ${faces === 1 ? 'a face' : `${faces} faces`} in it`;
    case 'portrait':
      return `${model}: a portrait`;
    case 'photo':
      return `${model}: a photo`;
    case 'drawing':
      return `${model}: a drawing`;
    case 'too-small':
      return `${model}: too small to tell what it shows`;
  }
}
