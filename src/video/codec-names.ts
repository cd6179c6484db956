/** Codecs by the names that editors know, and what their parameter strings say. */
import type { ClipFacts } from './types.ts';

const KNOWN: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
};

/** By four characters of an MP4 or QuickTime file, or a name of Matroska's; compared without case. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^apch/, 'ProRes 422 HQ'],
  [/^apcn/, 'ProRes 422'],
  [/^apcs/, 'ProRes 422 LT'],
  [/^apco/, 'ProRes 422 Proxy'],
  [/^ap4h/, 'ProRes 4444'],
  [/^ap4x/, 'ProRes 4444 XQ'],
  [/^aprn|^aprh/, 'ProRes RAW'],
  [/^avd[nh]|dnx/, 'DNxHD'],
  [/^dv(c|cp|5|h|pp)|^dvsd/, 'DV'],
  [/^(mp2v|m2v1|xd|hdv|mx[345])|mpeg2/, 'MPEG-2'],
  [/^m1v|mpeg1/, 'MPEG-1'],
  [/^(mp4v|divx|xvid)|mpeg4\/iso\/(asp|sp|ap)/, 'MPEG-4'],
  [/^(mjp|jpeg|avdj)|mjpeg/, 'Motion JPEG'],
  [/^cfhd/, 'CineForm'],
  [/^(v210|v216|2vuy|yuv2|v308|v408|v410|raw )|uncompressed/, 'Uncompressed'],
  [/^rle /, 'Animation'],
  [/^png /, 'PNG'],
  [/^h263|^s263/, 'H.263'],
  [/^(svq|cvid)/, 'an early QuickTime codec'],
  [/^vvc|^vvi/, 'VVC'],
  [/theora/, 'Theora'],
  [/ffv1/, 'FFV1'],
  [/vfw\/fourcc/, 'a codec of Video for Windows'],
];

/** For the user. `internal` is as the container has it: letters, a number of MPEG-TS, or nothing. */
export function codecNameOf(codec: string | null, internal: string | number | Uint8Array | null): string {
  const letters = typeof internal === 'string' ? internal : '';
  const named = OTHERS.find(([pattern]) => pattern.test(letters.toLowerCase()))?.[1];
  // ProRes has kinds; of the others the file's letters tell nothing more.
  if (codec && codec !== 'prores') return KNOWN[codec] ?? codec;
  if (named) return named;
  if (codec) return KNOWN[codec] ?? codec;
  return letters.trim() === '' ? 'an unknown codec' : `“${letters.trim()}”`;
}

/** Of WebCodecs' strings: `vp09.PP.LL.DD.CC…` (WebM's binding), `av01.P.LLT.DD.M.CCC…` (AV1's), ProRes's letters. */
export function depthOfCodec(codec: string): Pick<ClipFacts, 'bitDepth' | 'chroma'> {
  const [name = '', profile = '', , depth = '', ...rest] = codec.split('.');
  if (name === 'vp09') {
    const chroma = rest[0] ?? '01';
    return {
      bitDepth: asDepth(Number(depth) || (Number(profile) >= 2 ? 10 : 8)),
      chroma: chroma === '03' ? '444' : chroma === '02' ? '422' : '420',
    };
  }
  if (name === 'av01') {
    const chroma = rest[1] ?? (profile === '1' ? '000' : '110');
    return {
      bitDepth: asDepth(Number(depth) || 8),
      chroma: chroma.startsWith('00') ? '444' : chroma.startsWith('10') ? '422' : '420',
    };
  }
  if (name.startsWith('ap4')) return { bitDepth: 12, chroma: '444' };
  if (name.startsWith('apc')) return { bitDepth: 10, chroma: '422' };
  return { bitDepth: 8, chroma: '420' };
}

function asDepth(bits: number): ClipFacts['bitDepth'] {
  return bits <= 8 ? 8 : bits <= 10 ? 10 : 12;
}
