import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { blendFor, MODELS, parseCatalog, QUALITIES } from '../../../src/catalog.ts';
import { interpolateWeights } from '../../../src/runtime/blend.ts';
import { factsOf } from '../../../models/convert/facts.ts';
import { SOURCES } from '../../../models/convert/sources.ts';

const folder = new URL('../../../models/', import.meta.url);
const catalog = parseCatalog(JSON.parse(readFileSync(new URL('catalog.json', folder), 'utf8')));

const networks = [...catalog.networks, ...catalog.starts];

const choices = MODELS.flatMap((model) =>
  QUALITIES.flatMap((quality) => [0, 50, 100].map((detail) => ({ model, quality, detail }))),
);

test.each(choices)('$quality $model at detail $detail is a blend to ×4 whose shares sum to 1', (choice) => {
  const { scale, parts } = blendFor(catalog, choice);
  const sum = (shares: readonly { readonly share: number }[]) =>
    shares.reduce((so, { share }) => so + share, 0);
  expect(scale).toBe(4);
  expect(sum(parts)).toBeCloseTo(1);
  for (const { weights } of parts) expect(sum(weights)).toBeCloseTo(1);
});

test('every network has an id of its own', () => {
  const ids = networks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every network is used by a choice, but for those that training starts from', () => {
  const ids = catalog.networks.map(({ id }) => id);
  const used = choices.flatMap((choice) =>
    blendFor(catalog, choice).parts.flatMap(({ weights }) => weights.map(({ network }) => network.id)),
  );
  expect([...new Set(used)].sort()).toEqual(ids.sort());
});

test('where weights are blended, the two networks have the same graph', () => {
  const bytes = (wanted: string) => {
    const network = catalog.networks.find(({ id }) => id === wanted);
    return new Uint8Array(readFileSync(new URL(network?.file ?? '', folder)));
  };
  for (const { faithful, detailed, blend } of catalog.entries) {
    if (blend !== 'weights') continue;
    const halves = [faithful, detailed].map((id) => ({ bytes: bytes(id), share: 0.5, name: id }));
    expect(() => interpolateWeights(halves)).not.toThrow();
  }
});

test('the catalog lists exactly the model files that are there', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.onnx'),
  );
  const listed = [...networks, catalog.detector].map(({ file }) => file);
  expect(files.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(listed.sort());
});

test('what the recipe converts has its place in the catalog', () => {
  const ids = networks.map(({ id }) => id);
  for (const { id } of SOURCES) expect(ids).toContain(id);
});

describe.each(networks)('$id', (entry) => {
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
