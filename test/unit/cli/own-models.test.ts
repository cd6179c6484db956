import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { tellOwnModels } from '../../../src/cli/list-models.ts';
import { listOwnModels, loadOwnModel } from '../../../src/cli/own-models.ts';
import { withFolder } from './command.ts';
import { grayOnly, repeating } from './networks.ts';

describe('a model of the user’s own', () => {
  test('is found by its path, by its file’s name and by its name', async () => {
    await withFolder(async (path) => {
      await mkdir(path('mine'));
      await writeFile(path('mine/Twice.onnx'), repeating(2));
      for (const [name, folder] of [
        [path('mine/Twice.onnx'), undefined],
        ['Twice.onnx', path('mine')],
        ['Twice', path('mine')],
      ] as const) {
        const { id, scale, bytes } = await loadOwnModel(name, folder);
        expect([id, scale]).toEqual(['own:Twice.onnx', 2]);
        expect(new Uint8Array(bytes)).toEqual(repeating(2));
      }
    });
  });

  test('that is not there is wrong usage, with what there is to choose', async () => {
    await withFolder(async (path) => {
      await expect(loadOwnModel('cats', undefined)).rejects.toThrow(
        'There is no model “cats”. Choose auto, face, landscape, art, or one of your own: its .onnx file, or its name with --models FOLDER.',
      );
      await expect(loadOwnModel('cats', path(''))).rejects.toThrow(`its name in ${path('')}`);
      await expect(loadOwnModel(path('cats.onnx'), undefined)).rejects.toThrow(
        `${path('cats.onnx')}: there is no such model.`,
      );
    });
  });

  test('that cannot be used is refused with the reason', async () => {
    await withFolder(async (path) => {
      await writeFile(path('gray.onnx'), grayOnly());
      await writeFile(path('text.onnx'), 'not a network');
      for (const file of ['gray.onnx', 'text.onnx']) {
        await expect(loadOwnModel(path(file), undefined)).rejects.toMatchObject({
          name: 'UsageError',
          message: expect.stringContaining(`${path(file)}: This model cannot be used: `) as unknown,
        });
      }
    });
  });
});

describe('a folder of own models', () => {
  test('is listed by name, each with its scale or the reason it is refused', async () => {
    await withFolder(async (path) => {
      await writeFile(path('b.onnx'), repeating(3));
      await writeFile(path('a.ONNX'), grayOnly());
      await writeFile(path('notes.txt'), 'not looked at');
      await writeFile(path('empty.onnx'), '');
      const listed = await listOwnModels(path(''));
      expect(listed.map(({ file, size }) => [file, size])).toEqual([
        ['a.ONNX', grayOnly().length],
        ['b.onnx', repeating(3).length],
        ['empty.onnx', 0],
      ]);
      const [gray, three, empty] = listed.map(({ found }) => found);
      expect(three).toMatchObject({ scale: 3 });
      for (const refused of [gray, empty]) expect(refused).toMatchObject({ code: 'model-unfit' });
      const told = tellOwnModels(path(''), listed).split('\n');
      expect(told[1]).toMatch(/^a\.ONNX +0\.0 MB +refused +This model cannot be used: .+\.$/);
      expect(told[2]).toMatch(/^b\.onnx +0\.0 MB +× 3/);
      expect(told[3]).toMatch(/^empty\.onnx .*refused/);
    });
  });

  test('without any says so, and one that is not there is wrong usage', async () => {
    await withFolder(async (path) => {
      expect(tellOwnModels(path(''), await listOwnModels(path('')))).toContain(
        'there is no .onnx file in it',
      );
      await expect(listOwnModels(path('gone'))).rejects.toMatchObject({ name: 'UsageError' });
    });
  });
});
