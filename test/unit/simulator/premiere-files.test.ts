import { describe, expect, test } from '@jest/globals';
import { createPremiere, type PremiereOptions } from '../../../simulator/premiere/index.ts';
import { rule } from './premiere-support.ts';

const FOLDER = '/Users/user/Movies/Out';
const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;

const withAccess = (localFileSystem?: 'plugin' | 'request' | 'fullAccess', options: PremiereOptions = {}) =>
  createPremiere({
    plugin: {
      id: 'com.example.plugin',
      version: '1.0.0',
      entrypoints: [],
      readFile: () => Promise.resolve(null),
      ...(localFileSystem ? { localFileSystem } : {}),
    },
    ...options,
  });

describe('The user’s files', () => {
  rule('premiere-full-access', 'Without fullAccess the user’s paths are refused', async () => {
    for (const access of [undefined, 'plugin', 'request'] as const) {
      const { modules, simulator } = withAccess(access);
      await simulator.disk.write(`${FOLDER}/a`, new Uint8Array([1, 2]));
      await expect(modules.fs.readFile(`${FOLDER}/a`)).rejects.toMatchObject({ code: 'EACCES' });
      await expect(modules.fs.open(`file:${FOLDER}/b`, 'w')).rejects.toMatchObject({ code: 'EACCES' });
      expect(simulator.disk.list(FOLDER)).toEqual(['a']);
    }
    const { fs } = withAccess('fullAccess').modules;
    await fs.mkdir(FOLDER);
    const fd = await fs.open(`${FOLDER}/a.part`, 'w+');
    await fs.write(fd, bytes(1, 2, 3), 0, 3, 2);
    await fs.close(fd);
    await fs.rename(`${FOLDER}/a.part`, `${FOLDER}/a`);
    expect(await fs.readFile(`${FOLDER}/a`)).toEqual(bytes(0, 0, 1, 2, 3));
    expect(await fs.readdir(FOLDER)).toEqual(['a']);
    expect((await fs.lstat(FOLDER)).isDirectory()).toBe(true);
    expect((await fs.lstat(`${FOLDER}/a`)).size).toBe(5);
    await expect(fs.open(`${FOLDER}/none/b`, 'w')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(fs.open('Movies/Out/a', 'r')).rejects.toMatchObject({ code: 'EACCES' });
    await fs.rename(FOLDER, `${FOLDER} 2`);
    expect(await fs.readdir(`${FOLDER} 2`)).toEqual(['a']);
    await expect(fs.rmdir(`${FOLDER} 2`)).rejects.toMatchObject({ code: 'ENOTEMPTY' });
  });

  rule('premiere-spelling', 'Either spelling can be refused', async () => {
    const path = `${FOLDER}/Café 100%.txt`;
    const url = `file://${encodeURI(path)}`;
    const { modules, simulator } = withAccess('fullAccess');
    await simulator.disk.write(path, new Uint8Array([7]));
    const { fs } = modules;
    const reads = async (which: string) =>
      (await fs.readFile(which).catch((reason: unknown) => String(reason))) as unknown;
    expect([await reads(path), await reads(url)]).toEqual([bytes(7), bytes(7)]);
    // A Mac's disk does not tell composed from decomposed letters.
    expect(await reads(path.normalize('NFD'))).toEqual(bytes(7));
    simulator.faults.nativePaths('urls');
    expect([await reads(path), await reads(url)]).toEqual([
      expect.stringContaining('Route not found'),
      bytes(7),
    ]);
    simulator.faults.nativePaths('paths');
    expect([await reads(path), await reads(url)]).toEqual([
      bytes(7),
      expect.stringContaining('Route not found'),
    ]);
    await fs.writeFile('plugin-data:/own', 'still there');
    simulator.faults.clear();
    expect(await reads(url)).toEqual(bytes(7));
    await expect(fs.readFile('file:/Users/%E0%A4%A')).rejects.toMatchObject({ code: 'EINVAL' });
  });

  rule('premiere-read-only', 'A read-only folder takes nothing and loses nothing', async () => {
    const { modules, simulator } = withAccess('fullAccess');
    await simulator.disk.write(`${FOLDER}/deep/a`, new Uint8Array([1]));
    simulator.disk.setReadOnly(FOLDER, true);
    const { fs } = modules;
    const refused = { code: 'EACCES' };
    await expect(fs.open(`${FOLDER}/b`, 'w')).rejects.toMatchObject(refused);
    await expect(fs.writeFile(`${FOLDER}/deep/a`, 'x')).rejects.toMatchObject(refused);
    await expect(fs.mkdir(`${FOLDER}/new`)).rejects.toMatchObject(refused);
    await expect(fs.unlink(`${FOLDER}/deep/a`)).rejects.toMatchObject(refused);
    await expect(fs.rename(`${FOLDER}/deep/a`, '/Users/user/Movies/a')).rejects.toMatchObject(refused);
    await expect(fs.rmdir(`${FOLDER}/deep`)).rejects.toMatchObject(refused);
    expect(await fs.readFile(`${FOLDER}/deep/a`)).toEqual(bytes(1));
    simulator.disk.setReadOnly(FOLDER, false);
    await fs.unlink(`${FOLDER}/deep/a`);
    expect(simulator.disk.exists(`${FOLDER}/deep/a`)).toBe(false);
  });

  rule('premiere-picker', 'getFolder answers the user’s folder, or null', async () => {
    const { modules, simulator } = withAccess('request');
    await simulator.disk.write(`${FOLDER}/a`, new Uint8Array([1]));
    const { localFileSystem } = modules.uxp.storage;
    const waiting = localFileSystem.getFolder();
    await Promise.resolve();
    expect(simulator.view().folderPicker).toBe(true);
    expect(simulator.user.chooseFolder(FOLDER)).toBe(true);
    const folder = await waiting;
    expect(simulator.view().folderPicker).toBe(false);
    expect(folder).toMatchObject({ isFolder: true, nativePath: FOLDER, name: 'Out' });
    expect((await folder?.getEntries())?.map(({ nativePath }) => nativePath)).toEqual([`${FOLDER}/a`]);
    expect(await modules.fs.readFile(`${FOLDER}/a`)).toEqual(bytes(1));
    await expect(modules.fs.readFile('/Users/user/Movies/Output')).rejects.toMatchObject({ code: 'EACCES' });
    simulator.user.chooseFolder(null);
    expect(await localFileSystem.getFolder()).toBeNull();
    await expect(withAccess('plugin').modules.uxp.storage.localFileSystem.getFolder()).rejects.toThrow(
      'manifest',
    );
  });

  test('A full disk, an unreadable file and calls to come can be disturbed', async () => {
    const { modules, simulator } = withAccess('fullAccess', { diskBytes: 100 });
    const { fs } = modules;
    simulator.disk.makeFolder(FOLDER);
    simulator.faults.diskFullAfter(4);
    await fs.writeFile(`${FOLDER}/a`, bytes(1, 2, 3));
    await expect(fs.writeFile(`${FOLDER}/b`, bytes(1, 2, 3))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(simulator.stats.diskBytes).toBe(3);
    simulator.disk.setUnreadable(`${FOLDER}/a`, true);
    await expect(fs.open(`${FOLDER}/a`, 'r')).rejects.toMatchObject({ code: 'EACCES' });
    simulator.disk.setUnreadable(`${FOLDER}/a`, false);
    const fd = await fs.open(`${FOLDER}/a`, 'r');
    expect(simulator.stats.openFiles).toBe(1);
    simulator.faults.failCall('fs.read', 1, new Error('planned'));
    await expect(fs.read(fd, new ArrayBuffer(1), 0, 1, 0)).rejects.toThrow('planned');
    await fs.close(fd);
    expect([simulator.stats.openFiles, simulator.stats.calls.get('fs.read')]).toEqual([0, 1]);
    await simulator.disk.write(`${FOLDER}/c`, new Blob([]));
    await simulator.disk.rename(`${FOLDER}/c`, `${FOLDER}/d`);
    expect(simulator.disk.list(FOLDER)).toEqual(['a', 'b', 'd']);
    await simulator.disk.remove(FOLDER);
    expect(simulator.disk.exists(FOLDER)).toBe(false);
  });
});
