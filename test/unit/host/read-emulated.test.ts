/** The report and the reading over the emulated Photoshop, which is none kinder than Adobe's documentation. */
import { describe, expect, test } from '@jest/globals';
import type { Layer } from 'ag-psd';
import { decodeBase64 } from '../../../src/bridge/base64.ts';
import { photoshopHost } from '../../../src/host/photoshop/host.ts';
import type { Photoshop } from '../../../src/host/photoshop/photoshop.ts';
import { blank, KINDS, opening, pattern, withLayer } from '../simulator/documents.ts';
import { layerNamed, modal, open, type Opened, picture } from '../simulator/support.ts';
import { en } from '../../../src/texts/index.ts';
import { fakeFs } from './fake-fs.ts';
import { codeOf, SETTINGS } from './start.ts';

const face: Layer = {
  name: 'Face',
  left: -4,
  top: 2,
  imageData: picture(30, 20, (x, y) => [x * 8, y * 12, 99, x < 3 ? 0 : 255]),
};

function hostOver(opened: Opened) {
  const disk = fakeFs();
  const host = photoshopHost({
    ps: opened.modules.photoshop as unknown as Photoshop,
    fs: disk.fs,
    uxp: disk.uxp,
    words: en.host,
    onLayerChanged: () => undefined,
    onCommitProgress: () => undefined,
    onRunBegun: () => undefined,
    onRunEnded: () => undefined,
    onRunFailed: () => undefined,
  });
  const ids = (name: string) => ({ documentId: opened.id, layerId: layerNamed(opened, name).id });
  const coverage = (): number[] => {
    const [, bytes] = [...disk.files].find(([path]) => path.endsWith('/coverage')) ?? [];
    return [...(bytes ?? [])];
  };
  const openPart = (name: string, part: 'layer' | 'selection' | 'mask', job = 'a') =>
    host.openJob({ ...ids(name), settings: SETTINGS, part, job, note: '' });
  return { host, ids, coverage, openPart };
}

