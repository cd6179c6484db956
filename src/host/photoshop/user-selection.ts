/**
 * What the user has selected in a document. While something is selected, a layer cannot be moved as a whole (reported by
 * plugins of `Layer.translate`), and whether pixels are put beyond it is not documented. So it is taken away meanwhile.
 */
import type { Document, Photoshop } from './photoshop.ts';

/** Works without the selection, which is back at the end. Where that throws, the history brings it back. */
export async function withoutSelection<T>(
  ps: Photoshop,
  document: Document,
  work: () => Promise<T>,
): Promise<T> {
  // Null if nothing is selected, though its type does not say so (Adobe, Selection).
  const bounds = document.selection.bounds as object | null;
  if (!bounds) return work();
  const documentID = document.id;
  const { imageData, sourceBounds } = await ps.imaging.getSelection({ documentID });
  try {
    await document.selection.deselect();
    const result = await work();
    await ps.imaging.putSelection({
      documentID,
      imageData,
      replace: true,
      targetBounds: { ...sourceBounds },
    });
    return result;
  } finally {
    await imageData.dispose();
  }
}
