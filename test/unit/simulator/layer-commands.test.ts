import { describe, expect, test } from '@jest/globals';
import type { Layer } from 'ag-psd';
import { readPsd } from 'ag-psd';
import {
  activeDocument,
  historyOf,
  layerNamed,
  modal,
  open,
  picture,
  rule,
  BLUE,
  RED,
  type Opened,
} from './support.ts';

type Command = { _obj: string } & Record<string, unknown>;

const play = (opened: Opened, ...commands: Command[]) =>
  modal(opened, () => opened.modules.photoshop.action.batchPlay(commands));

const ask = async (opened: Opened, property: string, id: number): Promise<unknown> => {
  const [answer] = await opened.modules.photoshop.action.batchPlay([
    { _obj: 'get', _target: [{ _property: property }, { _ref: 'layer', _id: id }] },
  ]);
  return answer?.[property];
};

const packet = (content: string): string =>
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ` +
  `xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${content}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const setXmp = (id: number, xmp: string): Command => ({
  _obj: 'set',
  _target: [
    { _ref: 'property', _property: 'XMPMetadataAsUTF8' },
    { _ref: 'layer', _id: id },
  ],
  to: { _obj: 'layer', XMPMetadataAsUTF8: xmp },
});

describe('Layers’ own XMP', () => {
  rule('xmp-layer', 'XMP goes along with a layer’s copy and into the file, at every depth', async () => {
    const opened = open();
    const red = layerNamed(opened, 'Red');
    const xmp = packet('<rdf:Description a="Grüße 日本"/>');
    expect(await ask(opened, 'metadata', red.id)).not.toHaveProperty('layerXMP');
    await expect(ask(opened, 'XMPMetadataAsUTF8', red.id)).rejects.toThrow('no property');
    await play(opened, setXmp(red.id, xmp));
    expect(await ask(opened, 'metadata', red.id)).toMatchObject({ layerXMP: xmp });
    expect(historyOf(opened)).toHaveLength(2);
    await modal(opened, async () => {
      await red.duplicate(undefined, undefined, 'Copy');
      await activeDocument(opened).resizeImage(16, 12);
    });
    const again = opened.simulator.openPsd(opened.simulator.savePsd(opened.id), 'again.psd');
    const reopened = { ...opened, id: again };
    for (const name of ['Red', 'Copy']) {
      expect(await ask(reopened, 'metadata', layerNamed(reopened, name).id)).toMatchObject({ layerXMP: xmp });
    }
    const background = layerNamed(reopened, 'Background').id;
    expect(await ask(reopened, 'metadata', background)).not.toHaveProperty('layerXMP');
    await modal(opened, async () => {
      const { app } = opened.modules.photoshop;
      const deep = await app.createDocument({ width: 4, height: 4, depth: 16, fill: 'transparent' });
      await opened.modules.photoshop.action.batchPlay([setXmp(deep.layers[0]?.id ?? 0, xmp)]);
    });
    const deep = opened.simulator.savePsd(activeDocument(opened).id);
    opened.simulator.openPsd(deep, 'deep.psd');
    const [layer] = activeDocument(opened).layers;
    expect(await ask(opened, 'metadata', layer?.id ?? 0)).toMatchObject({ layerXMP: xmp });
  });

  test('Other readers still read a file with XMP in it', async () => {
    const opened = open();
    await play(opened, setXmp(layerNamed(opened, 'Red').id, packet('x'.repeat(999))));
    const psd = readPsd(opened.simulator.savePsd(opened.id), { useImageData: true });
    expect(psd.children?.map(({ name }) => name)).toEqual(['Background', 'Red']);
    expect([...(psd.children?.[1]?.imageData?.data.subarray(0, 4) ?? [])]).toEqual([...RED]);
  });

  rule('xmp-packet', 'Anything but an XMP packet is refused and changes nothing', async () => {
    const opened = open();
    const { id } = layerNamed(opened, 'Red');
    await expect(play(opened, setXmp(id, '{"settings":1}'))).rejects.toThrow('no XMP packet');
    expect(await ask(opened, 'metadata', id)).not.toHaveProperty('layerXMP');
  });
});

