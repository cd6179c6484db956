import { describe, expect, test } from '@jest/globals';
import { decodeBase64, encodeBase64 } from '../../../src/bridge/base64.ts';
import { CHUNK_BYTES, type HostApi } from '../../../src/bridge/protocol.ts';
import { bridgeSink, bridgeSource } from '../../../src/bridge/rows.ts';
import { type PhotoshopHost, photoshopHost } from '../../../src/host/photoshop/host.ts';
import { fakeFs } from './fake-fs.ts';
import { type FakeDocument, type FakeLayer, fakePhotoshop, noise, pixelAt } from './fake-photoshop.ts';

type Opening = Parameters<HostApi['openJob']>[0];
type Format = Awaited<ReturnType<HostApi['openJob']>>['source'];

const BOX = { left: 10, top: 20, right: 47, bottom: 49 };

function start() {
  const photoshop = fakePhotoshop();
  const { ps, fake } = photoshop;
  const disk = fakeFs();
  const progress: number[] = [];
  let changes = 0;
  const host = photoshopHost({
    ps,
    fs: disk.fs,
    uxp: disk.uxp,
    onLayerChanged: () => {
      changes += 1;
    },
    onCommitProgress: (_job, fraction) => progress.push(fraction),
  });
  return { fake, open: photoshop.open, host, disk, progress, changes: () => changes };
}

const idsOf = (document: FakeDocument, layer: FakeLayer) => ({ documentId: document.id, layerId: layer.id });
const first = (document: FakeDocument): FakeLayer => {
  const [layer] = document.layers;
  if (!layer) throw new Error('no layer');
  return layer;
};

/** Reads a job's layer, enlarges it by repeating pixels and writes the result. */
async function enlarge(host: PhotoshopHost, job: string, scale: number, source: Format) {
  const from = bridgeSource(host, job, source);
  const to = bridgeSink(host, job);
  await to.open({ ...source, width: source.width * scale, height: source.height * scale });
  for (let y = 0; y < source.height; y += 1) {
    const row = await from.read(1);
    const wide =
      row.slice(0, 0).constructor === Uint8Array
        ? new Uint8Array(row.length * scale)
        : new Uint16Array(row.length * scale);
    for (let i = 0; i < wide.length; i += 1) {
      const x = Math.floor(i / source.channels / scale);
      wide[i] = row[x * source.channels + (i % source.channels)] ?? 0;
    }
    for (let n = 0; n < scale; n += 1) await to.write(1, wide);
  }
}

async function enhance(host: PhotoshopHost, opening: Opening, layerName = 'New') {
  const { job, source } = await host.openJob(opening);
  await enlarge(host, job, opening.scale, source);
  return { job, commit: () => host.commit({ job, layerName }) };
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );

/** Everything about a document that must not change. */
const state = (document: FakeDocument): string =>
  JSON.stringify([
    document.width,
    document.height,
    document.history,
    document.layers.map(({ name, box }) => [name, box]),
  ]);

