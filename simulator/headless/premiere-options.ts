/** What `npm run premiere` is told at the shell. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { ModelChoice } from './panel-window.ts';
import { panelWidth, percent } from './option-values.ts';
import type { CodecChoice, TargetChoice } from './premiere-window.ts';

export interface PremiereOptions {
  readonly output: string;
  /** Seconds of the clip. */
  readonly in: number;
  readonly out?: number;
  readonly model: ModelChoice;
  readonly quality?: 'fast' | 'best';
  readonly detail?: number;
  readonly noise?: number;
  readonly sharpness?: number;
  readonly target: TargetChoice;
  readonly codec?: CodecChoice;
  readonly handles: number;
  readonly sequence: { readonly width: number; readonly height: number };
  readonly confirm?: boolean;
  readonly locale?: string;
  readonly theme?: 'lightest' | 'light' | 'dark' | 'darkest';
  readonly width?: number;
  readonly overwrite?: boolean;
  readonly screenshot?: string;
}

/** Exits with 2 on wrong usage. */
export function readOptions(): { readonly input: string; readonly options: PremiereOptions } {
  const program = new Command('npm run premiere --')
    .description(
      'Lays a clip on a timeline of the emulated Premiere, presses Remaster clip in the Loupe panel and saves the render.',
    )
    .argument('<clip>', 'a video file')
    .requiredOption('-o, --output <folder>', 'where to save the render')
    .option('--in <seconds>', 'where the clip begins in the file', seconds, 0)
    .option('--out <seconds>', 'where it ends; the end of the file unless given', seconds)
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
      new Option('--target <target>', 'how large the render is')
        .choices(['2x', '4x', 'sequence', 'uhd', '8k'])
        .default('2x'),
    )
    .addOption(
      new Option('--codec <codec>', 'how it is encoded; ProRes 422 HQ unless given').choices([
        'prores',
        'h264',
        'hevc',
        'av1',
        'vp9',
        'png',
        'tiff',
      ]),
    )
    .option('--handles <frames>', 'further frames before the in and after the out point', handles, 0)
    .addOption(
      new Option('--sequence <size>', 'the sequence’s size in pixels')
        .argParser(size)
        .default({ width: 1920, height: 1080 }, '1920x1080'),
    )
    .option('--confirm', 'go on where the panel asks first, as of HDR')
    .option('--locale <locale>', 'Premiere’s language, e.g. de_DE')
    .addOption(
      new Option('--theme <theme>', 'Premiere’s colours').choices(['lightest', 'light', 'dark', 'darkest']),
    )
    .option('--width <pixels>', 'the panel’s width, 260 to 600', panelWidth)
    .option('--overwrite', 'replace the render if it exists')
    .option('--screenshot <file>', 'save a picture of the window when done (PNG)')
    .exitOverride((end) => process.exit(end.exitCode === 0 ? 0 : 2))
    .parse();
  const [input = ''] = program.args;
  const options = program.opts<PremiereOptions>();
  if (options.out !== undefined && options.out <= options.in) {
    program.error('error: --out must be later than --in.');
  }
  return { input, options };
}

function seconds(text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new InvalidArgumentError('Give seconds, as 0.5.');
  return Number(text);
}

function handles(text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) > 1000) {
    throw new InvalidArgumentError('Choose a whole number from 0 to 1000.');
  }
  return Number(text);
}

function size(text: string): PremiereOptions['sequence'] {
  const [, width = 0, height = 0] = (/^(\d{2,5})x(\d{2,5})$/.exec(text) ?? []).map(Number);
  if (width === 0 || height === 0) throw new InvalidArgumentError('Give it as 1920x1080.');
  return { width, height };
}
