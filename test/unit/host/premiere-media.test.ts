/** A clip's file by ranges, paths, and what is remembered. */
import { describe, expect, test } from '@jest/globals';
import { decodeBase64 } from '../../../src/bridge/base64.ts';
import * as v from 'valibot';
import { type ClipRef, type ClipSettings, FileName } from '../../../src/bridge/premiere-calls.ts';
import { createMedia } from '../../../src/host/premiere/media.ts';
import { openClipMemory } from '../../../src/host/premiere/memory.ts';
import { folderOf, join } from '../../../src/host/premiere/paths.ts';
import { plainPath, samePath } from '../../../src/host/premiere/premiere.ts';
import { userPaths } from '../../../src/host/premiere/probe.ts';
import { userPlace } from '../../../simulator/uxp/places.ts';
import { emulatedDisk, MOVIES } from './premiere-disk.ts';
import { codeOf } from './start.ts';

const CLIP = `${MOVIES}/a clip é.mp4`;

async function withClip(length = 10) {
  const disk = emulatedDisk();
  await disk.write(
    CLIP,
    Uint8Array.from({ length }, (_, i) => i),
  );
  return { disk, media: createMedia(disk.fs, userPaths(disk.fs)) };
}

describe('a clip’s file', () => {
  test('is read by ranges, and gives fewer bytes at its end only', async () => {
    const { media } = await withClip();
    const { media: id, size } = await media.openMedia({ path: CLIP });
    const read = async (position: number, length: number) => [
      ...decodeBase64((await media.readMedia({ media: id, position, length })).bytes),
    ];
    expect([size, await read(2, 3), await read(8, 5), await read(10, 1)]).toEqual([
      10,
      [2, 3, 4],
      [8, 9],
      [],
    ]);
    await media.leave();
    expect(await codeOf(read(0, 1))).toBe('cancelled');
  });

  test('that was being opened when its page went is closed', async () => {
    const { disk, media } = await withClip();
    const closed: number[] = [];
    const fs = Object.assign(Object.create(disk.fs) as typeof disk.fs, {
      close: (fd: number) => {
        closed.push(fd);
        return disk.fs.close(fd);
      },
    });
    const leaving = createMedia(fs, userPaths(fs));
    const opening = codeOf(leaving.openMedia({ path: CLIP }));
    await leaving.leave();
    expect([await opening, closed.length]).toEqual(['cancelled', 1]);
    expect((await media.openMedia({ path: CLIP })).size).toBe(10);
  });

  test('that is not there is offline; one that may not be read is not', async () => {
    const { disk, media } = await withClip();
    expect(await codeOf(media.openMedia({ path: `${MOVIES}/none.mp4` }))).toBe('clip-offline');
    disk.disk.setUnreadable(userPlace(CLIP), true);
    expect(await codeOf(media.openMedia({ path: CLIP }))).toBe('file-unreadable');
  });

  test('is found where only urls are taken', async () => {
    const { disk, media } = await withClip();
    disk.places.nativePaths = 'urls';
    expect((await media.openMedia({ path: CLIP })).size).toBe(10);
  });

  test.each([0, 1, 2, 3, 1000])(
    'behind a link, whose own size is told, is found to have %d bytes',
    async (size) => {
      const { disk } = await withClip(size);
      const lstat = () => Promise.resolve({ isFile: () => false, size: 7 });
      const fs = { ...bound(disk.fs), lstat };
      const media = createMedia(fs, userPaths(fs));
      expect((await media.openMedia({ path: CLIP })).size).toBe(size);
    },
  );
});

/** The methods that are needed here, of a class's instance. */
function bound(fs: ReturnType<typeof emulatedDisk>['fs']): typeof fs {
  const names = [
    'open',
    'close',
    'read',
    'write',
    'readFile',
    'writeFile',
    'mkdir',
    'rmdir',
    'unlink',
  ] as const;
  const methods = Object.fromEntries(names.map((name) => [name, fs[name].bind(fs)]));
  return { ...fs, ...methods };
}

