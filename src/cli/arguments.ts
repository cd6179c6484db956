/** The command line: `enhance INPUT… -o FILE|FOLDER [options]`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { MODELS, type ModelName } from '../catalog.ts';
import type { Scale } from '../engine/types.ts';

export const SHELL_BACKENDS = ['native', 'wasm'] as const;
export type ShellBackend = (typeof SHELL_BACKENDS)[number];

export interface Arguments {
  /** Picture files and folders of them, as typed. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly model: ModelName;
  readonly scale: Scale;
  readonly backend: ShellBackend;
  readonly overwrite: boolean;
  readonly json: boolean;
}

/**
 * Parses what follows the command's name. Help goes to standard output, complaints to standard error.
 * @throws CommanderError, with exitCode 0 after --help and other than 0 for wrong usage
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const command = new Command('enhance')
    .description('Makes pictures larger without making them soft, on this machine.')
    .argument('<input...>', 'PNG, JPEG, WebP or TIFF files, or folders of them')
    .requiredOption('-o, --output <path>', 'the file to write, or a folder: several inputs need one')
    .addOption(new Option('--model <model>', 'what the pictures show').choices(MODELS).default('landscape'))
    .option('--scale <factor>', 'how many times larger each side becomes: 2, 3 or 4', parseScale, 4)
    .addOption(
      new Option('--backend <backend>', 'what runs the model').choices(SHELL_BACKENDS).default('native'),
    )
    .option('--overwrite', 'replace files that exist already', false)
    .option('--json', 'print one line of JSON for each picture', false)
    .addHelpText('after', '\nExit codes: 0 all done, 1 some pictures failed, 2 wrong usage.')
    .exitOverride()
    .parse([...argv], { from: 'user' });
  return { ...command.opts<Omit<Arguments, 'inputs'>>(), inputs: command.args };
}

function parseScale(text: string): Scale {
  if (text === '2') return 2;
  if (text === '3') return 3;
  if (text === '4') return 4;
  throw new InvalidArgumentError('Choose 2, 3 or 4.');
}
