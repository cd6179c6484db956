import { describe, expect, test } from '@jest/globals';
import { decodeBase64 } from '../../../src/bridge/base64.ts';
import { noise, pixelAt } from './fake-photoshop.ts';
import { BOX, codeOf, first, idsOf, openFirst, start } from './start.ts';

describe('looking at a layer', () => {
  test('a region at 100 % is transparent where the layer has nothing', async () => {
    const { open, host, fake } = start();
    const document = open({}, [noise(BOX)]);
    const ids = idsOf(document, first(document));
    const { width, height, rgba } = await host.region({ ...ids, left: 5, top: 15, width: 20, height: 10 });
    const bytes = decodeBase64(rgba);
    expect([width, height, bytes.length]).toEqual([20, 10, 800]);
    expect([...bytes.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    const at = (8 * 20 + 9) * 4;
    expect([...bytes.subarray(at, at + 4)]).toEqual(pixelAt(first(document), 14, 23));
    const outside = await host.region({ ...ids, left: 80, top: 0, width: 3, height: 3 });
    expect(decodeBase64(outside.rgba).every((byte) => byte === 0)).toBe(true);
    expect(fake.undisposed).toBe(0);
  });

  test('a hole in the layer is transparent too', async () => {
    const { open, host } = start();
    const document = open({}, [noise(BOX, 8, (x, y) => (x > 5 && x < 30 && y > 5 && y < 25 ? 0 : 1))]);
    const ids = idsOf(document, first(document));
    const hole = await host.region({ ...ids, left: 20, top: 30, width: 5, height: 5 });
    expect(decodeBase64(hole.rgba).every((byte) => byte === 0)).toBe(true);
    // Half of this one is hole.
    const edge = decodeBase64((await host.region({ ...ids, left: 14, top: 30, width: 4, height: 1 })).rgba);
    expect([...edge.subarray(0, 4)]).toEqual(pixelAt(first(document), 14, 30));
    expect([...edge.subarray(12)]).toEqual([0, 0, 0, 0]);
  });

  test('a thumbnail of 16 bits has 8, and fits', async () => {
    const { open, host, fake } = start();
    const document = open({ bitsPerChannel: 'bitDepth16' }, [noise(BOX, 16)]);
    const picture = await host.thumbnail({ ...idsOf(document, first(document)), side: 20 });
    expect([picture.width, picture.height]).toEqual([20, 16]);
    expect(decodeBase64(picture.rgba).length).toBe(20 * 16 * 4);
    expect(fake.undisposed).toBe(0);
  });

  test.each([
    ['RGBColorMode', 'bitDepth16', 'own'],
    ['RGBColorMode', 'bitDepth32', 'sRGB IEC61966-2.1'],
    ['grayscaleMode', 'bitDepth8', 'sRGB IEC61966-2.1'],
    ['CMYKColorMode', 'bitDepth8', 'sRGB IEC61966-2.1'],
    ['labColorMode', 'bitDepth16', 'sRGB IEC61966-2.1'],
  ])('%s of %s is seen as RGB of 8 bits in the profile: %s', async (mode, bitsPerChannel, profile) => {
    const { open, host, fake } = start();
    const document = open({ mode, bitsPerChannel }, [noise(BOX)]);
    const ids = idsOf(document, first(document));
    expect((await host.thumbnail({ ...ids, side: 9 })).width).toBe(9);
    const { rgba } = await host.region({ ...ids, left: 10, top: 20, width: 9, height: 9 });
    expect(decodeBase64(rgba).length).toBe(9 * 9 * 4);
    expect(new Set(fake.read)).toEqual(new Set([`RGB ${profile} 8`]));
  });

  test('looks and reads wait for each other instead of colliding', async () => {
    const { open, host } = start();
    const document = open({}, [noise(BOX)]);
    const ids = idsOf(document, first(document));
    const done = await Promise.all([
      codeOf(host.thumbnail({ ...ids, side: 9 })),
      codeOf(host.region({ ...ids, left: 0, top: 0, width: 9, height: 9 })),
      codeOf(openFirst(host, document)),
      codeOf(host.thumbnail({ ...ids, side: 9 })),
    ]);
    expect(done).toEqual(['resolved', 'resolved', 'resolved', 'resolved']);
  });

  test('groups and modes without pixels for us are refused, and Photoshop being busy is told', async () => {
    const { open, host, fake } = start();
    const document = open({}, [{ kind: 'group', layers: [] }]);
    const ids = idsOf(document, first(document));
    expect(await codeOf(host.thumbnail({ ...ids, side: 9 }))).toBe('group-layer');
    const other = open({ mode: 'indexedColorMode' }, [noise(BOX)]);
    expect(await codeOf(host.thumbnail({ ...idsOf(other, first(other)), side: 9 }))).toBe('mode-unsupported');
    fake.busy = true;
    expect(await codeOf(host.thumbnail({ ...ids, side: 9 }))).toBe('host-busy');
  });

  test('events are told once when they have paused', async () => {
    const { fake, changes } = start();
    fake.fire();
    fake.fire();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(changes()).toBe(1);
  });
});
