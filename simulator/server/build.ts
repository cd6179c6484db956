/** Builds the plugin and the emulated applications when what is in dist/ is missing or older than its sources. */
import { spawn } from 'node:child_process';
import { readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = [
  ...['src', 'models', 'icons', 'webpack', 'webpack.config.js', 'manifest.json', 'package-lock.json'],
  ...['colour', 'page', 'photoshop', 'premiere', 'psd', 'uxp', 'samples'].map((each) => `simulator/${each}`),
];
/** The last of the files a build writes. */
const results = [
  'dist/plugin/host.js',
  'dist/premiere/host.js',
  'dist/photoshop/host.js',
  'dist/plugin/panel.js',
  'dist/plugin/engine.b64.js',
  'dist/simulator/simulator.js',
  'dist/simulator/premiere.js',
];

/** Resolves when dist/ is up to date. What webpack says goes to stderr. Rejects if the build fails. */
export async function ensureBuilt(): Promise<void> {
  if (!(await stale())) return;
  // What changes while it is built may have come too late for it.
  const began = new Date();
  await run(process.execPath, [join(root, 'node_modules/webpack/bin/webpack.js'), '--mode', 'production']);
  // Webpack leaves a file alone whose content did not change, and with it its date.
  await Promise.all(results.map((each) => utimes(join(root, each), began, began)));
}

async function stale(): Promise<boolean> {
  const built = await Promise.all(results.map((each) => modified(join(root, each))));
  const changed = await Promise.all(sources.map((each) => modified(join(root, each))));
  return Math.min(...built) <= Math.max(...changed);
}

/** When the file, or the latest below the folder, was last written, in milliseconds; 0 if there is none. */
async function modified(path: string): Promise<number> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isDirectory()) return info?.mtimeMs ?? 0;
  const inside = await Promise.all((await readdir(path)).map((each) => modified(join(path, each))));
  return Math.max(0, ...inside);
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', process.stderr, process.stderr] });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The build failed (webpack ended with ${String(code)}).`));
    });
  });
}
