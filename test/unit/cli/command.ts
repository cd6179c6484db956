/** The real command in a process of its own, and pictures to give it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

const root = new URL('../../../', import.meta.url).pathname;

export interface Outcome {
  /** The exit code; null after a signal that was not handled. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `enhance` with `args`. `meanwhile` is given the process once it has started. */
export async function enhanceCommand(
  args: readonly string[],
  meanwhile?: (child: ChildProcess) => void,
): Promise<Outcome> {
  return outcomeOf(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], meanwhile);
}

/** The same by the words of the README. */
export async function npmRunEnhance(args: readonly string[]): Promise<Outcome> {
  return outcomeOf('npm', ['run', '--silent', 'enhance', '--', ...args]);
}

async function outcomeOf(
  command: string,
  args: readonly string[],
  meanwhile?: (child: ChildProcess) => void,
): Promise<Outcome> {
  const child = spawn(command, args, {
    // npm is a script that Windows runs only in a shell.
    shell: command === 'npm' && process.platform === 'win32',
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  meanwhile?.(child);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  return { code, stdout, stderr };
}

/** A folder for one test, gone after it. */
export async function withFolder<T>(use: (path: (name: string) => string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-cli-'));
  try {
    return await use((name) => join(folder, name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Names in a folder, hidden ones too, sorted. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}

export interface Stored {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly depth: 8 | 16;
  /** Interleaved, just as the file has them: no profile applied, not turned. */
  readonly samples: Uint8Array | Uint16Array;
}

/** A picture file's samples. */
export async function readStored(path: string): Promise<Stored> {
  const { space, depth: kind, channels } = await sharp(path).metadata();
  const depth = kind === 'ushort' ? 16 : 8;
  const count = depth === 16 ? 'ushort' : 'uchar';
  // Channel by channel: sharp's raw output of 8-bit gray leaves the alpha out.
  const planes = await Promise.all(
    Array.from({ length: channels }, (_, channel) =>
      sharp(path, { ignoreIcc: true })
        .toColourspace(space)
        .extractChannel(channel as 0 | 1 | 2 | 3)
        .raw({ depth: count })
        .toBuffer({ resolveWithObject: true }),
    ),
  );
  const [{ width, height } = { width: 0, height: 0 }] = planes.map(({ info }) => info);
  const samples =
    depth === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  for (const [channel, { data }] of planes.entries()) {
    const plane = depth === 8 ? data : new Uint16Array(new Uint8Array(data).buffer);
    for (let i = 0; i < plane.length; i++) samples[i * channels + channel] = plane[i] ?? 0;
  }
  return { width, height, channels, depth, samples };
}

/** A picture from `value(x, y, channel)`, in the range of `depth`. */
export function draw(
  { width, height, channels, depth }: Omit<Stored, 'samples'>,
  value: (x: number, y: number, channel: number) => number,
): Sharp {
  const samples =
    depth === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  for (let i = 0; i < samples.length; i++) {
    const pixel = Math.floor(i / channels);
    samples[i] = value(pixel % width, Math.floor(pixel / width), i % channels);
  }
  const bands = channels as 1 | 2 | 3 | 4;
  const picture = sharp(samples, { raw: { width, height, channels: bands } });
  return picture.toColourspace(
    channels <= 2 ? (depth === 8 ? 'b-w' : 'grey16') : depth === 8 ? 'srgb' : 'rgb16',
  );
}
