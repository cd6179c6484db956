import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { blendFor, blendOfOne, type Blend, type Catalog, type Network } from '../../../../src/catalog.ts';
import { planTiles } from '../../../../src/engine/plan.ts';
import type { Backend, Region } from '../../../../src/engine/types.ts';
import { LoupeError } from '../../../../src/errors.ts';
import { wholeTarget } from '../../../../src/size.ts';
import { Stopwatch, type Open } from '../../../../src/panel/engine/estimate.ts';

const network = (id: string, macsPerPixel: number): Network => ({
  id,
  file: `${id}.onnx`,
  sha256: '0'.repeat(64),
  size: 1,
  scale: 4,
  overlap: 10,
  receptiveField: 10,
  macsPerPixel,
  licence: 'MIT',
  origin: 'a test',
});
const small = network('small', 1e6);
const smallToo = network('small-too', 1e6);
const large = network('large', 16e6);

const catalog: Catalog = {
  networks: [small, smallToo, large],
  starts: [],
  entries: [
    {
      model: 'face',
      quality: 'fast',
      faithful: 'small',
      detailed: 'small-too',
      blend: 'weights',
      selfEnsemble: false,
    },
    {
      model: 'face',
      quality: 'best',
      faithful: 'small',
      detailed: 'large',
      blend: 'outputs',
      selfEnsemble: true,
    },
  ],
  defaults: {
    face: { detail: 0, noise: 100 },
    landscape: { detail: 0, noise: 100 },
    art: { detail: 0, noise: 100 },
  },
  detector: { id: 'd', file: 'd.onnx', sha256: '0'.repeat(64), size: 1, licence: 'MIT', origin: 'a test' },
};

const format = { width: 100, height: 80, channels: 4, depth: 8 } as const;
const never = new AbortController().signal;

/** Milliseconds, as the stopwatch reads them. */
let clock = 0;
beforeEach(() => {
  jest.spyOn(performance, 'now').mockImplementation(() => clock);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Backends that take milliseconds by the networks they run; `opened` names each that was opened. */
function machine({ without = [] as string[] } = {}) {
  const opened: string[] = [];
  const open: Open = (name, blend): Backend => ({
    name,
    maxTilePixels: 65_536,
    open: () => {
      opened.push(`${name} ${blend.id}`);
      if (without.includes(name)) throw new LoupeError('backend-unavailable', 'gone');
      const ids = blend.parts.flatMap(({ weights }) => weights.map((each) => each.network.id));
      const ms = ids.includes('large') ? 480 : 120;
      return Promise.resolve({
        backend: name,
        device: `${name} device`,
        lanes: 1,
        run: (tile) => {
          clock += ms;
          return Promise.resolve(tile);
        },
        dispose: () => Promise.resolve(),
      });
    },
  });
  return { opened, open };
}

const fast = (detail: number): Blend => blendFor(catalog, { model: 'face', quality: 'fast', detail });
const best = (detail: number): Blend => blendFor(catalog, { model: 'face', quality: 'best', detail });

/** So small that making its rows takes no time. */
const target = wholeTarget({ width: 2, height: 2 }, { kind: 'factor', factor: 1 });

describe('the stopwatch', () => {
  test('times an architecture once, whatever the shares and whichever the weights', async () => {
    const { opened, open } = machine();
    const stopwatch = new Stopwatch();
    const times: number[] = [];
    for (const detail of [30, 31, 0, 100, 30]) {
      times.push(
        (await stopwatch.estimate({ blend: fast(detail), target }, format, ['wasm'], open, never)).ms,
      );
    }
    // The first one itself, so that its sessions can serve the run.
    expect(opened).toEqual([`wasm ${fast(30).id}`]);
    expect(new Set(times).size).toBe(1);
  });

  test('adds up the parts whose outputs are summed, eight times for eight orientations', async () => {
    const { opened, open } = machine();
    const stopwatch = new Stopwatch();
    const of = async (blend: Blend): Promise<number> =>
      (await stopwatch.estimate({ blend, target }, format, ['wasm'], open, never)).ms;
    const [one, other] = [await of(fast(0)), await of(blendOfOne(large))];
    expect(await of(best(50))).toBeCloseTo(8 * (one + other), 6);
    expect(await of(best(20))).toBeCloseTo(8 * (one + other), 6);
    expect(opened).toHaveLength(2);
  });

  test('adds the tiles of the faces, and leaves out those that the faces fill', async () => {
    const { open } = machine();
    const stopwatch = new Stopwatch();
    const wide = { ...format, width: 700, height: 200 };
    const of = async (blend: Blend, regions?: readonly Region[]): Promise<number> =>
      (
        await stopwatch.estimate(
          { blend, target, ...(regions && { faces: { blend: blendOfOne(large), regions } }) },
          wide,
          ['wasm'],
          open,
          never,
        )
      ).ms;
    const [base, local] = [await of(fast(0)), await of(blendOfOne(large))];
    const outside = [{ x: 1000, y: 0, width: 90, height: 90 }];
    expect(await of(fast(0), outside)).toBe(base);
    const head = [{ x: 300, y: 60, width: 40, height: 40 }];
    expect(await of(fast(0), head)).toBeGreaterThan(base);
    expect(await of(fast(0), head)).toBeLessThan(base + local / 2);
    const everywhere = [{ x: -500, y: -500, width: 1700, height: 1200 }];
    expect(await of(fast(0), everywhere)).toBeCloseTo(local, 6);
  });

  test('grows with the tiles of the picture', async () => {
    const { open } = machine();
    const stopwatch = new Stopwatch();
    const of = async (width: number): Promise<number> =>
      (await stopwatch.estimate({ blend: fast(0), target }, { ...format, width }, ['wasm'], open, never)).ms;
    const cost = (width: number): number => {
      const plan = planTiles({ width, height: 80 }, fast(0), 65_536, 1);
      return plan.tiles * plan.tileWidth * plan.tileHeight;
    };
    expect((await of(1000)) / (await of(100))).toBeCloseTo(cost(1000) / cost(100), 6);
  });

  test('counts making and sending the rows where that takes longer than the network', async () => {
    const { open } = machine();
    const huge = wholeTarget(format, { kind: 'pixels', side: 'width', pixels: 40_000 });
    const { ms } = await new Stopwatch().estimate(
      { blend: fast(0), target: huge },
      format,
      ['wasm'],
      open,
      never,
    );
    expect(ms / (huge.width * huge.height)).toBeCloseTo(8e-5, 9);
  });

  test('goes by the first provider that works', async () => {
    const { opened, open } = machine({ without: ['webgpu'] });
    const estimate = await new Stopwatch().estimate(
      { blend: fast(0), target },
      format,
      ['webgpu', 'wasm'],
      open,
      never,
    );
    expect(estimate).toMatchObject({ backend: 'wasm', device: 'wasm device' });
    expect(opened.map((each) => each.split(' ')[0])).toEqual(['webgpu', 'wasm']);
    const none = machine({ without: ['webgpu', 'wasm'] });
    await expect(
      new Stopwatch().estimate({ blend: fast(0), target }, format, ['webgpu', 'wasm'], none.open, never),
    ).rejects.toMatchObject({ code: 'backend-unavailable' });
  });
});
