/** A render on the disk: what is there while it is made, after a stop, and when nothing came of it. */
import { describe, expect, test } from '@jest/globals';
import { encodeBase64 } from '../../../src/bridge/base64.ts';
import type { ClipRef } from '../../../src/bridge/premiere-calls.ts';
import type { PremiereApi } from '../../../src/bridge/protocol.ts';
import { userPaths } from '../../../src/host/premiere/probe.ts';
import { openRecords } from '../../../src/host/premiere/records.ts';
import { createRenders } from '../../../src/host/premiere/renders.ts';
import type { UxpFs } from '../../../src/host/uxp.ts';
import { userPlace } from '../../../simulator/uxp/places.ts';
import { emulatedDisk, type EmulatedDisk, MOVIES } from './premiere-disk.ts';
import { must } from './premiere-start.ts';
import { codeOf } from './start.ts';

const REF: ClipRef = {
  ...{ sequenceId: 's', track: 0, startTicks: '0', inTicks: '100', outTicks: '900', itemId: 'i' },
  path: `${MOVIES}/clip.mp4`,
};
const OPENING: Parameters<PremiereApi['openRender']>[0] = {
  ...{
    render: 'r',
    ref: REF,
    clipName: 'clip',
    folder: MOVIES,
    name: 'clip 4×',
    extension: 'mov',
    note: '{}',
  },
  settings: {
    ...{ model: 'landscape', quality: 'fast', detail: 50, noise: 100, sharpness: 0, target: '2x' },
    ...{ handles: 12, codec: 'prores', folder: null },
  },
};
const bytes = (text: string): string => encodeBase64(Buffer.from(text));

/** The renders of a session of the plugin's; another one of the same disk is what follows a crash. */
const session = (disk: EmulatedDisk) =>
  createRenders({
    fs: disk.fs,
    paths: userPaths(disk.fs),
    records: openRecords(disk.fs),
    projectOf: () => Promise.resolve({ id: 'p', path: `${MOVIES}/film.prproj` }),
  });
type Renders = ReturnType<typeof session>;

const write = (renders: Renders, position: number, text: string, file: string | null = null) =>
  renders.writeRender({ render: 'r', file, position, bytes: bytes(text) });
const record = (renders: Renders, line: string) => renders.recordRender({ render: 'r', line });

