/**
 * The shell's command in a process of its own, which tells its peak memory at the end. Words: the command's own, or
 * `stand-in INPUT OUTPUT` for the same way with a network that only repeats pixels.
 */
import { enhanceFile } from '../src/cli/enhance-file.ts';
import { run } from '../src/cli/run.ts';
import { peakMegabytes } from './peak.ts';
import { standIn } from './stand-in.ts';

const words = process.argv.slice(2);
const signal = new AbortController().signal;
if (words[0] === 'stand-in') {
  const [, input = '', output = ''] = words;
  await enhanceFile(
    { input, output, format: 'png' },
    {
      size: { kind: 'factor', factor: 4 },
      treat: () => Promise.resolve({ network: { scale: 4, overlap: 32 }, backends: [standIn] }),
      overwrite: false,
      isInput: () => Promise.resolve(false),
      signal,
      onStage: (stage) => process.stderr.write(`  ${stage}\n`),
      onProgress: () => undefined,
      onNotice: () => undefined,
    },
  );
} else {
  process.exitCode = await run(words, signal);
}
const peak = (await peakMegabytes('self')) ?? (process.resourceUsage().maxRSS * 1024) / 1e6;
process.stdout.write(`peak ${peak.toFixed(1)}\n`);
