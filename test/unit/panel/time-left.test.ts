/**
 * The time left as the panel shows it, against the truth, over several ways that work can go: the engine's meter and the
 * panel's smoothing on a simulated clock.
 */
import { describe, expect, test } from '@jest/globals';
import { Meter } from '../../../src/engine/progress.ts';
import { Lanes } from '../../../src/engine/runners.ts';
import type { BackendName } from '../../../src/engine/types.ts';
import { nextRemaining, type Remaining } from '../../../src/panel/time.ts';
import { random } from '../engine/fakes.ts';

const SECOND = 1000;
const TICK = SECOND / 4;

/** A run as it will go. All times in milliseconds. */
interface Work {
  readonly tiles: number;
  /** Tiles at once, on the backend in use when tile `i` begins. */
  readonly lanes: (i: number) => number;
  /** What tile `i` takes, the `nth` that its lane takes; 0 for one that needs no network. */
  readonly tile: (i: number, nth: number) => number;
  /** Another backend from this tile on. */
  readonly fallback?: number;
  /** Rows of a tile's height, and what the host takes for each. */
  readonly row: number;
  /** What was promised before the run. */
  readonly estimate: number;
}

const ROWS_A_TILE = 20;

/** Runs the work and gives, for each tick, when it was, what was shown and what was true. */
function watch(work: Work): { at: number; shown: number; left: number }[] {
  let now = 0;
  const meter = new Meter([work.tiles], work.tiles * ROWS_A_TILE, work.lanes(0) * ROWS_A_TILE, () => now);
  const backend = (name: BackendName, lanes: number) =>
    new Lanes(
      {
        backend: name,
        device: name,
        lanes,
        run: (tile) => Promise.resolve(tile),
        dispose: () => Promise.resolve(),
      },
      1,
    );
  const [gpu, cpu] = [backend('webgpu', work.lanes(0)), backend('wasm', work.lanes(work.tiles - 1))];

  // Which tile each lane takes, and when it is done: tiles begin in order, as soon as a lane is free.
  const done: { at: number; i: number; ms: number; end: () => void }[] = [];
  let free = Array.from({ length: work.lanes(0) }, () => 0);
  let taken = free.map(() => 0);
  for (let i = 0; i < work.tiles; i++) {
    if (i === work.fallback) {
      const all = Math.max(...free);
      free = Array.from({ length: work.lanes(i) }, () => all);
      taken = free.map(() => 0);
    }
    const lane = free.indexOf(Math.min(...free));
    const ms = work.tile(i, taken[lane] ?? 0);
    taken[lane] = (taken[lane] ?? 0) + (ms > 0 ? 1 : 0);
    free[lane] = (free[lane] ?? 0) + ms;
    done.push({ at: free[lane] ?? 0, i, ms, end: () => undefined });
  }
  done.sort((a, b) => a.at - b.at);
  // Rows follow their tiles, one after the other.
  let written = 0;
  const rows = done.map(({ at }) => ({ at: (written = Math.max(written, at) + ROWS_A_TILE * work.row) }));
  const end = Math.max(written, ...free);

  let remaining: Remaining | undefined = nextRemaining(undefined, work.estimate, 0);
  const seen: { at: number; shown: number; left: number }[] = [];
  const events = [
    ...done.map((tile) => ({
      at: tile.at - tile.ms,
      happen: () => (tile.end = tile.ms > 0 ? meter.begin(0) : tile.end),
    })),
    ...done.map((tile) => ({
      at: tile.at,
      happen: () => {
        const { i, ms } = tile;
        tile.end();
        const lanes = work.fallback !== undefined && i >= work.fallback ? cpu : gpu;
        if (ms > 0) meter.ran(0, lanes, ms);
        meter.tileDone(0, ms === 0);
        remaining = nextRemaining(remaining, meter.progress(lanes).remainingMs, now);
      },
    })),
    ...rows.map(({ at }) => ({
      at,
      happen: () => {
        meter.wrote(ROWS_A_TILE, ROWS_A_TILE * work.row);
        remaining = nextRemaining(remaining, meter.progress(gpu).remainingMs, now);
      },
    })),
    ...Array.from({ length: Math.floor(end / TICK) }, (_, tick) => ({
      at: tick * TICK,
      happen: () => {
        remaining = nextRemaining(remaining, undefined, now);
        if (remaining) seen.push({ at: now, shown: remaining.shown, left: end - now });
      },
    })),
  ].sort((a, b) => a.at - b.at);
  for (const { at, happen } of events) {
    now = at;
    happen();
  }
  return seen;
}