describe('a render', () => {
  test('is a part file, written by position, until it is finished, and leaves no journal', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender(OPENING);
    expect(disk.list()).toEqual(['clip 4×.mov.part']);
    await Promise.all([write(renders, 6, 'world'), write(renders, 0, 'hello ')]);
    await record(renders, 'one');
    await write(renders, 0, 'H');
    expect(await renders.finishRender({ render: 'r' })).toEqual({ path: `${MOVIES}/clip 4×.mov` });
    expect(disk.list()).toEqual(['clip 4×.mov']);
    expect((await disk.read(`${MOVIES}/clip 4×.mov`)).toString()).toBe('Hello world');
    expect(disk.kept()).toEqual(['r.json']);
    // It is the user's now.
    await renders.discardRender({ render: 'r' });
    expect(disk.list()).toEqual(['clip 4×.mov']);
  });

  test('of single frames is a folder, and its path is that of the first', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender({ ...OPENING, extension: 'png' });
    await write(renders, 0, 'two', 'clip 4×_000002.png');
    await Promise.all([
      write(renders, 2, 'e', 'clip 4×_000001.png'),
      write(renders, 0, 'on', 'clip 4×_000001.png'),
    ]);
    await record(renders, 'one');
    expect(await renders.finishRender({ render: 'r' })).toEqual({
      path: `${MOVIES}/clip 4×/clip 4×_000001.png`,
    });
    expect((await disk.read(`${MOVIES}/clip 4×/clip 4×_000001.png`)).toString()).toBe('one');
  });

  test('goes on after a crash where its last whole line is, and a torn line is not one', async () => {
    const disk = emulatedDisk();
    const first = session(disk);
    await first.openRender(OPENING);
    await write(first, 0, 'abcdef');
    await record(first, 'ä\n1');
    await record(first, 'two');
    await write(first, 6, 'lost');
    const torn = `${(await disk.fs.readFile('plugin-data:/renders/r.journal', { encoding: 'utf-8' })) as string}"three and more`;
    await disk.fs.writeFile('plugin-data:/renders/r.journal', torn, { encoding: 'utf-8' });

    const second = session(disk);
    expect(await second.unfinishedOf(REF)).toMatchObject({
      ...{ render: 'r', fileName: 'clip 4×.mov', folder: MOVIES, note: '{}', last: 'two', ref: REF },
    });
    expect(await second.continueRender({ render: 'r' })).toEqual({ note: '{}', journal: ['ä\n1', 'two'] });
    expect(await second.unfinishedOf(REF)).toBeNull();
    await write(second, 6, 'ghij');
    await record(second, '3');
    await second.leave();

    const third = session(disk);
    expect((await third.continueRender({ render: 'r' })).journal).toEqual(['ä\n1', 'two', '3']);
    await third.finishRender({ render: 'r' });
    expect((await disk.read(`${MOVIES}/clip 4×.mov`)).toString()).toBe('abcdefghij');
    expect(await third.unfinishedOf(REF)).toBeNull();
  });

  test('is offered to the same frames of the same item, wherever the clip has been moved, and to no others', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender(OPENING);
    await record(renders, 'one');
    await renders.leaveRender({ render: 'r' });
    for (const other of [{ itemId: 'j' }, { sequenceId: 't' }, { inTicks: '101' }, { outTicks: '901' }]) {
      expect(await renders.unfinishedOf({ ...REF, ...other })).toBeNull();
    }
    const moved = { ...REF, track: 2, startTicks: '5000' };
    expect((await renders.unfinishedOf(moved))?.ref).toEqual(moved);
  });

  test('of which nothing is recorded leaves nothing when it is left, discarded or crashed', async () => {
    const disk = emulatedDisk();
    await disk.write(`${MOVIES}/mine.txt`, Buffer.from('mine'));
    for (const extension of ['mov', 'png'] as const) {
      const left = session(disk);
      await left.openRender({ ...OPENING, extension });
      await write(left, 0, 'abc', extension === 'png' ? 'clip 4×_000001.png' : null);
      await left.leaveRender({ render: 'r' });
      expect([disk.list(), disk.kept()]).toEqual([['mine.txt'], []]);

      const crashed = session(disk);
      await crashed.openRender({ ...OPENING, extension });
      expect(await session(disk).unfinishedOf(REF)).toBeNull();
      expect([disk.list(), disk.kept()]).toEqual([['mine.txt'], []]);
    }
    const discarded = session(disk);
    await discarded.openRender(OPENING);
    await record(discarded, 'one');
    await discarded.discardRender({ render: 'r' });
    await discarded.discardRender({ render: 'r' });
    expect([disk.list(), disk.kept()]).toEqual([['mine.txt'], []]);
  });

  test('whose panel is closed is kept from its first line on', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender(OPENING);
    await renders.openRender({ ...OPENING, render: 'q', name: 'other' });
    await record(renders, 'one');
    await write(renders, 0, 'abc');
    const underWay = Promise.allSettled([record(renders, 'two'), record(renders, 'three')]);
    const leaving = renders.leave();
    // What the next page asks for waits until it is over, and is not closed with it.
    const { journal } = await renders.continueRender({ render: 'r' });
    const recorded = (await underWay).filter(({ status }) => status === 'fulfilled');
    expect(journal).toEqual(['one', 'two', 'three'].slice(0, 1 + recorded.length));
    await leaving;
    await write(renders, 0, 'on');
    expect(disk.list()).toEqual(['clip 4×.mov.part']);
  });
});

