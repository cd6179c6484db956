/** The panel, its commands and what it leaves in the document, in the host's language. */
import { describe, expect, test } from '@jest/globals';
import { makePsd, openPhotoshop, pixelLayer, sharedBrowser } from './support.ts';

const browser = sharedBrowser();
const LONG = 'Portrait der Künstlerin als junge Frau, retuschiert, dritte Kopie (nicht löschen)';

describe.each([
  ['de_DE', 'de', 'Verbessern', /[äöüß]|Ebene|Größe/, /^done: .*“ wurde /],
  ['fr_FR', 'fr', 'Améliorer', /calque|Taille/i, /^done: .* a été créé\.$/],
  ['ja_JP', 'ja', '高画質化', /[\u3040-\u30ff]/, /^done: .*[\u3040-\u309f]/],
])('In %s', (locale, lang, command, words, created) => {
  test('every word is that language’s, nothing overflows at 260 pixels, and a run works', async () => {
    const photoshop = await openPhotoshop(browser(), makePsd([pixelLayer(LONG)]), 'test.psd', { locale });
    await photoshop.waitForState(['ready']);
    const page = await photoshop.panelPage();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(lang);
    expect((await photoshop.view()).plugin.commands[0]?.label).toBe(command);

    await photoshop.setPanelWidth(260);
    await photoshop.choose('art', 2);
    await page.evaluate(() => {
      for (const folded of document.querySelectorAll('details')) folded.open = true;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    const shown = await photoshop.panel.locator('main').innerText();
    expect(shown).toMatch(words);
    // Words of the English catalog that no other language shares.
    expect(shown).not.toMatch(/\b(Size|Quality|Hide the original|Result as|Needs|becomes)\b/);

    await photoshop.pressEnhance();
    const state = await photoshop.waitForState(['done', 'failed'], 120_000);
    expect(`${state}: ${await photoshop.message()}`).toMatch(created);
    const [made] = (await photoshop.activeDocument()).layers;
    expect(made?.name.startsWith(LONG)).toBe(true);
    expect(photoshop.complaints).toEqual([]);
    await photoshop.close();
  });
});

test('A language that Loupe does not have is answered in English', async () => {
  const photoshop = await openPhotoshop(browser(), makePsd([pixelLayer('Photo')]), 'test.psd', {
    locale: 'fi_FI',
  });
  expect(await photoshop.panel.locator('main').innerText()).toContain('Quality');
  await photoshop.close();
});
