import { describe, expect, test } from '@jest/globals';
import { decodeModel, node } from '../../../models/convert/onnx.ts';
import { nativeRuntime } from '../../../src/runtime/native.ts';
import { inspectModel } from '../../../src/runtime/own-model.ts';
import { entries, modelBytes } from './models.ts';
import { chain, convolving, picture } from './tiny-models.ts';

const inspect = (bytes: Uint8Array<ArrayBuffer>) => inspectModel(nativeRuntime, bytes);
const unfit = (why: string) => ({ code: 'model-unfit', message: `This model cannot be used: ${why}.` });

const [cast, conv, shuffle] = decodeModel(convolving(1)).nodes;
if (!cast || !conv || !shuffle) throw new Error('the network has other nodes');

describe('a model of the user’s own', () => {
  test('that Loupe ships is described as the catalog does, with an overlap that suffices', async () => {
    for (const entry of entries.filter(({ receptiveField }) => receptiveField <= 40)) {
      const found = await inspect(modelBytes(entry));
      expect(found).toMatchObject({
        scale: entry.scale,
        macsPerPixel: entry.macsPerPixel,
        widest: entry.widest,
      });
      expect(found.overlap).toBeGreaterThanOrEqual(entry.overlap);
      expect(found.overlap).toBeLessThanOrEqual(entry.receptiveField);
    }
  });

  test('is taken with a free batch, and with dimensions that have no names', async () => {
    for (const dims of [
      ['batch', 3, 'height', 'width'],
      ['', 3, '', ''],
      [1, 3, 'side', 'side'],
    ]) {
      const found = await inspect(convolving(1, { inputs: [{ ...picture, dims }] }));
      expect(found).toEqual({ scale: 2, overlap: 1, macsPerPixel: 324, widest: 12 });
    }
  });

  test('whose reach its file does not tell has an overlap measured, not beyond 48', async () => {
    // Looks at the whole picture: everything is darkened by the mean of it.
    const whole = convolving(1, {
      nodes: [
        cast,
        conv,
        node('GlobalAveragePool', ['data'], 'mean'),
        node('Concat', ['mean', 'mean', 'mean', 'mean'], 'means', { axis: 1 }),
        node('Sub', ['convolved', 'means'], 'centred'),
        { ...shuffle, input: ['centred'] },
      ],
    });
    expect(await inspect(whole)).toEqual({ scale: 2, overlap: 48 });
    // Of an operator that is not known here, but looks no further.
    const unknown = convolving(1, {
      nodes: [cast, conv, node('Softsign', ['convolved'], 'softened'), { ...shuffle, input: ['softened'] }],
    });
    const { overlap } = await inspect(unknown);
    expect(overlap).toBeGreaterThanOrEqual(1);
    expect(overlap).toBeLessThanOrEqual(3);
  });

  test.each([
    [
      'no model',
      Uint8Array.from({ length: 100 }, (_, at) => at),
      'it is not an ONNX model that can be read here',
    ],
    ['an empty file', new Uint8Array(), 'it is not an ONNX model that can be read here'],
    ['half a model', convolving(1).slice(0, 700), 'it is not an ONNX model that can be read here'],
    [
      'of one channel',
      chain([['Identity', {}]], { inputs: [{ name: 'data', dims: [1, 1, 'height', 'width'] }] }),
      'it takes 1 × 1 × height × width instead of 1 × 3 × height × width',
    ],
    [
      'of several pictures at once',
      chain([['Identity', {}]], { inputs: [{ name: 'data', dims: [4, 3, 'height', 'width'] }] }),
      'it takes 4 × 3 × height × width instead of 1 × 3 × height × width',
    ],
    [
      'of a fixed size',
      chain([['Identity', {}]], { inputs: [{ name: 'data', dims: [1, 3, 64, 96] }] }),
      'it takes only pictures of 96 × 64 pixels',
    ],
    [
      'of two inputs',
      convolving(1, { inputs: [picture, { name: 'strength', dims: [1] }] }),
      'it takes 2 inputs instead of one picture',
    ],
    [
      'of two outputs',
      convolving(1, {
        outputs: [
          { name: 'output', dims: [1, 3, 'high', 'wide'] },
          { name: 'convolved', dims: [1, 12, 'height', 'width'] },
        ],
      }),
      'it gives 2 results instead of one picture',
    ],
    ['that leaves the size', chain([['Identity', {}]]), 'it gives pictures of the size they had'],
    [
      'that gives other channels',
      convolving(1, {
        nodes: [cast, { ...conv, output: ['output'] }],
        outputs: [{ name: 'output', dims: [1, 12, 'height', 'width'] }],
      }),
      'it gives 1 × 12 × 23 × 37 for a picture of 37 × 23 pixels',
    ],
    [
      'that gives one number for each picture',
      chain([['GlobalAveragePool', {}]]),
      'it gives 1 × 3 × 1 × 1 for a picture of 37 × 23 pixels',
    ],
    [
      'that takes only even sizes',
      chain([['SpaceToDepth', { blocksize: 2 }]], {
        outputs: [{ name: 'output', dims: [1, 12, 'high', 'wide'] }],
      }),
      'it cannot enlarge a picture of 37 × 23 pixels',
    ],
  ])('%s is refused with the reason', async (_, bytes, detail) => {
    await expect(inspect(bytes)).rejects.toMatchObject(unfit(detail));
  });
});
