/** The panel's controls for size, place and part, and the rows of several layers, worked as a person would. */
import type { Locator } from 'playwright-core';
import type { PhotoshopWindow } from './window.ts';

export type Side = 'width' | 'height';

export type SizeChoice =
  | { readonly kind: 'factor'; readonly factor: 2 | 3 | 4 | 8 }
  | { readonly kind: 'pixels'; readonly side: Side; readonly pixels: number }
  | {
      readonly kind: 'print';
      readonly side: Side;
      readonly length: number;
      readonly unit: 'cm' | 'inch';
      readonly ppi: number;
    };

/** Where the result goes, as the panel's controls name it. */
export type PlaceChoice = 'document' | 'smart-object' | 'new-document';
export type PartChoice = 'layer' | 'selection' | 'mask';

/** A row of the panel's list: a layer of the run and how far it is. */
export interface RowView {
  readonly layerId: number;
  readonly name: string;
  /** Of a run: waiting, running, done or failed; before one, empty. */
  readonly state: string;
  /** Why it failed or is left out, in the panel's words. */
  readonly problem: string | null;
}

export async function chooseSize({ panel }: PhotoshopWindow, size: SizeChoice): Promise<void> {
  const at = (testId: string): Locator => panel.getByTestId(testId);
  const press = async (testId: string): Promise<void> => {
    await at(testId).click();
    await at(testId).and(panel.locator('[selected]')).waitFor();
  };
  if (size.kind === 'factor') {
    await press(`scale-${size.factor}`);
    return;
  }
  await press('size-custom');
  await press(`size-${size.kind}`);
  if (size.kind === 'print') await press(`unit-${size.unit}`);
  await press(`side-${size.side}`);
  if (size.kind === 'pixels') {
    await type(at('field-pixels'), size.pixels);
  } else {
    await type(at('field-length'), size.length);
    await type(at('field-ppi'), size.ppi);
  }
}

/** Types a number into a field and leaves it, as by Enter. */
export async function type(field: Locator, text: number | string): Promise<void> {
  const input = field.locator('input');
  await input.fill(String(text));
  await input.press('Enter');
}

export async function choosePlace({ panel }: PhotoshopWindow, place: PlaceChoice): Promise<void> {
  const radio = panel.getByTestId(`place-${place}`);
  await radio.click();
  await radio.and(panel.locator('[checked]')).waitFor();
}

/** Rejects where the panel has no such part, as without a selection, once it has had time to hear of one. */
export async function choosePart({ panel }: PhotoshopWindow, part: PartChoice): Promise<void> {
  const button = panel.getByTestId(`part-${part}`);
  if (part === 'layer' && (await button.count()) === 0) return;
  await button.waitFor({ timeout: 5000 }).catch((cause: unknown) => {
    throw new Error(`The panel offers no ${part} of this layer.`, { cause });
  });
  await button.click();
  await button.and(panel.locator('[selected]')).waitFor();
}

export async function hideOriginal({ panel }: PhotoshopWindow, hide: boolean): Promise<void> {
  const box = panel.getByTestId('hide-original');
  if ((await box.and(panel.locator('[checked]')).count()) === (hide ? 1 : 0)) return;
  await box.click();
  await (hide ? box.and(panel.locator('[checked]')) : box.and(panel.locator(':not([checked])'))).waitFor();
}

/** The rows, as they are; none for a single layer. */
export async function rows({ panel }: PhotoshopWindow): Promise<RowView[]> {
  return panel.getByTestId('row').evaluateAll((elements) =>
    elements.map((row) => {
      const { layer, rowState = '' } = (row as HTMLElement).dataset;
      return {
        layerId: Number(layer),
        name: row.querySelector('[data-testid="row-name"]')?.textContent ?? '',
        state: rowState,
        problem: row.querySelector('.reason')?.textContent ?? null,
      };
    }),
  );
}

/** Opens the settings of one of several layers, in whose row the model's, the quality's and the sliders' controls are then. */
export async function openRow({ panel }: PhotoshopWindow, name: string): Promise<void> {
  const row = panel
    .getByTestId('row')
    .filter({ has: panel.getByTestId('row-name').filter({ hasText: name }) });
  if ((await row.getByTestId('model-choice').count()) === 0) await row.getByTestId('row-open').click();
  await row.getByTestId('model-choice').waitFor();
}
