/**
 * A render's journal: lines, each added when what it tells of is on the disk, with the part file's length at that moment.
 * A line may hold anything; in the file it is JSON of ASCII alone, so that bytes and characters are the same and a line
 * that was cut short by a crash is told from a whole one by its missing end.
 */
import * as v from 'valibot';
import { LoupeError } from '../../errors.ts';
import type { UxpFs } from '../uxp.ts';
import { isMissing } from './probe.ts';

const LINE = v.tuple([v.string(), v.number()]);

export interface Journal {
  readonly lines: number;
  /** Rejects with the file system's error, or `cancelled` when it is closed; then the line is not there. */
  add(line: string, bytes: number): Promise<void>;
  close(): Promise<void>;
}

export async function createJournal(fs: UxpFs, path: string): Promise<Journal> {
  return journalAt(fs, await fs.open(path, 'w+'), 0, 0);
}

/** The lines that are whole; none of a file that is missing. Rejects where it cannot be read. */
export async function readJournal(fs: UxpFs, path: string): Promise<readonly string[]> {
  const text = await fs.readFile(path, { encoding: 'utf-8' }).catch((thrown: unknown) => {
    if (isMissing(thrown)) return '';
    throw thrown;
  });
  return typeof text === 'string' ? linesOf(text).map(([line]) => line) : [];
}

/**
 * Goes on where the last whole line ends.
 *
 * @param bytes the part file's length: lines that tell of more were written before the disk had it, and are dropped
 */
export async function continueJournal(
  fs: UxpFs,
  path: string,
  bytes: number,
): Promise<{ journal: Journal; lines: readonly string[] }> {
  const text = await fs.readFile(path, { encoding: 'utf-8' });
  if (typeof text !== 'string') throw new Error(`${path} is no text`);
  const all = linesOf(text);
  const short = all.findIndex(([, its]) => its > bytes);
  const kept = short < 0 ? all : all.slice(0, short);
  const whole = kept.map(writtenOf).join('');
  if (whole.length < text.lastIndexOf('\n') + 1) await fs.writeFile(path, whole, { encoding: 'utf-8' });
  // There is no ftruncate. What is left of a torn line has no end, so that it is never taken for one.
  const fd = await fs.open(path, 'r+');
  return { journal: journalAt(fs, fd, whole.length, kept.length), lines: kept.map(([line]) => line) };
}

function journalAt(fs: UxpFs, fd: number, begin: number, known: number): Journal {
  let end = begin;
  let lines = known;
  let closed = false;
  let adding: Promise<unknown> = Promise.resolve();
  const write = async (line: string, bytes: number): Promise<void> => {
    const text = writtenOf([line, bytes]);
    await writeAll(fs, fd, end, text);
    end += text.length;
    lines += 1;
  };
  return {
    get lines() {
      return lines;
    },
    add(line, bytes) {
      if (closed) return Promise.reject(new LoupeError('cancelled'));
      const added = adding.then(() => write(line, bytes));
      adding = added.catch(() => undefined);
      return added;
    },
    async close() {
      closed = true;
      await adding;
      await fs.close(fd).catch(() => undefined);
    },
  };
}

/** A line, and the part file's length when it was added. */
type Line = readonly [string, number];

const writtenOf = (line: Line): string => `${ascii(JSON.stringify(line))}\n`;

/** Up to the first that is damaged: what follows it can be made again. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const written of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    if (written === '') continue;
    const line = parsed(written);
    if (!v.is(LINE, line)) break;
    lines.push(line);
  }
  return lines;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ascii(text: string): string {
  return text.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

async function writeAll(fs: UxpFs, fd: number, position: number, text: string): Promise<void> {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const { bytesWritten } = await fs.write(fd, bytes.buffer, 0, bytes.length, position);
  if (bytesWritten !== bytes.length) throw new Error('ENOSPC: the journal could not be written');
}
