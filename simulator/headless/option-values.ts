/** Values that the shells of both emulated applications take. */
import { InvalidArgumentError } from 'commander';

export function percent(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 100) {
    throw new InvalidArgumentError('Choose a whole number from 0 to 100.');
  }
  return Number(text);
}

export function panelWidth(text: string): number {
  const width = Number(text);
  if (!Number.isInteger(width) || width < 260 || width > 600) {
    throw new InvalidArgumentError('Choose 260 to 600 pixels.');
  }
  return width;
}
