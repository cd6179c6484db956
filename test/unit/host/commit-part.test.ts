import { describe, expect, test } from '@jest/globals';
import type { LayerSettings } from '../../../src/bridge/protocol.ts';
import { documentOf, highest, MODES } from './commit-modes.ts';
import { open } from '../simulator/support.ts';
import { codeOf, type Paint, runIn } from './commit-run.ts';

/** Half as dark as anything in the layers, and opaque. */
const flat =
  (channels: number, most: number): Paint =>
  (_x, _y, channel) =>
    (channels === 2 && channel === 1) || channel === 3 ? most : most / 8;

const size = { kind: 'factor', factor: 2 } as const;

describe.each(MODES)('in %s of %i bits', (mode, depth) => {
  const channels = mode === 'grayscaleMode' ? 2 : 4;
  const most = highest(depth);
  const paint = flat(channels, most);
  const asRead =
    mode === 'grayscaleMode'
      ? { colorSpace: 'Grayscale' }
      : { colorSpace: 'RGB', colorProfile: 'Adobe RGB (1998)' };
  const colour = mode === 'RGBColorMode' ? {} : asRead;

  test('the whole layer holds the result', async () => {
    const { run } = await documentOf(mode, depth);
    await run.commit([await run.open({ layer: 'Sky', paint })]);
    const { bounds, at } = await run.pixels(run.named('Sky – Art'), undefined, colour);
    expect(bounds).toEqual({ left: 12, top: 8, right: 60, bottom: 40 });
    const [first] = at(20, 20);
    expect(Math.abs((first ?? 0) - most / 8) / most).toBeLessThan(mode === 'CMYKColorMode' ? 0.05 : 0.005);
  });

  test('outside the selection all samples stay as Photoshop enlarged them, inside they are the result’s', async () => {
    const plain = await documentOf(mode, depth);
    plain.user.imageSize(plain.id, 80, 60);
    const enlarged = await plain.run.pixels(plain.run.named('Sky'), undefined, colour);

    const { run, user, id } = await documentOf(mode, depth);
    user.selectEllipse(id, { left: 10, top: 6, right: 24, bottom: 18 });
    await run.commit([await run.open({ layer: 'Sky', part: 'selection', paint })]);
    const made = await run.pixels(run.named('Sky – Art'), undefined, colour);
    let [inside, outside] = [0, 0];
    for (let y = 8; y < 40; y += 1) {
      for (let x = 12; x < 60; x += 1) {
        // In the ellipse's own coordinates, at the enlarged pixel's centre.
        const r = Math.hypot((x + 0.5 - 34) / 14, (y + 0.5 - 24) / 12);
        if (r > 1.2) {
          outside += 1;
          expect(made.at(x, y)).toEqual(enlarged.at(x, y));
        } else if (r < 0.7) {
          inside += 1;
          const [value] = made.at(x, y);
          expect(Math.abs((value ?? 0) - most / 8) / most).toBeLessThan(
            mode === 'CMYKColorMode' ? 0.05 : 0.005,
          );
        }
      }
    }
    expect(Math.min(inside, outside)).toBeGreaterThan(200);
    // The selection is still there, enlarged with the document.
    expect(run.document().selection.bounds).toMatchObject({ left: 20, top: 12, right: 48, bottom: 36 });
  });
});

