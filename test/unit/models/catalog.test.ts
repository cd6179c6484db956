import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { entryFor, MODELS, parseCatalog } from '../../../src/catalog.ts';
import { factsOf } from '../../../models/convert/facts.ts';
import { SOURCES } from '../../../models/convert/sources.ts';

const folder = new URL('../../../models/', import.meta.url);
const catalog = parseCatalog(JSON.parse(readFileSync(new URL('catalog.json', folder), 'utf8')));

test('every model a user can pick has a ×4 entry of its own', () => {
  const picked = MODELS.map((model) => entryFor(catalog, model));
  expect(picked.map(({ scale }) => scale)).toEqual([4, 4, 4]);
  expect(new Set(catalog.networks.map(({ id }) => id)).size).toBe(catalog.networks.length);
});

test('the catalog lists exactly the model files that are there', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.onnx'),
  );
  const listed = [...catalog.networks, catalog.detector].map(({ file }) => file);
  expect(files.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(listed.sort());
});

test('what the recipe converts has its place in the catalog', () => {
  const ids = catalog.networks.map(({ id }) => id);
  for (const { id } of SOURCES) expect(ids).toContain(id);
});

describe.each(catalog.networks)('$id', (entry) => {
  test('is the file that the catalog describes: hash, size, reach and cost', () => {
    expect(entry).toMatchObject(factsOf(readFileSync(new URL(entry.file, folder))));
  });

  test('overlaps no further than its receptive field reaches', () => {
    expect(entry.overlap).toBeGreaterThan(0);
    expect(entry.overlap).toBeLessThanOrEqual(entry.receptiveField);
  });

  test('has its licence text among the notices', () => {
    const notices = readFileSync(new URL('THIRD-PARTY-NOTICES.md', folder), 'utf8');
    expect(notices).toContain(entry.file);
    expect(entry.licence).toContain('BSD-3-Clause');
  });
});
