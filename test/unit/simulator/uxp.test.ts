import { describe, expect, test } from '@jest/globals';
import { createPhotoshop } from '../../../simulator/photoshop/index.ts';
import { open, rule } from './support.ts';

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;

describe('Files', () => {
  rule('fs-sandbox', 'Paths outside the plugin’s folders are refused', async () => {
    const { fs } = open().modules;
    for (const path of [
      '/etc/passwd',
      'file:/etc/passwd',
      'plugin-data:/../x',
      'plugin-temp:/a/../../x',
      'x',
      '',
    ]) {
      await expect(fs.open(path, 'r')).rejects.toThrow(/EACCES|EINVAL/);
      await expect(fs.writeFile(path, 'x')).rejects.toThrow(/EACCES|EINVAL/);
    }
  });

  rule('fs-plugin-read-only', 'The plugin’s folder can be read but not written', async () => {
    const { fs } = open().modules;
    expect(await fs.readFile('plugin:/host.js')).toEqual(bytes(1, 2, 3));
    await expect(fs.readFile('plugin:/none.js')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(fs.writeFile('plugin:/host.js', 'x')).rejects.toMatchObject({ code: 'EROFS' });
    await expect(fs.open('plugin:/host.js', 'w')).rejects.toMatchObject({ code: 'EROFS' });
    await expect(fs.unlink('plugin:/host.js')).rejects.toMatchObject({ code: 'EROFS' });
    await expect(fs.mkdir('plugin:/new')).rejects.toMatchObject({ code: 'EROFS' });
  });

  rule('fs-array-buffer', 'A view in place of an ArrayBuffer is refused', async () => {
    const { fs } = open().modules;
    const fd = await fs.open('plugin-temp:/a', 'w+');
    const view = new Uint8Array(4) as unknown as ArrayBuffer;
    await expect(fs.write(fd, view, 0, 4, 0)).rejects.toThrow('ArrayBuffer');
    await expect(fs.read(fd, view, 0, 4, 0)).rejects.toThrow('ArrayBuffer');
    await expect(fs.write(fd, bytes(1, 2), 1, 2, 0)).rejects.toThrow('EINVAL');
  });

  rule('fs-position', 'Position -1 goes on; another position stays out of it', async () => {
    const { fs } = open().modules;
    const fd = await fs.open('plugin-temp:/a', 'w+');
    await fs.write(fd, bytes(1, 2), 0, 2, -1);
    await fs.write(fd, bytes(9), 0, 1, 5);
    await fs.write(fd, bytes(3, 4), 0, 2, -1);
    expect(await fs.readFile('plugin-temp:/a')).toEqual(bytes(1, 2, 3, 4, 0, 9));
    await fs.close(fd);
    const again = await fs.open('plugin-temp:/a', 'r');
    const buffer = new ArrayBuffer(3);
    expect((await fs.read(again, buffer, 0, 2, -1)).bytesRead).toBe(2);
    await fs.read(again, buffer, 0, 1, 5);
    expect((await fs.read(again, buffer, 1, 2, -1)).bytesRead).toBe(2);
    expect(new Uint8Array(buffer)).toEqual(new Uint8Array([9, 3, 4]));
    expect((await fs.read(again, buffer, 0, 3, 4)).bytesRead).toBe(2);
  });

  rule('fs-descriptor', 'A closed descriptor, or one not open for it, is refused', async () => {
    const { fs } = open().modules;
    const fd = await fs.open('plugin-temp:/a', 'w');
    await expect(fs.read(fd, new ArrayBuffer(1), 0, 1, 0)).rejects.toMatchObject({ code: 'EBADF' });
    await fs.close(fd);
    await expect(fs.write(fd, bytes(1), 0, 1, 0)).rejects.toMatchObject({ code: 'EBADF' });
    await expect(fs.close(fd)).rejects.toMatchObject({ code: 'EBADF' });
  });

  rule('fs-full', 'A write on a full disk throws and writes nothing', async () => {
    const { modules, simulator } = open();
    const { fs } = modules;
    const fd = await fs.open('plugin-temp:/a', 'w+');
    simulator.faults.diskFullAfter(3);
    await fs.write(fd, bytes(1, 2), 0, 2, -1);
    await expect(fs.write(fd, bytes(3, 4), 0, 2, -1)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect((await fs.lstat('plugin-temp:/a')).size).toBe(2);
    await fs.write(fd, bytes(7, 8), 0, 2, 0);
    expect(simulator.stats.diskBytes).toBe(2);
    await fs.close(fd);
    await fs.unlink('plugin-temp:/a');
    expect(simulator.stats.diskBytes).toBe(0);
  });

  test('Bytes across block borders, and in a gap, read back', async () => {
    const { fs } = open().modules;
    const fd = await fs.open('plugin-temp:/big', 'w+');
    const data = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251);
    await fs.write(fd, data.buffer, 0, data.length, 500_000);
    const back = new ArrayBuffer(4_000_000);
    expect((await fs.read(fd, back, 0, 4_000_000, 0)).bytesRead).toBe(3_500_000);
    expect(Buffer.from(back, 500_000, 3_000_000).equals(data)).toBe(true);
    expect(new Uint8Array(back, 0, 500_000).every((byte) => byte === 0)).toBe(true);
  });

  test('Folders, names, text, copies and callbacks', async () => {
    const { fs } = open().modules;
    await expect(fs.mkdir('plugin-data:/a/b')).rejects.toMatchObject({ code: 'ENOENT' });
    await fs.mkdir('plugin-data:/a/b', { recursive: true });
    expect(await fs.writeFile('plugin-data:/a/b/t.txt', 'größe', { encoding: 'utf-8' })).toBe(7);
    expect(await fs.readFile('plugin-data:/a/b/t.txt', { encoding: 'utf-8' })).toBe('größe');
    await fs.copyFile('plugin-data:/a/b/t.txt', 'plugin-temp:/copy.txt');
    await fs.rename('plugin-temp:/copy.txt', 'plugin-data:/a/c.txt');
    expect(await fs.readdir('plugin-data:/a')).toEqual(['b', 'c.txt']);
    expect(await fs.readdir('plugin-temp:/')).toEqual([]);
    await expect(fs.rmdir('plugin-data:/a')).rejects.toMatchObject({ code: 'ENOTEMPTY' });
    await expect(fs.writeFile('plugin-data:/a/c.txt', 'x', { flag: 'wx' })).rejects.toMatchObject({
      code: 'EEXIST',
    });
    await fs.writeFile('plugin-data:/a/c.txt', '!', { flag: 'a' });
    const text = await new Promise((resolve) => {
      void fs.readFile('plugin-data:/a/c.txt', { encoding: 'utf-8' }, (_: unknown, value: unknown) =>
        resolve(value),
      );
    });
    expect(text).toBe('größe!');
  });

  test('The folders of the storage API are the ones of fs', async () => {
    const { fs, uxp } = open().modules;
    const folder = await uxp.storage.localFileSystem.getTemporaryFolder();
    const file = await folder.createFile('note.txt');
    await file.write('hello');
    expect(await fs.readFile('plugin-temp:/note.txt', { encoding: 'utf-8' })).toBe('hello');
    expect(await fs.readFile(file.nativePath, { encoding: 'utf-8' })).toBe('hello');
    expect((await folder.getEntries()).map((entry) => entry.name)).toEqual(['note.txt']);
    await expect(folder.createFile('note.txt')).rejects.toMatchObject({ code: 'EEXIST' });
    await file.delete();
    expect(await folder.getEntries()).toEqual([]);
  });
});

describe('The shell', () => {
  rule('shell-permission', 'Folders and files open only as the manifest says', async () => {
    const { modules, simulator } = open();
    const { openPath } = modules.uxp.shell;
    await simulator.putFile('models/own.txt', new Uint8Array([1]));
    await simulator.putFile('models/own.onnx', new Uint8Array([1]));
    const folder = await modules.uxp.storage.localFileSystem.getDataFolder();
    const { nativePath } = await folder.getEntry('models');
    expect(await openPath(nativePath, 'why')).toBe('');
    expect(await openPath(`${nativePath}/own.txt`, 'why')).toBe('');
    expect(await openPath(`${nativePath}/own.onnx`, 'why')).toMatch('manifest');
    expect(await openPath(`${nativePath}/none.txt`, 'why')).toMatch('no “');
    expect(simulator.opened).toEqual([nativePath, `${nativePath}/own.txt`]);
    const forbidden = createPhotoshop().modules.uxp.shell;
    expect(await forbidden.openPath(nativePath, 'why')).toMatch('manifest');
  });
});

describe('Entry points', () => {
  rule('entry-timeout', 'A handler that does not finish in time fails', async () => {
    const { entrypoints } = open().modules.uxp;
    entrypoints.setup({
      panels: { main: { create: () => new Promise(() => undefined), show: () => Promise.resolve() } },
    });
    await expect(entrypoints.panel('main', 'create', {})).rejects.toThrow('300 ms');
    await expect(entrypoints.panel('main', 'show', {})).resolves.toBeUndefined();
  });

  rule('entry-once', 'A second setup throws', () => {
    const { entrypoints } = open().modules.uxp;
    entrypoints.setup({});
    expect(() => entrypoints.setup({})).toThrow('only once');
  });

  rule('entry-manifest', 'What the manifest does not name, or has no handler, is refused', () => {
    const setup = (given: unknown) => () => open().modules.uxp.entrypoints.setup(given);
    expect(setup({ panels: { other: { show: () => undefined } } })).toThrow('no panel "other"');
    expect(setup({ commands: { other: () => undefined } })).toThrow('no command "other"');
    expect(setup({ panels: { main: { hide: () => undefined } } })).toThrow('create or show');
    expect(setup({ commands: { go: {} } })).toThrow('needs run');
    expect(setup({ plugin: {} })).toThrow('create');
  });

  test('Handlers get the root node, and a function stands for show or run', async () => {
    const { entrypoints } = open().modules.uxp;
    const seen: unknown[] = [];
    entrypoints.setup({
      plugin: () => seen.push('plugin'),
      panels: { main: (root: unknown) => seen.push(root) },
      commands: { go: { run: () => seen.push('go') } },
    });
    await entrypoints.createPlugin();
    await entrypoints.panel('main', 'show', 'root');
    await entrypoints.command('go');
    expect(seen).toEqual(['plugin', 'root', 'go']);
    await expect(entrypoints.panel('none', 'show', 'root')).rejects.toThrow('no panel');
  });

  test('The plugin reads its host, version and locale', () => {
    const { modules, simulator } = open();
    expect(modules.uxp.host).toEqual({ name: 'Photoshop', version: '26.0.0', uiLocale: 'en_US' });
    expect(modules.uxp.versions.plugin).toBe('1.0.0');
    simulator.setLocale('de_DE');
    expect(modules.uxp.host.uiLocale).toBe('de_DE');
  });
});
