/**
 * Makes test clips, in a page of headless Chromium: `makeClips(folder, names)` where they are wanted, `testClips(names)`
 * in a folder that is kept from run to run. What is there already is not made again. clip-specs.ts says what there is.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import type { Page, Route } from 'playwright-core';
import { launchChromium } from '../headless/chromium.ts';
import { withBox, withCodec } from './clip-boxes.ts';
import { clipSpec, type ClipName, type ClipSpec } from './clip-specs.ts';

export { frameNumber, frameNumberOf } from './clip-picture.ts';
export { CLIPS, type ClipName, type ClipSpec } from './clip-specs.ts';

const here = fileURLToPath(new URL('./', import.meta.url));
const root = join(here, '../../');
/** WebCodecs is for secure pages only; nothing of this address leaves the browser. */
const ORIGIN = 'https://clips.test';

/** The clips' paths by name. */
export async function makeClips<Name extends ClipName>(
  folder: string,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  await mkdir(folder, { recursive: true });
  const paths = Object.fromEntries(names.map((name) => [name, join(folder, fileName(name))])) as Record<
    Name,
    string
  >;
  const missing = names.filter((name) => !existsSync(paths[name]));
  if (missing.length === 0) return paths;
  await inPage(async (make) => {
    for (const name of missing) {
      // Another process may be making it, too: none sees half a file.
      const part = `${paths[name]}.${process.pid}`;
      const spec = clipSpec(name);
      await writeFile(part, spec ? await make(spec) : 'This is not a clip.\n'.repeat(200));
      await rename(part, paths[name]);
    }
  });
  return paths;
}

/** As `makeClips`, in a folder that holds them until what makes them changes. */
export async function testClips<Name extends ClipName>(
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const hash = createHash('sha256');
  for (const file of [...(await sources(here)), join(root, 'package-lock.json')])
    hash.update(await readFile(file));
  return makeClips(join(root, '.cache', `clips-${hash.digest('hex').slice(0, 12)}`), names);
}

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  return files.map(({ parentPath, name }) => join(parentPath, name)).sort();
}

const fileName = (name: ClipName): string => `${name}.${clipSpec(name)?.container ?? 'mp4'}`;

/** Runs `work` with what makes one clip's bytes. */
export async function inPage<Result>(
  work: (make: (spec: ClipSpec) => Promise<Buffer>) => Promise<Result>,
): Promise<Result> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.route(`${ORIGIN}/**`, serve);
    await page.goto(`${ORIGIN}/maker/`);
    await page.waitForFunction(() => 'makeClip' in globalThis);
    return await work(async (spec) => finished(spec, await madeBy(page, spec)));
  } finally {
    await browser.close();
  }
}

/** The files beside this one as scripts, and mediabunny. */
async function serve(route: Route): Promise<void> {
  const path = new URL(route.request().url()).pathname.slice(1);
  if (path === 'maker/') {
    const imports = JSON.stringify({ imports: { mediabunny: '/mediabunny' } });
    const body = `<!doctype html><script type="importmap">${imports}</script><script type="module" src="page.ts"></script>`;
    return route.fulfill({ contentType: 'text/html', body });
  }
  if (path === 'mediabunny') {
    const body = await readFile(join(root, 'node_modules/mediabunny/dist/bundles/mediabunny.min.mjs'));
    return route.fulfill({ contentType: 'text/javascript', body });
  }
  const source = await readFile(join(here, path), 'utf8').catch(() => undefined);
  if (source === undefined) return route.fulfill({ status: 404 });
  const { code } = await transform(source, {
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  return route.fulfill({ contentType: 'text/javascript', body: code });
}

async function madeBy(page: Page, spec: ClipSpec): Promise<Buffer> {
  const base64 = await page.evaluate(async (wanted) => {
    const bytes = await makeClip(wanted);
    // In pieces, as no call takes as many arguments as a clip has bytes.
    let letters = '';
    for (let at = 0; at < bytes.length; at += 8192) {
      letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
    }
    return btoa(letters);
  }, spec);
  return Buffer.from(base64, 'base64');
}

/** QuickTime File Format, “fiel”: two fields, of which the upper (1) or the lower (6) is shown first. */
const FIELDS = { upper: [2, 1], lower: [2, 6] } as const;

function finished(spec: ClipSpec, made: Buffer): Buffer {
  let file = made;
  if (spec.fields) file = withBox(file, 'fiel', FIELDS[spec.fields]);
  if (spec.pixelAspect) {
    const content = Buffer.alloc(8);
    content.writeUInt32BE(spec.pixelAspect[0]);
    content.writeUInt32BE(spec.pixelAspect[1], 4);
    file = withBox(file, 'pasp', [...content]);
  }
  if (spec.damage === 'unknown-codec') file = withCodec(file, 'zzzz');
  if (spec.damage === 'truncated') file = file.subarray(0, Math.floor(file.length * 0.6));
  if (spec.damage === 'overwritten')
    file.fill(0x5a, Math.floor(file.length * 0.4), Math.floor(file.length * 0.6));
  return file;
}