const shadowed: Layer[] = [
  { name: 'Background', transparencyProtected: true, imageData: picture(8, 6, BLUE) },
  {
    name: 'Red',
    imageData: picture(4, 3, RED),
    effects: {
      scale: 1,
      dropShadow: [
        {
          enabled: true,
          size: { units: 'Pixels', value: 5 },
          distance: { units: 'Pixels', value: 3 },
          choke: { units: 'Pixels', value: 10 },
          angle: 120,
          color: { r: 1, g: 2, b: 3 },
          blendMode: 'multiply',
          opacity: 0.5,
        },
      ],
    },
  },
];

const effectsOf = (opened: Opened, name: string) =>
  readPsd(opened.simulator.savePsd(activeDocument(opened).id), { useImageData: true }).children?.find(
    (layer) => layer.name === name,
  )?.effects?.dropShadow?.[0];

const imageSize = (more: Record<string, unknown>): Command => ({ _obj: 'imageSize', ...more });
const pixels = (value: number) => ({ _unit: 'pixelsUnit', _value: value });

describe('Layer effects and Image Size', () => {
  rule('image-size-constrained', 'Styles grow only with constrained proportions', async () => {
    const opened = open(shadowed);
    await play(opened, imageSize({ width: pixels(16), height: pixels(12), scaleStyles: true }));
    expect(effectsOf(opened, 'Red')?.size?.value).toBe(5);
    opened.simulator.user.undo(opened.id);
    const wanted = { width: pixels(16), height: pixels(99), scaleStyles: true, constrainProportions: true };
    await play(opened, imageSize(wanted));
    expect([activeDocument(opened).width, activeDocument(opened).height]).toEqual([16, 12]);
    expect(effectsOf(opened, 'Red')).toMatchObject({
      size: { value: 10 },
      distance: { value: 6 },
      choke: { value: 10 },
    });
    opened.simulator.user.undo(opened.id);
    expect(effectsOf(opened, 'Red')?.size?.value).toBe(5);
  });

  test('Image Size takes either side, a resolution and an interpolation', async () => {
    const opened = open();
    await play(
      opened,
      imageSize({
        height: pixels(12),
        constrainProportions: true,
        resolution: { _unit: 'densityUnit', _value: 300 },
        interfaceIconFrameDimmed: { _enum: 'interpolationType', _value: 'nearestNeighbor' },
      }),
    );
    const { width, height, resolution } = activeDocument(opened);
    expect([width, height, resolution]).toEqual([16, 12, 300]);
    await expect(play(opened, imageSize({ width: { _unit: 'percentUnit', _value: 200 } }))).rejects.toThrow(
      'pixelsUnit',
    );
  });

  test('Effects that are got from one layer can be set on another', async () => {
    const opened = open([...shadowed, { name: 'Plain', imageData: picture(2, 2, RED) }]);
    const effects = await ask(opened, 'layerEffects', layerNamed(opened, 'Red').id);
    expect(effects).toMatchObject({
      _obj: 'layerEffects',
      dropShadow: { _obj: 'dropShadow', enabled: true, size: pixels(5) },
    });
    const { id } = layerNamed(opened, 'Plain');
    await expect(ask(opened, 'layerEffects', id)).rejects.toThrow('no property');
    await play(opened, {
      _obj: 'set',
      _target: [
        { _ref: 'property', _property: 'layerEffects' },
        { _ref: 'layer', _id: id },
      ],
      to: effects,
    });
    expect(effectsOf(opened, 'Plain')).toEqual(effectsOf(opened, 'Red'));
  });

  rule('effects-background', 'Effects cannot be set on the Background', async () => {
    const opened = open(shadowed);
    const to = await ask(opened, 'layerEffects', layerNamed(opened, 'Red').id);
    const { id } = layerNamed(opened, 'Background');
    const _target = [
      { _ref: 'property', _property: 'layerEffects' },
      { _ref: 'layer', _id: id },
    ];
    await expect(play(opened, { _obj: 'set', _target, to })).rejects.toThrow('Background');
  });
});