describe('enhancing a layer', () => {
  test.each([8, 16] as const)(
    'a layer of %i bits becomes a new layer above it, in register, in one history state',
    async (depth) => {
      const { open, host, fake, disk, progress } = start();
      const document = open({ bitsPerChannel: depth === 8 ? 'bitDepth8' : 'bitDepth16' }, [
        { name: 'Top', kind: 'none' },
        { name: 'Sky', selected: true, ...noise(BOX, depth, (x, y) => ((x + y) % 5 ? 1 : 0)) },
        { name: 'Below', ...noise({ left: 0, top: 0, right: 100, bottom: 100 }, depth) },
      ]);
      const original = document.layers[1];
      if (!original) throw new Error('no original');
      const { commit } = await enhance(host, { ...idsOf(document, original), scale: 3 }, 'Sky – Art 3×');
      const committed = await commit();
      expect(committed).toMatchObject({ name: 'Sky – Art 3×', left: 30, top: 60, width: 111, height: 87 });
      expect(document.layers.map(({ name }) => name)).toEqual(['Top', 'Sky – Art 3×', 'Sky', 'Below']);
      expect([document.width, document.height]).toEqual([300, 300]);
      expect(document.history).toEqual(['Enhance: Sky – Art 3×']);
      expect(document.activeLayers.map(({ id }) => id)).toEqual([committed.layerId]);
      const [, made, below] = document.layers;
      for (const [x, y] of [
        [30, 60],
        [140, 146],
        [77, 101],
        [33, 60],
      ] as const) {
        const alpha = pixelAt(below as FakeLayer, x, y)[3];
        expect(pixelAt(made as FakeLayer, x, y)).toEqual(pixelAt(below as FakeLayer, x, y));
        expect([0, 2 ** depth - 1]).toContain(alpha);
      }
      expect(fake.undisposed).toBe(0);
      expect(progress.at(-1)).toBe(1);
      expect([...disk.files.keys()]).toEqual([]);
      expect([...disk.folders]).not.toContainEqual(expect.stringContaining('job-'));
    },
  );

  test('a Background gives and takes RGB, and its locked position is no hindrance', async () => {
    const { open, host } = start();
    const document = open({}, [
      {
        name: 'Background',
        isBackgroundLayer: true,
        pixelsLocked: true,
        ...noise({ left: 0, top: 0, right: 100, bottom: 100 }),
      },
    ]);
    const opening = { ...idsOf(document, first(document)), scale: 2 as const };
    const { job, source } = await host.openJob(opening);
    expect(source).toEqual({ width: 100, height: 100, channels: 3, depth: 8 });
    await enlarge(host, job, 2, source);
    await host.commit({ job, layerName: 'New' });
    const [made, background] = document.layers;
    expect(pixelAt(made as FakeLayer, 151, 33)).toEqual(pixelAt(background as FakeLayer, 151, 33));
  });

  test('a result of several strips is whole: no strip throws the others away', async () => {
    const { open, host, fake } = start();
    const document = open({ bitsPerChannel: 'bitDepth16', width: 500, height: 600 }, [
      noise({ left: 0, top: 0, right: 500, bottom: 600 }, 16),
    ]);
    const { commit } = await enhance(host, { ...idsOf(document, first(document)), scale: 2 });
    await commit();
    expect(fake.calls.filter((call) => call === 'putPixels').length).toBeGreaterThan(1);
    const [made, original] = document.layers;
    for (const y of [0, 600, 1199]) {
      expect(pixelAt(made as FakeLayer, 350, y)).toEqual(pixelAt(original as FakeLayer, 350, y));
    }
  });

  test('a layer that reaches beyond the canvas keeps its place', async () => {
    const { open, host } = start();
    const document = open({}, [noise({ left: -30, top: 90, right: -5, bottom: 130 })]);
    const { commit } = await enhance(host, { ...idsOf(document, first(document)), scale: 2 });
    expect(await commit()).toMatchObject({ left: -60, top: 180, width: 50, height: 80 });
    expect(first(document).boundsNoEffects).toEqual({ left: -60, top: 180, right: -10, bottom: 260 });
  });

  test('the new layer stands in the group of the original, and is clipped if that is', async () => {
    const { open, host } = start();
    const inside = { name: 'Inside', selected: true, isClippingMask: true, ...noise(BOX) } as FakeLayer;
    const document = open({}, [
      { name: 'Other' },
      { name: 'Group', kind: 'group', layers: [inside, { name: 'Base' } as FakeLayer] },
    ]);
    const layer = document.layers[1]?.layers?.[0];
    if (!layer) throw new Error('no layer');
    const { commit } = await enhance(host, { ...idsOf(document, layer), scale: 2 });
    await commit();
    expect(document.layers.map(({ name }) => name)).toEqual(['Other', 'Group']);
    const group = document.layers[1]?.layers;
    expect(group?.map(({ name, isClippingMask }) => [name, isClippingMask])).toEqual([
      ['New', true],
      ['Inside', true],
      ['Base', false],
    ]);
  });

  test('strips without any pixel are read as transparent, though Photoshop gives an error for them', async () => {
    const { open, host, fake } = start();
    // A strip of 8 MiB has 128 rows of this: those in the middle are empty.
    const layer = noise({ left: 0, top: 0, right: 8192, bottom: 500 }, 16, (_x, y) =>
      y === 3 || y === 499 ? 1 : 0,
    );
    const document = open({ bitsPerChannel: 'bitDepth16', width: 8192, height: 500 }, [layer]);
    const { job, source } = await host.openJob({ ...idsOf(document, first(document)), scale: 2 });
    expect(source).toMatchObject({ width: 8192, height: 497 });
    const row = async (y: number) =>
      new Uint16Array(decodeBase64((await host.readRows({ job, y, rows: 1 })).samples).buffer);
    expect((await row(0)).every((sample, i) => sample === layer.pixels[3 * 8192 * 4 + i])).toBe(true);
    expect((await row(496)).every((sample, i) => sample === layer.pixels[499 * 8192 * 4 + i])).toBe(true);
    expect((await row(200)).every((sample) => sample === 0)).toBe(true);
    expect(fake.calls.length).toBeGreaterThan(4);
    expect(fake.undisposed).toBe(0);
    await host.discard({ job });
  });

  test('an error of Photoshop in a strip that has pixels is no transparency', async () => {
    const { open, host, fake } = start();
    const document = open({}, [noise(BOX)]);
    fake.before = (call) => {
      if (call === 'getPixels') throw new Error('scratch disk');
    };
    await expect(host.openJob({ ...idsOf(document, first(document)), scale: 2 })).rejects.toMatchObject({
      code: 'host-failed',
      detail: 'scratch disk',
    });
  });
});

