/** Bad input, each with its own plain message, and the document as it was. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PhotoshopWindow } from '../../simulator/headless/window.ts';
import { makePsd, openPhotoshop, pixelLayer, select, sharedBrowser } from './support.ts';

const browser = sharedBrowser();

describe('A layer that cannot be enhanced', () => {
  let photoshop: PhotoshopWindow;

  beforeAll(async () => {
    photoshop = await openPhotoshop(
      browser(),
      makePsd([
        { name: 'Curves', adjustment: { type: 'invert' } },
        pixelLayer('Locked'),
        pixelLayer('Hidden', { hidden: true }),
        { name: 'Nothing' },
        {
          name: 'Shape',
          vectorFill: { type: 'color', color: { r: 255, g: 0, b: 0 } },
          vectorMask: { paths: [] },
        },
        { name: 'Set', opened: true, children: [pixelLayer('Inside', { left: 4, top: 4 })] },
        { name: 'Away', hidden: true, opened: true, children: [pixelLayer('Within')] },
        pixelLayer('Photo'),
      ]),
    );
    await photoshop.selectLayer('Locked');
    await photoshop.setLocked('Locked');
  });
  afterAll(() => photoshop.close());

  test.each([
    ['a group', 'Set', '“Set” is a group. Select a layer inside it.'],
    [
      'an adjustment',
      'Curves',
      '“Curves” is an adjustment and has no pixels of its own. Select a pixel layer.',
    ],
    [
      'a shape, which is vectors alone,',
      'Shape',
      '“Shape” is a shape: vectors, which enlarge without loss. Rasterize a copy of it (Layer › Rasterize) if you want its pixels.',
    ],
    ['an empty layer', 'Nothing', '“Nothing” has no pixels. Select a layer with something on it.'],
    ['a locked layer', 'Locked', '“Locked” is locked. Unlock it in the Layers panel, then try again.'],
    ['a hidden layer', 'Hidden', '“Hidden” is hidden. Show it in the Layers panel, then try again.'],
    ['a layer in a hidden group', 'Within', '“Away” is hidden. Show it in the Layers panel, then try again.'],
  ])('%s is refused by name, and Enhance cannot be pressed', async (_, name, message) => {
    await photoshop.selectLayer(name);
    await photoshop.panel.getByTestId('message').filter({ hasText: message }).waitFor();
    expect(await photoshop.waitForState(['refused'])).toBe('refused');
    expect(await photoshop.panel.getByTestId('enhance').isDisabled()).toBe(true);
  });

  test('is offered again as soon as nothing stands in the way', async () => {
    await photoshop.selectLayer('Hidden');
    await photoshop.waitForState(['refused']);
    await photoshop.show('Hidden');
    await photoshop.waitForState(['ready']);
  });

  test('a layer inside a group can be enhanced', async () => {
    await select(photoshop, 'Inside');
    expect(await photoshop.waitForState(['ready'])).toBe('ready');
  });

  test('without a selected layer the panel asks for one', async () => {
    const { id } = await photoshop.activeDocument();
    await photoshop.user((user, document) => user.selectNoLayer(document), id);
    await photoshop.waitForState(['empty']);
    expect(await photoshop.message()).toBe('No layer is selected. Select one pixel layer.');
  });

  test('without a document the panel asks for one', async () => {
    const { id } = await photoshop.activeDocument();
    await photoshop.user((user, document) => user.closeDocument(document), id);
    await photoshop.panel.getByText('No document is open. Open one, then select a layer.').waitFor();
  });

  test('none of this complains in the console', () => {
    expect(photoshop.complaints).toEqual([]);
  });
});

describe('A document that cannot be enhanced', () => {
  async function refusal(psd: Uint8Array, name?: string): Promise<string> {
    const photoshop = await openPhotoshop(browser(), psd, name);
    await photoshop.waitForState(['refused', 'ready']);
    const message = await photoshop.panel.getByTestId('size-problem').innerText();
    // Of a size another may do, so that the panel is ready for one to be chosen; but not for this one.
    expect(await photoshop.panel.getByTestId('enhance').isDisabled()).toBe(true);
    await photoshop.close();
    return message;
  }

  test('is refused if the result would be larger than a PSD can be', async () => {
    const psd = makePsd([pixelLayer('Long', { width: 40, height: 2 })], { width: 16_000, height: 2 });
    expect(await refusal(psd)).toBe(
      'The result would be 64,000 × 8 pixels; a PSD holds at most 30,000 a side. Choose a smaller scale, or save the document as PSB first.',
    );
  });

  test('is refused if the result would be larger than Photoshop can hold', async () => {
    const psd = makePsd([pixelLayer('Long', { width: 40, height: 2 })], { width: 160_000, height: 2 });
    expect(await refusal(psd, 'test.psb')).toBe(
      'The result would be 640,000 × 8 pixels; Photoshop holds at most 300,000 a side. Choose a smaller scale.',
    );
  });

  test('offers the scales that fit', async () => {
    const psd = makePsd([pixelLayer('Long', { width: 40, height: 2 })], { width: 9000, height: 2 });
    const photoshop = await openPhotoshop(browser(), psd);
    await photoshop.waitForState(['ready']);
    const { panel } = photoshop;
    expect(await panel.getByTestId('scale-3').isDisabled()).toBe(false);
    expect(await panel.getByTestId('scale-4').isDisabled()).toBe(true);
    await photoshop.close();
  });
});

type Disturbance = 'delete' | 'paint' | 'close' | 'move' | 'crop' | 'mode' | 'undo' | 'revert';

describe('What happens while the model runs', () => {
  let photoshop: PhotoshopWindow;
  let before: Buffer;

  /** Opens a small document, makes the disturbance, presses Enhance and gives the panel's message. */
  async function enhance(disturb: () => Promise<unknown>): Promise<string> {
    photoshop = await openPhotoshop(
      browser(),
      makePsd([pixelLayer('Photo', { left: 4, top: 4 }), pixelLayer('Paper', { width: 48, height: 40 })]),
    );
    await select(photoshop, 'Photo');
    await photoshop.choose('art', 2);
    before = await photoshop.savePsd();
    await disturb();
    await photoshop.pressEnhance();
    await photoshop.waitForState(['working', 'failed']);
    await photoshop.waitForState(['failed', 'ready', 'done'], 60_000);
    return photoshop.message();
  }

  /** Photoshop's own calls are where the plugin meets it: the second modal of a run writes the result. */
  async function beforeWriting(action: Disturbance): Promise<void> {
    const { id: document, activeLayerIds } = await photoshop.activeDocument();
    const layer = activeLayerIds[0] ?? 0;
    await photoshop.simulator(
      ({ faults, user }, what) =>
        // The layer has been read then, and the engine asks for its first rows.
        faults.beforeCall('fs.read', 1, () => {
          if (what.action === 'delete') user.deleteLayer(what.document, what.layer);
          if (what.action === 'paint') user.paintOn(what.document, what.layer);
          if (what.action === 'close') user.closeDocument(what.document);
          if (what.action === 'move') user.moveLayer(what.document, what.layer, 3, 0);
          if (what.action === 'crop') {
            user.crop(what.document, { left: 0, top: 0, right: 40, bottom: 30 });
          }
          if (what.action === 'mode') user.changeMode(what.document, 'labColorMode');
          if (what.action === 'undo') user.undo(what.document);
          if (what.action === 'revert') user.revert(what.document);
        }),
      { document, layer, action },
    );
  }

  async function expectNothingLeft(): Promise<void> {
    expect(await photoshop.simulator(({ stats }) => stats.undisposed)).toBe(0);
    await photoshop.close();
  }

  async function expectUnchanged(): Promise<void> {
    expect((await photoshop.activeDocument()).history.map(({ name }) => name)).toEqual(['Open']);
    expect((await photoshop.savePsd()).equals(before)).toBe(true);
    await expectNothingLeft();
  }

  test('the layer is deleted: nothing is written', async () => {
    expect(await enhance(() => beforeWriting('delete'))).toBe(
      '“Photo” was deleted while Loupe was working, so nothing was written.',
    );
    const { layers, width, history } = await photoshop.activeDocument();
    expect(layers.map(({ name }) => name)).toEqual(['Paper']);
    expect(width).toBe(48);
    expect(history).toHaveLength(2);
    await expectNothingLeft();
  });

  test('the layer is painted on: nothing is written', async () => {
    expect(await enhance(() => beforeWriting('paint'))).toBe(
      '“Photo” was changed while Loupe was working, so nothing was written. Enhance it again.',
    );
    const { layers, width, history } = await photoshop.activeDocument();
    expect(layers.map(({ name }) => name)).toEqual(['Photo', 'Paper']);
    expect(width).toBe(48);
    expect(history).toHaveLength(2);
    await expectNothingLeft();
  });

  test('the document is closed: nothing is written', async () => {
    expect(await enhance(() => beforeWriting('close'))).toBe(
      'The document was closed while Loupe was working, so nothing was written.',
    );
    expect((await photoshop.view()).documents).toEqual([]);
    await expectNothingLeft();
  });

  test.each<[string, Disturbance, RegExp]>([
    ['the layer is moved', 'move', /“Photo” was changed while Loupe was working/],
    ['the document is cropped', 'crop', /The document’s size, mode or profile was changed/],
    ['the document’s mode is changed', 'mode', /The document’s size, mode or profile was changed/],
  ])('%s: nothing is written', async (_, action, message) => {
    expect(await enhance(() => beforeWriting(action))).toMatch(message);
    const { layers, history } = await photoshop.activeDocument();
    expect(layers.map(({ name }) => name)).toEqual(['Photo', 'Paper']);
    // Opened, and what the user did.
    expect(history).toHaveLength(2);
    await expectNothingLeft();
  });

  test.each<[string, Disturbance]>([
    ['undo', 'undo'],
    ['revert', 'revert'],
  ])('%s during the run takes back what was painted before it: nothing is written', async (_, action) => {
    const message = await enhance(async () => {
      const { id, activeLayerIds } = await photoshop.activeDocument();
      await photoshop.user((user, [document, layer]) => user.paintOn(document, layer), [
        id,
        activeLayerIds[0] ?? 0,
      ] as const);
      await beforeWriting(action);
    });
    expect(message).toMatch(/“Photo” was (changed|deleted) while Loupe was working/);
    expect((await photoshop.activeDocument()).layers.map(({ name }) => name)).toEqual(['Photo', 'Paper']);
    await expectNothingLeft();
  });

  test('another plugin holds Photoshop: the panel says that it is busy', async () => {
    const message = await enhance(() =>
      photoshop.simulator(({ faults }) => void faults.otherModal(Infinity)),
    );
    expect(message).toBe('Photoshop is busy with another command or dialog. Finish it, then try again.');
    await photoshop.close();
  });

  test('the disk is full: the result is given up', async () => {
    const message = await enhance(() => photoshop.simulator(({ faults }) => faults.diskFullAfter(3000)));
    expect(message).toMatch(
      /^There is not enough free space on the disk: this takes .*Nothing was changed\.$/,
    );
    await expectUnchanged();
  });

  test('Photoshop fails while the result is written: the document is rolled back', async () => {
    const message = await enhance(() =>
      photoshop.simulator(({ faults }) => faults.failCall('imaging.putPixels', 1)),
    );
    expect(message).toMatch(/^The application reported a problem: .*Nothing was changed\.$/);
    await expectUnchanged();
  });

  test('Esc is pressed while the result is written: the document is rolled back', async () => {
    const message = await enhance(() =>
      photoshop.simulator(({ faults, user }) =>
        faults.beforeCall('imaging.putPixels', 1, () => void user.pressEscape()),
      ),
    );
    expect(message).toBe('Cancelled. Nothing was changed.');
    await expectUnchanged();
  });

  test('Cancel is pressed: it stops within a tile and the document is as it was', async () => {
    photoshop = await openPhotoshop(browser(), makePsd([pixelLayer('Photo', { width: 160, height: 160 })]));
    await select(photoshop, 'Photo');
    await photoshop.choose('landscape', 4);
    before = await photoshop.savePsd();
    await photoshop.pressEnhance();
    await photoshop.panel.getByTestId('cancel').click();
    await photoshop.waitForState(['ready', 'failed', 'done']);
    expect(await photoshop.message()).toBe('Cancelled. Nothing was changed.');
    await expectUnchanged();
  });
});