describe('Selecting layers', () => {
  test('batchPlay selects, adds, takes away and selects none', async () => {
    const opened = open();
    const names = () => activeDocument(opened).activeLayers.map((layer) => layer.name);
    const select = (name: string, how?: string): Command => ({
      _obj: 'select',
      _target: [{ _ref: 'layer', _name: name }],
      makeVisible: false,
      ...(how === undefined ? {} : { selectionModifier: { _enum: 'selectionModifierType', _value: how } }),
    });
    await play(opened, select('Background'));
    expect(names()).toEqual(['Background']);
    await play(opened, select('Red', 'addToSelection'));
    expect(names()).toEqual(['Background', 'Red']);
    await play(opened, select('Background', 'removeFromSelection'));
    expect(names()).toEqual(['Red']);
    await play(opened, {
      _obj: 'selectNoLayers',
      _target: [{ _ref: 'layer', _enum: 'ordinal', _value: 'targetEnum' }],
    });
    expect(names()).toEqual([]);
    expect(historyOf(opened)).toEqual(['Open']);
  });

  test('A person clicks, clicks with Ctrl and with Shift', () => {
    const opened = open([
      { name: 'A', imageData: picture(1, 1, RED) },
      { name: 'Group', children: [{ name: 'B', imageData: picture(1, 1, RED) }] },
      { name: 'C', imageData: picture(1, 1, RED) },
    ]);
    const { user } = opened.simulator;
    const names = () => activeDocument(opened).activeLayers.map((layer) => layer.name);
    const { id } = opened;
    user.selectLayer(id, layerNamed(opened, 'C').id);
    user.selectLayer(id, layerNamed(opened, 'A').id, 'toggle');
    expect(names()).toEqual(['C', 'A']);
    user.selectLayer(id, layerNamed(opened, 'C').id, 'toggle');
    expect(names()).toEqual(['A']);
    user.selectLayer(id, layerNamed(opened, 'C').id);
    user.selectLayer(id, layerNamed(opened, 'A').id, 'range');
    expect(names()).toEqual(['C', 'Group', 'B', 'A']);
  });

  rule('frame-is-group', 'A frame is a group that only batchPlay knows', async () => {
    const opened = open();
    const { user } = opened.simulator;
    user.selectLayer(opened.id, layerNamed(opened, 'Red').id);
    user.frameLayers(opened.id);
    const frame = layerNamed(opened, 'Frame 1');
    expect(frame.kind).toBe('group');
    expect(await ask(opened, 'framedGroup', frame.id)).toBeDefined();
    expect(await ask(opened, 'artboardEnabled', frame.id)).toBe(false);
    const red = frame.layers?.[0];
    await expect(ask(opened, 'framedGroup', red?.id ?? 0)).rejects.toThrow('no property');
  });
});

describe('What batchPlay tells of a layer', () => {
  test('Labels, hidden styles and a mask’s feather are read and kept in the file', async () => {
    const opened = open(shadowed);
    const red = layerNamed(opened, 'Red');
    const color = { _enum: 'color', _value: 'yellowColor' };
    await play(opened, {
      _obj: 'set',
      _target: [{ _ref: 'layer', _id: red.id }],
      to: { _obj: 'layer', color },
    });
    opened.simulator.user.addMask(opened.id, red.id);
    await modal(opened, () => {
      red.layerMaskFeather = 3;
    });
    const again = opened.simulator.openPsd(opened.simulator.savePsd(opened.id), 'again.psd');
    const saved = layerNamed({ ...opened, id: again }, 'Red');
    expect(saved.layerMaskFeather).toBe(3);
    expect(await ask(opened, 'color', saved.id)).toEqual(color);
    expect(await ask(opened, 'layerFXVisible', saved.id)).toBe(true);
    expect(await ask(opened, 'hasUserMask', saved.id)).toBe(true);
  });

  test('With continueOnError a layer’s missing property is an answer of its own', async () => {
    const opened = open();
    const { id } = layerNamed(opened, 'Red');
    const commands = ['framedGroup', 'name'].map((property) => ({
      _obj: 'get',
      _target: [{ _property: property }, { _ref: 'layer', _id: id }],
    }));
    const answers = await opened.modules.photoshop.action.batchPlay(commands, { continueOnError: true });
    expect(answers).toMatchObject([{ _obj: 'error' }, { name: 'Red' }]);
  });
});
