/** Levels: which one a size, rate and bitrate need, and how a codec with it is named. */

export type LeveledCodec = 'h264' | 'hevc' | 'av1' | 'vp9';

/** Pixels of a picture, pixels a second, and kbit/s where the bitrate decides too; then how the level is named. */
type Level = readonly [picture: number, perSecond: number, kilobits: number, name: string];

const MACROBLOCK = 256;
const avc = (macroblocks: number, perSecond: number, kilobits: number, name: string): Level => [
  macroblocks * MACROBLOCK,
  perSecond * MACROBLOCK,
  kilobits,
  name,
];

const levels: Readonly<Record<LeveledCodec, readonly Level[]>> = {
  // ITU-T H.264, table A-1, from 3 up; High may have a quarter more, but Chromium refuses that.
  h264: [
    avc(1_620, 40_500, 10_000, '1e'),
    avc(3_600, 108_000, 14_000, '1f'),
    avc(5_120, 216_000, 20_000, '20'),
    avc(8_192, 245_760, 20_000, '28'),
    avc(8_192, 245_760, 50_000, '29'),
    avc(8_704, 522_240, 50_000, '2a'),
    avc(22_080, 589_824, 135_000, '32'),
    avc(36_864, 983_040, 240_000, '33'),
    avc(36_864, 2_073_600, 240_000, '34'),
    avc(139_264, 4_177_920, 240_000, '3c'),
    avc(139_264, 8_355_840, 480_000, '3d'),
    avc(139_264, 16_711_680, 800_000, '3e'),
  ],
  // ITU-T H.265, tables A.8 and A.9, from 3 up; the tier is the high one where the main one's bitrate is too low.
  hevc: [
    [552_960, 16_588_800, 6_000, 'L90'],
    [983_040, 33_177_600, 10_000, 'L93'],
    [2_228_224, 66_846_720, 12_000, 'L120'],
    [2_228_224, 66_846_720, 30_000, 'H120'],
    [2_228_224, 133_693_440, 50_000, 'H123'],
    [8_912_896, 267_386_880, 100_000, 'H150'],
    [8_912_896, 534_773_760, 160_000, 'H153'],
    [8_912_896, 1_069_547_520, 240_000, 'H156'],
    [35_651_584, 1_069_547_520, 240_000, 'H180'],
    [35_651_584, 2_139_095_040, 480_000, 'H183'],
    [35_651_584, 4_278_190_080, 800_000, 'H186'],
  ],
  // VP9 levels (webmproject.org/vp9/levels); their bitrates are for streaming, and exceeded by high quality.
  vp9: [
    [36_864, 829_440, Infinity, '10'],
    [73_728, 2_764_800, Infinity, '11'],
    [122_880, 4_608_000, Infinity, '20'],
    [245_760, 9_216_000, Infinity, '21'],
    [552_960, 20_736_000, Infinity, '30'],
    [983_040, 36_864_000, Infinity, '31'],
    [2_228_224, 83_558_400, Infinity, '40'],
    [2_228_224, 160_432_128, Infinity, '41'],
    [8_912_896, 311_951_360, Infinity, '50'],
    [8_912_896, 588_251_136, Infinity, '51'],
    [8_912_896, 1_176_502_272, Infinity, '52'],
    [35_651_584, 1_176_502_272, Infinity, '60'],
    [35_651_584, 2_353_004_544, Infinity, '61'],
    [35_651_584, 4_706_009_088, Infinity, '62'],
  ],
  // AV1, annex A.3; as for VP9.
  av1: [
    [147_456, 4_423_680, Infinity, '00'],
    [278_784, 8_363_520, Infinity, '01'],
    [665_856, 19_975_680, Infinity, '04'],
    [1_065_024, 31_950_720, Infinity, '05'],
    [2_359_296, 70_778_880, Infinity, '08'],
    [2_359_296, 141_557_760, Infinity, '09'],
    [8_912_896, 267_386_880, Infinity, '12'],
    [8_912_896, 534_773_760, Infinity, '13'],
    [8_912_896, 1_069_547_520, Infinity, '14'],
    [35_651_584, 1_069_547_520, Infinity, '16'],
    [35_651_584, 2_139_095_040, Infinity, '17'],
    [35_651_584, 4_278_190_080, Infinity, '18'],
  ],
};

/**
 * The lowest level that holds it; where none has the rate or the bitrate, the highest that has the size, and its bitrate.
 * Undefined where the picture is larger than any level's.
 */
export function levelOf(
  codec: LeveledCodec,
  bitDepth: 8 | 10,
  width: number,
  height: number,
  framesPerSecond: number,
  bitrate: number,
): { readonly codec: string; readonly bitrate: number } | undefined {
  // H.264 counts whole macroblocks.
  const unit = codec === 'h264' ? 16 : 1;
  const pixels = Math.ceil(width / unit) * Math.ceil(height / unit) * unit * unit;
  const large = levels[codec].filter(([picture]) => pixels <= picture);
  const fast = large.filter(([, perSecond]) => pixels * framesPerSecond <= perSecond);
  const level = fast.find(([, , kilobits]) => bitrate <= kilobits * 1000) ?? fast.at(-1) ?? large.at(-1);
  if (!level) return undefined;
  return {
    codec: codecString(codec, bitDepth, level[3]),
    bitrate: Math.round(Math.min(bitrate, level[2] * 1000)),
  };
}

/** RFC 6381 and each codec's binding to it. */
function codecString(codec: LeveledCodec, bitDepth: 8 | 10, level: string): string {
  const depth = bitDepth === 8 ? '08' : '10';
  switch (codec) {
    case 'h264':
      return `avc1.6400${level}`;
    case 'hevc':
      return bitDepth === 8 ? `hvc1.1.6.${level}.B0` : `hvc1.2.4.${level}.B0`;
    case 'vp9':
      return `vp09.${bitDepth === 8 ? '00' : '02'}.${level}.${depth}`;
    case 'av1':
      return `av01.0.${level}M.${depth}`;
  }
}
