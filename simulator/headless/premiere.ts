/** `npm run premiere`: a clip's whole way without a person, in the emulated Premiere. */
import { existsSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBuilt } from '../server/build.ts';
import { startServer } from '../server/server.ts';
import { launchChromium } from './chromium.ts';
import { keepRender, OutputTaken } from './keep-render.ts';
import { readOptions, type PremiereOptions } from './premiere-options.ts';
import { PremiereWindow, secondsOf, ticksOf } from './premiere-window.ts';
import { remasterClip, setUp, type ClipResult } from './remaster-clip.ts';
import { renderFacts, type RenderFacts } from './render-facts.ts';

/** A sentence for the person at the shell, without a stack. */
class Refusal extends Error {}

interface Line extends Omit<ClipResult, 'path'>, RenderFacts {
  readonly output: string;
}

const { input, options } = readOptions();
try {
  const line = await remaster(input, options);
  console.log(JSON.stringify(line));
  if (line.problem !== null) process.exitCode = 1;
} catch (failure) {
  if (failure instanceof Refusal) console.error(failure.message);
  else console.error(failure);
  process.exitCode = 1;
}

async function remaster(input: string, options: PremiereOptions): Promise<Line> {
  const { output: folder, screenshot, locale, theme, width } = options;
  await access(input, constants.R_OK).catch(() => {
    throw new Refusal(existsSync(input) ? `${input} cannot be read.` : `${input}: there is no such file.`);
  });
  await mkdir(folder, { recursive: true })
    .then(() => access(folder, constants.W_OK))
    .catch((reason: unknown) => {
      throw new Refusal(`${folder} cannot be written to. ${words(reason)}`);
    });
  await ensureBuilt();
  const server = await startServer();
  const browser = await launchChromium();
  try {
    const window = await PremiereWindow.open(browser, server.url, {
      media: 'none',
      ...(locale === undefined ? {} : { locale }),
      ...(theme === undefined ? {} : { theme }),
    });
    if (width !== undefined) await window.setPanelWidth(width);
    await layOut(window, input, options);
    await setUp(window, options).catch(refuse);
    await window.waitForRemaster().catch(refuse);
    const output = await outputFor(window, options);
    const result = await remasterClip(window, (line) => console.error(line)).catch(refuse);
    if (screenshot !== undefined) await window.page.screenshot({ path: screenshot });
    const { path, ...rest } = result;
    const source = {
      list: (folder: string) => window.premiere(({ disk }, at) => disk.list(at), folder),
      copyOut: (from: string, to: string) => window.copyOut(from, to),
    };
    await keepRender(source, path, output, options.overwrite === true).catch((reason: unknown) => {
      throw new Refusal(
        reason instanceof OutputTaken ? reason.message : `${output} cannot be written. ${words(reason)}`,
      );
    });
    return { output, ...(await renderFacts(output, await rateOf(window, path))), ...rest };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** The clip, from its in to its out point, at the start of a sequence of its own rate, and selected. */
async function layOut(window: PremiereWindow, input: string, options: PremiereOptions): Promise<void> {
  const itemId = await window.importFile(input);
  if (itemId === null) throw new Refusal(`${input}: Premiere cannot import this file.`);
  const item = await window.premiere(
    (premiere, id) => premiere.view().project?.items.find((each) => each.id === id),
    itemId,
  );
  const { durationTicks = '0', interpretation, kind } = item ?? {};
  const rate = interpretation !== undefined && interpretation.rate > 0 ? interpretation.rate : 25;
  if (options.in >= secondsOf(durationTicks) && kind === 'clip') {
    throw new Refusal(
      `${input} is only ${secondsOf(durationTicks)} s long, so that --in lies behind its end.`,
    );
  }
  if (options.out !== undefined && options.out > secondsOf(durationTicks) + 1 / rate) {
    throw new Refusal(`${input} is only ${secondsOf(durationTicks)} s long. Choose an earlier --out.`);
  }
  const frame = BigInt(Math.round(254_016_000_000 / rate));
  const out = options.out === undefined ? durationTicks : ticksOf(options.out, frame);
  await window
    .layOut(
      itemId,
      { name: 'Sequence 01', ...options.sequence, rate },
      {
        inTicks: ticksOf(options.in, frame),
        outTicks: BigInt(out) > BigInt(durationTicks) ? durationTicks : out,
      },
    )
    .catch(refuse);
}

/** Where the render will lie: of its name in the folder. Rejects where that is there already. */
async function outputFor(window: PremiereWindow, { output, overwrite }: PremiereOptions): Promise<string> {
  const path = join(output, await window.renderName());
  if (!existsSync(path)) return path;
  if (overwrite !== true) throw new Refusal(`${path} exists already. Use --overwrite to replace it.`);
  return path;
}

/** As the emulated Premiere interprets what it imported. */
async function rateOf(window: PremiereWindow, path: string): Promise<number> {
  const rate = await window.premiere((premiere, file) => {
    const items = [...(premiere.view().project?.items ?? [])];
    for (let item = items.pop(); item; item = items.pop()) {
      if (item.path === file) return item.interpretation.rate;
      items.push(...(item.children ?? []));
    }
    return undefined;
  }, path);
  return rate ?? 0;
}

function refuse(reason: unknown): never {
  throw new Refusal(words(reason));
}

function words(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