describe('what is refused', () => {
  const sky = { name: 'Sky', ...noise(BOX) };
  const cases: [string, string, string, Partial<FakeDocument>, Partial<FakeLayer>[]][] = [
    ['no layer', 'no-layer', '', {}, [{ ...sky, kind: 'none' }]],
    [
      'several layers',
      'several-layers',
      '',
      {},
      [
        { ...sky, selected: true },
        { ...sky, selected: true },
      ],
    ],
    ['a group', 'group-layer', 'Sky', {}, [{ ...sky, kind: 'group', layers: [] }]],
    ['an adjustment', 'adjustment-layer', 'Sky', {}, [{ ...sky, kind: 'curves' }]],
    ['a fill', 'adjustment-layer', 'Sky', {}, [{ ...sky, kind: 'solidColor' }]],
    ['a video', 'layer-unsupported', 'Sky', {}, [{ ...sky, kind: 'video' }]],
    ['an empty layer', 'empty-layer', 'Sky', {}, [{ name: 'Sky' }]],
    ['a locked layer', 'locked-layer', 'Sky', {}, [{ ...sky, allLocked: true }]],
    ['a layer of locked pixels', 'locked-layer', 'Sky', {}, [{ ...sky, pixelsLocked: true }]],
    ['a hidden layer', 'hidden-layer', 'Sky', {}, [{ ...sky, visible: false }]],
    ['CMYK', 'mode-unsupported', 'CMYK Color', { mode: 'CMYKColorMode' }, [sky]],
    ['grayscale', 'mode-unsupported', 'Grayscale', { mode: 'grayscaleMode' }, [sky]],
    ['32 bits', 'depth-unsupported', '32', { bitsPerChannel: 'bitDepth32' }, [sky]],
    ['a PSD of over 30,000', 'too-large-for-psd', '30,002 × 200', { width: 15_001 }, [sky]],
    [
      'a PSB of over 300,000',
      'too-large-for-photoshop',
      '300,002 × 200',
      { width: 150_001, path: '/a.PSB' },
      [sky],
    ],
  ];

  test.each(cases)('%s', async (_what, code, detail, document, layers) => {
    const { open, host } = start();
    const opened = open(document, layers);
    if (layers[0]?.kind === 'none') first(opened).kind = 'pixel';
    const before = state(opened);
    expect((await host.activeLayer({})).refusal).toEqual({ code, detail });
    if (!code.startsWith('no-') && !code.startsWith('several')) {
      expect(await codeOf(host.openJob({ ...idsOf(opened, first(opened)), scale: 2 }))).toBe(code);
    }
    expect(state(opened)).toBe(before);
  });

  test('no document', async () => {
    const { host } = start();
    expect(await host.activeLayer({})).toEqual({
      document: null,
      layer: null,
      refusal: { code: 'no-document', detail: '' },
      largestScale: null,
      note: null,
      remembered: null,
    });
  });

  test('a layer in a hidden or locked group, by the name of the group', async () => {
    const { open, host } = start();
    const group = open({}, [
      { name: 'Group', kind: 'group', visible: false, layers: [{ ...sky, selected: true } as FakeLayer] },
    ]);
    expect((await host.activeLayer({})).refusal).toEqual({ code: 'hidden-layer', detail: 'Group' });
    Object.assign(first(group), { visible: true, allLocked: true });
    expect((await host.activeLayer({})).refusal).toEqual({ code: 'locked-layer', detail: 'Group' });
  });

  test('a scale too large while smaller ones fit, which the report says', async () => {
    const { open, host } = start();
    const document = open({ width: 9000 }, [sky]);
    expect(await host.activeLayer({})).toMatchObject({ refusal: null, largestScale: 3 });
    expect(await codeOf(host.openJob({ ...idsOf(document, first(document)), scale: 4 }))).toBe(
      'too-large-for-psd',
    );
    document.path = '/pictures/large.psb';
    expect(await host.activeLayer({})).toMatchObject({ refusal: null, largestScale: null });
  });

  test('texts and smart objects are not, with a note', async () => {
    const { open, host } = start();
    const document = open({}, [{ ...sky, kind: 'text' }]);
    expect(await host.activeLayer({})).toMatchObject({ refusal: null, note: 'text-through-pixels' });
    first(document).kind = 'smartObject';
    expect(await host.activeLayer({})).toMatchObject({ refusal: null, note: 'smart-object-through-pixels' });
  });
});

