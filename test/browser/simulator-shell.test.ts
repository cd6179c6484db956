/** `npm run photoshop`: what it prints, writes and exits with. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalog } from './file-panel.ts';
import { makePsd, openSaved, pixelLayer } from './support.ts';

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('npm run photoshop', () => {
  let folder: string;
  let input: string;
  const at = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loupe-'));
    input = at('in.psd');
    await writeFile(
      input,
      makePsd([
        pixelLayer('Hidden', { hidden: true }),
        { name: 'Curves', adjustment: { type: 'invert' } },
        pixelLayer('Photo', { left: 2, top: 3, width: 20, height: 16 }),
        pixelLayer('Paper', { width: 48, height: 40 }),
      ]),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('enhances the topmost visible layer with pixels and prints one line of JSON', async () => {
    const entry = catalog.entries.find(({ model, quality }) => model === 'art' && quality === 'fast');
    const set = ['--model', 'art', '--scale', '2', '--noise', '60', '--sharpness', '20'];
    const { code, stdout } = await photoshop(input, ...set, '-o', at('out.psd'));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      layer: 'Photo',
      part: 'layer',
      place: 'document',
      problem: null,
      newLayer: 'Photo – Art 2×',
      width: 40,
      height: 32,
      model: 'art',
      why: null,
      quality: 'fast',
      scale: 2,
      // Null where the model is one network, which has no ends.
      detail: entry?.faithful === entry?.detailed ? null : catalog.defaults.art.detail,
      noise: 60,
      sharpness: 20,
      backend: 'wasm',
      ms: expect.any(Number),
    });
    const { width, children = [] } = openSaved(await readFile(at('out.psd')));
    expect(width).toBe(96);
    expect(children.map(({ name }) => name)).toEqual([
      'Hidden',
      'Curves',
      'Photo – Art 2×',
      'Photo',
      'Paper',
    ]);
  });

  test.each([
    ['a layer that is not there', ['--layer', 'Nobody'], /There is no layer “Nobody”.*“Photo”/],
    ['a layer the panel refuses', ['--layer', 'Hidden'], /“Hidden” is hidden\. Show it in the Layers panel/],
  ])('%s: the reason on stderr, exit 1, nothing written', async (_, options, reason) => {
    const { code, stdout, stderr } = await photoshop(input, ...options, '-o', at('none.psd'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(existsSync(at('none.psd'))).toBe(false);
  });

  test('an input that is no PSD: the reason on stderr, exit 1', async () => {
    await writeFile(at('text.psd'), 'This is no picture.');
    const { code, stderr } = await photoshop(at('text.psd'), '-o', at('none.psd'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/text\.psd cannot be opened/);
  });

  test('an output that exists is not replaced unasked', async () => {
    await writeFile(at('kept.psd'), 'kept');
    const { code, stderr } = await photoshop(input, '-o', at('kept.psd'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/exists already\. Use --overwrite/);
    expect(await readFile(at('kept.psd'), 'utf8')).toBe('kept');
  });

  test.each([
    ['no output', []],
    ['an unknown option', ['-o', 'x.psd', '--sharper']],
    ['an unknown model', ['-o', 'x.psd', '--model', 'cats']],
    ['an unknown scale', ['-o', 'x.psd', '--scale', '5']],
    ['a percent beyond 100', ['-o', 'x.psd', '--noise', '101']],
  ])('%s: exit 2', async (_, options) => {
    expect((await photoshop(input, ...options)).code).toBe(2);
  });
});

function photoshop(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'simulator/headless/main.ts', ...args],
      (failure, stdout, stderr) => {
        const code = failure ? (typeof failure.code === 'number' ? failure.code : -1) : 0;
        resolve({ code, stdout, stderr });
      },
    );
  });
}
