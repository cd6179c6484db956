import { describe, expect, test } from '@jest/globals';
import { type FakeDocument, type FakeLayer, noise } from './fake-photoshop.ts';
import { BOX, codeOf, first, openFirst, SETTINGS, start, state } from './start.ts';

const sky = { name: 'Sky', ...noise(BOX) };

describe('the report', () => {
  test('names the document and every selected layer, top first', async () => {
    const { open, host } = start();
    const document = open(
      { resolution: 300, path: '/a.psb', mode: 'labColorMode', bitsPerChannel: 'bitDepth16' },
      [
        { ...sky, selected: true },
        { name: 'Between', ...noise(BOX) },
        { name: 'Ground', selected: true, ...noise({ left: -9, top: 0, right: 120, bottom: 9 }) },
      ],
    );
    const report = await host.activeLayers({});
    expect(report.document).toEqual({
      id: document.id,
      name: 'picture.psd',
      width: 100,
      height: 100,
      resolution: 300,
      mode: 'Lab Color',
      depth: 16,
      psb: true,
    });
    expect(
      report.layers.map(({ name, left, top, width, height }) => [name, left, top, width, height]),
    ).toEqual([
      ['Sky', 10, 20, 37, 29],
      ['Ground', -9, 0, 129, 9],
    ]);
    expect([report.refusal, report.last]).toEqual([null, null]);
  });

  test('without a document, or with no layer selected, says so', async () => {
    const { open, host } = start();
    const nothing = { document: null, layers: [], last: null };
    expect(await host.activeLayers({})).toEqual({ ...nothing, refusal: { code: 'no-document', detail: '' } });
    const document = open({}, [{ ...sky, kind: 'none' }]);
    first(document).kind = 'pixel';
    expect(await host.activeLayers({})).toMatchObject({ layers: [], refusal: { code: 'no-layer' } });
  });

  test('texts and smart objects are not refused, with a note', async () => {
    const { open, host } = start();
    const document = open({}, [{ ...sky, kind: 'text' }]);
    expect((await host.activeLayers({})).layers).toMatchObject([
      { refusal: null, note: 'text-through-pixels' },
    ]);
    first(document).kind = 'smartObject';
    expect((await host.activeLayers({})).layers).toMatchObject([
      { refusal: null, note: 'smart-object-through-pixels' },
    ]);
  });

  test('a layer that cannot be enhanced does not stand in the way of the others', async () => {
    const { open, host } = start();
    open({}, [
      { ...sky, selected: true, visible: false },
      { ...sky, selected: true },
    ]);
    const { refusal, layers } = await host.activeLayers({});
    expect(refusal).toBeNull();
    expect(layers.map((layer) => layer.refusal?.code)).toEqual(['hidden-layer', undefined]);
  });
});

describe('what is refused, with nothing changed', () => {
  const cases: [string, string, string, Partial<FakeDocument>, Partial<FakeLayer>][] = [
    ['a group', 'group-layer', 'Sky', {}, { kind: 'group', layers: [] }],
    ['a frame', 'frame-layer', 'Sky', {}, { kind: 'group', layers: [], described: { framedGroup: true } }],
    ['an adjustment', 'adjustment-layer', 'Sky', {}, { kind: 'curves' }],
    ['a fill', 'fill-layer', 'Sky', {}, { kind: 'solidColor', described: { layerKind: 11 } }],
    ['a shape', 'shape-layer', 'Sky', {}, { kind: 'solidColor', described: { layerKind: 4 } }],
    ['a gradient fill', 'fill-layer', 'Sky', {}, { kind: 'gradientFill' }],
    ['a video', 'video-layer', 'Sky', {}, { kind: 'video' }],
    ['a 3D layer', 'three-d-layer', 'Sky', {}, { kind: 'threeD' }],
    [
      'an empty layer',
      'empty-layer',
      'Sky',
      {},
      { box: { left: 0, top: 0, right: 0, bottom: 0 }, pixels: new Uint8Array(0) },
    ],
    ['a locked layer', 'locked-layer', 'Sky', {}, { allLocked: true }],
    ['a layer of locked pixels', 'locked-layer', 'Sky', {}, { pixelsLocked: true }],
    ['a hidden layer', 'hidden-layer', 'Sky', {}, { visible: false }],
    ['Bitmap', 'mode-unsupported', 'Bitmap', { mode: 'bitmapMode', bitsPerChannel: 'bitDepth1' }, {}],
    ['Indexed Color', 'mode-unsupported', 'Indexed Color', { mode: 'indexedColorMode' }, {}],
    ['Duotone', 'mode-unsupported', 'Duotone', { mode: 'duotoneMode' }, {}],
    ['Multichannel', 'mode-unsupported', 'Multichannel', { mode: 'multichannelMode' }, {}],
    ['a mode yet to come', 'mode-unsupported', 'oklabMode', { mode: 'oklabMode' }, {}],
    ['32 bits in Lab', 'depth-unsupported', '32', { mode: 'labColorMode', bitsPerChannel: 'bitDepth32' }, {}],
  ];
  test.each(cases)('%s', async (_what, code, detail, document, layer) => {
    const { open, host } = start();
    const opened = open(document, [{ ...sky, ...layer }]);
    const before = state(opened);
    expect((await host.activeLayers({})).layers).toMatchObject([
      { refusal: { code, detail }, parts: ['layer'] },
    ]);
    expect(await codeOf(openFirst(host, opened))).toBe(code);
    expect(state(opened)).toBe(before);
  });

  test('an artboard is told from a group', async () => {
    const { open, host } = start();
    const document = open({}, [{ ...sky, kind: 'group', layers: [] }]);
    document.artboards = [first(document)];
    expect((await host.activeLayers({})).layers).toMatchObject([{ refusal: { code: 'artboard-layer' } }]);
  });

  test('a layer in a hidden or locked group, by the name of the group', async () => {
    const { open, host } = start();
    const group = open({}, [
      { name: 'Group', kind: 'group', visible: false, layers: [{ ...sky, selected: true } as FakeLayer] },
    ]);
    expect((await host.activeLayers({})).layers).toMatchObject([
      { refusal: { code: 'hidden-layer', detail: 'Group' } },
    ]);
    Object.assign(first(group), { visible: true, allLocked: true });
    expect((await host.activeLayers({})).layers).toMatchObject([
      { refusal: { code: 'locked-layer', detail: 'Group' } },
    ]);
  });

  test('a document whose mode cannot be enhanced, whatever the layers', async () => {
    const { open, host } = start();
    open({ mode: 'indexedColorMode' }, [sky]);
    expect((await host.activeLayers({})).refusal).toEqual({
      code: 'mode-unsupported',
      detail: 'Indexed Color',
    });
  });
});