describe('what changes while the model runs', () => {
  async function enhanced() {
    const all = start();
    const document = all.open({}, [
      { name: 'Sky', ...noise(BOX) },
      { name: 'Below', ...noise(BOX) },
    ]);
    const layer = first(document);
    const run = await enhance(all.host, { ...idsOf(document, layer), scale: 2 });
    return { ...all, ...run, document, layer };
  }
  type Enhanced = Awaited<ReturnType<typeof enhanced>>;

  const changes: [string, string, (run: Enhanced) => void][] = [
    ['the document is closed', 'document-closed', ({ fake, document }) => fake.close(document)],
    ['the canvas is cropped', 'document-changed', ({ document }) => (document.width = 90)],
    ['the depth is changed', 'document-changed', ({ document }) => (document.bitsPerChannel = 'bitDepth16')],
    ['the layer is deleted', 'layer-gone', ({ document }) => document.layers.shift()],
    [
      'the layer is moved',
      'layer-changed',
      ({ layer }) => {
        layer.box = { left: 11, top: 20, right: 48, bottom: 49 };
        layer.pixels = layer.pixels.slice();
      },
    ],
    [
      'one sample of the layer is changed',
      'layer-changed',
      ({ layer }) => {
        layer.pixels = layer.pixels.slice();
        layer.pixels[4000] = (layer.pixels[4000] ?? 0) ^ 1;
      },
    ],
    ['another command is in the way', 'host-busy', ({ fake }) => (fake.busy = true)],
    [
      'the pixels cannot be put',
      'host-failed',
      ({ fake }) =>
        (fake.before = (call) => {
          if (call === 'putPixels') throw new Error('scratch disk');
        }),
    ],
    [
      'Escape is pressed at the last moment',
      'cancelled',
      ({ fake }) =>
        (fake.before = (call) => {
          if (call === 'putPixels') fake.pressEscape();
        }),
    ],
    [
      'Escape is pressed while comparing',
      'cancelled',
      ({ fake }) =>
        (fake.before = (call) => {
          if (call === 'getPixels') fake.pressEscape();
        }),
    ],
  ];

  test.each(changes)('%s: nothing is written', async (_what, code, change) => {
    const run = await enhanced();
    change(run);
    const before = state(run.document);
    expect(await codeOf(run.commit())).toBe(code);
    expect(state(run.document)).toBe(before);
    expect(run.fake.undisposed).toBe(0);
    await run.host.discard({ job: run.job });
    expect([...run.disk.files.keys()]).toEqual([]);
  });

  test('a commit that met another command can be tried again', async () => {
    const run = await enhanced();
    run.fake.busy = true;
    expect(await codeOf(run.commit())).toBe('host-busy');
    run.fake.busy = false;
    expect(await codeOf(run.commit())).toBe('resolved');
    expect(run.document.history.length).toBe(1);
  });

  test('a discard during the commit rolls the document back', async () => {
    const run = await enhanced();
    const before = state(run.document);
    let discarded: Promise<unknown> | undefined;
    run.fake.before = (call) => {
      if (call === 'putPixels') discarded = run.host.discard({ job: run.job });
    };
    expect(await codeOf(run.commit())).toBe('cancelled');
    await discarded;
    expect(state(run.document)).toBe(before);
    expect([...run.disk.files.keys()]).toEqual([]);
    expect(await codeOf(run.commit())).toBe('bad-message');
  });

  test('another document that is active in the meantime gets nothing', async () => {
    const run = await enhanced();
    const other = run.open({}, [{ name: 'Other', ...noise(BOX) }]);
    const before = state(other);
    await run.commit();
    expect(state(other)).toBe(before);
    expect(run.document.layers.map(({ name }) => name)).toEqual(['New', 'Sky', 'Below']);
  });
});

