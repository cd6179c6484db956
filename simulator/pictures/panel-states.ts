/** The panel's main states, each brought about as a person would, in the emulated Photoshop with the sample open. */
import { chooseSize } from '../headless/controls.ts';
import type { PhotoshopWindow } from '../headless/window.ts';

export interface PanelScene {
  readonly name: string;
  readonly document?: 'none';
  /** Leaves the panel at rest. */
  readonly prepare: (window: PhotoshopWindow) => Promise<void>;
}

/** The smallest of the sample's layers. */
const LAYER = 'Illustration';

async function ready(window: PhotoshopWindow): Promise<void> {
  await window.withoutBest();
  await window.selectLayer(LAYER);
  await window.waitForLayer(LAYER);
  await window.choose('art', 2);
  await window.waitForEnhance();
}

export const SCENES: readonly PanelScene[] = [
  {
    name: 'empty',
    document: 'none',
    prepare: async (window) => {
      await window.waitForState(['empty']);
    },
  },
  {
    name: 'ready',
    prepare: async (window) => {
      await ready(window);
      await rested(window);
    },
  },
  {
    name: 'print-size',
    prepare: async (window) => {
      await ready(window);
      await chooseSize(window, { kind: 'print', side: 'width', length: 24, unit: 'cm', ppi: 300 });
      await window.panel.getByTestId('size-words').filter({ hasText: '2835' }).waitFor();
      await rested(window);
    },
  },
  {
    name: 'several',
    prepare: async (window) => {
      await window.withoutBest();
      await window.selectLayers([LAYER, 'Portrait']);
      await window.panel.getByTestId('row').nth(1).waitFor();
      await chooseSize(window, { kind: 'factor', factor: 2 });
      await window.waitForEnhance();
    },
  },
  {
    name: 'done',
    prepare: async (window) => {
      await ready(window);
      await window.pressEnhance();
      await window.waitForState(['done']);
      await window.panel.getByTestId('split-view').waitFor();
    },
  },
  {
    name: 'refused',
    prepare: async (window) => {
      await window.selectLayer(LAYER);
      await window.setLocked(LAYER);
      await window.waitForState(['refused']);
    },
  },
];

/** Once the panel has measured how long a run takes: until then its words still change. */
async function rested({ panel }: PhotoshopWindow): Promise<void> {
  await panel.getByTestId('estimate-fast').filter({ hasText: /\d/ }).waitFor({ timeout: 120_000 });
}
