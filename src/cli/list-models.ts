/** `--list-models`: what there is to choose from. */
import { blendFor, MODELS, type Catalog } from '../catalog.ts';
import { LoupeError } from '../errors.ts';
import type { ListedOwnModel } from './own-models.ts';

/** Loupe's models, one a line: the cost at the detail that a picture gets unless asked otherwise. */
export function tellModels(catalog: Catalog): string {
  const inOrder = MODELS.flatMap((model) => catalog.entries.filter((entry) => entry.model === model));
  const rows = inOrder.map(({ model, quality, faithful, detailed }) => {
    const { detail } = catalog.defaults[model];
    const { macsPerPixel } = blendFor(catalog, { model, quality, detail });
    const files = catalog.networks.filter(({ id }) => id === faithful || id === detailed);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const licences = [...new Set(files.flatMap(({ licence }) => licence.split(' AND ')))].sort();
    return [model, quality, megabytes(size), cost(macsPerPixel), licences.join(' AND ')];
  });
  return table([['MODEL', 'QUALITY', 'SIZE', 'MULTIPLY-ACCUMULATES', 'LICENCE'], ...rows]);
}

/** The user's own models, one a line: what each multiplies the sides by, or why it is refused. */
export function tellOwnModels(folder: string, models: readonly ListedOwnModel[]): string {
  if (models.length === 0) return `${folder}: there is no .onnx file in it.\n`;
  const rows = models.map(({ file, size, found }) =>
    found instanceof LoupeError
      ? [file, megabytes(size), 'refused', found.message]
      : [
          file,
          megabytes(size),
          `× ${found.scale}`,
          found.macsPerPixel === undefined ? '' : cost(found.macsPerPixel),
        ],
  );
  return table([['YOUR OWN', 'SIZE', 'SCALE', 'MULTIPLY-ACCUMULATES'], ...rows]);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A pixel's millions are a megapixel's millions of millions. */
function cost(macsPerPixel: number): string {
  return `${(macsPerPixel / 1e6).toFixed(2)} · 10¹² a megapixel`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
