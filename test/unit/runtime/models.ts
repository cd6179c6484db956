/** The catalog and its models, for the runtime's tests. */
import { readFileSync } from 'node:fs';
import { parseCatalog, type Catalog, type Network } from '../../../src/catalog.ts';
import type { Tile } from '../../../src/engine/types.ts';

const models = new URL('../../../models/', import.meta.url);

export const catalog: Catalog = parseCatalog(
  JSON.parse(readFileSync(new URL('catalog.json', models), 'utf8')),
);

export const entries: readonly Network[] = catalog.networks;

export function modelBytes(entry: Network): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(entry.file, models)));
}

/** Soft blobs of colour; another picture for each `phase`. */
export function blobs(width: number, height: number, phase = 0): Tile {
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width) % height];
    return 0.5 + 0.4 * Math.sin(x / 3.1 + phase + i / (width * height)) * Math.cos(y / 4.3);
  });
  return { width, height, data };
}

export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (b[i] ?? NaN))), 0);
}
