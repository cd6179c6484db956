import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { testClips } from '../../simulator/samples/clips.ts';
import { LoupeError } from '../../src/errors.ts';
import { ClipHost, reportOf } from './clip-host.ts';
import { sharedBrowser } from './support.ts';

const browser = sharedBrowser();
const LONG =
  'Interview with the mayor on the old bridge, 1987, tape 3 of 12 (transferred 2009, do not delete).mov';
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Set to a folder to have every state pictured there. */
const PICTURES = process.env['CLIP_PANEL_PICTURES'];

describe('The panel of clips', () => {
  let host: ClipHost;

  beforeAll(async () => {
    const clips = await testClips(['rate-25']);
    host = await ClipHost.open(browser(), { report: reportOf(clips['rate-25'], LONG, 0.08, 0.16) });
    await host.page.addScriptTag({ content: await readFile(axe, 'utf8') });
  }, 120_000);
  afterAll(() => host.close());

  /** What axe-core finds, of the two graver kinds, once controls have faded to their colours; and that nothing is wider than the panel. */
  async function problems(): Promise<string[]> {
    let found: string[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      found = await host.page.evaluate(async () => {
        const { violations } = await (
          globalThis as unknown as { axe: { run(): Promise<AxeResults> } }
        ).axe.run();
        const wide = document.documentElement.scrollWidth > innerWidth ? ['wider than the panel'] : [];
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
          .concat(wide);
      });
      if (found.length === 0) break;
      await host.page.waitForTimeout(200);
    }
    return found;
  }

  async function picture(name: string): Promise<void> {
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    for (const theme of ['dark', 'lightest'] as const) {
      host.tellTheme(theme);
      await host.page.waitForTimeout(400);
      await host.page.screenshot({ path: `${PICTURES}/${name}-${theme}.png`, fullPage: true });
    }
  }

  const text = (id: string): Promise<string> => host.page.getByTestId(id).innerText();

  test('shows what the file and Premiere say of it, and what comes of each target', async () => {
    await host.state('clip-ready');
    const facts = (await text('clip-facts')).replaceAll(/[\u00a0\u202f]/g, ' ');
    expect(facts).toContain('96 × 64 px');
    expect(facts).toContain('25 fps');
    expect(facts).toContain('01:00:00:02 – 01:00:00:04');
    expect(facts).toContain('2 frames');
    await host.page.getByTestId('codec-vp9').waitFor();
    await host.page.evaluate(() => {
      for (const folded of document.querySelectorAll('details')) folded.open = true;
    });
    await host.page.getByTestId('preview-picture').locator('canvas').first().waitFor();
    await picture('ready');
    expect(await problems()).toEqual([]);
    expect(await host.page.getByTestId('target-8k').getAttribute('aria-disabled')).toBe('true');
    await host.page.getByText('UHD, 8K: more than 16 times').waitFor();
    await host.page.getByTestId('target-sequence').click();
    await host.page.getByText('192 × 128').waitFor();
  });

  test('is remastered; what cannot be laid is left, and is placed on request', async () => {
    host.outcome = { kind: 'left', problem: { code: 'clip-moved', detail: '' } };
    await host.page.getByTestId('target-2x').click();
    await host.page.locator('[data-testid="remaster"]:not([disabled])').click();
    expect(await host.state('clip-left', 'clip-failed')).toBe('clip-left');
    expect(host.opened).toMatchObject([{ extension: 'mp4', clipName: LONG }]);
    expect(await text('message')).toContain('moved or trimmed');
    await picture('left');
    expect(await problems()).toEqual([]);
    host.outcome = { kind: 'placed', trackName: 'V2', newTrack: true, originalHidden: false };
    await host.page.getByTestId('place').click();
    await host.state('clip-done');
    expect(host.laid).toHaveLength(2);
    expect(host.laid[1]).toMatchObject({ scaleX: 2, scaleY: 2, rate: 25, inTicks: '0' });
  });

  test('laid over its clip is compared with it, and taken off again', async () => {
    await host.page.getByTestId('split-view').locator('canvas').first().waitFor();
    await picture('done');
    expect(await problems()).toEqual([]);
    await host.page.getByTestId('undo-remaster').click();
    expect(await host.state('clip-ready')).toBe('clip-ready');
  });

  test('that fails says what is kept', async () => {
    host.fault = new LoupeError('disk-full', '');
    await host.page.locator('[data-testid="remaster"]:not([disabled])').click();
    await host.state('clip-failed');
    expect(await text('message')).toContain('disk is full');
    await picture('failed');
    expect(await problems()).toEqual([]);
    host.fault = undefined;
    const note = host.opened.at(-1)?.note ?? '';
    host.report = {
      ...host.report,
      unfinished: {
        render: 'clip-1',
        ref: host.opened[0]?.ref ?? never(),
        clipName: LONG,
        folder: '/Users/user/Movies',
        fileName: 'x.mp4',
        note,
        last: '{"segment":0,"frames":1,"framesDone":1}',
      },
    };
    await host.page.getByTestId('try-again').click();
    await host.state('clip-unfinished');
    expect(await text('unfinished-words')).toContain('1 of 2 frames');
    await picture('unfinished');
    expect(await problems()).toEqual([]);
  });
});

function never(): never {
  throw new Error('no render was opened');
}
