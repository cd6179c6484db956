/** One picture file to another. */
import { mkdtemp, rename, rm, stat, statfs, access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { enhance } from '../engine/enhance.ts';
import type { EnhanceOptions, EnhanceResult, Progress } from '../engine/types.ts';
import { asLoupeError, LoupeError } from '../errors.ts';
import { LEAST_FACTOR, MOST_FACTOR, type Size, type Target, wholeTarget } from '../size.ts';
import { decode, inspect, type InputPicture } from './decode.ts';
import { encode } from './encode.ts';
import { formatLimits, type FileFormat } from './formats.ts';
import type { Spooled } from './look.ts';
import { carryMetadata, exifIn } from './metadata.ts';
import type { Job } from './plan.ts';
import { type Shares, sharesOf } from './size-words.ts';
import { createResultSpool, isDiskFull, openSourceSpool } from './spool.ts';
import { addTiffExif, readTiffExif } from './tiff-exif.ts';

/** What is done to a picture's pixels. */
export type Treatment = Pick<EnhanceOptions, 'network' | 'backends' | 'noise' | 'sharpness' | 'local'>;

export interface FileOptions<T extends Treatment> {
  /** Of the picture as it is seen, turned upright. */
  readonly size: Size;
  /** Chooses for the picture, which may be looked at. What it rejects with fails the picture. */
  readonly treat: (picture: Spooled, signal: AbortSignal) => Promise<T>;
  readonly overwrite: boolean;
  /** Tells files apart from the inputs of the whole run, which are never overwritten. */
  readonly isInput: (path: string) => Promise<boolean>;
  readonly signal: AbortSignal;
  readonly onStage: (stage: Stage) => void;
  readonly onProgress: (progress: Progress) => void;
  /** What the user should know of how this picture is treated. */
  readonly onNotice: (notice: string) => void;
}

export interface EnhancedFile<T extends Treatment> extends EnhanceResult {
  readonly treatment: T;
  /** How the enlargement came about. */
  readonly shares: Shares;
}

/** What is being done to the picture; only enhancing tells how far it has come. */
export type Stage = 'reading' | 'enhancing' | 'writing';

/** libvips takes a picture without density for one of 1 pixel per millimetre; everybody else, for one of 72 dpi. */
const UNKNOWN_DENSITY = 1;
const USUAL_DENSITY = 72 / 25.4;

/** A side rounded to whole pixels may miss a factor by a little. */
const SLACK = 0.01;

/**
 * Enhances `job.input` into `job.output`. Everything on the way lies in a hidden folder beside the output, on the
 * disk that has to hold the result anyway; the output appears, or is replaced, in one step at the end.
 * @throws LoupeError; there is then no trace of the attempt
 */
export async function enhanceFile<T extends Treatment>(
  job: Job,
  options: FileOptions<T>,
): Promise<EnhancedFile<T>> {
  const { size, signal } = options;
  if (job.refusal) throw job.refusal;
  await checkOutput(job.output, options);
  options.onStage('reading');
  const picture = await inspect(job.input);
  refuseSize(picture, job, size);
  const folder = await mkdtemp(join(dirname(job.output), '.loupe-')).catch((cause: unknown) => {
    throw new LoupeError('output-unwritable', job.output, { cause });
  });
  try {
    const result = await throughFolder(picture, job, folder, options);
    throwIfAborted(signal);
    await checkOutput(job.output, options);
    await rename(join(folder, 'result'), job.output);
    return result;
  } catch (error) {
    throwIfAborted(signal);
    if (isDiskFull(error)) throw new LoupeError('disk-full', '', { cause: error });
    if (isFileSystemError(error)) throw new LoupeError('output-unwritable', job.output, { cause: error });
    throw asLoupeError(error, 'backend-failed');
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function throughFolder<T extends Treatment>(
  picture: InputPicture,
  { input, output, format }: Job,
  folder: string,
  { size, treat, signal, onStage, onProgress, onNotice }: FileOptions<T>,
): Promise<EnhancedFile<T>> {
  const limits = formatLimits[format];
  const gray = picture.channels <= 2;
  const transparent = picture.channels === 2 || picture.channels === 4;
  const depth = limits.depth16 ? picture.depth : 8;
  const upright = picture.orientation !== 1 && !limits.orientation;
  // A gray profile cannot describe the three channels that gray becomes where the format has no gray.
  const srgb = picture.toSrgb !== undefined || (gray && picture.hasProfile && !limits.gray);
  if (picture.pages > 1) onNotice(`${input} holds ${picture.pages} pictures: only the first is enhanced.`);
  if (picture.toSrgb) onNotice(`${input} is in ${picture.toSrgb}: its colours are converted to sRGB.`);
  if (depth < picture.depth)
    onNotice(`${output}: this format holds 8 bits per channel, so 16 are rounded to 8.`);
  if (transparent && !limits.alpha)
    onNotice(`${output}: JPEG has no transparency, so what is transparent becomes white.`);

  await refuseFullDisk(picture, depth, storedTarget(picture, picture.orientation, size), folder);
  const sourcePath = join(folder, 'source.v');
  await unlessAborted(decode(picture, sourcePath, { upright, srgb }), signal);
  const source = await openSourceSpool(sourcePath);
  try {
    const orientation = upright ? 1 : picture.orientation;
    const { width, height } = source.format;
    const treatment = await treat({ path: sourcePath, width, height, orientation }, signal);
    throwIfAborted(signal);
    const target = storedTarget(source.format, orientation, size);
    const shares = sharesOf(target, treatment.network.scale);
    if (shares.interpolation > 1) {
      onNotice(
        `${output}: of ${shares.scale}×, ${shares.network}× is made by the model and the last ${shares.interpolation}× by interpolation.`,
      );
    }
    const density = densityOf(source.density, target, size);
    const sink = createResultSpool(folder, depth, density);
    try {
      onStage('enhancing');
      const result = await enhance(source, sink, { ...treatment, target, signal, onProgress });
      onStage('writing');
      const truth = {
        width: result.width,
        height: result.height,
        dpi: [density[0] * 25.4, density[1] * 25.4] as const,
        upright,
      };
      const exif = picture.format === 'tiff' ? await readTiffExif(input) : undefined;
      const metadata = carryMetadata(source.metadata, truth, exif);
      const spooled = await sink.finish(metadata);
      await unlessAborted(encode(spooled, density[0], join(folder, 'result'), format), signal);
      const carried = exifIn(metadata);
      if (format === 'tiff' && carried) await addTiffExif(join(folder, 'result'), carried);
      return { ...result, treatment, shares };
    } finally {
      await sink.close();
    }
  } finally {
    await source.close();
  }
}

/**
 * What becomes of the pixels as they are stored: on their side, where the Orientation tag turns them, so that what is
 * asked of the width is then asked of the height.
 */
function storedTarget(
  { width, height }: Pick<InputPicture, 'width' | 'height'>,
  orientation: number,
  size: Size,
): Target {
  const lying = orientation >= 5 && size.kind !== 'factor';
  if (!lying) return wholeTarget({ width, height }, size);
  return wholeTarget({ width, height }, { ...size, side: size.side === 'width' ? 'height' : 'width' });
}

/**
 * A print's density is what was asked for. Else the print size stays: as many times the pixels, as many times the
 * pixels per millimetre.
 */
function densityOf(
  [x, y]: readonly [number, number],
  { scaleX, scaleY }: Target,
  size: Size,
): readonly [number, number] {
  if (size.kind === 'print') return [size.ppi / 25.4, size.ppi / 25.4];
  if (x === UNKNOWN_DENSITY && y === UNKNOWN_DENSITY) return [USUAL_DENSITY, USUAL_DENSITY];
  return [x * scaleX, y * scaleY];
}

async function checkOutput(
  output: string,
  { overwrite, isInput }: Pick<FileOptions<Treatment>, 'overwrite' | 'isInput'>,
): Promise<void> {
  const found = await stat(output).catch(() => undefined);
  if (!found) return;
  if (await isInput(output)) throw new LoupeError('output-is-input', output);
  if (!overwrite) throw new LoupeError('output-exists', output);
  try {
    if (!found.isFile()) throw new Error('not a file');
    await access(output, constants.W_OK);
  } catch (cause) {
    throw new LoupeError('output-unwritable', output, { cause });
  }
}

function refuseSize(picture: InputPicture, { input, output, format }: Job, size: Size): void {
  const { width, height, scaleX, scaleY } = storedTarget(picture, picture.orientation, size);
  const scale = Math.max(scaleX, scaleY);
  if (scale < LEAST_FACTOR - SLACK) {
    throw new LoupeError(
      'file-unsupported',
      `${output} would be ${width} × ${height} pixels, less than ${input} has. Loupe makes pictures larger: choose a larger size.`,
    );
  }
  if (Math.min(scaleX, scaleY) > MOST_FACTOR + SLACK) {
    throw new LoupeError(
      'file-too-large',
      `${output} would be ${scale.toFixed(1)} times as large as ${input}, and Loupe goes up to ${MOST_FACTOR}. Choose a smaller size.`,
    );
  }
  const largest = Math.max(width, height);
  const { side } = formatLimits[format];
  if (largest <= side) return;
  const instead: FileFormat = largest <= formatLimits.tiff.side ? 'tiff' : format;
  throw new LoupeError(
    'file-too-large',
    `${output} would be ${width} × ${height} pixels, but this format holds at most ${side} a side. ` +
      `Choose a smaller size${instead === format ? '' : ', or .png or .tif as the output'}.`,
  );
}

/** Both spools have to fit, at the least. */
async function refuseFullDisk(
  picture: InputPicture,
  depth: 8 | 16,
  target: Target,
  folder: string,
): Promise<void> {
  const { width, height, channels } = picture;
  const needed =
    channels * ((width * height * picture.depth) / 8 + (target.width * target.height * depth) / 8);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed) throw new LoupeError('disk-full');
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new LoupeError('cancelled', '', { cause: signal.reason });
}

/** Waits for what cannot be stopped, but no longer than until the abort: its file is then thrown away. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  try {
    await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new LoupeError('cancelled')), {
          once: true,
          signal: stop.signal,
        });
        if (signal.aborted) reject(new LoupeError('cancelled'));
      }),
    ]);
  } finally {
    stop.abort();
    work.catch(() => undefined);
  }
}
