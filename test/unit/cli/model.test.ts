import { cp, mkdir, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { blendFor } from '../../../src/catalog.ts';
import { loadModel, MODELS_FOLDER, readCatalog } from '../../../src/cli/model.ts';
import { withFolder } from './command.ts';

const choice = { model: 'art', quality: 'fast', detail: 100 } as const;

describe('a model', () => {
  test('is loaded when its files are those that the catalog lists', async () => {
    const catalog = await readCatalog();
    for (const { model, quality } of catalog.entries) {
      // In between, where both ends are needed.
      const between = { model, quality, detail: 50 };
      const { blend, loaded } = await loadModel(between);
      expect(blend).toEqual(blendFor(catalog, between));
      expect(loaded.selfEnsemble).toBe(blend.selfEnsemble);
      expect(loaded.parts.map(({ share }) => share)).toEqual(blend.parts.map(({ share }) => share));
      for (const part of loaded.parts) expect(part.model.length).toBeGreaterThan(1e5);
    }
  });

  test('that is missing or damaged is an error by name', async () => {
    await withFolder(async (path) => {
      await expect(readCatalog(path(''))).rejects.toMatchObject({ code: 'model-missing' });
      await cp(join(MODELS_FOLDER, 'catalog.json'), path('catalog.json'));
      await expect(loadModel(choice, path(''))).rejects.toMatchObject({ code: 'model-missing' });
      const [network] = (await loadModel(choice)).blend.parts.flatMap(({ weights }) =>
        weights.map((each) => each.network),
      );
      if (!network) throw new Error('no network');
      await mkdir(dirname(path(network.file)));
      await cp(join(MODELS_FOLDER, network.file), path(network.file));
      await expect(loadModel(choice, path(''))).resolves.toMatchObject({ blend: { scale: network.scale } });
      await truncate(path(network.file), network.size - 1);
      await expect(loadModel(choice, path(''))).rejects.toMatchObject({
        code: 'model-damaged',
        detail: network.file,
      });
    });
  });
});
