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
import { detectorGraph, readWeights } from './detector.ts';

const PACKAGE = '@vladmandic/face-api@1.7.15';
const TARBALL_SHA256 = '0d77fffeef362ef9c0939cf6c567f3a2e8e177f114fa257a3270cbd2e509b031';
const MANIFEST = {
  path: 'package/model/tiny_face_detector_model-weights_manifest.json',
  sha256: '5d1af4849ac48d5b985f4a9b16010c512353ddd6fcc63d50fd0bc9e9e64296e5',
};
const SHARD = {
  path: 'package/model/tiny_face_detector_model.bin',
  sha256: 'b7503ce7df31039b1c43316a9b865cab6a70dd748cc602d3fa28b551503c3871',
};

const models = new URL('../', import.meta.url);

function converted(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'loupe-convert-'));
  try {
    const tarball = packTarball(PACKAGE, TARBALL_SHA256, folder);
    const manifest: unknown = JSON.parse(new TextDecoder().decode(unpack(tarball, MANIFEST, folder)));
    return encodeModel(detectorGraph(readWeights(manifest, unpack(tarball, SHARD, folder))));
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
