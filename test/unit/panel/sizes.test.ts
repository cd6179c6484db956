import { describe, expect, test } from '@jest/globals';
import { enlarged, factorsThatFit, fitting, saidAs, shares, typedNumber } from '../../../src/panel/sizes.ts';

const document = { width: 2000, height: 1500, psb: false };
const whole = { left: 0, top: 0, width: 2000, height: 1500 };
const print = { kind: 'print', side: 'width', length: 60, unit: 'cm', ppi: 300 } as const;

describe('A size', () => {
  test('of the document enlarges the document, and the layer with it', () => {
    const layer = { left: -10, top: 5, width: 100, height: 50 };
    const { enlargement, target } = enlarged(document, layer, { size: print, place: 'document' });
    expect(enlargement).toMatchObject({ width: 7087, height: 5315 });
    expect(target.width).toBe(Math.round(90 * (7087 / 2000)) - Math.round(-10 * (7087 / 2000)));
    expect(target.scaleX).toBe(7087 / 2000);
  });

  test('of a smart object or a new document is the layer’s own', () => {
    const layer = { left: -10, top: 5, width: 100, height: 50 };
    for (const place of ['smart-object', 'new-document'] as const) {
      const { target } = enlarged(document, layer, {
        size: { kind: 'pixels', side: 'height', pixels: 175 },
        place,
      });
      expect(target).toMatchObject({ width: 350, height: 175, offsetX: 0, offsetY: 0 });
    }
  });

  test.each([
    [{ kind: 'pixels', side: 'width', pixels: 1999 }, 'size-smaller'],
    [{ kind: 'factor', factor: 8 }, undefined],
    [{ kind: 'pixels', side: 'width', pixels: 29_999 }, undefined],
    [{ kind: 'pixels', side: 'width', pixels: 30_001 }, 'too-large-for-psd'],
    [{ kind: 'pixels', side: 'width', pixels: 32_001 }, 'size-beyond'],
  ] as const)('%j is refused as %s', (size, code) => {
    expect(enlarged(document, whole, { size, place: 'document' }).problem?.code).toBe(code);
  });

  test('must fit a layer larger than the canvas, too', () => {
    const wide = { left: -3000, top: 0, width: 8000, height: 100 };
    expect(factorsThatFit(document, [wide], 'document')).toEqual([2, 3]);
    expect(factorsThatFit(document, [whole, wide], 'smart-object')).toEqual([2, 3]);
    expect(factorsThatFit({ ...document, psb: true }, [wide], 'document')).toEqual([2, 3, 4, 8]);
  });

  test('as a factor becomes the largest that fits, and stays where none does', () => {
    const size = { kind: 'factor', factor: 8 } as const;
    const wide = { left: 0, top: 0, width: 8000, height: 100 };
    expect(fitting(document, [wide], 'document', size)).toEqual({ kind: 'factor', factor: 3 });
    const huge = { left: 0, top: 0, width: 20_000, height: 100 };
    expect(fitting(document, [huge], 'document', size)).toEqual(size);
    expect(fitting(document, [wide], 'document', print)).toEqual(print);
  });

  test('said in another way is the same size', () => {
    const as = { ppi: 300, unit: 'cm' } as const;
    const twice = { kind: 'factor', factor: 2 } as const;
    expect(saidAs('pixels', twice, document, as)).toEqual({ kind: 'pixels', side: 'width', pixels: 4000 });
    expect(saidAs('print', twice, document, as)).toEqual({
      kind: 'print',
      side: 'width',
      length: 33.87,
      unit: 'cm',
      ppi: 300,
    });
    expect(saidAs('factor', print, document, as)).toEqual({ kind: 'factor', factor: 4 });
    expect(saidAs('print', print, document, { ppi: 72, unit: 'inch' })).toBe(print);
  });
});

test('Beyond its network’s scale a factor is part network, part interpolation', () => {
  const by = (factor: number) => ({ width: 1, height: 1, factorX: factor, factorY: factor });
  expect(shares(by(8), 4)).toEqual({ network: 4, interpolated: 2 });
  expect(shares(by(4), 4)).toBeUndefined();
  expect(shares(by(3), 2)).toEqual({ network: 2, interpolated: 1.5 });
});

test('Numbers are typed with a comma or a point, and nothing else is one', () => {
  expect(['60', ' 60,5 ', '60.5', ',5', '5,'].map(typedNumber)).toEqual([60, 60.5, 60.5, 0.5, 5]);
  expect(['', '-1', '1e3', '60 cm', '1.000,5', '٣'].map(typedNumber)).toEqual(Array(6).fill(undefined));
});
