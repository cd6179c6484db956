/** Documents with an embedded profile that is not among the installed ones: no document can be made with it by name. */
import { describe, expect, test } from '@jest/globals';
import { grayProfile, rgbProfile } from '../../../simulator/colour/icc-bytes.ts';
import type { Contents } from '../../../simulator/photoshop/model.ts';
import { blank, opening, pattern, withLayer } from '../simulator/documents.ts';
import { historyOf, layerNamed, modal } from '../simulator/support.ts';
import { codeOf, runIn } from './commit-run.ts';

const STUDIO = 'Studio 2026';
const ICC = {
  RGBColorMode: rgbProfile(
    STUDIO,
    [
      [0.6, 0.3, 0.02],
      [0.2, 0.6, 0.1],
      [0.1642, 0.1, 0.7049],
    ],
    2.1,
  ),
  grayscaleMode: grayProfile(STUDIO, 1.7),
};
const KINDS = [
  ['RGBColorMode', 8],
  ['RGBColorMode', 16],
  ['grayscaleMode', 16],
] as const;

/** A layer “Sky” above the Background. */
function documentOf(mode: keyof typeof ICC, depth: 8 | 16) {
  const kind = { mode, depth };
  const box = { left: 6, top: 4, right: 30, bottom: 20 };
  const samples = pattern(kind, 24 * 16);
  const plain = withLayer(blank(kind, 40, 30), 'Sky', samples, box);
  const contents: Contents = { ...plain, profile: STUDIO, icc: ICC[mode] };
  const opened = opening(contents);
  return { opened, run: runIn(opened) };
}

describe.each(KINDS)('%s of %i bits with a profile of its own', (mode, depth) => {
  const most = 2 ** depth - 1;
  const gray = mode === 'grayscaleMode';
  const paint = (x: number, y: number, channel: number): number =>
    channel === (gray ? 1 : 3) ? most : ((x * 7919 + y * 104_729 + channel * 31) * 40_503) % most;
  const expected = (x: number, y: number) => (gray ? [0] : [0, 1, 2]).map((channel) => paint(x, y, channel));

  test.each(['new-document', 'smart-object'] as const)('keeps it at the place %s', async (place) => {
    const { opened, run } = documentOf(mode, depth);
    const { user } = opened.simulator;
    await modal(opened, () => {
      layerNamed(opened, 'Sky').transparentPixelsLocked = true;
    });
    user.selectLayer(opened.id, run.named('Sky').id);
    user.groupLayers(opened.id);
    // Nothing of the document is to be left in a copy of it: neither what is locked, nor the group a new layer comes into.
    user.duplicateLayer(opened.id, run.named('Background').id);
    user.setLocked(opened.id, run.named('Background copy').id, true);
    user.selectLayer(opened.id, run.named('Sky').id);
    user.selectRectangle(opened.id, { left: 0, top: 0, right: 3, bottom: 3 });
    expect(run.document().colorProfileName).toBe(STUDIO);
    expect(run.ps.app.getColorProfiles(gray ? 'Gray' : 'RGB')).not.toContain(STUDIO);

    const job = await run.open({ layer: 'Sky', settings: { place }, paint });
    await run.commit([job]);
    if (place === 'smart-object') {
      expect([...run.ps.app.documents].map(({ id }) => id)).toEqual([opened.id]);
      user.editContents(opened.id, run.named('Sky – Art').id);
    }
    const made = run.ps.app.activeDocument;
    const { bitsPerChannel, resolution } = run.document();
    expect(made).toMatchObject({ mode, bitsPerChannel, resolution, width: 48, height: 32 });
    expect(made.colorProfileName).toBe(STUDIO);
    expect([...made.layers].map(({ name }) => name)).toEqual(['Sky – Art']);
    expect(made.selection.bounds).toBeNull();
    const [layer] = made.layers;
    if (!layer) throw new Error('no layer');
    const { at } = await run.pixels(layer, made.id, gray ? { colorSpace: 'Grayscale' } : {});
    for (const [x, y] of [
      [0, 0],
      [47, 31],
      [20, 9],
    ] as const) {
      const is = at(x, y).slice(0, gray ? 1 : 3);
      // Photoshop's 16 bits are 15 and a half.
      is.forEach((sample, c) => {
        expect(Math.abs(sample - (expected(x, y)[c] ?? 0))).toBeLessThanOrEqual(depth === 8 ? 0 : 1);
      });
    }
    // The original's document is as it was, but for the smart object.
    expect(run.named('Sky').parent?.name).toBe('Group 1');
    expect(run.document().selection.bounds).toMatchObject({ left: 0, top: 0, right: 3, bottom: 3 });
    expect([run.document().width, run.document().height]).toEqual([40, 30]);
  });
});

test('where not even a copy of the document has it, that is told, and every document made is closed again', async () => {
  const { opened, run } = documentOf('RGBColorMode', 8);
  const before = historyOf(opened);
  const job = await run.open({ layer: 'Sky', settings: { place: 'new-document' } });
  const document = run.document();
  const duplicate = document.duplicate.bind(document);
  Object.assign(document, {
    duplicate: async (name?: string) => {
      const made = await duplicate(name);
      Object.defineProperty(made, 'colorProfileName', { get: () => 'Working RGB', set: () => undefined });
      return made;
    },
  });
  expect(await codeOf(run.commit([job]))).toBe('profile-missing');
  expect([...run.ps.app.documents].map(({ id }) => id)).toEqual([opened.id]);
  expect(historyOf(opened)).toEqual(before);
});