describe('what stands in a render’s way', () => {
  test.each([
    ['a folder that is not there', 'folder-missing', { folder: `${MOVIES}/none` }],
    ['a folder nothing can be written to', 'folder-readonly', { folder: `${MOVIES}/archive` }],
    ['a file of its name', 'render-exists', { name: 'taken' }],
    ['a part file of its name', 'render-exists', { name: 'begun' }],
    ['a folder of its name, for frames', 'render-exists', { name: 'frames', extension: 'tif' as const }],
  ])('%s', async (_, code, given) => {
    const disk = emulatedDisk();
    for (const name of ['taken.mov', 'begun.mov.part'])
      await disk.write(`${MOVIES}/${name}`, Buffer.from('x'));
    for (const name of ['archive', 'frames']) disk.disk.makeFolder(userPlace(`${MOVIES}/${name}`), false);
    disk.disk.setReadOnly(userPlace(`${MOVIES}/archive`), true);
    const before = disk.list();
    expect(await codeOf(session(disk).openRender({ ...OPENING, ...given }))).toBe(code);
    expect([disk.list(), disk.kept()]).toEqual([before, []]);
  });

  test('a disk that fills up: the write says so, and what was recorded can be gone on with', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender(OPENING);
    await write(renders, 0, 'abc');
    await record(renders, 'one');
    disk.disk.fullAfter(2);
    expect(await codeOf(write(renders, 3, 'defgh'))).toBe('disk-full');
    expect(await codeOf(record(renders, 'two'))).toBe('disk-full');
    await renders.leaveRender({ render: 'r' });
    disk.disk.fullAfter(Infinity);
    expect((await renders.continueRender({ render: 'r' })).journal).toEqual(['one']);
  });

  test('a full disk at the very beginning leaves nothing', async () => {
    const disk = emulatedDisk();
    disk.disk.fullAfter(100);
    expect(await codeOf(session(disk).openRender(OPENING))).toBe('disk-full');
    expect([disk.list(), disk.kept()]).toEqual([[], []]);
  });

  test('a part file that the user has deleted is not offered again', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender(OPENING);
    await record(renders, 'one');
    await renders.leaveRender({ render: 'r' });
    await disk.disk.removeFile(userPlace(`${MOVIES}/clip 4×.mov.part`));
    expect(await codeOf(renders.continueRender({ render: 'r' }))).toBe('render-gone');
    expect(await renders.unfinishedOf(REF)).toBeNull();
    expect(disk.kept()).toEqual([]);
  });

  test('a folder that is away for a while is waited for', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender(OPENING);
    await record(renders, 'one');
    await renders.leaveRender({ render: 'r' });
    await disk.disk.rename(userPlace(MOVIES), userPlace('/Users/user/Elsewhere'));
    expect(await codeOf(renders.continueRender({ render: 'r' }))).toBe('folder-missing');
    await disk.disk.rename(userPlace('/Users/user/Elsewhere'), userPlace(MOVIES));
    expect((await renders.continueRender({ render: 'r' })).journal).toEqual(['one']);
  });

  test('a file that took its name meanwhile is not replaced', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender(OPENING);
    await write(renders, 0, 'abc');
    await record(renders, 'one');
    await disk.write(`${MOVIES}/clip 4×.mov`, Buffer.from('mine'));
    expect(await renders.finishRender({ render: 'r' })).toEqual({ path: `${MOVIES}/clip 4× 2.mov` });
    expect((await disk.read(`${MOVIES}/clip 4×.mov`)).toString()).toBe('mine');
    expect((await disk.read(`${MOVIES}/clip 4× 2.mov`)).toString()).toBe('abc');
    expect(await renders.unfinishedOf(REF)).toBeNull();
  });

  test.each(['mov', 'png'] as const)(
    'the name of one that was begun, though the user has deleted its %s, is not given again',
    async (extension) => {
      const disk = emulatedDisk();
      const renders = session(disk);
      await renders.openRender({ ...OPENING, extension });
      await record(renders, 'one');
      await renders.leaveRender({ render: 'r' });
      if (extension === 'png') disk.disk.removeFolder(userPlace(`${MOVIES}/clip 4×`));
      else await disk.disk.removeFile(userPlace(`${MOVIES}/clip 4×.mov.part`));
      expect(await renders.freeName({ folder: MOVIES, base: 'clip 4×', extension })).toEqual({
        name: 'clip 4× 2',
      });
      expect(await codeOf(renders.openRender({ ...OPENING, extension, render: 'q' }))).toBe('render-exists');
    },
  );

  test('a later render in the place of its own, which is neither discarded nor gone on with', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender({ ...OPENING, extension: 'png' });
    await write(renders, 0, 'one', 'clip 4×_000001.png');
    await record(renders, 'one');
    expect(await renders.finishRender({ render: 'r' })).toBeDefined();
    // As an earlier Loupe could leave it: one that was begun before in the same folder.
    const records = openRecords(disk.fs);
    const later = must(await records.get('r'));
    for (const render of ['old', 'older']) {
      await records.put({ ...later, render, time: later.time - 1, path: null });
      await disk.fs.writeFile(`plugin-data:/renders/${render}.journal`, '["one",0]\n', { encoding: 'utf-8' });
    }
    const next = session(disk);
    await next.discardRender({ render: 'old' });
    expect(await codeOf(next.continueRender({ render: 'older' }))).toBe('render-gone');
    expect(disk.kept()).toEqual(['r.json']);
    expect(disk.list(`${MOVIES}/clip 4×`)).toEqual(['clip 4×_000001.png']);
  });

  test('what else lies among its frames, which stays when it is discarded', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender({ ...OPENING, name: 'a (1).b', extension: 'png' });
    await write(renders, 0, 'one', 'a (1).b_000001.png');
    const mine = ['a (1).b_1.png', 'a (1).b_000001 copy.png', 'a (1)xb_000001.png', 'a (1).b_000001.png.txt'];
    for (const name of mine) await disk.write(`${MOVIES}/a (1).b/${name}`, Buffer.from('mine'));
    await renders.discardRender({ render: 'r' });
    expect(disk.list(`${MOVIES}/a (1).b`).sort()).toEqual(mine.sort());
    expect(disk.kept()).toEqual([]);
  });

  test('a part file that cannot be deleted: it can be discarded later', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    await renders.openRender(OPENING);
    await record(renders, 'one');
    disk.disk.setReadOnly(userPlace(MOVIES), true);
    await renders.discardRender({ render: 'r' });
    expect(await renders.unfinishedOf(REF)).toMatchObject({ render: 'r', last: 'one' });
    disk.disk.setReadOnly(userPlace(MOVIES), false);
    await renders.discardRender({ render: 'r' });
    expect([disk.list(), disk.kept()]).toEqual([[], []]);
  });

  test('a journal that cannot be read for once: nothing is deleted for that', async () => {
    const disk = emulatedDisk();
    const first = session(disk);
    await first.openRender(OPENING);
    await record(first, 'one');
    const readFile: typeof disk.fs.readFile = (path, options) =>
      path.endsWith('.journal')
        ? Promise.reject(new Error('EIO: i/o error'))
        : disk.fs.readFile(path, options);
    const second = session({ ...disk, fs: Object.assign(Object.create(disk.fs) as UxpFs, { readFile }) });
    expect(await second.unfinishedOf(REF)).toMatchObject({ render: 'r', last: null });
    expect((await session(disk).continueRender({ render: 'r' })).journal).toEqual(['one']);
  });

  test('a part file that is shorter than its journal says: what it lacks is made again', async () => {
    const disk = emulatedDisk();
    const first = session(disk);
    await first.openRender(OPENING);
    for (const [i, text] of ['abc', 'def', 'ghi'].entries()) {
      await write(first, 3 * i, text);
      await record(first, text);
    }
    await disk.write(`${MOVIES}/clip 4×.mov.part`, Buffer.from('abcdef'));
    const second = session(disk);
    expect((await second.continueRender({ render: 'r' })).journal).toEqual(['abc', 'def']);
    await write(second, 6, 'GHI');
    await record(second, 'GHI');
    await second.leave();
    expect((await session(disk).continueRender({ render: 'r' })).journal).toEqual(['abc', 'def', 'GHI']);
  });

  test('the plugin’s end just when it has its name: it is a finished one', async () => {
    const disk = emulatedDisk();
    const first = session(disk);
    await first.openRender(OPENING);
    await write(first, 0, 'abc');
    await record(first, 'one');
    const rename: typeof disk.fs.rename = async (from, to) => {
      await disk.fs.rename(from, to);
      throw new Error('the end');
    };
    const dying = session({ ...disk, fs: Object.assign(Object.create(disk.fs) as UxpFs, { rename }) });
    await dying.continueRender({ render: 'r' });
    expect(await codeOf(dying.finishRender({ render: 'r' }))).toBe('output-unwritable');
    expect(await session(disk).unfinishedOf(REF)).toBeNull();
    expect(await openRecords(disk.fs).get('r')).toMatchObject({ path: `${MOVIES}/clip 4×.mov` });
  });

  test('its panel’s end while it is being opened: it is closed, and what was new is gone', async () => {
    const disk = emulatedDisk();
    const renders = session(disk);
    const opening = codeOf(renders.openRender(OPENING));
    await renders.leave();
    expect(await opening).toBe('cancelled');
    expect([disk.list(), disk.kept()]).toEqual([[], []]);
    await renders.openRender(OPENING);
    await record(renders, 'one');
    await renders.leaveRender({ render: 'r' });
    const goingOn = codeOf(renders.continueRender({ render: 'r' }));
    await renders.leave();
    expect(await goingOn).toBe('cancelled');
    expect((await renders.continueRender({ render: 'r' })).journal).toEqual(['one']);
  });

  test('names are free that neither a file, a part file nor a folder of frames has', async () => {
    const disk = emulatedDisk();
    await disk.write(`${MOVIES}/a.mov`, Buffer.from('x'));
    await disk.write(`${MOVIES}/a 2.mov.part`, Buffer.from('x'));
    disk.disk.makeFolder(userPlace(`${MOVIES}/a 3`), false);
    const free = (base: string) => session(disk).freeName({ folder: MOVIES, base, extension: 'mov' });
    expect([await free('a'), await free('b')]).toEqual([{ name: 'a 4' }, { name: 'b' }]);
  });
});

describe('how the user’s paths are spelled', () => {
  test.each(['paths', 'urls'] as const)(
    'where only %s are taken, a render is made all the same',
    async (spelled) => {
      const disk = emulatedDisk();
      disk.places.nativePaths = spelled;
      const folder = `${MOVIES}/Größe 100%`;
      disk.disk.makeFolder(userPlace(folder), false);
      const renders = session(disk);
      await renders.openRender({ ...OPENING, folder });
      await write(renders, 0, 'abc');
      expect(await renders.finishRender({ render: 'r' })).toEqual({ path: `${folder}/clip 4×.mov` });
      expect(disk.list(folder)).toEqual(['clip 4×.mov']);
    },
  );
});
