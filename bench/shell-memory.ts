/** Time and peak memory of the shell's command, file to file, in a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { ModelName } from '../src/catalog.ts';
import type { Line } from './measure.ts';
import { drawRows } from './pictures.ts';

export interface ShellMemoryOptions {
  readonly model: ModelName;
  /** Runs 24 MP with a stand-in for the network: seconds instead of minutes. */
  readonly quick: boolean;
}

const ONE_MP = [1200, 833] as const;
const TWENTY_FOUR_MP = [6000, 4000] as const;

export async function shellMemory({ model, quick }: ShellMemoryOptions): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-bench-'));
  try {
    const one = await photo(join(folder, '1.jpg'), ONE_MP);
    const many = await photo(join(folder, '24.jpg'), TWENTY_FOUR_MP);
    const lines: Line[] = [];
    for (const backend of ['native', 'wasm'] as const) {
      const words = [one, '-o', join(folder, `1-${backend}.png`), '--model', model, '--backend', backend];
      lines.push(...told(`shell, 1 MP, ${model}, ${backend}`, await child(words)));
    }
    const output = join(folder, '24.png');
    // The model with the least to compute: memory depends on tiles and rows, not on which network runs.
    const words = quick ? ['stand-in', many, output] : [many, '-o', output, '--model', 'art'];
    const [time, memory] = told(
      `shell, 24 MP, ${quick ? 'stand-in network' : 'art, native'}`,
      await child(words),
    );
    lines.push(time, { ...memory, target: { atMost: 1500 } });
    return lines;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function photo(path: string, [width, height]: readonly [number, number]): Promise<string> {
  const format = { width, height, channels: 3, depth: 8 } as const;
  await sharp(drawRows(format, 0, height), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toFile(path);
  return path;
}

function told(what: string, { peak, time }: { peak: number; time: number }): [Line, Line] {
  return [
    { what: `${what}: time, file to file`, value: time, unit: 's' },
    { what: `${what}: peak memory`, value: peak, unit: 'MB' },
  ];
}

/** @returns megabytes and seconds */
async function child(words: readonly string[]): Promise<{ peak: number; time: number }> {
  const script = fileURLToPath(new URL('./shell-child.ts', import.meta.url));
  const began = performance.now();
  const process_ = spawn(process.execPath, ['--import', 'tsx', script, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  process_.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    process_.once('error', reject).once('close', resolve);
  });
  const peak = /^peak ([\d.]+)$/m.exec(said)?.[1];
  if (code !== 0 || peak === undefined)
    throw new Error(`enhance ${words.join(' ')} ended with ${code}: ${said}`);
  return { peak: Number(peak), time: (performance.now() - began) / 1000 };
}