describe('the spool', () => {
  const layer = { name: 'Sky', ...noise(BOX) };

  test.each([
    ['reading', 1000],
    ['the result', 6000],
  ])('a full disk while storing %s is told, and everything is cleared', async (_what, free) => {
    for (const shortWrites of [false, true]) {
      const { open, host, disk } = start();
      const document = open({}, [layer]);
      Object.assign(disk.disk, { free, shortWrites });
      let job = '';
      const run = async (): Promise<void> => {
        const opened = await host.openJob({ ...idsOf(document, first(document)), scale: 2 });
        job = opened.job;
        await enlarge(host, opened.job, 2, opened.source);
      };
      expect(await codeOf(run())).toBe('disk-full');
      expect(await codeOf(host.commit({ job, layerName: 'New' }))).toBe('bad-message');
      await host.discard({ job });
      expect([...disk.files.keys()]).toEqual([]);
      expect([...disk.folders].filter((path) => path.startsWith('plugin-temp:/loupe-jobs/'))).toEqual([]);
    }
  });

  test('a job discarded while its layer is read stops within one strip', async () => {
    const { open, host, fake, disk } = start();
    const tall = noise({ left: 0, top: 0, right: 8192, bottom: 500 }, 16);
    const document = open({ bitsPerChannel: 'bitDepth16', width: 8192, height: 500 }, [tall]);
    let discarded: Promise<unknown> | undefined;
    fake.before = () => {
      discarded ??= host.discard({ job: 'mine' });
    };
    expect(await codeOf(host.openJob({ ...idsOf(document, first(document)), scale: 2, job: 'mine' }))).toBe(
      'cancelled',
    );
    await discarded;
    expect(fake.calls.filter((call) => call === 'getPixels').length).toBe(1);
    expect(fake.undisposed).toBe(0);
    expect([...disk.files.keys()]).toEqual([]);
  });

  test('what a crash left behind goes at the next start', async () => {
    const { open, host, disk } = start();
    for (const folder of ['plugin-temp:/loupe-jobs', 'plugin-temp:/loupe-jobs/job-old-0'])
      disk.folders.add(folder);
    disk.files.set('plugin-temp:/loupe-jobs/job-old-0/input', new Uint8Array(9));
    const document = open({}, [layer]);
    const again = photoshopHost({
      ps: fakePhotoshop().ps,
      fs: disk.fs,
      uxp: disk.uxp,
      onLayerChanged: () => undefined,
      onCommitProgress: () => undefined,
    });
    expect((await again.activeLayer({})).document).toBeNull();
    const { job } = await host.openJob({ ...idsOf(document, first(document)), scale: 2 });
    expect([...disk.files.keys()].filter((path) => path.includes('old'))).toEqual([]);
    await host.discard({ job });
  });

  test('rows out of order, of the wrong length, beyond the end, too many or of no job are refused', async () => {
    const { open, host } = start();
    const document = open({}, [layer]);
    const { job } = await host.openJob({ ...idsOf(document, first(document)), scale: 2 });
    const row = encodeBase64(new Uint8Array(37 * 2 * 4));
    const refused = [
      host.writeRows({ job, y: 1, rows: 1, samples: row }),
      host.writeRows({ job, y: 0, rows: 2, samples: row }),
      host.writeRows({ job, y: 0, rows: 1, samples: 'no base64' }),
      host.writeRows({ job: 'other', y: 0, rows: 1, samples: row }),
      host.readRows({ job, y: 29, rows: 1 }),
      host.readRows({ job: 'other', y: 0, rows: 1 }),
      host.commit({ job, layerName: 'New' }),
      host.openJob({ ...idsOf(document, first(document)), scale: 2, job }),
    ];
    expect(await Promise.all(refused.map(codeOf))).toEqual(refused.map(() => 'bad-message'));
    expect(await codeOf(host.writeRows({ job, y: 0, rows: 1, samples: row }))).toBe('resolved');
    await host.discard({ job });
    expect(await codeOf(host.discard({ job }))).toBe('resolved');
  });

  test('more rows at once than a message may hold are refused', async () => {
    const { open, host } = start();
    const document = open({ width: 1024, height: 300 }, [
      noise({ left: 0, top: 0, right: 1024, bottom: 300 }),
    ]);
    const { job } = await host.openJob({ ...idsOf(document, first(document)), scale: 2 });
    const most = CHUNK_BYTES / (1024 * 4);
    expect(await codeOf(host.readRows({ job, y: 0, rows: most }))).toBe('resolved');
    expect(await codeOf(host.readRows({ job, y: 0, rows: most + 1 }))).toBe('bad-message');
    await host.discard({ job });
  });
});

