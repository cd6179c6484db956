/**
 * What a clip's remaster costs: the built plugin in the emulated Premiere, in a headless browser, on the sample; and how
 * steady each shipped model leaves it. The browser has no GPU, so its backend is WASM.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ModelName } from '../src/catalog.ts';
import type { RemasterResult } from '../src/video/types.ts';
import { launchChromium } from '../simulator/headless/chromium.ts';
import { PremiereWindow, ticksOf, type CodecChoice } from '../simulator/headless/premiere-window.ts';
import { remasterClip, setUp } from '../simulator/headless/remaster-clip.ts';
import { ensureBuilt } from '../simulator/server/build.ts';
import { startServer } from '../simulator/server/server.ts';
import { modelFlicker } from './flicker.ts';
import type { Line } from './measure.ts';

const sample = fileURLToPath(new URL('../simulator/samples/sample.mp4', import.meta.url));
const RATE = 25;
const CODECS = ['prores', 'h264', 'png'] as const satisfies readonly CodecChoice[];

export interface ClipOptions {
  readonly model: ModelName;
  /** Few frames, one codec, and the steadiness of one model. */
  readonly quick: boolean;
}

export async function clipSpeed({ model, quick }: ClipOptions): Promise<Line[]> {
  const frames = quick ? 4 : 12;
  const lines: Line[] = [];
  for (const codec of quick ? CODECS.slice(0, 1) : CODECS)
    lines.push(...(await remastered(model, codec, frames)));
  return lines;
}

/** Needs ffmpeg; without it there are no lines. */
export async function clipFlicker({ model, quick }: ClipOptions): Promise<Line[]> {
  if (spawnSync('ffmpeg', ['-version']).status !== 0) {
    process.stderr.write('  no ffmpeg here: how steady the models are is not measured\n');
    return [];
  }
  return modelFlicker({
    clip: sample,
    frames: quick ? { fast: 3, best: 2 } : { fast: 8, best: 3 },
    ...(quick && { models: [model], qualities: ['fast'] }),
  });
}

async function remastered(model: ModelName, codec: CodecChoice, frames: number): Promise<Line[]> {
  await ensureBuilt();
  const server = await startServer();
  const browser = await launchChromium();
  try {
    const window = await PremiereWindow.open(browser, server.url, { media: 'none' });
    await overhearResults(window);
    const itemId = await window.importFile(sample);
    if (itemId === null) throw new Error('The sample cannot be imported.');
    await window.layOut(
      itemId,
      { name: 'Bench', width: 1024, height: 576, rate: RATE },
      { inTicks: '0', outTicks: ticksOf(frames / RATE) },
    );
    // Until it has seen what is selected, the panel says that nothing is.
    await window.waitForState(['clip-ready', 'refused', 'clip-failed']);
    await setUp(window, { model, quality: 'fast', target: '4x', codec, handles: 0 });
    const { backend } = await remasterClip(window, (line) => process.stderr.write(`  ${line}\n`));
    const { ms, shares, width, height, flicker, ...result } = await overheard(window);
    const what = `clip to ${width} × ${height}, ${model}, fast, ${codec}`;
    return [
      {
        what: `${what}: frames a second`,
        value: (1000 * result.frames) / ms,
        unit: '/s',
        note: `${backend ?? ''}; ${result.frames} frames, flicker ${flicker.toFixed(3)} × the source’s`,
      },
      ...(['model', 'decode', 'steady', 'encode', 'bridge'] as const).map((part) => ({
        what: `${what}: ${part} at work`,
        value: (100 * shares[part]) / ms,
        unit: '%' as const,
      })),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Has the panel's page keep what its workers answer with shares. As text: functions would come with helpers it lacks. */
async function overhearResults(window: PremiereWindow): Promise<void> {
  await (
    await window.panelPage()
  ).evaluate(`{
    const Plain = Worker;
    globalThis.Worker = class extends Plain {
      constructor(...about) {
        super(...about);
        this.addEventListener('message', ({ data }) => {
          if (data?.value?.shares !== undefined) globalThis.overheard = data.value;
        });
      }
    };
  }`);
}

async function overheard(window: PremiereWindow): Promise<RemasterResult> {
  const result = await (
    await window.panelPage()
  ).evaluate<RemasterResult | undefined>('globalThis.overheard');
  if (result === undefined) throw new Error('The video worker has not said what the run came to.');
  return result;
}
