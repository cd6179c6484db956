/** The user's own models: networks in ONNX files of theirs. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { asLoupeError, LoupeError } from '../errors.ts';
import { nativeRuntime } from '../runtime/native.ts';
import { inspectModel, type OwnModel } from '../runtime/own-model.ts';
import { UsageError } from './plan.ts';

const EXTENSION = '.onnx';

/** An own model, ready to be opened. */
export interface LoadedOwnModel extends OwnModel {
  /** `own:` and the file's name. */
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Finds an own model by the path of its file, or by its name in `folder`, with or without the extension.
 * @throws UsageError when there is none, or it cannot be used
 */
export async function loadOwnModel(name: string, folder: string | undefined): Promise<LoadedOwnModel> {
  const path = await find(name, folder);
  try {
    return await load(path);
  } catch (thrown) {
    throw new UsageError(`${path}: ${asLoupeError(thrown, 'model-unfit').message}`);
  }
}

/** A file of the folder: what it is, or why it cannot be used. */
export interface ListedOwnModel {
  readonly file: string;
  /** bytes */
  readonly size: number;
  readonly found: OwnModel | LoupeError;
}

/** The ONNX files directly in a folder, in order of their names. @throws UsageError when it cannot be read */
export async function listOwnModels(folder: string): Promise<ListedOwnModel[]> {
  const names = await readdir(folder).catch(() => {
    throw new UsageError(`${folder}: there is no such folder, or it cannot be read.`);
  });
  const listed: ListedOwnModel[] = [];
  for (const file of names.filter(isOnnx).sort()) {
    const path = join(folder, file);
    // One after the other: each takes its size in memory, and more.
    const found = await load(path).catch((thrown: unknown) => asLoupeError(thrown, 'model-unfit'));
    const { size } = await stat(path);
    listed.push({ file, size, found });
  }
  return listed;
}

async function load(path: string): Promise<LoadedOwnModel> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new LoupeError('file-unreadable', path, { cause });
  });
  return { ...(await inspectModel(nativeRuntime, bytes)), id: `own:${basename(path)}`, bytes };
}

async function find(name: string, folder: string | undefined): Promise<string> {
  const inFolder = folder === undefined ? [] : [join(folder, name), join(folder, `${name}${EXTENSION}`)];
  for (const path of [name, ...inFolder]) if (isOnnx(path) && (await isFile(path))) return path;
  if (isOnnx(name)) throw new UsageError(`${name}: there is no such model.`);
  throw new UsageError(
    `There is no model “${name}”. Choose auto, face, landscape, art, or one of your own: its .onnx file, or its ` +
      `name${folder === undefined ? ' with --models FOLDER' : ` in ${folder}`}.`,
  );
}

function isOnnx(path: string): boolean {
  return extname(path).toLowerCase() === EXTENSION;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