describe('looking at a layer', () => {
  test('a region at 100 % is transparent where the layer has nothing', async () => {
    const { open, host, fake } = start();
    const document = open({}, [noise(BOX)]);
    const layer = first(document);
    const { width, height, rgba } = await host.region({
      ...idsOf(document, layer),
      left: 5,
      top: 15,
      width: 20,
      height: 10,
    });
    const bytes = decodeBase64(rgba);
    expect([width, height, bytes.length]).toEqual([20, 10, 800]);
    expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    const at = (8 * 20 + 9) * 4;
    expect([...bytes.subarray(at, at + 4)]).toEqual(pixelAt(layer, 14, 23));
    expect(
      decodeBase64(
        (await host.region({ ...idsOf(document, layer), left: 80, top: 0, width: 3, height: 3 })).rgba,
      ).every((byte) => byte === 0),
    ).toBe(true);
    expect(fake.undisposed).toBe(0);
  });

  test('a hole in the layer is transparent too', async () => {
    const { open, host } = start();
    const document = open({}, [noise(BOX, 8, (x, y) => (x > 5 && x < 30 && y > 5 && y < 25 ? 0 : 1))]);
    const { rgba } = await host.region({
      ...idsOf(document, first(document)),
      left: 20,
      top: 30,
      width: 5,
      height: 5,
    });
    expect(decodeBase64(rgba).every((byte) => byte === 0)).toBe(true);
  });

  test('a thumbnail of 16 bits has 8, and fits', async () => {
    const { open, host, fake } = start();
    const document = open({ bitsPerChannel: 'bitDepth16' }, [noise(BOX, 16)]);
    const picture = await host.thumbnail({ ...idsOf(document, first(document)), side: 20 });
    expect([picture.width, picture.height]).toEqual([20, 16]);
    expect(decodeBase64(picture.rgba).length).toBe(20 * 16 * 4);
    expect(fake.undisposed).toBe(0);
  });

  test('looks and reads wait for each other instead of colliding', async () => {
    const { open, host } = start();
    const document = open({}, [noise(BOX)]);
    const ids = idsOf(document, first(document));
    const done = await Promise.all([
      codeOf(host.thumbnail({ ...ids, side: 9 })),
      codeOf(host.region({ ...ids, left: 0, top: 0, width: 9, height: 9 })),
      codeOf(host.openJob({ ...ids, scale: 2, job: 'a' })),
      codeOf(host.thumbnail({ ...ids, side: 9 })),
    ]);
    expect(done).toEqual(['resolved', 'resolved', 'resolved', 'resolved']);
    await host.discard({ job: 'a' });
  });

  test('events are told once when they have paused', async () => {
    const { fake, changes } = start();
    fake.fire();
    fake.fire();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(changes()).toBe(1);
  });
});

