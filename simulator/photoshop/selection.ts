/** `document.selection` of the Photoshop DOM. [D] Photoshop API > Selection (since 25.0). */
import type { Desktop } from './desktop.ts';
import { PhotoshopError } from './errors.ts';
import type { DomBounds } from './layer-properties.ts';
import { canvasOf, type Contents } from './model.ts';
import type { OpenDocument } from './open-document.ts';
import { drawSelection, invertSelection } from './selections.ts';

export class Selection {
  readonly typename = 'Selection';
  readonly #desktop: Desktop;
  readonly #docId: number;

  constructor(desktop: Desktop, docId: number) {
    this.#desktop = desktop;
    this.#docId = docId;
  }

  get docId(): number {
    return this.#open().id;
  }

  /** Null if nothing is selected. */
  get bounds(): DomBounds | null {
    const bounds = this.#open().contents.selection?.bounds;
    if (!bounds) return null;
    return { ...bounds, width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
  }

  deselect(): Promise<void> {
    return this.#change('selection.deselect', 'Deselect', () => null);
  }

  selectAll(): Promise<void> {
    return this.#change('selection.selectAll', 'Select All', (contents) =>
      drawSelection(contents, 'rectangle', canvasOf(contents)),
    );
  }

  inverse(): Promise<void> {
    return this.#change('selection.inverse', 'Select Inverse', (contents) => {
      if (!contents.selection) throw new PhotoshopError('inverse: nothing is selected');
      return invertSelection(contents);
    });
  }

  async #change(
    call: string,
    command: string,
    change: (contents: Contents) => Contents['selection'],
  ): Promise<void> {
    await this.#desktop.command(call, () => {
      const document = this.#open();
      const { contents } = document;
      document.change(command, { ...contents, selection: change(contents) });
    });
  }

  #open(): OpenDocument {
    return this.#desktop.document(this.#docId);
  }
}
