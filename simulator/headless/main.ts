/** `npm run photoshop`: the panel's whole way without a person, in the emulated Photoshop. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ensureBuilt } from '../server/build.ts';
import { startServer } from '../server/server.ts';
import { launchChromium } from './chromium.ts';
import { enhanceLayers, type LayerResult } from './enhance-layers.ts';
import { readOptions, type Options } from './options.ts';
import { PhotoshopWindow, type CommandName } from './window.ts';

/** A sentence for the person at the shell, without a stack. */
class Refusal extends Error {}

const { input, options } = readOptions();
try {
  const results = await enhance(input, options);
  for (const result of results) console.log(JSON.stringify(result));
  if (results.some(({ problem }) => problem !== null)) process.exitCode = 1;
} catch (failure) {
  if (failure instanceof Refusal) console.error(failure.message);
  else console.error(failure);
  process.exitCode = 1;
}

async function enhance(input: string, options: Options): Promise<readonly LayerResult[]> {
  const { output, overwrite, screenshot, locale, theme, width } = options;
  const psd = await readFile(input).catch((reason: unknown) => {
    throw new Refusal(
      existsSync(input) ? `${input} cannot be read. ${words(reason)}` : `${input}: there is no such file.`,
    );
  });
  if (overwrite !== true && existsSync(output)) {
    throw new Refusal(`${output} exists already. Use --overwrite to replace it.`);
  }
  await ensureBuilt();
  const server = await startServer();
  const browser = await launchChromium();
  try {
    const window = await PhotoshopWindow.open(browser, server.url, {
      document: 'none',
      ...(locale === undefined ? {} : { locale }),
      ...(theme === undefined ? {} : { theme }),
    });
    if (width !== undefined) await window.setPanelWidth(width);
    await window.openPsd(psd, basename(input)).catch(refuse);
    const results = await runs(window, options).catch(refuse);
    if (screenshot !== undefined) await window.page.screenshot({ path: screenshot });
    await writeFile(output, await window.savePsd()).catch((reason: unknown) => {
      throw new Refusal(`${output} cannot be written. ${words(reason)}`);
    });
    return results;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** All layers in one run; or with `again`, the first in one and each of the others in one more, as the first was. */
async function runs(window: PhotoshopWindow, options: Options): Promise<readonly LayerResult[]> {
  const { layer: layers, scale, pixels, print, select, command, ...rest } = options;
  const { id } = await window.activeDocument();
  if (select) await window.select(id, select);
  const run = { ...rest, size: print ?? pixels ?? scale };
  const enhance = (names: readonly string[], name: CommandName | undefined): Promise<LayerResult[]> =>
    enhanceLayers(window, { ...run, layers: names, ...(name ? { command: name } : {}) }, (line) =>
      console.error(line),
    );
  if (command !== 'again') return enhance(layers, command);
  const results = await enhance(layers.slice(0, 1), 'enhance');
  for (const layer of layers.slice(1)) results.push(...(await enhance([layer], 'enhance-again')));
  return results;
}

function refuse(reason: unknown): never {
  throw new Refusal(words(reason));
}

function words(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
