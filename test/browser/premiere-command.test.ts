/** `npm run premiere`: one JSON line, a file on the disk, and sentences where it cannot be. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testClips } from '../../simulator/samples/clips.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loupe-command-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function premiere(...args: readonly string[]): Promise<Ended> {
  try {
    const ended = await run(
      process.execPath,
      ['--import', 'tsx', join(root, 'simulator/headless/premiere.ts'), ...args],
      { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } },
    );
    return { code: 0, ...ended };
  } catch (failure) {
    return failure as Ended;
  }
}

test('remasters from in to out with handles, and says what came of it', async () => {
  const { 'with-sound': clip } = await testClips(['with-sound']);
  const { code, stdout, stderr } = await premiere(
    ...[clip, '--in', '0.2', '--out', '0.28', '--handles', '1', '--model', 'landscape', '--quality', 'fast'],
    ...['--target', '2x', '--codec', 'h264', '-o', folder],
  );
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trim().split('\n')).toHaveLength(1);
  const line = JSON.parse(stdout) as Record<string, unknown> & { output: string };
  expect(line).toMatchObject({
    frames: 4,
    width: 192,
    height: 128,
    rate: 25,
    codec: 'avc',
    problem: null,
    timeline: {
      width: 1920,
      height: 1080,
      tracks: [
        { track: 'V2', clips: [{ start: 0, end: 0.08, in: 0.04, out: 0.12, scale: 50 }] },
        { track: 'V1', clips: [{ start: 0, end: 0.08, in: 0.2, out: 0.28, scale: 100 }] },
        { track: 'A1', clips: [{ start: 0, end: 0.08 }] },
      ],
    },
  });
  expect(await readdir(folder)).toEqual([line.output.slice(folder.length + 1)]);

  // Again is refused before any work; nothing is replaced.
  const again = await premiere(clip, '--in', '0.2', '--out', '0.28', '--codec', 'h264', '-o', folder);
  expect(again).toMatchObject({ code: 1, stdout: '' });
  expect(again.stderr).toContain(`${line.output} exists already. Use --overwrite to replace it.`);
});

test('refuses with a sentence and 1, wrong usage with 2', async () => {
  const { 'not-media': text } = await testClips(['not-media']);
  const [gone, unfit, usage] = await Promise.all([
    premiere(join(folder, 'gone.mp4'), '-o', folder),
    premiere(text, '-o', folder),
    premiere(text, '--in', '2', '--out', '1', '-o', folder),
  ]);
  expect(gone).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('there is no such file'),
  });
  expect(unfit).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('cannot import this file'),
  });
  expect(usage).toMatchObject({ code: 2, stdout: '' });
});
