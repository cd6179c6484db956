import { expect, test } from '@jest/globals';
import { verifyModel } from '../../../src/runtime/sha256.ts';
import { entries, modelBytes } from './models.ts';

test.each(entries)('the committed file of $id is the one the catalog lists', (entry) => {
  expect(() => verifyModel(modelBytes(entry), entry)).not.toThrow();
});

test('a model with one bit changed is refused by its file’s name', () => {
  const [entry] = entries;
  if (!entry) throw new Error('the catalog is empty');
  const bytes = modelBytes(entry);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  expect(() => verifyModel(bytes, entry)).toThrow(
    expect.objectContaining({ code: 'model-damaged', detail: entry.file }),
  );
});
