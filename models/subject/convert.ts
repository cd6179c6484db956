/**
 * The recipe of the face detector, run by hand: downloads the published weights, writes the ONNX file they become, and
 * brings the catalog's `detector` up to date. The output is committed; running it again changes nothing.
 *
 *     npx tsx models/subject/convert.ts
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCatalog } from '../../src/catalog.ts';
import { packTarball, unpack } from '../convert/fetch.ts';
import { encodeModel } from '../convert/onnx.ts';
import { detectorGraph } from './detector.ts';
import { readGraph } from './tfjs.ts';

const PACKAGE = '@vladmandic/human@3.3.6';
const TARBALL_SHA256 = '425e9c51dbbca0c8934362b170cb0d54c2529c11c654b3c03092b16e9d6ad3f7';
const TOPOLOGY = {
  path: 'package/models/blazeface.json',
  sha256: 'cd7bbfc078270572beb39f9e5ae67aadbd50b5e67cff37e6d4f6b3ea39312e5f',
};
const SHARD = {
  path: 'package/models/blazeface.bin',
  sha256: 'dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72',
};

const models = new URL('../', import.meta.url);

function converted(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'loupe-convert-'));
  try {
    const tarball = packTarball(PACKAGE, TARBALL_SHA256, folder);
    const topology: unknown = JSON.parse(new TextDecoder().decode(unpack(tarball, TOPOLOGY, folder)));
    return encodeModel(detectorGraph(readGraph(topology, unpack(tarball, SHARD, folder))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const catalogFile = new URL('catalog.json', models);
// As it is in the file: the checked copy would bring the fields of other entries into another order.
const catalog = JSON.parse(readFileSync(catalogFile, 'utf8')) as object;
const file = converted();
const detector = {
  ...parseCatalog(catalog).detector,
  sha256: createHash('sha256').update(file).digest('hex'),
  size: file.length,
};
writeFileSync(new URL(detector.file, models), file);
writeFileSync(catalogFile, `${JSON.stringify({ ...catalog, detector }, null, 2)}\n`);
console.log(detector);
