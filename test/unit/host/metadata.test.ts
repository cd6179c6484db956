import { describe, expect, test } from '@jest/globals';
import { settingsIn, withSettings, writeMetadata } from '../../../src/host/photoshop/metadata.ts';
import { modalOf } from '../../../src/host/photoshop/modal.ts';
import { type FakeLayer, noise } from './fake-photoshop.ts';
import { BOX, first, SETTINGS, start } from './start.ts';
import { packet } from './xmp.ts';

const settings = { ...SETTINGS, model: `own:"R&D" <'é日'>.onnx` } as const;

describe('a layer’s packet', () => {
  test('is made where there is none, and says what was put in', () => {
    const made = withSettings(undefined, { settings, time: 5 });
    expect(settingsIn(made)).toMatchObject({ settings, time: 5 });
    expect(made).toMatch(
      /^<\?xpacket begin="\u{feff}".*<rdf:RDF .*<\/rdf:RDF><\/x:xmpmeta><\?xpacket end="w"\?>$/u,
    );
  });

  test('keeps what others wrote, and takes each later choice in the place of the former', () => {
    const foreign = packet({})
      .replace(/<ns1:settings>.*<\/ns1:settings>/, '')
      .replace(/ xmlns:ns1="[^"]*"/, '');
    const once = withSettings(foreign, { settings, time: 5 }) ?? '';
    const twice = withSettings(once, { settings: { ...settings, detail: 99 }, time: 6 }) ?? '';
    expect(settingsIn(twice)).toMatchObject({ settings: { detail: 99 }, time: 6 });
    expect(twice).toContain('<dc:source>another plugin’s</dc:source>');
    expect(twice.match(/settings/g)?.length).toBe(once.match(/settings/g)?.length);
  });

  test('is understood as Photoshop may rewrite it: another prefix, an element, other quotes, numeric references', () => {
    expect(settingsIn(packet({ settings, time: 7 }))).toMatchObject({ settings, time: 7 });
    const made = withSettings(undefined, { settings, time: 5 }) ?? '';
    const quoted = made.replace(/settings="([^"]*)"/, "settings = '$1'").replace(/&quot;/g, '&#x22;');
    expect(settingsIn(quoted)).toMatchObject({ settings, time: 5 });
    const again = withSettings(packet({ settings, time: 7 }), {
      settings: { ...settings, noise: 3 },
      time: 8,
    });
    expect(settingsIn(again)).toMatchObject({ settings: { noise: 3 }, time: 8 });
  });

  test('whose RDF is empty takes them', () => {
    const empty = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r"/></x:xmpmeta>';
    expect(settingsIn(withSettings(empty, { settings, time: 5 }))).toMatchObject({ settings });
  });

  test.each([
    ['of a later Loupe', packet({ version: 2, settings, time: 5 })],
    ['that is damaged', packet({ settings, time: 5 }).replace('detail', 'datail')],
    ['whose text is cut', packet({ settings, time: 5 }).replace(/&quot;sharpness.*?</, '<')],
    ['that is no packet at all', '{"Name":"another plugin’s"}'],
  ])('%s is neither understood nor touched', (_what, xmp) => {
    expect(settingsIn(xmp)).toBeUndefined();
    expect(withSettings(xmp, { settings, time: 5 })).toBeUndefined();
  });
});

describe('writing it', () => {
  const write = async (layer: Partial<FakeLayer>) => {
    const { ps, fake, open } = start();
    const document = open({}, [{ ...noise(BOX), ...layer }]);
    await modalOf(ps)('test', () => writeMetadata(ps, document.id, first(document).id, settings));
    const { metadata } = first(document).described as { metadata?: { layerXMP: string } };
    return { xmp: metadata?.layerXMP, calls: fake.calls };
  };

  test('puts the settings into the layer', async () => {
    const { xmp } = await write({});
    expect(settingsIn(xmp)?.settings).toEqual(settings);
  });

  test('leaves a later Loupe’s as they are', async () => {
    const later = packet({ version: 2, settings: 'anew' });
    const { xmp, calls } = await write({ described: { metadata: { layerXMP: later } } });
    expect([xmp, calls]).toEqual([later, []]);
  });

  test('that fails is no reason to lose a result', async () => {
    const { ps, fake, open } = start();
    const document = open({}, [noise(BOX)]);
    fake.before = () => {
      throw new Error('-1715');
    };
    await modalOf(ps)('test', () => writeMetadata(ps, document.id, first(document).id, settings));
    expect(first(document).described).toEqual({});
  });
});
