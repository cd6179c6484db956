/**
 * `npm run bench [-- SECTION…]`: what the engine, the wire and the memory cost on this machine. Every ratio is of
 * times taken in turns within this one run.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Argument, Command, Option } from 'commander';
import { MODELS, type ModelName } from '../src/catalog.ts';
import { bridgeSpeed } from './bridge.ts';
import { clipFlicker, clipSpeed } from './clip.ts';
import { engineAgainstRaw } from './engine.ts';
import { format, type Line } from './measure.ts';
import { pageMemory } from './page-memory.ts';
import { previewLatency } from './preview.ts';
import { shellMemory } from './shell-memory.ts';

const SECTIONS = ['engine', 'wasm', 'bridge', 'preview', 'memory', 'clip'] as const;
type Section = (typeof SECTIONS)[number];

interface Options {
  readonly model: ModelName;
  readonly rounds: number;
  readonly full: boolean;
  readonly quick: boolean;
  readonly json?: string;
}

const command = new Command('bench')
  .addArgument(new Argument('[section...]', 'what to measure').choices(SECTIONS).default([...SECTIONS]))
  .addOption(new Option('--model <model>', 'the network').choices(MODELS).default('landscape'))
  .option('--rounds <n>', 'how often each side is timed', Number, 3)
  .option('--full', 'WASM on a whole megapixel instead of a quarter: many minutes', false)
  .option('--quick', 'small pictures, and a stand-in for the network at 24 MP', false)
  .option('--json <file>', 'also write the numbers to a file')
  .parse();
const chosen = command.processedArgs[0] as Section[];
const { model, rounds, full, quick, json } = command.opts<Options>();

const ONE_MP = [1200, 833] as const;
/** Cut into four tiles, so that two workers have the same to do. */
const PART = [512, 512] as const;
const engineOptions = { model, rounds, native: quick ? PART : ONE_MP, wasm: full ? ONE_MP : PART } as const;
const measure: Record<Section, readonly (() => Promise<Line[]>)[]> = {
  engine: [() => engineAgainstRaw(engineOptions, 'native')],
  wasm: [() => engineAgainstRaw(engineOptions, 'wasm')],
  bridge: [() => bridgeSpeed(rounds)],
  preview: [() => previewLatency({ model, rounds })],
  memory: [() => shellMemory({ model, quick }), () => pageMemory({ model })],
  clip: [() => clipSpeed({ model, quick }), () => clipFlicker({ model, quick })],
};

console.log(`${availableParallelism()} cores, Node ${process.version}`);
const lines: Line[] = [];
for (const section of SECTIONS.filter((each) => chosen.includes(each))) {
  console.log(`\n${section}`);
  for (const each of measure[section]) {
    const measured = await each();
    for (const line of measured) console.log(format(line));
    lines.push(...measured);
  }
}
if (json !== undefined) await writeFile(json, `${JSON.stringify(lines, null, 2)}\n`);