describe('memory', () => {
  const settings = {
    model: 'own:Mine.onnx',
    quality: 'best',
    scale: 3,
    detail: 40,
    noise: 7,
    sharpness: 1,
  } as const;

  test('what was chosen for a layer is remembered for it alone, also by the next start', async () => {
    const { open, host, disk } = start();
    const document = open({}, [{ selected: true, ...noise(BOX) }, noise(BOX)]);
    await host.remember({ ...idsOf(document, first(document)), settings });
    expect((await host.activeLayer({})).remembered).toEqual(settings);
    first(document).selected = false;
    Object.assign(document.layers[1] ?? {}, { selected: true });
    expect((await host.activeLayer({})).remembered).toBeNull();

    const next = fakePhotoshop();
    next.open({}, [{ id: first(document).id, ...noise(BOX) }]);
    const again = photoshopHost({
      ps: next.ps,
      fs: disk.fs,
      uxp: disk.uxp,
      onLayerChanged: () => undefined,
      onCommitProgress: () => undefined,
    });
    expect((await again.activeLayer({})).remembered).toEqual(settings);
  });

  test.each([
    '',
    '{"version":1',
    '{"version":3,"layers":[]}',
    '{"version":2,"layers":[{"document":"Test","layer":1,"settings":{"model":"art","scale":2}}]}',
    '{"version":1,"layers":[{"settings":{"model":"rm"}}]}',
    '[]',
  ])('a damaged file (%j) is as good as none', async (text) => {
    const { open, host, disk } = start();
    disk.files.set('plugin-data:/layers.json', new Uint8Array(Buffer.from(text)));
    const document = open({}, [noise(BOX)]);
    expect((await host.activeLayer({})).remembered).toBeNull();
    await host.remember({ ...idsOf(document, first(document)), settings });
    expect((await host.activeLayer({})).remembered).toEqual(settings);
  });

  test('what an older Loupe kept means what it meant then, and a damaged entry is left out', async () => {
    const { open, host, disk } = start();
    const document = open({}, [{ selected: true, ...noise(BOX) }, { ...noise(BOX) }]);
    const [face, landscape] = document.layers;
    if (!face || !landscape) throw new Error('no layers');
    const old = [
      { document: document.path, layer: face.id, settings: { model: 'face', scale: 2 } },
      { document: document.path, layer: 99, settings: { model: 'face', scale: 7 } },
      { document: document.path, layer: landscape.id, settings: { model: 'landscape', scale: 4 } },
    ];
    disk.files.set(
      'plugin-data:/layers.json',
      new Uint8Array(Buffer.from(JSON.stringify({ version: 1, layers: old }))),
    );
    const rest = { quality: 'fast', noise: 100, sharpness: 0 };
    expect((await host.activeLayer({})).remembered).toEqual({ model: 'face', scale: 2, detail: 0, ...rest });
    await host.remember({ ...idsOf(document, face), settings });
    const next = start();
    for (const [path, bytes] of disk.files) next.disk.files.set(path, bytes);
    next.open({}, [{ id: landscape.id, ...noise(BOX) }]);
    expect((await next.host.activeLayer({})).remembered).toEqual({
      model: 'landscape',
      scale: 4,
      detail: 100,
      ...rest,
    });
  });

  test('it does not grow for ever', async () => {
    const { open, host, disk } = start();
    const document = open({}, [noise(BOX)]);
    for (let layerId = 0; layerId < 510; layerId += 1)
      await host.remember({ documentId: document.id, layerId, settings });
    const kept = JSON.parse(Buffer.from(disk.files.get('plugin-data:/layers.json') ?? []).toString()) as {
      layers: { layer: number }[];
    };
    expect(kept.layers.map(({ layer }) => layer)).toEqual(Array.from({ length: 500 }, (_, i) => i + 10));
  });
});