describe('A plugin that is not whole', () => {
  /** Enhances with the model's file answered as given, and gives the panel's message. */
  async function enhance(body: string | undefined): Promise<string> {
    const photoshop = await openPhotoshop(browser(), makePsd([pixelLayer('Photo')]));
    await photoshop.page.route('**/plugin/models/art*.b64.js', (route) =>
      body === undefined
        ? route.fulfill({ status: 404 })
        : route.fulfill({ body, contentType: 'text/javascript' }),
    );
    await photoshop.choose('art', 2);
    await photoshop.pressEnhance();
    await photoshop.waitForState(['failed', 'done']);
    const message = await photoshop.message();
    expect((await photoshop.activeDocument()).history).toHaveLength(1);
    await photoshop.close();
    return message;
  }

  test('says which model file is missing', async () => {
    expect(await enhance(undefined)).toMatch(/^The model file \S+ is missing\. Install Loupe again\.$/);
  });

  test('says which model file is not the one it ships', async () => {
    const forged =
      'Object.assign((globalThis.loupeAssets ??= {}), { "models/art-faithful": "AAAA", "models/art-detailed": "AAAA" });';
    expect(await enhance(forged)).toMatch(
      /^The model file \S+ is damaged or not the one Loupe ships\. Install Loupe again\.$/,
    );
  });
});
