import { describe, expect, test } from '@jest/globals';
import { textsFor } from '../../../src/texts/index.ts';

/** Narrow and no-break spaces as marks, so that they can be read here. */
const marked = (text: string): string => text.replaceAll('\u202f', '·').replaceAll('\u00a0', '~');

const LANGUAGES = ['en', 'de', 'fr', 'ja'] as const;

/** The same in all four languages, in their order. */
function inAll(say: (texts: ReturnType<typeof textsFor>) => string): string[] {
  return LANGUAGES.map((locale) => marked(say(textsFor(locale))));
}

describe('Numbers', () => {
  test('have thousands apart as the language does', () => {
    expect(inAll(({ numbers }) => numbers.whole(25600))).toEqual(['25·600', '25.600', '25·600', '25,600']);
    expect(inAll(({ numbers }) => numbers.whole(2560))).toEqual(['2560', '2560', '2560', '2,560']);
  });

  test('have a point or a comma, and no idle zeros', () => {
    expect(inAll(({ numbers }) => numbers.rounded(3.56, 1))).toEqual(['3.6', '3,6', '3,6', '3.6']);
    expect(inAll(({ numbers }) => numbers.rounded(4.02, 1))).toEqual(['4', '4', '4', '4']);
  });

  test('as factors and percent', () => {
    expect(inAll(({ numbers }) => numbers.times(3.6))).toEqual(['3.6×', '3,6×', '3,6×', '3.6×']);
    expect(inAll(({ numbers }) => numbers.percent(62))).toEqual(['62·%', '62·%', '62·%', '62%']);
  });

  test('as bytes are rounded up, since they are what must be there', () => {
    expect(inAll(({ numbers }) => numbers.bytes(8_312_000_000))).toEqual([
      '8.4~GB',
      '8,4~GB',
      '8,4~Go',
      '8.4~GB',
    ]);
    expect(inAll(({ numbers }) => numbers.bytes(640_001))).toEqual(['641~KB', '641~KB', '641~ko', '641~KB']);
    expect(inAll(({ numbers }) => numbers.bytes(93_200_000))).toEqual(['94~MB', '94~MB', '94~Mo', '94~MB']);
    expect(inAll(({ numbers }) => numbers.bytes(1))).toEqual(['1~KB', '1~KB', '1~ko', '1~KB']);
  });

  test('as sizes break after the sign only', () => {
    expect(inAll(({ layer }) => layer.sizeAfter({ width: 25600, height: 1792 }))).toEqual([
      '25·600~× 1792~px',
      '25.600~× 1792~px',
      '25·600~× 1792~px',
      '25,600~× 1,792~px',
    ]);
  });
});

describe('Times', () => {
  test('are as coarse as they are known', () => {
    expect(inAll(({ estimate }) => estimate.known(12_300))).toEqual([
      'about 12 s',
      'etwa 12~Sek.',
      'environ 12~s',
      '約12秒',
    ]);
    expect(inAll(({ estimate }) => estimate.known(149_000))).toEqual([
      'about 2½ min',
      'etwa 2½~Min.',
      'environ 2~min 30~s',
      '約2分30秒',
    ]);
    expect(inAll(({ estimate }) => estimate.known(78 * 60_000))).toEqual([
      'about 1 h 20 min',
      'etwa 1~Std. 20~Min.',
      'environ 1~h 20~min',
      '約1時間20分',
    ]);
  });

  test('that something took are said exactly', () => {
    expect(inAll(({ times }) => times.exactly(8_420))).toEqual(['8.4 s', '8,4~Sek.', '8,4~s', '8.4秒']);
    expect(inAll(({ times }) => times.exactly(250_000))).toEqual([
      '4 min 10 s',
      '4~Min. 10~Sek.',
      '4~min 10~s',
      '4分10秒',
    ]);
  });

  test('that are left are not counted at the very end, nor before they are known', () => {
    expect(inAll(({ run }) => run.left({ shown: 2000 }))).toEqual([
      'a few seconds left',
      'noch wenige Sekunden',
      'encore quelques secondes',
      '残り数秒',
    ]);
    expect(inAll(({ run }) => run.left(undefined))).toEqual(['', '', '', '']);
  });
});