describe('paths', () => {
  test('are taken apart as the system writes them', () => {
    expect([join('/a', 'b'), join('C:\\a', 'b'), join('C:\\', 'b')]).toEqual(['/a/b', 'C:\\a\\b', 'C:\\b']);
    expect(['/a/b', '/b', 'C:\\a\\b', 'C:\\b', '\\\\nas\\a\\b', ''].map(folderOf)).toEqual([
      ...['/a', '/', 'C:\\a', 'C:\\', '\\\\nas\\a', null],
    ]);
    // Windows takes slashes, too; elsewhere a backslash is a letter.
    expect([join('C:/a/', 'b'), join('C:/a', 'b'), join('/a\\', 'b')]).toEqual([
      'C:/a/b',
      'C:/a\\b',
      '/a\\/b',
    ]);
    expect(['C:/a/b', 'C:/b', 'C:\\a/b', 'C:/a\\b', '/a\\b'].map(folderOf)).toEqual([
      ...['C:/a', 'C:/', 'C:\\a', 'C:/a', '/'],
    ]);
  });

  test.each(['CON', 'prn', 'Aux.mov', 'NUL.tar.gz', 'com1', 'LPT9.png', 'nul .x'])(
    'have no file %s, which Windows takes for a device',
    (name) => {
      expect(v.is(FileName, name)).toBe(false);
    },
  );

  test.each(['Console', 'COM10', 'a.con', 'lpt', 'clip 4×', 'nul_000001.png'])('have a file %s', (name) => {
    expect(v.is(FileName, name)).toBe(true);
  });

  test('lose the prefix of long ones, and are the same however their letters are composed', () => {
    expect(['\\\\?\\D:\\a', '\\\\?\\UNC\\nas\\a', '/a'].map(plainPath)).toEqual([
      'D:\\a',
      '\\\\nas\\a',
      '/a',
    ]);
    expect(samePath('/é.mov'.normalize('NFD'), '/é.mov')).toBe(true);
    expect(samePath('/e.mov', '/é.mov')).toBe(false);
  });
});

describe('what was chosen', () => {
  const REF: ClipRef = {
    ...{ sequenceId: 's', track: 0, startTicks: '0', inTicks: '1', outTicks: '9', itemId: 'i', path: CLIP },
  };
  const chosen = (detail: number): ClipSettings => ({
    ...{ model: 'art', quality: 'best', detail, noise: 0, sharpness: 0, target: 'uhd' },
    ...{ handles: 0, codec: 'h264', folder: MOVIES },
  });

  test('is remembered for the clip in its project, for its item, and for the last run, by later sessions too', async () => {
    const { fs } = emulatedDisk();
    const first = openClipMemory(fs);
    await first.remember('film', REF, chosen(1));
    await first.remember('film', { ...REF, inTicks: '5' }, chosen(2));
    await first.remember('film', REF, chosen(3));
    await first.begin(chosen(4));
    const later = openClipMemory(fs);
    expect(await later.recall('film', { ...REF, track: 3 })).toEqual(chosen(3));
    expect(await later.recall('film', { ...REF, inTicks: '5' })).toEqual(chosen(2));
    expect(await later.recall('film', { ...REF, inTicks: '7' })).toEqual(chosen(3));
    expect([await later.recall('other', REF), await later.recall('film', { ...REF, itemId: 'j' })]).toEqual([
      null,
      null,
    ]);
    expect(await later.last()).toEqual(chosen(4));
  });

  test('of a later Loupe is left as it is; a damaged entry takes no other with it', async () => {
    const { fs } = emulatedDisk();
    const path = 'plugin-data:/clips.json';
    const entry = { project: 'film', item: 'i', inTicks: '1', settings: chosen(1) };
    const put = (value: object) => fs.writeFile(path, JSON.stringify(value), { encoding: 'utf-8' });
    await put({ version: 1, clips: [{ ...entry, settings: 7 }, entry], last: 'x' });
    expect(await openClipMemory(fs).recall('film', REF)).toEqual(chosen(1));
    await put({ version: 2, clips: [] });
    const memory = openClipMemory(fs);
    await memory.remember('film', REF, chosen(5));
    expect(await memory.recall('film', REF)).toEqual(chosen(5));
    expect(await fs.readFile(path, { encoding: 'utf-8' })).toBe('{"version":2,"clips":[]}');
  });
});
