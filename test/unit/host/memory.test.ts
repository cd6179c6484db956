import { describe, expect, test } from '@jest/globals';
import { settingsIn } from '../../../src/host/photoshop/metadata.ts';
import { type FakeLayer, noise } from './fake-photoshop.ts';
import { BOX, first, idsOf, openFirst, SETTINGS, start } from './start.ts';
import { packet } from './xmp.ts';

const settings = { ...SETTINGS, model: 'own:Mine.onnx', quality: 'best', detail: 40, noise: 7 } as const;

type Host = ReturnType<typeof start>['host'];
const rememberedBy = async (host: Host) => (await host.activeLayers({})).layers[0]?.remembered;
const kept = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
const PATH = 'plugin-data:/layers.json';

describe('what was chosen', () => {
  test('for a layer is remembered for it alone, also by the next start', async () => {
    const { open, host, disk } = start();
    const document = open({}, [{ selected: true, ...noise(BOX) }, noise(BOX)]);
    await host.remember({ ...idsOf(document, first(document)), settings });
    expect(await rememberedBy(host)).toEqual(settings);
    first(document).selected = false;
    Object.assign(document.layers[1] ?? {}, { selected: true });
    expect(await rememberedBy(host)).toBeNull();

    const next = start(disk);
    next.open({}, [{ id: first(document).id, ...noise(BOX) }]);
    expect(await rememberedBy(next.host)).toEqual(settings);
  });

  test('for the last run is remembered in any document, also by the next start', async () => {
    const { open, host, disk } = start();
    await openFirst(host, open({}, [noise(BOX)]), { settings });
    await host.discard({ job: 'a' });
    expect((await start(disk).host.activeLayers({})).last).toEqual(settings);
  });

  test('is kept in this session though it cannot be stored', async () => {
    const { open, host, disk } = start();
    disk.fs.writeFile = () => Promise.reject(new Error('EROFS'));
    const document = open({}, [noise(BOX)]);
    await host.remember({ ...idsOf(document, first(document)), settings });
    expect(await rememberedBy(host)).toEqual(settings);
  });

  test('does not grow for ever', async () => {
    const { open, host, disk } = start();
    const document = open({}, [noise(BOX)]);
    for (let layerId = 0; layerId < 510; layerId += 1)
      await host.remember({ documentId: document.id, layerId, settings });
    const { layers } = JSON.parse(Buffer.from(disk.files.get(PATH) ?? []).toString()) as {
      layers: { layer: number }[];
    };
    expect(layers.map(({ layer }) => layer)).toEqual(Array.from({ length: 500 }, (_, i) => i + 10));
  });
});

describe('the file of what was chosen', () => {
  test.each([
    '',
    '{"version":1',
    '{"version":3,"layers":[{"document":"Test","layer":1,"settings":{"model":"art"}}],"last":{"model":"art"}}',
    '{"version":2,"layers":[{"document":"Test","layer":1,"settings":{"model":"art","scale":2}}]}',
    '{"version":1,"layers":[{"settings":{"model":"rm"}}]}',
    '[]',
  ])('that is damaged (%j) is as good as none', async (text) => {
    const { open, host, disk } = start();
    disk.files.set(PATH, kept(text));
    const document = open({}, [noise(BOX)]);
    expect(await rememberedBy(host)).toBeNull();
    await host.remember({ ...idsOf(document, first(document)), settings });
    expect(await rememberedBy(host)).toEqual(settings);
  });

  test('of a later Loupe is left as it is', async () => {
    const { open, host, disk } = start();
    const later = '{"version":4,"layers":{"new":"form"}}';
    disk.files.set(PATH, kept(later));
    const document = open({}, [noise(BOX)]);
    await host.remember({ ...idsOf(document, first(document)), settings });
    expect(await rememberedBy(host)).toEqual(settings);
    expect(Buffer.from(disk.files.get(PATH) ?? []).toString()).toBe(later);
  });

  test('of an earlier Loupe means what it meant then, and a damaged entry is left out', async () => {
    const size = (factor: number) => ({ kind: 'factor', factor });
    const place = { place: 'document', hideOriginal: false };
    const cases = [
      [
        1,
        { model: 'face', scale: 2 },
        { model: 'face', size: size(2), quality: 'fast', detail: 0, noise: 100, sharpness: 0 },
      ],
      [
        1,
        { model: 'art', scale: 4 },
        { model: 'art', size: size(4), quality: 'fast', detail: 100, noise: 100, sharpness: 0 },
      ],
      [
        2,
        { model: 'own:A.onnx', quality: 'best', scale: 3, detail: 4, noise: 5, sharpness: 6 },
        { model: 'own:A.onnx', size: size(3), quality: 'best', detail: 4, noise: 5, sharpness: 6 },
      ],
    ] as const;
    for (const [version, before, after] of cases) {
      const { open, host, disk } = start();
      const document = open({}, [noise(BOX)]);
      const layer = first(document).id;
      const damaged = { document: document.path, layer, settings: { ...before, scale: 7 } };
      const layers = [damaged, { document: document.path, layer, settings: before }];
      disk.files.set(PATH, kept(JSON.stringify({ version, layers })));
      expect(await rememberedBy(host)).toEqual({ ...after, ...place });
      // What is written next is of the present version, and has it still.
      await host.remember({ documentId: document.id, layerId: 999, settings });
      const next = start(disk);
      next.open({}, [{ id: layer, ...noise(BOX) }]);
      expect(await rememberedBy(next.host)).toEqual({ ...after, ...place });
    }
  });
});

describe('what travels with the layer', () => {
  const layerWith = (layerXMP: string): Partial<FakeLayer> => ({
    described: { metadata: { _obj: 'metadata', layerXMP } },
    ...noise(BOX),
  });

  test('is known on a machine that never saw it', async () => {
    const { open, host } = start();
    open({}, [layerWith(packet({ settings, time: 5 }))]);
    expect(await rememberedBy(host)).toEqual(settings);
    expect(settingsIn(packet({ settings, time: 5 }))?.time).toBe(5);
  });

  test('yields to what was chosen here later, and the other way round', async () => {
    const { open, host } = start();
    const document = open({}, [layerWith(packet({ settings: { ...settings, detail: 1 }, time: 5 }))]);
    await host.remember({ ...idsOf(document, first(document)), settings });
    expect((await rememberedBy(host))?.detail).toBe(40);
    Object.assign(
      first(document),
      layerWith(packet({ settings: { ...settings, detail: 2 }, time: Date.now() + 9999 })),
    );
    expect((await rememberedBy(host))?.detail).toBe(2);
  });

  test('is passed over where it is damaged or of a later Loupe', async () => {
    const { open, host } = start();
    const document = open({}, [layerWith(packet({ version: 2, settings: 'anew', time: 9e15 }))]);
    expect(await rememberedBy(host)).toBeNull();
    await host.remember({ ...idsOf(document, first(document)), settings });
    expect(await rememberedBy(host)).toEqual(settings);
    Object.assign(first(document), layerWith('no packet'));
    expect(await rememberedBy(host)).toEqual(settings);
  });
});
