/** The emulated Photoshop's window in a headless browser, driven as a person would: by its controls. */
import type { Browser } from 'playwright-core';
import type { Bounds, DocumentView, LayerView, PhotoshopView, Simulator, Theme } from '../photoshop/index.ts';
import { PanelWindow, type ModelChoice } from './panel-window.ts';

export type { ModelChoice, SliderName } from './panel-window.ts';

/** What the plugin's panel shows just now: `data-state` of its root. */
export type PanelState =
  'loading' | 'empty' | 'unfinished' | 'ready' | 'refused' | 'working' | 'done' | 'failed';

export interface WindowOptions {
  /** The sample is open from the start unless 'none'. */
  readonly document?: 'sample' | 'none';
  /** Photoshop's language, e.g. 'de_DE'. */
  readonly locale?: string;
  readonly theme?: Theme;
}

/** The plugin's commands by their ids in the manifest. */
export type CommandName = 'enhance' | 'enhance-again';

export class PhotoshopWindow extends PanelWindow {
  /** Opens the emulated Photoshop and waits until the plugin is loaded. */
  static async open(browser: Browser, url: string, options: WindowOptions = {}): Promise<PhotoshopWindow> {
    const window = new PhotoshopWindow(await PanelWindow.newPage(browser));
    const query = new URLSearchParams({ ...options });
    await window.page.goto(`${url}?${query.toString()}`);
    await window.page.waitForFunction(() => 'simulator' in globalThis);
    return window;
  }

  /** Opens a document by the window's own file chooser. Rejects with Photoshop's words if it is no PSD. */
  async openPsd(psd: Uint8Array, name: string): Promise<DocumentView> {
    const before = (await this.view()).documents.length;
    await this.page
      .getByLabel('PSD file')
      .setInputFiles({ name, mimeType: 'image/vnd.adobe.photoshop', buffer: Buffer.from(psd) });
    const failure = this.page.locator('.failure');
    const opened = this.page.waitForFunction(
      (count) => window.simulator.view().documents.length > count,
      before,
    );
    const refused = failure.waitFor().then(async () => {
      throw new Error(await failure.innerText());
    });
    await Promise.race([opened, refused]).finally(() => {
      for (const each of [opened, refused]) each.catch(() => undefined);
    });
    return this.activeDocument();
  }

  /** What Save PSD downloads. */
  async savePsd(): Promise<Buffer> {
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Save PSD' }).click();
    const chunks: Uint8Array[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks);
  }

  /** Runs a function in the window with the emulated Photoshop and one argument, both ways as JSON. */
  async simulator<Result, Argument = undefined>(
    act: (simulator: Simulator, argument: Argument) => Result,
    ...[argument]: Argument extends undefined ? [] : [Argument]
  ): Promise<Result> {
    const handle = await this.page.evaluateHandle(() => window.simulator);
    return handle.evaluate<Result, unknown>(
      act as (simulator: Simulator, argument: unknown) => Result,
      argument,
    );
  }

  async view(): Promise<PhotoshopView> {
    return this.page.evaluate(() => window.simulator.view());
  }

  /** Throws if no document is open. */
  async activeDocument(): Promise<DocumentView> {
    const { documents, activeDocumentId } = await this.view();
    const document = documents.find(({ id }) => id === activeDocumentId);
    if (!document) throw new Error('No document is open.');
    return document;
  }

  /**
   * Does something as the person in front of Photoshop; `act` answers whether Photoshop lets them. It does not while the
   * plugin reads in a modal state, and a person tries again. Rejects if it does not for half a minute.
   */
  async user<Argument = undefined>(
    act: (user: Simulator['user'], argument: Argument) => boolean,
    ...[argument]: Argument extends undefined ? [] : [Argument]
  ): Promise<void> {
    const user = await this.page.evaluateHandle(() => window.simulator.user);
    const until = performance.now() + 30_000;
    while (!(await user.evaluate(act as (user: unknown, argument: unknown) => boolean, argument))) {
      if (performance.now() > until) throw new Error('Photoshop does not let its user do that.');
      await this.page.waitForTimeout(20);
    }
  }

  /** Selects the layer; given a name, the topmost of that name. Throws if there is none. */
  async selectLayer(nameOrId: string | number): Promise<void> {
    await this.selectLayers([nameOrId]);
  }

