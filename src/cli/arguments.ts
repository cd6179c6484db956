/** The command line: `enhance INPUT… -o FILE|FOLDER [options]`, or `enhance --list-models`. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { QUALITIES, type Quality } from '../catalog.ts';
import type { Size } from '../size.ts';
import { parseFactor, parsePixels, parsePrint } from './size-words.ts';

export const SHELL_BACKENDS = ['native', 'wasm'] as const;
export type ShellBackend = (typeof SHELL_BACKENDS)[number];

export interface Arguments {
  /** Picture files and folders of them, as typed. */
  readonly inputs: readonly string[];
  readonly output: string;
  /** `auto`, one of Loupe's models, or the user's own by path or name, as typed. */
  readonly model: string;
  /** A folder of the user's own models. */
  readonly models?: string;
  /** Left out, the fast one. */
  readonly quality?: Quality;
  /** 0 faithful .. 100 detailed; left out, what the catalog has for the model. */
  readonly detail?: number;
  /** 0 keeps the grain .. 100 removes it; left out, what the catalog has for the model. */
  readonly noise?: number;
  /** 0 as the model makes it .. 100 sharpest */
  readonly sharpness: number;
  /** Of each picture. */
  readonly size: Size;
  readonly backend: ShellBackend;
  readonly overwrite: boolean;
  readonly json: boolean;
  readonly listModels: false;
}

/** Nothing to enhance: tell what models there are. */
export interface ListRequest {
  readonly models?: string;
  readonly listModels: true;
}

/** As Commander gives them. */
interface Options extends Omit<Arguments, 'inputs' | 'output' | 'listModels' | 'size'> {
  readonly output?: string;
  readonly scale?: number;
  readonly width?: number;
  readonly height?: number;
  readonly print?: Size;
  readonly listModels: boolean;
}

/**
 * Parses what follows the command's name. Help goes to standard output, complaints to standard error.
 * @throws CommanderError, with exitCode 0 after --help and other than 0 for wrong usage
 */
export function parseArguments(argv: readonly string[]): Arguments | ListRequest {
  const command = new Command('enhance')
    .description('Makes pictures larger without making them soft, on this machine.')
    .usage('<input...> -o <path> [options]')
    .argument('[input...]', 'PNG, JPEG, WebP or TIFF files, or folders of them')
    .option('-o, --output <path>', 'the file to write, or a folder: several inputs need one')
    .option(
      '--model <model>',
      'auto, face, landscape or art; or a model of your own: its .onnx file, or its name in --models',
      'auto',
    )
    .addOption(new Option('--quality <quality>', 'fast or best (default: "fast")').choices([...QUALITIES]))
    .option('--detail <percent>', '0 faithful to 100 detailed (default: the model’s)', parsePercent)
    .option('--noise <percent>', '0 keeps the grain, 100 removes it (default: the model’s)', parsePercent)
    .option('--sharpness <percent>', '0 as the model makes it to 100 sharpest', parsePercent, 0)
    .addOption(
      new Option(
        '--scale <factor>',
        'how many times larger each side becomes: 2, 3, 4, 8 or any number from 1 to 16 (default: 4)',
      )
        .argParser(parseFactor)
        .conflicts(['width', 'height', 'print']),
    )
    .addOption(
      new Option('--width <pixels>', 'the result’s width; the height follows')
        .argParser(parsePixels)
        .conflicts(['height', 'print']),
    )
    .addOption(
      new Option('--height <pixels>', 'the result’s height; the width follows')
        .argParser(parsePixels)
        .conflicts('print'),
    )
    .option(
      '--print <size>',
      'a width in print and its pixels per inch: 60cm@300, 24in@300; a height: x40cm@300',
      parsePrint,
    )
    .addOption(
      new Option('--backend <backend>', 'what runs the model').choices(SHELL_BACKENDS).default('native'),
    )
    .option('--overwrite', 'replace files that exist already', false)
    .option('--json', 'print one line of JSON for each picture', false)
    .option('--models <folder>', 'a folder with models of your own (.onnx)')
    .option('--list-models', 'print the models there are, those in --models too, and do nothing else', false)
    .addHelpText('after', '\nExit codes: 0 all done, 1 some pictures failed, 2 wrong usage.')
    .exitOverride()
    .parse([...argv], { from: 'user' });
  const { models, listModels, output, scale, width, height, print, ...options } = command.opts<Options>();
  const folder = models === undefined ? {} : { models };
  if (listModels) return { listModels, ...folder };
  if (command.args.length === 0) return command.error("error: missing required argument 'input'");
  if (output === undefined)
    return command.error("error: required option '-o, --output <path>' not specified");
  const size = print ?? sizeOf(scale, width, height);
  return { ...options, ...folder, size, listModels, output, inputs: command.args };
}

function sizeOf(factor = 4, width: number | undefined, height: number | undefined): Size {
  if (width !== undefined) return { kind: 'pixels', side: 'width', pixels: width };
  if (height !== undefined) return { kind: 'pixels', side: 'height', pixels: height };
  return { kind: 'factor', factor };
}

function parsePercent(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 100) {
    throw new InvalidArgumentError('Choose a whole number from 0 to 100.');
  }
  return Number(text);
}
