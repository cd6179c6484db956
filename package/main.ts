/** `npm run package`: one .ccx a host in dist/, each opened again and checked. Exits with 1 if anything is found. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../simulator/server/build.ts';
import { pack } from './archive.ts';
import { checkPackage } from './check.ts';
import { HOSTS, SCRIPT, type Host } from './hosts.ts';
import { type DevelopmentManifest, releaseManifest } from './release-manifest.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const plugin = join(root, 'dist', 'plugin');

await ensureBuilt();
const built = await builtFiles();
let found = 0;
for (const host of HOSTS) found += await make(host);
if (found > 0) {
  console.error(`${found} ${found === 1 ? 'finding' : 'findings'}: not to be released.`);
  process.exitCode = 1;
}

/** What the build left, by path; a file of a former build would be found out as referred to by nothing. */
async function builtFiles(): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(plugin, { recursive: true, withFileTypes: true });
  const paths = entries.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    await Promise.all(
      paths.map(async (path) => [relative(plugin, path).split(sep).join('/'), await readFile(path)] as const),
    ),
  );
}

/** Gives how much was found. */
async function make(host: Host): Promise<number> {
  const script = await readFile(join(root, host.script));
  const manifest = JSON.parse(await readFile(join(root, 'manifest.json'), 'utf8')) as DevelopmentManifest;
  const released = releaseManifest(manifest, host, script.toString());
  const files = new Map(built)
    .set(SCRIPT, script)
    .set('manifest.json', Buffer.from(`${JSON.stringify(released, null, 2)}\n`));
  const path = join(root, 'dist', `loupe-${host.name}-${manifest.version}.ccx`);
  await writeFile(path, pack(files));

  const ccx = await readFile(path);
  const { findings, evidence, sizes } = checkPackage(ccx, host);
  console.log(`${relative(root, path)}  ${megabytes(ccx.length)}`);
  for (const { kind, files, bytes } of sizes) {
    console.log(`  ${kind.padEnd(22)} ${String(files).padStart(3)} files ${megabytes(bytes).padStart(9)}`);
  }
  for (const { permission, found } of evidence) {
    console.log(`  ${permission.padEnd(31)} ${found ?? 'unused'}`);
  }
  for (const finding of findings) console.error(`  ✗ ${finding}`);
  return findings.length;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)} MB`;
}
