/** The shell's command, from the words after it to its exit code. */
import { mkdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CommanderError } from 'commander';
import { asLoupeError } from '../errors.ts';
import { parseArguments, type Arguments } from './arguments.ts';
import { enhanceFile } from './enhance-file.ts';
import { loadModel, openBackend, type KeptBackend } from './model.ts';
import { planJobs, UsageError, type Job, type Plan } from './plan.ts';
import { createReporter, duration } from './report.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * Enhances what `argv` says. An abort ends the picture under way, leaves its output as it was, and the rest undone.
 * @returns the exit code
 */
export async function run(argv: readonly string[], signal: AbortSignal): Promise<number> {
  let args: Arguments;
  let plan: Plan;
  try {
    args = parseArguments(argv);
    plan = await planJobs(args.inputs, args.output, args.scale);
  } catch (error) {
    // Commander has said what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return EXIT.usage;
  }
  // A folder that cannot be made shows as an output that cannot be written.
  if (plan.folder !== undefined) await mkdir(plan.folder, { recursive: true }).catch(() => undefined);
  return enhanceAll(plan.jobs, args, signal);
}

async function enhanceAll(jobs: readonly Job[], args: Arguments, signal: AbortSignal): Promise<number> {
  const { model, scale, overwrite, json } = args;
  const reporter = createReporter();
  const isInput = await inputTest(jobs);
  let opened: Promise<{ backend: KeptBackend; network: { scale: number; overlap: number } }> | undefined;
  const open = async () => {
    const loaded = await loadModel(model);
    return { backend: openBackend(args.backend, loaded), network: loaded.entry };
  };
  let failed = 0;
  try {
    for (const [index, job] of jobs.entries()) {
      const began = performance.now();
      reporter.begin(basename(job.input), jobs.length > 1 ? `${index + 1}/${jobs.length} ` : '');
      try {
        const { backend, network } = await (opened ??= open());
        const result = await enhanceFile(job, {
          backend,
          network,
          scale,
          overwrite,
          isInput,
          signal,
          onStage: reporter.stage,
          onProgress: reporter.progress,
          onNotice: reporter.say,
        });
        reporter.end();
        const { width, height, tiles } = result;
        const ms = Math.round(performance.now() - began);
        const { input, output } = job;
        const line = json
          ? JSON.stringify({ input, output, model, scale, backend: result.backend, width, height, tiles, ms })
          : `${input} → ${output}  ${width} × ${height} pixels, ${duration(ms)}`;
        process.stdout.write(`${line}\n`);
      } catch (thrown) {
        reporter.end();
        failed++;
        const { code, message } = asLoupeError(thrown, 'backend-failed');
        reporter.say(
          code === 'cancelled' || message.includes(job.input) ? message : `${job.input}: ${message}`,
        );
        if (json) process.stdout.write(`${JSON.stringify({ input: job.input, error: { code, message } })}\n`);
        if (signal.aborted) return EXIT.interrupted;
      }
    }
  } finally {
    await (await opened?.catch(() => undefined))?.backend.close();
  }
  if (failed > 0 && jobs.length > 1) reporter.say(`${failed} of ${jobs.length} pictures failed.`);
  return failed > 0 ? EXIT.failed : EXIT.done;
}

/** Tells whether a path is one of the inputs, by whatever name: links and letter case included. */
async function inputTest(jobs: readonly Job[]): Promise<(path: string) => Promise<boolean>> {
  const identity = async (path: string) => {
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    return found && `${found.dev}:${found.ino}`;
  };
  const inputs = new Set<string>();
  for (const { input } of jobs) {
    const found = await identity(input);
    if (found !== undefined) inputs.add(found);
  }
  return async (path) => {
    const found = await identity(path);
    return found !== undefined && inputs.has(found);
  };
}