  /** Selects the layers, all but the first with the key that adds to the selection. */
  async selectLayers(namesOrIds: readonly (string | number)[]): Promise<void> {
    for (const [index, each] of namesOrIds.entries()) {
      await this.user((user, [document, layer, how]) => user.selectLayer(document, layer, how), [
        ...(await this.#place(each)),
        index === 0 ? 'only' : 'toggle',
      ] as const);
    }
  }

  /** Selects a rectangle of the document with the marquee. */
  async select(documentId: number, bounds: Bounds): Promise<void> {
    await this.user((user, [document, rectangle]) => user.selectRectangle(document, rectangle), [
      documentId,
      bounds,
    ] as const);
  }

  /** Takes back the last step of the document in front. */
  async undo(): Promise<void> {
    const { id } = await this.activeDocument();
    await this.user((user, document) => user.undo(document), id);
  }

  /** Locks the layer, or unlocks it; given a name, the topmost of that name. Throws if there is none. */
  async setLocked(nameOrId: string | number, locked = true): Promise<void> {
    await this.user((user, [document, layer, so]) => user.setLocked(document, layer, so), [
      ...(await this.#place(nameOrId)),
      locked,
    ] as const);
  }

  /** Shows the layer; given a name, the topmost of that name. Throws if there is none. */
  async show(nameOrId: string | number): Promise<void> {
    await this.user(
      (user, [document, layer]) => user.setVisible(document, layer, true),
      await this.#place(nameOrId),
    );
  }

  /** The ids of the document in front and of a layer in it. Throws if there is none. */
  async #place(nameOrId: string | number): Promise<readonly [documentId: number, layerId: number]> {
    const { id, layers } = await this.activeDocument();
    const layer = allLayers(layers).find((each) => each.id === nameOrId || each.name === nameOrId);
    if (!layer) throw new Error(`There is no layer “${nameOrId}”.`);
    return [id, layer.id];
  }

  /** Chooses one of the plugin's commands from the Plugins menu. */
  async command(name: CommandName): Promise<void> {
    await this.user((user, id) => user.chooseCommand(id), name);
  }

  async hasPixels(documentId: number, layerId: number): Promise<boolean> {
    return this.simulator(
      (simulator, [document, layer]) => simulator.thumbnail(document, layer, 1) !== null,
      [documentId, layerId] as const,
    );
  }

  /** Waits until the panel speaks of the layer of that name. */
  async waitForLayer(name: string): Promise<void> {
    await this.panel
      .getByTestId('layer-name')
      .filter({ hasText: exactly(name) })
      .waitFor();
  }

  /** Waits until the panel is in one of the states and answers which. `timeout` in milliseconds, 0 for none. */
  async waitForState(states: readonly PanelState[], timeout = 60_000): Promise<PanelState> {
    return this.waitForPanel(states, timeout);
  }

  /** What a finished run ran on, in the panel's words, e.g. “CPU · 2 workers”. */
  async backend(): Promise<string> {
    return this.panel.locator('[data-state="done"] [role="status"] li').last().innerText();
  }

  /** “Enhancing 42 % about 10 seconds left”; undefined unless a run is under way. */
  async progress(): Promise<string | undefined> {
    const words = this.panel.locator('[data-state="working"] .outcome');
    const text = await words.innerText({ timeout: 500 }).catch(() => undefined);
    return text?.split('\n').slice(0, 3).join(' ');
  }

  /** Clicks the model's and the scale's controls and waits until the panel has taken both. */
  async choose(model: ModelChoice, scale: 2 | 3 | 4 | 8): Promise<void> {
    await this.chooseModel(model);
    await this.click(`scale-${scale}`, '[selected]');
  }

  /** What the panel says of the model: under Auto, which one and why. */
  async modelWords(): Promise<string> {
    return this.panel.getByTestId('model-why').innerText();
  }

  /** Waits until Enhance can be pressed: under Auto, until the panel has looked at the layer, with a network it loads. */
  async waitForEnhance(): Promise<void> {
    const pressable = this.panel.getByTestId('enhance').and(this.panel.locator(':not([disabled])'));
    await pressable.waitFor({ timeout: 120_000 });
  }

  /**
   * Told to the button itself: pointer and keys wait until the page is drawn, which a busy machine puts off. The page
   * itself answers all the while.
   */
  async pressEnhance(): Promise<void> {
    await this.waitForEnhance();
    await this.panel.getByTestId('enhance').dispatchEvent('click');
  }
}

/** All layers and groups, topmost first. */
export function allLayers(layers: readonly LayerView[]): LayerView[] {
  return layers.flatMap((layer) => [layer, ...allLayers(layer.children ?? [])]);
}

/** All layers that are not groups, topmost first; `shown` says if it and the groups around it are visible. */
export function leaves(
  layers: readonly LayerView[],
  shown = true,
): { readonly layer: LayerView; readonly shown: boolean }[] {
  return layers.flatMap((layer) => {
    const visible = shown && layer.visible;
    return layer.children ? leaves(layer.children, visible) : [{ layer, shown: visible }];
  });
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`);
}
