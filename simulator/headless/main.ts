/** `npm run photoshop`: the panel's whole way without a person, in the emulated Photoshop. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ensureBuilt } from '../server/build.ts';
import { startServer } from '../server/server.ts';
import { launchChromium } from './chromium.ts';
import { enhanceLayer, type LayerJob } from './enhance-layer.ts';
import { PhotoshopWindow } from './window.ts';

interface Options extends LayerJob {
  readonly output: string;
  readonly overwrite?: boolean;
  readonly screenshot?: string;
}

/** A sentence for the person at the shell, without a stack. */
class Refusal extends Error {}

const program = new Command('npm run photoshop --')
  .description(
    'Opens a PSD in the emulated Photoshop, presses Enhance in the Loupe panel and saves the result.',
  )
  .argument('<input>', 'a PSD or PSB')
  .requiredOption('-o, --output <file>', 'where to save the result')
  .option('--layer <name>', 'the layer to enhance; the topmost visible one with pixels unless given')
  .addOption(
    new Option('--model <model>', 'what the picture shows')
      .choices(['auto', 'face', 'landscape', 'art'])
      .default('auto'),
  )
  .addOption(new Option('--quality <quality>', 'fast or best').choices(['fast', 'best']))
  .option('--detail <percent>', '0 faithful to 100 detailed', percent)
  .option('--noise <percent>', '0 keeps the grain, 100 removes it', percent)
  .option('--sharpness <percent>', '0 as the model makes it to 100 sharpest', percent)
  .addOption(new Option('--scale <factor>', 'how much larger').argParser(scaleFactor).default(4))
  .option('--overwrite', 'replace the output if it exists')
  .option('--screenshot <file>', 'save a picture of the window when done (PNG)')
  .exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2))
  .parse();

const [input = ''] = program.args;
try {
  console.log(JSON.stringify(await enhance(input, program.opts<Options>())));
} catch (failure) {
  if (failure instanceof Refusal) console.error(failure.message);
  else console.error(failure);
  process.exitCode = 1;
}

async function enhance(input: string, options: Options): Promise<object> {
  const { output, overwrite, screenshot } = options;
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
    const window = await PhotoshopWindow.open(browser, server.url, 'none');
    await window.openPsd(psd, basename(input)).catch((reason: unknown) => {
      throw new Refusal(words(reason));
    });
    const result = await enhanceLayer(window, options, (line) => console.error(line)).catch(
      (reason: unknown) => {
        throw new Refusal(words(reason));
      },
    );
    if (screenshot !== undefined) await window.page.screenshot({ path: screenshot });
    await writeFile(output, await window.savePsd()).catch((reason: unknown) => {
      throw new Refusal(`${output} cannot be written. ${words(reason)}`);
    });
    return result;
  } finally {
    await browser.close();
    await server.close();
  }
}

function words(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

function scaleFactor(text: string): number {
  if (!['2', '3', '4'].includes(text)) throw new InvalidArgumentError('Allowed choices are 2, 3, 4.');
  return Number(text);
}

function percent(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 100) {
    throw new InvalidArgumentError('Choose a whole number from 0 to 100.');
  }
  return Number(text);
}
