/** The shell's command, from the words after it to its exit code. */
import { mkdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { CommanderError } from 'commander';
import type { Catalog } from '../catalog.ts';
import { asLoupeError, LoupeError } from '../errors.ts';
import { parseArguments, type Arguments, type ListRequest } from './arguments.ts';
import { enhanceFile } from './enhance-file.ts';
import { tellModels, tellOwnModels } from './list-models.ts';
import { readCatalog } from './model.ts';
import { listOwnModels, loadOwnModel } from './own-models.ts';
import { planJobs, UsageError, type Job, type Plan } from './plan.ts';
import { createReporter, duration, proposalWords } from './report.ts';
import { isModelName, Treatments, type Choices } from './treatments.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * Enhances what `argv` says. An abort ends the picture under way, leaves its output as it was, and the rest undone.
 * @returns the exit code
 */
export async function run(argv: readonly string[], signal: AbortSignal): Promise<number> {
  let args: Arguments | ListRequest;
  let treatments: Treatments;
  let plan: Plan;
  try {
    args = parseArguments(argv);
    const catalog = await readCatalog();
    if (args.listModels) {
      process.stdout.write(await modelList(catalog, args));
      return EXIT.done;
    }
    plan = await planJobs(args.inputs, args.output, args.size);
    treatments = new Treatments(catalog, { ...args, model: await modelOf(args) });
  } catch (error) {
    // Commander has said what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof UsageError || error instanceof LoupeError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.failed;
  }
  // A folder that cannot be made shows as an output that cannot be written.
  if (plan.folder !== undefined) await mkdir(plan.folder, { recursive: true }).catch(() => undefined);
  try {
    return await enhanceAll(plan.jobs, args, treatments, signal);
  } finally {
    await treatments.close();
  }
}

async function modelList(catalog: Catalog, { models }: ListRequest): Promise<string> {
  const own = models === undefined ? '' : `\n${tellOwnModels(models, await listOwnModels(models))}`;
  return tellModels(catalog) + own;
}

async function modelOf({ model, models, quality, detail }: Arguments): Promise<Choices['model']> {
  if (model === 'auto' || isModelName(model)) return model;
  const own = await loadOwnModel(model, models);
  if (quality !== undefined || detail !== undefined) {
    throw new UsageError(
      '--quality and --detail are for Loupe’s models: your own has one quality and one look.',
    );
  }
  return own;
}

async function enhanceAll(
  jobs: readonly Job[],
  args: Arguments,
  treatments: Treatments,
  signal: AbortSignal,
): Promise<number> {
  const { size, overwrite, json } = args;
  const reporter = createReporter();
  const isInput = await inputTest(jobs);
  let failed = 0;
  for (const [index, job] of jobs.entries()) {
    const began = performance.now();
    reporter.begin(basename(job.input), jobs.length > 1 ? `${index + 1}/${jobs.length} ` : '');
    try {
      const result = await enhanceFile(job, {
        treat: (picture, runSignal) => treatments.for(picture, runSignal),
        size,
        overwrite,
        isInput,
        signal,
        onStage: reporter.stage,
        onProgress: reporter.progress,
        onNotice: reporter.say,
      });
      reporter.end();
      const { backend, width, height, tiles, shares } = result;
      const { told } = result.treatment;
      const ms = Math.round(performance.now() - began);
      const { input, output } = job;
      const proposal = proposalWords(told);
      const words = proposal === undefined ? '' : `, ${proposal}`;
      const line = json
        ? JSON.stringify({ input, output, ...told, ...shares, backend, width, height, tiles, ms })
        : `${input} → ${output}  ${width} × ${height} pixels, ${duration(ms)}${words}`;
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