describe('parts', () => {
  test('a selection that touches the layer and a mask can be enhanced alone', async () => {
    const { open, host } = start();
    const mask = { box: BOX, samples: new Uint8Array(37 * 29).fill(255) };
    const document = open({ selection: { bounds: { left: 0, top: 0, right: 11, bottom: 21 } } }, [
      { ...sky, selected: true, mask },
      { name: 'Elsewhere', selected: true, ...noise({ left: 50, top: 50, right: 60, bottom: 60 }) },
    ]);
    const partsNow = async () => (await host.activeLayers({})).layers.map(({ parts }) => parts);
    expect(await partsNow()).toEqual([['layer', 'selection', 'mask'], ['layer']]);
    document.selection = { bounds: null };
    expect(await partsNow()).toEqual([['layer', 'mask'], ['layer']]);
  });

  test('nothing selected, a selection outside the layer, no mask, and a mask that hides all are refused', async () => {
    const { open, host } = start();
    const document = open({}, [sky]);
    expect(await codeOf(openFirst(host, document, { part: 'selection' }))).toBe('selection-missing');
    document.selection = { bounds: { left: 0, top: 0, right: 10, bottom: 100 } };
    expect(await codeOf(openFirst(host, document, { part: 'selection' }))).toBe('selection-outside');
    // Its bounds touch the layer's, what is selected does not.
    document.selection = {
      bounds: { left: 0, top: 0, right: 12, bottom: 100 },
      samples: new Uint8Array(1200),
    };
    expect(await codeOf(openFirst(host, document, { part: 'selection' }))).toBe('selection-outside');
    expect(await codeOf(openFirst(host, document, { part: 'mask' }))).toBe('mask-missing');
    first(document).mask = { box: BOX, samples: new Uint8Array(37 * 29) };
    expect(await codeOf(openFirst(host, document, { part: 'mask' }))).toBe('mask-empty');
  });
});

describe('sizes', () => {
  const cases: [string, string, Partial<FakeDocument>, object][] = [
    ['a PSD of over 30,000', 'too-large-for-psd', { width: 15_001 }, {}],
    ['a PSB of over 300,000', 'too-large-for-photoshop', { width: 150_001, path: '/a.PSB' }, {}],
    ['smaller than it is', 'size-smaller', {}, { size: { kind: 'pixels', side: 'width', pixels: 99 } }],
    ['more than 16×', 'size-beyond', {}, { size: { kind: 'pixels', side: 'width', pixels: 1601 } }],
    [
      'a smart object beyond PSD',
      'too-large-for-psd',
      { width: 9 },
      { place: 'smart-object', size: { kind: 'pixels', side: 'width', pixels: 30_001 } },
    ],
  ];
  test.each(cases)('%s is refused', async (what, code, document, settings) => {
    const { open, host } = start();
    const box = what.includes('smart') ? { left: 0, top: 0, right: 3000, bottom: 2 } : BOX;
    const opened = open(document, [
      { name: 'Sky', box, pixels: what.includes('smart') ? noise(box).pixels : sky.pixels },
    ]);
    expect((await host.activeLayers({})).layers).toMatchObject([{ refusal: null }]);
    expect(await codeOf(openFirst(host, opened, { settings: { ...SETTINGS, ...settings } }))).toBe(code);
  });

  test('what is asked of a layer of its own is not refused for the document’s sake', async () => {
    const { open, host } = start();
    const opened = open({ width: 20_000 }, [sky]);
    for (const place of ['smart-object', 'new-document'] as const) {
      expect(await codeOf(openFirst(host, opened, { job: place, settings: { ...SETTINGS, place } }))).toBe(
        'resolved',
      );
      await host.discard({ job: place });
    }
  });
});
