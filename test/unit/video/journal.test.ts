/** The journal of a render: what is read of it after whatever has happened to it. */
import { describe, expect, test } from '@jest/globals';
import { lineOf, recordedFilm, recordedFrames, recordedSegments } from '../../../src/video/journal.ts';

const decoder = { codec: 'apch' };
const segment = (index: number, frames = 2) => ({
  segment: index,
  frames,
  framesDone: 2 * index + frames,
  packets: { sizes: Array<number>(frames).fill(10 + index), keys: [0], decoder },
});
const lines = [lineOf(segment(0)), lineOf(segment(1)), lineOf(segment(2))] as const;
const [first, second, third] = lines;
const done = (journal: readonly string[]): number[] => recordedFilm(journal).map(({ segment }) => segment);

describe('a journal', () => {
  test('gives back what was recorded', () => {
    expect(recordedFilm(lines)).toEqual([segment(0), segment(1), segment(2)]);
    expect(recordedFilm([])).toEqual([]);
    expect(recordedFrames(second)).toBe(4);
  });

  test('is read up to a line that was cut short, wherever that was', () => {
    for (let length = 0; length < third.length; length++) {
      expect(done([first, second, third.slice(0, length)])).toEqual([0, 1]);
      expect(recordedFrames(third.slice(0, length))).toBe(0);
    }
  });

  test('is gone on with behind a damaged line, with or without a break after it', () => {
    expect(done([first, second.slice(0, 30), second, third])).toEqual([0, 1, 2]);
    expect(done([first, second.slice(0, 30) + second, third])).toEqual([0, 1, 2]);
    // What was recorded after a line that cannot be read lies at a place that is not known.
    expect(done([first, 'x', third])).toEqual([0]);
    expect(done([first, 'x', third, second, third])).toEqual([0, 1, 2]);
  });

  test('counts a segment once that was recorded twice', () => {
    expect(done([first, first, second])).toEqual([0, 1]);
  });

  test.each([
    ['a packet too few', { sizes: [1], keys: [0], decoder }],
    ['a packet without bytes', { sizes: [1, 0], keys: [0], decoder }],
    ['no key at the beginning', { sizes: [1, 1], keys: [1], decoder }],
    ['a key that is not there', { sizes: [1, 1], keys: [0, 2], decoder }],
    ['a frame twice', { sizes: [1, 1], keys: [0], order: [1, 1], decoder }],
    ['a length that is none', { sizes: [1, 1.5], keys: [0], decoder }],
    ['no decoder', { sizes: [1, 1], keys: [0] }],
    ['no packets', undefined],
  ])('of a film is not read where a line has %s', (_, packets) => {
    const line = JSON.stringify({ segment: 0, frames: 2, framesDone: 2, packets });
    expect(done([line, second])).toEqual([]);
  });

  test('that does not add up is read as far as it does', () => {
    expect(done([first, JSON.stringify({ ...segment(1), framesDone: 5 }), third])).toEqual([0]);
  });

  test('of single frames has no packets', () => {
    const line = lineOf({ segment: 0, frames: 50, framesDone: 50 });
    expect(line).toBe('{"segment":0,"frames":50,"framesDone":50}');
    expect(recordedSegments([line])).toHaveLength(1);
  });

  test('has lines that the wire takes, of the longest segment', () => {
    const sizes = Array<number>(120).fill(99_999_999);
    const order = sizes.map((_, index) => index);
    const description = 'A'.repeat(4096);
    const line = lineOf({
      segment: 1e6,
      frames: 120,
      framesDone: 1e9,
      packets: { sizes, keys: order, order, decoder: { codec: 'x', description } },
    });
    expect(line.length).toBeLessThan(1 << 14);
  });
});