/** The largest share by which the time shown missed the truth, between two shares of the run. */
function worst(work: Work, from = 0.1, to = 1): number {
  const seen = watch(work);
  const end = (seen.at(-1)?.at ?? 0) + TICK;
  return Math.max(
    ...seen
      // In the last seconds a whole one is much.
      .filter(({ at, left }) => at >= from * end && at <= to * end && left > 8 * SECOND)
      .map(({ shown, left }) => Math.abs(shown - left) / left),
  );
}

const even: Work = { tiles: 200, lanes: () => 4, tile: () => 2 * SECOND, row: 5, estimate: 100 * SECOND };

describe('After the first tenth of a run the time left is within a fifth of the truth', () => {
  const next = random(5);
  const uneven = Array.from({ length: 400 }, () => 0.6 + 0.8 * next());

  test.each<[string, Work]>([
    ['even work, rightly estimated', even],
    ['even work, estimated at half of what it is', { ...even, estimate: 50 * SECOND }],
    ['even work, estimated at twice what it is', { ...even, estimate: 200 * SECOND }],
    ['even work on one lane', { ...even, lanes: () => 1, tiles: 60 }],
    ['uneven tiles', { ...even, tile: (i) => (uneven[i] ?? 1) * 2 * SECOND }],
    [
      'a machine that gets slower and slower, by a seventh',
      { ...even, tile: (i) => (1.8 + i / 800) * SECOND, estimate: 90 * SECOND },
    ],
    [
      'one very slow tile now and then',
      { ...even, tile: (i) => (i % 29 === 28 ? 8 : 2) * SECOND, estimate: 112 * SECOND },
    ],
    [
      'a GPU that compiles for eight seconds first',
      { ...even, lanes: () => 1, tile: (_i, nth) => (nth === 0 ? 8 : 0.5) * SECOND, row: 1 },
    ],
    [
      'workers that each warm up',
      { ...even, lanes: () => 8, tile: (_i, nth) => (nth === 0 ? 4 : 2) * SECOND, estimate: 50 * SECOND },
    ],
    [
      'plain tiles strewn among the others',
      { ...even, tiles: 800, tile: (i) => ((i * 61) % 97 < 39 ? 0 : SECOND) },
    ],
    ['plain margins on both sides', { ...even, tile: (i) => (i % 10 < 4 ? 0 : 2 * SECOND) }],
    ['a plain margin above the others', { ...even, tile: (i) => (i < 70 ? 0 : 2 * SECOND) }],
    [
      'a host that is slower than the network',
      { ...even, lanes: () => 1, tile: () => 0.2 * SECOND, row: 25, estimate: 40 * SECOND },
    ],
    ['an hour', { ...even, tiles: 3600, lanes: () => 2, estimate: 3000 * SECOND }],
  ])('%s', (_what, work) => {
    expect(worst(work)).toBeLessThan(0.2);
  });

  test('also after the GPU failed and the CPU, ten times slower, took over: once each of its workers has done a tile', () => {
    const work: Work = {
      ...even,
      lanes: (i) => (i < 60 ? 1 : 4),
      tile: (i) => (i < 60 ? 0.3 : 12) * SECOND,
      fallback: 60,
      estimate: 60 * SECOND,
    };
    // 18 s on the GPU, 420 s on the CPU, of which the first tiles take 12.
    expect(worst(work, (18 + 12 + 12 + 2) / 438)).toBeLessThan(0.2);
  });
});