describe('over the emulated Photoshop', () => {
  test('a selection is read as far as it is on the layer', async () => {
    const opened = open([face], { width: 40, height: 40 });
    const { host, coverage, openPart } = hostOver(opened);
    const { user } = opened.simulator;
    user.selectRectangle(opened.id, { left: 20, top: 10, right: 35, bottom: 13 });
    expect((await host.activeLayers({})).layers).toMatchObject([
      { name: 'Face', parts: ['layer', 'selection'] },
    ]);
    const { source, target } = await openPart('Face', 'selection');
    expect([source.width, source.height, target.width]).toEqual([6, 3, 12]);
    expect(coverage()).toEqual(Array.from({ length: 18 }, () => 255));
    const row = decodeBase64((await host.readRows({ job: 'a', y: 0, rows: 1 })).samples);
    expect([...row.subarray(0, 4)]).toEqual([(20 + 4) * 8, (10 - 2) * 12, 99, 255]);
    user.selectRectangle(opened.id, { left: 30, top: 30, right: 35, bottom: 33 });
    expect((await host.activeLayers({})).layers).toMatchObject([{ parts: ['layer'] }]);
    expect(await codeOf(openPart('Face', 'selection', 'b'))).toBe('selection-outside');
  });

  test('a selection of two islands is read, though between them nothing is selected', async () => {
    // Read in strips of 1024 rows.
    const size = { width: 1024, height: 2100 };
    const opened = open([{ ...face, left: 0, top: 0, imageData: picture(1024, 2100, [9, 9, 9, 255]) }], size);
    const { user } = opened.simulator;
    user.selectRectangle(opened.id, { left: 1000, top: 2, right: 1024, bottom: 4 });
    user.selectRectangle(opened.id, { left: 10, top: 2090, right: 40, bottom: 2095 }, { how: 'add' });
    const { host, coverage, openPart } = hostOver(opened);
    expect((await host.activeLayers({})).layers).toMatchObject([{ parts: ['layer', 'selection'] }]);
    const { source } = await openPart('Face', 'selection');
    expect([source.width, source.height]).toEqual([1014, 2093]);
    const at = coverage();
    const selected = at.filter((each) => each === 255).length;
    expect([selected, at.filter((each) => each === 0).length]).toEqual([
      24 * 2 + 30 * 5,
      1014 * 2093 - selected,
    ]);
    expect([at[989], at[990], at[1014 * 2088], at[1014 * 2088 + 29], at[1014 * 2088 + 30]]).toEqual([
      0, 255, 255, 255, 0,
    ]);
  });

  test('a selection that Photoshop does not give is an error, not an empty one', async () => {
    const opened = open([face], { width: 40, height: 40 });
    opened.simulator.user.selectRectangle(opened.id, { left: 2, top: 4, right: 9, bottom: 9 });
    opened.simulator.faults.failCall('imaging.getSelection', 1, new Error('no memory'));
    opened.simulator.faults.failCall('imaging.getSelection', 2, new Error('no memory'));
    expect(await codeOf(hostOver(opened).openPart('Face', 'selection'))).not.toBe('selection-outside');
  });

  test('a mask is read with its value where it has no pixels', async () => {
    const masked = (defaultColor: number): Layer => ({
      ...face,
      mask: {
        left: 5,
        top: 5,
        right: 9,
        bottom: 9,
        defaultColor,
        imageData: picture(4, 4, [128, 128, 128, 255]),
      },
    });
    const hiding = hostOver(open([masked(0)], { width: 40, height: 40 }));
    expect((await hiding.host.activeLayers({})).layers).toMatchObject([{ parts: ['layer', 'mask'] }]);
    const part = await hiding.openPart('Face', 'mask');
    expect([part.source.width, part.source.height]).toEqual([4, 4]);
    expect(hiding.coverage()).toEqual(Array.from({ length: 16 }, () => 128));

    const showing = hostOver(open([masked(255)], { width: 40, height: 40 }));
    const whole = await showing.openPart('Face', 'mask');
    // The layer's visible pixels begin at −1.
    expect([whole.source.width, whole.source.height]).toEqual([27, 20]);
    expect(showing.coverage()[0]).toBe(255);
  });

  test('a mask that is switched off, or feathered beyond what can be read of it, is not offered and says why', async () => {
    const mask = { left: 5, top: 5, right: 9, bottom: 9, imageData: picture(4, 4, [255, 255, 255, 255]) };
    const opened = open([{ ...face, mask: { ...mask, defaultColor: 0 } }], { width: 40, height: 40 });
    const { host, openPart, ids } = hostOver(opened);
    const parts = async () => (await host.activeLayers({})).layers.map((layer) => layer.parts);
    const { user } = opened.simulator;
    expect(await parts()).toEqual([['layer', 'mask']]);
    user.setMaskEnabled(opened.id, ids('Face').layerId, false);
    expect(await parts()).toEqual([['layer']]);
    expect(await codeOf(openPart('Face', 'mask'))).toBe('mask-disabled');
    user.setMaskEnabled(opened.id, ids('Face').layerId, true);
    await modal(opened, () => {
      layerNamed(opened, 'Face').layerMaskFeather = 3;
    });
    expect(await parts()).toEqual([['layer']]);
    expect(await codeOf(openPart('Face', 'mask'))).toBe('mask-feathered');
  });

  test.each(KINDS)('a layer of $mode at $depth bits is read, and looked at', async (kind) => {
    const { mode, depth } = kind;
    const place = { left: 3, top: 2, right: 13, bottom: 8 };
    const contents = withLayer(blank(kind, 20, 10), 'Face', pattern(kind, 60), place);
    const opened = opening(contents);
    opened.simulator.user.selectLayer(opened.id, layerNamed(opened, 'Face').id);
    const { host, ids, openPart } = hostOver(opened);
    expect(await host.activeLayers({})).toMatchObject({
      refusal: null,
      layers: [{ name: 'Face', refusal: null }],
    });
    const { source } = await openPart('Face', 'layer');
    const channels = mode === 'grayscaleMode' ? 2 : 4;
    expect(source).toMatchObject({ width: 10, height: 6, channels, depth });
    expect(source.range === undefined).toBe(depth !== 32);
    if (source.range) expect([source.range.low, source.range.high > 1]).toEqual([-1, true]);
    const picture = await host.thumbnail({ ...ids('Face'), side: 5 });
    expect([picture.width, picture.height]).toEqual([5, 3]);
    const region = await host.region({ ...ids('Face'), left: 0, top: 0, width: 20, height: 10 });
    expect(decodeBase64(region.rgba)[3]).toBe(0);
    expect(decodeBase64(region.rgba)[(20 * 2 + 3) * 4 + 3]).toBeGreaterThan(0);
  });
});
