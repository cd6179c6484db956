import { describe, expect, test } from '@jest/globals';
import type { BezierPath, LayerVectorMask } from 'ag-psd';
import { compositeOf } from '../../../simulator/photoshop/composite.ts';
import { canvasOf } from '../../../simulator/photoshop/model.ts';
import { vectorCoverage } from '../../../simulator/photoshop/vector-mask.ts';
import { readPsd } from '../../../simulator/psd/read.ts';
import { layerNamed, modal, open, picture, RED } from './support.ts';

type Operation = BezierPath['operation'];

/** Corners one after another. */
function polygon(corners: readonly number[], operation?: Operation, open = false): BezierPath {
  const knots: BezierPath['knots'] = [];
  for (let i = 0; i < corners.length; i += 2) {
    const [x = 0, y = 0] = corners.slice(i, i + 2);
    knots.push({ linked: false, points: [x, y, x, y, x, y] });
  }
  return { open, knots, fillRule: 'even-odd', ...(operation ? { operation } : {}) };
}

const box = (left: number, top: number, right: number, bottom: number, operation?: Operation): BezierPath =>
  polygon([left, top, right, top, right, bottom, left, bottom], operation);

/** Four cubics as drawing programs make a circle of them. */
function circle(x: number, y: number, r: number): BezierPath {
  const k = 0.5522847498 * r;
  const knots = [
    [x - k, y - r, x, y - r, x + k, y - r],
    [x + r, y - k, x + r, y, x + r, y + k],
    [x + k, y + r, x, y + r, x - k, y + r],
    [x - r, y + k, x - r, y, x - r, y - k],
  ].map((points) => ({ linked: true, points }));
  return { open: false, knots, fillRule: 'even-odd', operation: 'combine' };
}

const row = (paths: BezierPath[], more: Partial<LayerVectorMask> = {}) => [
  ...vectorCoverage({ ...more, paths }, { left: 0, top: 0, right: 6, bottom: 1 }, 1),
];

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, value) => all + value, 0);

describe('Paths of a vector mask', () => {
  test('A pixel is covered by as much as of it lies within', () => {
    expect(row([box(1.25, 0, 4, 0.5)])).toEqual([0, 0.375, 0.5, 0.5, 0, 0]);
    const slope = row([polygon([0, 0, 2, 0, 0, 1])]);
    expect(slope[0]).toBeCloseTo(0.75, 5);
    expect(slope[1]).toBeCloseTo(0.25, 5);
  });

  test('A circle of Bézier curves has a circle’s area', () => {
    const region = { left: 0, top: 0, right: 40, bottom: 40 };
    const covered = vectorCoverage({ paths: [circle(20.3, 19.6, 15)] }, region, 1);
    expect(Math.abs(sum(covered) / (Math.PI * 225) - 1)).toBeLessThan(0.001);
  });

  test('Paths add, subtract, intersect and exclude in their order', () => {
    const on = (operation: Operation) => row([box(0, 0, 4, 1, 'combine'), box(2, 0, 6, 1, operation)]);
    expect(on('combine')).toEqual([1, 1, 1, 1, 1, 1]);
    expect(on('subtract')).toEqual([1, 1, 0, 0, 0, 0]);
    expect(on('intersect')).toEqual([0, 0, 1, 1, 0, 0]);
    expect(on('exclude')).toEqual([1, 1, 0, 0, 1, 1]);
  });

  test('A path without an operation is part of the one before it, by its fill rule', () => {
    const two = (fillRule: BezierPath['fillRule']) =>
      row([{ ...box(0, 0, 6, 1, 'combine'), fillRule }, box(2, 0, 4, 1)]);
    expect(two('even-odd')).toEqual([1, 1, 0, 0, 1, 1]);
    expect(two('non-zero')).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('A first path that subtracts does so from everything, and an inverted mask is the other way round', () => {
    expect(row([box(2, 0, 4, 1, 'subtract')])).toEqual([1, 1, 0, 0, 1, 1]);
    expect(row([box(2, 0, 4, 1, 'combine')], { invert: true })).toEqual([1, 1, 0, 0, 1, 1]);
    expect(row([], { fillStartsWithAllPixels: true })).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('An open path is closed by a straight line', () => {
    const bent = polygon([0, 0, 2, 0, 2, 1, 0, 1], 'combine', true);
    bent.knots[0] = { linked: false, points: [-9, 0, 0, 0, 0, 0] };
    expect(row([bent])).toEqual([1, 1, 0, 0, 0, 0]);
  });

  test('Thinned out it is the same as every so many pixels', () => {
    const mask = { paths: [circle(10, 9, 7)] };
    const every = vectorCoverage(mask, { left: 1, top: 2, right: 18, bottom: 17 }, 1);
    const third = vectorCoverage(mask, { left: 1, top: 2, right: 18, bottom: 17 }, 3);
    expect([...third]).toEqual(
      [0, 3, 6, 9, 12].flatMap((y) => [0, 3, 6, 9, 12, 15].map((x) => every[y * 17 + x])),
    );
  });
});

describe('A layer with a vector mask', () => {
  const masked = (more: Partial<LayerVectorMask> = {}) =>
    open([
      {
        name: 'Cut',
        imageData: picture(8, 6, RED),
        vectorMask: { ...more, paths: [box(2, 1, 5.5, 4, 'combine')] },
      },
    ]);

  test('Its mask can be read as pixels, within the region that is asked for', async () => {
    const opened = masked();
    const { imaging } = opened.modules.photoshop;
    const sourceBounds = { left: 4, top: 0, right: 7, bottom: 2 };
    const layerID = layerNamed(opened, 'Cut').id;
    const read = await modal(opened, () => imaging.getLayerMask({ layerID, kind: 'vector', sourceBounds }));
    expect([...(await read.imageData.getData())]).toEqual([0, 0, 0, 255, 128, 0]);
    expect(read.sourceBounds).toEqual(sourceBounds);
  });

  test('It shows only what lies within the path, unless the mask is off', () => {
    const alphas = (more?: Partial<LayerVectorMask>) => {
      const contents = readPsd(masked(more).simulator.savePsd(1));
      const pixels = compositeOf(contents.layers, canvasOf(contents), 4, 8);
      return Array.from({ length: 8 }, (_, x) => pixels[(2 * 8 + x) * 4 + 3]);
    };
    expect(alphas()).toEqual([0, 0, 255, 255, 255, 128, 0, 0]);
    expect(alphas({ disable: true })).toEqual([255, 255, 255, 255, 255, 255, 255, 255]);
  });
});
