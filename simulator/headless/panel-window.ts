/** A window of an emulated application in a headless browser, and the plugin's panel in it, driven as a person would. */
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';

/** As the panel's controls name them. */
export type ModelChoice = 'auto' | 'face' | 'landscape' | 'art';
export type SliderName = 'detail' | 'noise' | 'sharpness';

export class PanelWindow {
  /** Errors and warnings of the consoles, and exceptions nobody caught; the page's, the panel's and the workers'. */
  readonly complaints: string[] = [];
  readonly page: Page;
  /** The plugin's page inside the emulated webview. */
  readonly panel: FrameLocator;

  protected constructor(page: Page) {
    this.page = page;
    this.panel = page.frameLocator('iframe.webview');
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  /** A page of its own for a window. */
  protected static async newPage(browser: Browser): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      acceptDownloads: true,
    });
    return context.newPage();
  }

  /**
   * From now on the networks of Best do not come: measuring them in the background takes a processor half a minute, for
   * which whoever uses Fast would wait.
   */
  async withoutBest(): Promise<void> {
    await this.page.route('**/plugin/models/x4plus*.b64.js', () => undefined);
  }

  /** Makes the panel so many pixels wide by the dock's edge, and its page exactly so. */
  async setPanelWidth(width: number): Promise<void> {
    const edge = this.page.getByRole('separator', { name: 'Panel width' });
    await edge.evaluate(async (separator, px) => {
      for (let press = 0; press < 40; press += 1) {
        const missing = px - Number(separator.getAttribute('aria-valuenow'));
        if (Math.abs(missing) < 10) return;
        const key = missing > 0 ? 'ArrowLeft' : 'ArrowRight';
        separator.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve));
      }
    }, width);
    await this.page
      .locator('iframe.webview')
      .evaluate(
        (webview, px) => (webview as HTMLElement).style.setProperty('width', `${px}px`, 'important'),
        width,
      );
    const page = await this.panelPage();
    await page.waitForFunction((px) => innerWidth === px, width);
  }

  /** The panel's page itself, for what no control shows. */
  async panelPage(): Promise<Frame> {
    const element = await this.page.locator('iframe.webview').elementHandle();
    const frame = await element.contentFrame();
    if (!frame) throw new Error('The window shows no webview.');
    return frame;
  }

  /** Waits until `data-state` of the panel's root is one of those and answers which. `timeout` in ms, 0 for none. */
  protected async waitForPanel<State extends string>(
    states: readonly State[],
    timeout: number,
  ): Promise<State> {
    const found = this.panel.locator(states.map((each) => `[data-state="${each}"]`).join(', '));
    const state = await found.getAttribute('data-state', { timeout }).catch(async (cause: unknown) => {
      const shown = await this.panel
        .locator('body')
        .innerText({ timeout: 1000 })
        .catch(() => 'nothing');
      const said = [shown.replaceAll('\n', ' | '), ...this.complaints].join('\n');
      throw new Error(`The panel does not come to be ${states.join(' or ')}. It shows: ${said}`, { cause });
    });
    return state as State;
  }

  /** The panel's message: why it refuses, what failed, what was made. */
  async message(): Promise<string> {
    return this.panel.getByTestId('message').innerText();
  }

  /** Clicks the model's control and waits until the panel has taken it. */
  async chooseModel(model: ModelChoice): Promise<void> {
    await this.click(`model-${model}`, '[checked]');
  }

  /** Clicks the quality's control and waits until the panel has taken it. Rejects where there is no such quality. */
  async chooseQuality(quality: 'fast' | 'best'): Promise<void> {
    const button = this.panel.getByTestId(`quality-${quality}`);
    if (await button.and(this.panel.locator('[disabled]')).isVisible()) {
      throw new Error(`The panel has no ${quality} quality of this model.`);
    }
    await this.click(`quality-${quality}`, '[selected]');
  }

  /**
   * Moves a slider, unfolding the part of the panel it is in, and waits until the panel has taken it. Rejects where the
   * panel has no such slider, as for a model whose detail cannot be chosen.
   */
  async move(slider: SliderName, percent: number): Promise<void> {
    const control = this.panel.getByTestId(slider);
    if ((await control.count()) === 0) throw new Error(`The panel has no ${slider} for this model.`);
    await this.unfold(slider);
    await control.locator('input').fill(String(percent));
    const until = performance.now() + 10_000;
    while ((await this.slider(slider)) !== percent) {
      if (performance.now() > until) throw new Error(`The panel’s ${slider} does not move to ${percent}.`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Where a slider stands, 0..100; null where the panel has none. */
  async slider(name: SliderName): Promise<number | null> {
    const [value = null] = await this.panel
      .getByTestId(name)
      .evaluateAll((found) => found.map((each) => Number((each as HTMLInputElement).value)));
    return value;
  }

  /** The quality that is chosen; null where there is no choice. */
  async quality(): Promise<string | null> {
    const chosen = this.panel.getByTestId('quality-choice').locator('[selected]');
    return (await chosen.count()) === 0 ? null : chosen.getAttribute('value');
  }

  /** Unfolds the part of the panel that a control is in. */
  protected async unfold(testId: string): Promise<void> {
    const folded = this.panel.locator('details:not([open])').filter({ has: this.panel.getByTestId(testId) });
    if ((await folded.count()) > 0) await folded.first().locator('summary').click();
  }

  protected async click(testId: string, taken: string): Promise<void> {
    const control = this.panel.getByTestId(testId);
    await control.click();
    await control.and(this.panel.locator(taken)).waitFor();
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