describe('a part', () => {
  const settings = (place: LayerSettings['place']) => ({ place, size, hideOriginal: true });

  test('as a smart object covers its rectangle, is clear outside the part, and the original still shows', async () => {
    const { run, user, id, opened } = await documentOf('RGBColorMode', 8);
    let moved: unknown;
    // Reported by plugins: a layer cannot be moved while something is selected.
    opened.simulator.faults.beforeCall('layer.translate', 1, () => {
      moved = run.document().selection.bounds;
    });
    user.selectEllipse(id, { left: 10, top: 6, right: 24, bottom: 18 });
    const [written] = await run.commit([
      await run.open({
        layer: 'Sky',
        part: 'selection',
        settings: settings('smart-object'),
        paint: flat(4, 255),
      }),
    ]);
    expect(written).toMatchObject({
      layer: { bounds: { left: 10, top: 6, right: 24, bottom: 18 }, width: 28, height: 24 },
    });
    const { at } = await run.pixels(run.named('Sky – Art'));
    expect(at(17, 12)[3]).toBe(255);
    expect(at(10, 6)[3] ?? 0).toBeLessThan(5);
    expect(run.named('Sky').visible).toBe(true);
    expect(moved).toBeNull();
    expect(run.document().selection.bounds).toMatchObject({ left: 10, top: 6, right: 24, bottom: 18 });
  });

  test('as a new document is transparent outside, also of the Background', async () => {
    const opened = open(undefined, { width: 40, height: 30 });
    const run = runIn(opened);
    opened.simulator.user.selectEllipse(opened.id, { left: 10, top: 6, right: 24, bottom: 18 });
    const wanted = { part: 'selection', settings: settings('new-document'), paint: flat(4, 255) } as const;
    await run.commit([await run.open({ layer: 'Background', ...wanted })]);
    const made = run.ps.app.activeDocument;
    const [layer] = made.layers;
    if (!layer) throw new Error('no layer');
    const { at } = await run.pixels(layer, made.id);
    expect([at(14, 12), at(0, 0)[3] ?? 0]).toEqual([[31, 31, 31, 255], 0]);
  });

  test('by a mask: the copy keeps its mask, and a mask that was changed meanwhile leaves the layer out', async () => {
    const { run, user, id } = await documentOf('RGBColorMode', 8);
    user.selectRectangle(id, { left: 8, top: 6, right: 20, bottom: 15 });
    user.addMask(id, run.named('Sky').id);
    const job = await run.open({ layer: 'Sky', part: 'mask', settings: { size }, paint: flat(4, 255) });
    expect(job.job.pixels.bounds).toEqual({ left: 8, top: 6, right: 20, bottom: 15 });
    user.deleteMask(id, run.named('Sky').id);
    user.selectRectangle(id, { left: 8, top: 6, right: 20, bottom: 14 });
    user.addMask(id, run.named('Sky').id);
    expect(await codeOf(run.commit([job]))).toBe('layer-changed');
  });

  test('stays the selection of the start, whatever is selected by the end', async () => {
    const { run, user, id } = await documentOf('RGBColorMode', 8);
    user.selectRectangle(id, { left: 10, top: 6, right: 24, bottom: 18 });
    const job = await run.open({ layer: 'Sky', part: 'selection', settings: { size }, paint: flat(4, 255) });
    user.selectRectangle(id, { left: 0, top: 0, right: 3, bottom: 3 });
    await run.commit([job]);
    const { at } = await run.pixels(run.named('Sky – Art'));
    expect(at(30, 20)).toEqual([31, 31, 31, 255]);
    expect(run.document().selection.bounds).toMatchObject({ left: 0, top: 0, right: 6, bottom: 6 });
  });
});

test('a smart object gets the mask of its original', async () => {
  const { run, user, id } = await documentOf('RGBColorMode', 16);
  user.selectRectangle(id, { left: 8, top: 6, right: 20, bottom: 15 });
  user.addMask(id, run.named('Sky').id);
  user.deselect(id);
  await run.commit([
    await run.open({ layer: 'Sky', settings: { place: 'smart-object', size }, paint: flat(4, 65_535) }),
  ]);
  const made = run.named('Sky – Art');
  const mask = await run.modal(async () => {
    const options = { documentID: id, layerID: made.id, kind: 'user' as const };
    const { imageData, sourceBounds } = await run.ps.imaging.getLayerMask(options);
    const samples = await imageData.getData({ fullRange: true });
    await imageData.dispose();
    return { width: imageData.width, left: sourceBounds.left, top: sourceBounds.top, samples };
  });
  const at = (x: number, y: number) => mask.samples[(y - mask.top) * mask.width + x - mask.left] ?? 0;
  expect([at(8, 6), at(19, 14), at(7, 6), at(20, 14)]).toEqual([65_535, 65_535, 0, 0]);
});
