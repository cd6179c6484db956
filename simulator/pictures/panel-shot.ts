/** A picture of the panel that is the same on every machine: what depends on the machine is replaced. */
import type { PhotoshopWindow } from '../headless/window.ts';
import type { Theme } from '../photoshop/index.ts';

/** What is pictured: the least width, where things are tightest, the usual one and a wide one; each theme at one at least. */
export const SHOTS: readonly { readonly theme: Theme; readonly width: number }[] = [
  { theme: 'lightest', width: 260 },
  { theme: 'darkest', width: 260 },
  { theme: 'light', width: 320 },
  { theme: 'dark', width: 320 },
  { theme: 'light', width: 600 },
];

/** High enough that nothing of the panel is out of sight. */
export const VIEWPORT = { width: 1000, height: 1500 };

/** What the panel says of the machine, by its test ids, and what is shown instead. */
const OF_THE_MACHINE: Readonly<Record<string, string>> = {
  backend: 'CPU · 8 workers',
  'estimate-fast': 'about 10 seconds',
  'estimate-best': 'about 2 minutes',
  'estimate-all': 'about 1 minute',
  'progress-left': 'about 10 seconds left',
  needs: 'Needs 24 MB of disk and 300 MB of memory.',
};

/** PNG of the panel's page in that theme and at that width. */
export async function panelShot(window: PhotoshopWindow, theme: Theme, width: number): Promise<Buffer> {
  await window.page.getByLabel(theme, { exact: true }).check();
  await window.panel.locator(`[data-theme="${theme}"]`).waitFor();
  await window.setPanelWidth(width);
  const page = await window.panelPage();
  await page.evaluate((words) => {
    for (const [id, text] of Object.entries(words)) {
      for (const element of document.querySelectorAll(`[data-testid="${id}"]`)) element.textContent = text;
    }
    // The run's own facts: the second is how long it took, the last the backend.
    for (const { children } of document.querySelectorAll('[data-state="done"] .fact-line')) {
      const [time, backend] = [children[1], children[children.length - 1]];
      if (time) time.textContent = '10 s';
      if (backend) backend.textContent = words['backend'] ?? '';
    }
    const active = document.activeElement;
    if (active instanceof HTMLElement) active.blur();
  }, OF_THE_MACHINE);
  // Spectrum fades from one colour to the next.
  await window.page.waitForTimeout(250);
  return window.page.locator('iframe.webview').screenshot({ animations: 'disabled', caret: 'hide' });
}
