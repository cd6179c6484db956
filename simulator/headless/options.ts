/** What `npm run photoshop` is told at the shell. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { panelWidth, percent } from './option-values.ts';
import type { PartChoice, PlaceChoice, SizeChoice } from './controls.ts';
import type { ModelChoice } from './window.ts';

export interface Options {
  readonly output: string;
  readonly layer: readonly string[];
  readonly model: ModelChoice;
  readonly quality?: 'fast' | 'best';
  readonly detail?: number;
  readonly noise?: number;
  readonly sharpness?: number;
  readonly scale: SizeChoice;
  readonly pixels?: SizeChoice;
  readonly print?: SizeChoice;
  readonly place?: PlaceChoice;
  readonly part?: PartChoice;
  readonly select?: { left: number; top: number; right: number; bottom: number };
  readonly hideOriginal?: boolean;
  readonly command?: 'enhance' | 'again';
  readonly locale?: string;
  readonly theme?: 'lightest' | 'light' | 'dark' | 'darkest';
  readonly width?: number;
  readonly overwrite?: boolean;
  readonly screenshot?: string;
}

/** Exits with 2 on wrong usage. */
export function readOptions(): { readonly input: string; readonly options: Options } {
  const program = new Command('npm run photoshop --')
    .description(
      'Opens a PSD in the emulated Photoshop, presses Enhance in the Loupe panel and saves the result.',
    )
    .argument('<input>', 'a PSD or PSB')
    .requiredOption('-o, --output <file>', 'where to save the active document afterwards')
    .option(
      '--layer <name>',
      'a layer to enhance, several times for several; the topmost visible one with pixels unless given',
      (name: string, before: readonly string[]) => [...before, name],
      [],
    )
    .addOption(
      new Option('--model <model>', 'what the picture shows')
        .choices(['auto', 'face', 'landscape', 'art'])
        .default('auto'),
    )
    .addOption(new Option('--quality <quality>', 'fast or best').choices(['fast', 'best']))
    .option('--detail <percent>', '0 faithful to 100 detailed', percent)
    .option('--noise <percent>', '0 keeps the grain, 100 removes it', percent)
    .option('--sharpness <percent>', '0 as the model makes it to 100 sharpest', percent)
    .addOption(
      new Option('--scale <factor>', 'how much larger: 2, 3, 4 or 8')
        .argParser(scale)
        .default({ kind: 'factor', factor: 4 }, '4'),
    )
    .addOption(
      new Option('--pixels <width>', 'how wide in pixels; “h” behind it: how high')
        .argParser(pixels)
        .conflicts('scale'),
    )
    .addOption(
      new Option('--print <size>', 'how wide in print, e.g. 60cm@300 or 24in@240; “h” behind it: how high')
        .argParser(print)
        .conflicts(['scale', 'pixels']),
    )
    .addOption(
      new Option('--place <place>', 'where the result goes').choices([
        'document',
        'smart-object',
        'new-document',
      ]),
    )
    .addOption(new Option('--part <part>', 'what of the layer').choices(['layer', 'selection', 'mask']))
    .option('--select <l,t,r,b>', 'select a rectangle of the document first, in pixels', rectangle)
    .option('--hide-original', 'hide the original afterwards')
    .option('--no-hide-original', 'leave the original shown')
    .addOption(
      new Option(
        '--command <command>',
        'enhance: start by the command in the Plugins menu; again: the further layers one by one by “Enhance again”',
      ).choices(['enhance', 'again']),
    )
    .option('--locale <locale>', 'Photoshop’s language, e.g. de_DE')
    .addOption(
      new Option('--theme <theme>', 'Photoshop’s colours').choices(['lightest', 'light', 'dark', 'darkest']),
    )
    .option('--width <pixels>', 'the panel’s width, 260 to 600', panelWidth)
    .option('--overwrite', 'replace the output if it exists')
    .option('--screenshot <file>', 'save a picture of the window when done (PNG)')
    .exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2))
    .parse();
  const [input = ''] = program.args;
  return { input, options: program.opts<Options>() };
}

const FACTORS = [2, 3, 4, 8] as const;

function scale(text: string): SizeChoice {
  const factor = FACTORS.find((each) => String(each) === text);
  if (factor === undefined) throw new InvalidArgumentError('Allowed choices are 2, 3, 4, 8.');
  return { kind: 'factor', factor };
}

function pixels(text: string): SizeChoice {
  const [, count = '', side] = /^(\d{1,6})(h?)$/.exec(text) ?? [];
  if (count === '' || Number(count) === 0) throw new InvalidArgumentError('Give a number of pixels.');
  return { kind: 'pixels', side: side === 'h' ? 'height' : 'width', pixels: Number(count) };
}

function print(text: string): SizeChoice {
  const [, length = '', unit, ppi, side] = /^(\d+(?:\.\d+)?)(cm|in)@(\d+)(h?)$/.exec(text) ?? [];
  if (length === '') throw new InvalidArgumentError('Give it as 60cm@300 or 24in@240.');
  return {
    kind: 'print',
    side: side === 'h' ? 'height' : 'width',
    length: Number(length),
    unit: unit === 'cm' ? 'cm' : 'inch',
    ppi: Number(ppi),
  };
}

function rectangle(text: string): NonNullable<Options['select']> {
  const sides = text.split(',').map(Number);
  const [left = NaN, top = NaN, right = NaN, bottom = NaN] = sides;
  if (sides.length !== 4 || !sides.every(Number.isInteger) || left >= right || top >= bottom) {
    throw new InvalidArgumentError('Give left,top,right,bottom in whole pixels.');
  }
  return { left, top, right, bottom };
}
