/** From what was typed to a list of pictures, each with its own output. */
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { LoupeError } from '../errors.ts';
import type { Size } from '../size.ts';
import { formatOfExtension, type FileFormat } from './formats.ts';
import { sizeSuffix } from './size-words.ts';

export interface Job {
  readonly input: string;
  readonly output: string;
  readonly format: FileFormat;
  /** Why it cannot be done, known without opening the picture. */
  readonly refusal?: LoupeError;
}

export interface Plan {
  readonly jobs: readonly Job[];
  /** The folder the outputs go into, when -o named one: made if it is not there. */
  readonly folder: string | undefined;
}

/** Wrong usage that the option parser cannot see. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Folders among the inputs stand for the pictures directly in them, in order of their names.
 * @throws UsageError when the output does not suit the inputs
 */
export async function planJobs(inputs: readonly string[], output: string, size: Size): Promise<Plan> {
  const pictures: Array<Pick<Job, 'input' | 'refusal'>> = [];
  let folders = 0;
  for (const input of inputs) {
    if (!(await isFolder(input))) {
      pictures.push({ input });
      continue;
    }
    folders++;
    pictures.push(...(await picturesIn(input)));
  }

  const intoFolder = /[/\\]$/.test(output) || (await isFolder(output));
  const several = inputs.length > 1 || folders > 0;
  if (!intoFolder && !several) {
    const format = formatOfExtension(extname(output));
    if (!format)
      throw new UsageError(
        `${new LoupeError('output-format', output).message} End a folder’s name with “/”.`,
      );
    return { jobs: pictures.map((picture) => ({ ...picture, output, format })), folder: undefined };
  }
  if (!intoFolder && (extname(output) !== '' || (await exists(output)))) {
    throw new UsageError(
      `${output} is one file, but there are several pictures. Name a folder: end it with “/”.`,
    );
  }
  return {
    jobs: distinct(pictures.map((picture) => ({ ...picture, ...inFolder(picture.input, output, size) }))),
    folder: output,
  };
}

async function picturesIn(folder: string): Promise<Array<Pick<Job, 'input' | 'refusal'>>> {
  try {
    const names = (await readdir(folder, { withFileTypes: true }))
      // macOS leaves a “._name.jpg” that is no picture beside each file on foreign disks.
      .filter(
        (entry) =>
          !entry.isDirectory() && !entry.name.startsWith('.') && formatOfExtension(extname(entry.name)),
      )
      .map((entry) => entry.name)
      .sort();
    if (names.length > 0) return names.map((name) => ({ input: join(folder, name) }));
    const refusal = new LoupeError(
      'file-unsupported',
      `${folder}: there are no PNG, JPEG, WebP or TIFF pictures in it.`,
    );
    return [{ input: folder, refusal }];
  } catch (cause) {
    return [{ input: folder, refusal: new LoupeError('file-unreadable', folder, { cause }) }];
  }
}

/** `<name>-<size>.<extension>`, with the input's extension or else png. */
function inFolder(input: string, folder: string, size: Size): Pick<Job, 'output' | 'format'> {
  const extension = extname(input);
  const format = formatOfExtension(extension);
  const name = `${basename(input, extension)}-${sizeSuffix(size)}${format ? extension : '.png'}`;
  return { output: join(folder, name), format: format ?? 'png' };
}

/** Refuses every job whose output an earlier one takes; names count as equal as they do on macOS and Windows. */
function distinct(jobs: readonly Job[]): Job[] {
  const takenBy = new Map<string, string>();
  return jobs.map((job) => {
    const name = resolve(job.output).normalize('NFC').toLowerCase();
    const other = takenBy.get(name);
    if (other === undefined) {
      takenBy.set(name, job.input);
      return job;
    }
    return {
      ...job,
      refusal: new LoupeError('output-taken', `${job.output} is already the output for ${other}`),
    };
  });
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
