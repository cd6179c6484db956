/** Documents in and out of the browser. */
import type { Simulator } from '../photoshop/index.ts';

/** Opens a PSD or PSB the person chose or dropped. Rejects if it is not one. */
export async function openFile(simulator: Simulator, file: File): Promise<void> {
  simulator.openPsd(new Uint8Array(await file.arrayBuffer()), file.name);
}

/** Hands the document to the browser as a download named like the document. */
export function saveFile(simulator: Simulator, documentId: number, name: string): void {
  const psd = new Blob([new Uint8Array(simulator.savePsd(documentId))], {
    type: 'image/vnd.adobe.photoshop',
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(psd);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
