/** What `npm run premiere` puts on the real disk harms nothing that lies there. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { keepRender } from '../../../simulator/headless/keep-render.ts';

const FRAMES = ['shot_000001.png', 'shot_000002.png'];
const source = {
  list: () => Promise.resolve(FRAMES),
  copyOut: (path: string, to: string) => writeFile(to, `render ${path.split('/').at(-1) ?? ''}`),
};
const FILM = '/Users/user/Movies/shot.mov';
const FIRST = '/Users/user/Movies/shot/shot_000001.png';

describe('keepRender', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loupe-keep-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const film = (overwrite: boolean) => keepRender(source, FILM, join(folder, 'shot.mov'), overwrite);
  const frames = (overwrite: boolean) => keepRender(source, FIRST, join(folder, 'shot'), overwrite);

  test('a film: replaces a file only when told to, and never a folder', async () => {
    await film(false);
    expect(await readdir(folder)).toEqual(['shot.mov']);
    await writeFile(join(folder, 'shot.mov'), 'mine');
    await expect(film(false)).rejects.toThrow('exists already');
    expect(await readFile(join(folder, 'shot.mov'), 'utf8')).toBe('mine');
    await film(true);
    expect(await readFile(join(folder, 'shot.mov'), 'utf8')).toBe('render shot.mov');
    await rm(join(folder, 'shot.mov'));
    await mkdir(join(folder, 'shot.mov'));
    await writeFile(join(folder, 'shot.mov', 'mine.txt'), 'mine');
    await expect(film(true)).rejects.toThrow('no file');
    expect(await readdir(folder)).toEqual(['shot.mov']);
    expect(await readdir(join(folder, 'shot.mov'))).toEqual(['mine.txt']);
  });

  test('frames: replaces the frames of a former render, and leaves everything else in the folder', async () => {
    await frames(false);
    expect(await readdir(join(folder, 'shot'))).toEqual(FRAMES);
    const others = ['notes.txt', 'other_000001.png', 'shot_1.png', 'shot_000003.psd'];
    for (const name of [...others, 'shot_000009.png']) await writeFile(join(folder, 'shot', name), 'mine');
    await mkdir(join(folder, 'shot', 'shot_000010.png'));
    await expect(frames(false)).rejects.toThrow('exists already');
    await frames(true);
    expect((await readdir(join(folder, 'shot'))).sort()).toEqual(
      [...FRAMES, ...others, 'shot_000010.png'].sort(),
    );
    expect(await readFile(join(folder, 'shot', 'shot_000003.psd'), 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['shot']);
  });

  test('what cannot be copied leaves nothing', async () => {
    const broken = { ...source, copyOut: () => Promise.reject(new Error('gone')) };
    await expect(keepRender(broken, FILM, join(folder, 'shot.mov'), true)).rejects.toThrow('gone');
    expect(await readdir(folder)).toEqual([]);
  });
});
