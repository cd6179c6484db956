/**
 * The recipe, run by hand: downloads the published weights, writes the ONNX files they become, and brings the
 * catalog's computed fields up to date. The outputs are committed; running it again changes nothing.
 *
 *     npx tsx models/convert/main.ts
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCatalog, type Catalog, type Network } from '../../src/catalog.ts';
import { factsOf } from './facts.ts';
import { packTarball, unpack } from './fetch.ts';
import { readNcnn } from './ncnn.ts';
import { encodeModel } from './onnx.ts';
import { SOURCES, type WeightSource } from './sources.ts';
import { translate } from './translate.ts';

const modelsFolder = fileURLToPath(new URL('..', import.meta.url));
const catalogPath = join(modelsFolder, 'catalog.json');

/** Each package is downloaded once. */
function tarballs(folder: string): (source: WeightSource) => string {
  const paths = new Map<string, string>();
  return ({ package: name, tarballSha256 }) => {
    const path = paths.get(name) ?? packTarball(name, tarballSha256, folder);
    paths.set(name, path);
    return path;
  };
}

function convert(source: WeightSource, tarball: string, folder: string): Uint8Array {
  const param = new TextDecoder().decode(unpack(tarball, source.param, folder));
  const bin = unpack(tarball, source.bin, folder);
  return encodeModel(translate(source.id, readNcnn(param, bin)));
}

function main(): void {
  const catalog: Catalog = parseCatalog(JSON.parse(readFileSync(catalogPath, 'utf8')));
  const folder = mkdtempSync(join(tmpdir(), 'loupe-convert-'));
  try {
    const tarballOf = tarballs(folder);
    for (const source of SOURCES) {
      const entry = [...catalog.networks, ...catalog.starts].find(({ id }) => id === source.id);
      if (!entry) throw new Error(`catalog.json has no ${source.id}`);
      writeFileSync(join(modelsFolder, entry.file), convert(source, tarballOf(source), folder));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const measured = (networks: readonly Network[]) =>
    networks.map((network) => ({ ...network, ...factsOf(readFileSync(join(modelsFolder, network.file))) }));
  const [networks, starts] = [measured(catalog.networks), measured(catalog.starts)];
  writeFileSync(catalogPath, `${JSON.stringify({ ...catalog, networks, starts }, null, 2)}\n`);
  console.table(
    [...networks, ...starts].map(({ id, size, sha256, macsPerPixel, receptiveField }) => ({
      id,
      size,
      sha256,
      macsPerPixel,
      receptiveField,
    })),
  );
}

main();
