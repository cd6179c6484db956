/** A module of the sources or of the tests as a script for a page. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import webpack from 'webpack';

/** A script that leaves what the module exports in the global `name`. */
export async function pageScript(entry: string, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-page-'));
  try {
    const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
      webpack(
        {
          mode: 'none',
          entry,
          target: ['web', 'es2022'],
          devtool: false,
          output: { path: folder, filename: 'page.js', library: { type: 'var', name } },
          resolve: { extensions: ['.ts', '.js'] },
          module: {
            parser: { javascript: { dynamicImportMode: 'eager' } },
            rules: [{ test: /\.ts$/, exclude: /node_modules/, use: 'swc-loader' }],
          },
        },
        (error, done) => (error ? reject(error) : resolve(done)),
      );
    });
    if (stats?.hasErrors()) throw new Error(stats.toString('errors-only'));
    return await readFile(join(folder, 'page.js'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}
