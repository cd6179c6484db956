/** The size as typed and as told: `--scale`, `--width`, `--height`, `--print`. */
import { InvalidArgumentError } from 'commander';
import { LEAST_FACTOR, MOST_FACTOR, PHOTOSHOP_SIDE, type Size, type Target } from '../size.ts';

const PRINT = /^(x?)(\d+(?:\.\d+)?)(cm|in|inch)@(\d+(?:\.\d+)?)$/i;

export function parseFactor(text: string): number {
  const factor = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (factor >= LEAST_FACTOR && factor <= MOST_FACTOR) return factor;
  throw new InvalidArgumentError(
    `Choose 2, 3, 4, 8 or any other number from ${LEAST_FACTOR} to ${MOST_FACTOR}.`,
  );
}

export function parsePixels(text: string): number {
  const pixels = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  if (pixels >= 1 && pixels <= PHOTOSHOP_SIDE) return pixels;
  throw new InvalidArgumentError(`Choose a whole number of pixels, at most ${PHOTOSHOP_SIDE}.`);
}

/** Such as `60cm@300`, 60 cm wide at 300 pixels per inch; `24in@200`; `x40cm@300`, 40 cm high. */
export function parsePrint(text: string): Size {
  const [, high, length = '', unit = '', ppi = ''] = PRINT.exec(text) ?? [];
  const size = { length: Number(length), ppi: Number(ppi) };
  if (length === '' || size.length === 0 || size.ppi < 1) {
    throw new InvalidArgumentError(
      'Name a width and pixels per inch, such as 60cm@300 or 24in@300; a height as x40cm@300.',
    );
  }
  return {
    kind: 'print',
    side: high === '' ? 'width' : 'height',
    unit: unit.toLowerCase() === 'cm' ? 'cm' : 'inch',
    ...size,
  };
}

/** What is added to the names of files in a folder: `4x`, `7087px`, `4000px-high`, `60cm`. */
export function sizeSuffix(size: Size): string {
  if (size.kind === 'factor') return `${String(size.factor)}x`;
  const high = size.side === 'height' ? '-high' : '';
  return size.kind === 'pixels'
    ? `${String(size.pixels)}px${high}`
    : `${String(size.length)}${size.unit === 'cm' ? 'cm' : 'in'}${high}`;
}

/** Of the enlargement, what the network makes and what is interpolated beyond it; both factors. */
export interface Shares {
  readonly scale: number;
  readonly network: number;
  readonly interpolation: number;
}

/** @param most the network's own scale */
export function sharesOf({ scaleX, scaleY }: Target, most: number): Shares {
  const scale = (scaleX + scaleY) / 2;
  return {
    scale: rounded(scale),
    network: rounded(Math.min(scale, most)),
    interpolation: rounded(Math.max(1, scale / most)),
  };
}

function rounded(factor: number): number {
  return Math.round(factor * 1000) / 1000;
}
