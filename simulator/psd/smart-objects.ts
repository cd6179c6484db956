/**
 * Smart objects of a PSD: a layer's `placedLayer` names a file of the document's linked files, which for what
 * Photoshop makes itself is a PSB. Read when it is first opened, and written back as it was unless it was changed.
 */
import type { Layer as PsdLayer, Psd } from 'ag-psd';
import type { Contents, EmbeddedFile, Layer, SmartObject } from '../photoshop/model.ts';
import { walk } from '../photoshop/model.ts';

type LinkedFile = NonNullable<Psd['linkedFiles']>[number];

/** The files a document's smart objects hold, by id. `read` opens one. */
export function embeddedFiles(
  psd: Psd,
  read: (bytes: Uint8Array) => Contents,
): ReadonlyMap<string, EmbeddedFile> {
  const files = new Map<string, EmbeddedFile>();
  for (const { id, name, data } of psd.linkedFiles ?? []) {
    if (!data) continue;
    let opened: Contents | null | undefined;
    const contents = (): Contents | null => {
      if (opened !== undefined) return opened;
      opened = isPhotoshop(data) ? read(data) : null;
      return opened;
    };
    files.set(id, { id, name, bytes: data, contents });
  }
  return files;
}

const isPhotoshop = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 4)) === '8BPS';

export function smartObjectOf(
  { placedLayer }: PsdLayer,
  files: ReadonlyMap<string, EmbeddedFile>,
): SmartObject | null {
  const file = placedLayer && files.get(placedLayer.id);
  if (!file) return null;
  const { width = 0, height = 0, transform } = placedLayer;
  return { file, width, height, corners: transform };
}

/** The layer's `placedLayer` for saving. */
export function placedLayerOf(
  { smart, carried }: Layer,
  resolution: number,
): NonNullable<PsdLayer['placedLayer']> | null {
  const read = carried?.info.placedLayer;
  if (!smart) return read ?? null;
  const { file, width, height } = smart;
  const transform = [...smart.corners];
  const shown = { id: file.id, width, height, transform };
  if (!read) {
    return {
      placed: file.id,
      type: 'raster',
      pageNumber: 1,
      totalPages: 1,
      frameStep: { numerator: 0, denominator: 600 },
      duration: { numerator: 0, denominator: 600 },
      frameCount: 1,
      ...shown,
      nonAffineTransform: transform,
      resolution: { value: resolution, units: 'Density' },
    };
  }
  return { ...read, ...shown };
}

/** All files for saving: those the file had that are still in use or not understood, and the ones made since. */
export function linkedFilesOf(contents: Contents, write: (contents: Contents) => Uint8Array): LinkedFile[] {
  const files = new Map<string, LinkedFile>();
  for (const file of contents.carried?.psd.linkedFiles ?? []) files.set(file.id, file);
  for (const { smart } of walk(contents.layers)) {
    if (!smart) continue;
    const { id, name, bytes } = smart.file;
    if (bytes && files.get(id)?.data === bytes) continue;
    const inside = bytes ? null : smart.file.contents();
    const data = bytes ?? (inside ? write(inside) : undefined);
    if (data) files.set(id, { id, name, type: '8BPB', creator: '8BIM', data });
  }
  return [...files.values()];
}
