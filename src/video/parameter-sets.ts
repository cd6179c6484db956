/**
 * What H.264's and HEVC's sequence parameter sets say and the container may not: depth, chroma, colours, pixel aspect,
 * whether there are fields.
 */
import { Bits } from './bits.ts';
import { colourNames } from './h273.ts';
import type { BitDepth, ColourTags } from './types.ts';

export interface SequenceFacts {
  readonly bitDepth: BitDepth;
  readonly chroma: '420' | '422' | '444';
  /** False: every frame is one picture. True: frames may be of two fields; which is first is not said here. */
  readonly mayHaveFields: boolean;
  readonly colour: Partial<ColourTags>;
  readonly pixelAspect: { readonly numerator: number; readonly denominator: number } | undefined;
}

/** Of the video usability information. */
type Usability = Pick<SequenceFacts, 'colour' | 'pixelAspect'>;

/** H.264, table E-1. */
const ASPECTS: readonly (readonly [number, number])[] = [
  [1, 1],
  [12, 11],
  [10, 11],
  [16, 11],
  [40, 33],
  [24, 11],
  [20, 11],
  [32, 11],
  [80, 33],
  [18, 11],
  [15, 11],
  [64, 33],
  [160, 99],
  [4, 3],
  [3, 2],
  [2, 1],
];
const OWN_ASPECT = 255;
/** Profiles whose sets say chroma and depth (H.264, § 7.3.2.1.1). */
const HIGH = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

const AVC_SEQUENCE = 7;
const HEVC_SEQUENCE = 33;

/**
 * Of a decoder's description (`avcC`, `hvcC`) or, without one, of a packet in byte-stream format. Undefined where there is
 * no set, or it cannot be understood.
 */
export function sequenceFacts(
  codec: 'avc' | 'hevc',
  description: Uint8Array | undefined,
  packet: Uint8Array | undefined,
): SequenceFacts | undefined {
  try {
    const unit = description ? unitOf(codec, description) : packet && unitInStream(codec, packet);
    return unit && (codec === 'avc' ? avcFacts(unit) : hevcFacts(unit));
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** ISO/IEC 14496-15 § 5.3.3.1 and 8.3.3.1: the first sequence parameter set. */
function unitOf(codec: 'avc' | 'hevc', description: Uint8Array): Uint8Array | undefined {
  const at = (index: number): number => description[index] ?? 0;
  if (codec === 'avc') {
    const length = at(6) * 256 + at(7);
    return (at(5) & 31) > 0 ? description.subarray(8, 8 + length) : undefined;
  }
  let next = 23;
  for (let array = 0; array < at(22); array++) {
    const type = at(next) & 63;
    const units = at(next + 1) * 256 + at(next + 2);
    next += 3;
    for (let unit = 0; unit < units; unit++) {
      const length = at(next) * 256 + at(next + 1);
      if (type === HEVC_SEQUENCE) return description.subarray(next + 2, next + 2 + length);
      next += 2 + length;
    }
  }
  return undefined;
}

/** Units begin after 0 0 1 (H.264, annex B). */
function unitInStream(codec: 'avc' | 'hevc', packet: Uint8Array): Uint8Array | undefined {
  for (let i = 0; i + 3 < packet.length; i++) {
    if (packet[i] !== 0 || packet[i + 1] !== 0 || packet[i + 2] !== 1) continue;
    const header = packet[i + 3] ?? 0;
    const type = codec === 'avc' ? header & 31 : (header >> 1) & 63;
    if (type === (codec === 'avc' ? AVC_SEQUENCE : HEVC_SEQUENCE)) return packet.subarray(i + 3);
  }
  return undefined;
}

/** H.264 § 7.3.2.1.1. */
function avcFacts(unit: Uint8Array): SequenceFacts {
  const bits = new Bits(unit);
  bits.skip(8);
  const profile = bits.read(8);
  bits.skip(16);
  bits.unsigned();
  let [chroma, depth] = [1, 8];
  if (HIGH.has(profile)) {
    chroma = bits.unsigned();
    if (chroma === 3) bits.skip(1);
    depth = 8 + bits.unsigned();
    bits.unsigned();
    bits.skip(1);
    if (bits.flag()) {
      for (let list = 0; list < (chroma === 3 ? 12 : 8); list++)
        if (bits.flag()) skipScaling(bits, list < 6 ? 16 : 64);
    }
  }
  bits.unsigned();
  const order = bits.unsigned();
  if (order === 0) bits.unsigned();
  else if (order === 1) {
    bits.skip(1);
    bits.signed();
    bits.signed();
    for (let left = bits.unsigned(); left > 0; left--) bits.signed();
  }
  bits.unsigned();
  bits.skip(1);
  bits.unsigned();
  bits.unsigned();
  const mayHaveFields = !bits.flag();
  if (mayHaveFields) bits.skip(1);
  bits.skip(1);
  if (bits.flag()) for (let side = 0; side < 4; side++) bits.unsigned();
  return { bitDepth: asDepth(depth), chroma: asChroma(chroma), mayHaveFields, ...usability(bits) };
}

/** § 7.3.2.1.1.1. */
function skipScaling(bits: Bits, size: number): void {
  let [last, next] = [8, 8];
  for (let i = 0; i < size && next !== 0; i++) {
    next = (last + bits.signed() + 256) % 256;
    if (next !== 0) last = next;
  }
}

/** H.265 § 7.3.2.2. */
function hevcFacts(unit: Uint8Array): SequenceFacts {
  const bits = new Bits(unit);
  bits.skip(16 + 4);
  const layers = bits.read(3);
  bits.skip(1);
  const mayHaveFields = profileTierLevel(bits, layers);
  bits.unsigned();
  const chroma = bits.unsigned();
  if (chroma === 3) bits.skip(1);
  bits.unsigned();
  bits.unsigned();
  if (bits.flag()) for (let side = 0; side < 4; side++) bits.unsigned();
  const depth = 8 + bits.unsigned();
  const known = { bitDepth: asDepth(depth), chroma: asChroma(chroma), mayHaveFields };
  bits.unsigned();
  const orderBits = 4 + bits.unsigned();
  for (let layer = bits.flag() ? 0 : layers; layer <= layers; layer++)
    for (let i = 0; i < 3; i++) bits.unsigned();
  for (let i = 0; i < 6; i++) bits.unsigned();
  if (bits.flag() && bits.flag()) skipScalingLists(bits);
  bits.skip(2);
  if (bits.flag()) {
    bits.skip(8);
    bits.unsigned();
    bits.unsigned();
    bits.skip(1);
  }
  skipReferenceSets(bits);
  if (bits.flag()) {
    const sets = bits.unsigned();
    bits.skip(sets * (orderBits + 1));
  }
  bits.skip(2);
  return { ...known, ...usability(bits) };
}

/** § 7.3.3. Whether the source may be of fields. */
function profileTierLevel(bits: Bits, layers: number): boolean {
  bits.skip(8 + 32);
  const [progressive, interlaced] = [bits.flag(), bits.flag()];
  bits.skip(46 + 8);
  const present = Array.from({ length: layers }, () => [bits.flag(), bits.flag()] as const);
  if (layers > 0) bits.skip(2 * (8 - layers));
  for (const [profile, level] of present) bits.skip((profile ? 88 : 0) + (level ? 8 : 0));
  return interlaced && !progressive;
}

/** § 7.3.4. */
function skipScalingLists(bits: Bits): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!bits.flag()) bits.unsigned();
      else {
        if (size > 1) bits.signed();
        for (let i = 0; i < Math.min(64, 2 ** (4 + 2 * size)); i++) bits.signed();
      }
    }
  }
}

/** § 7.3.7. */
function skipReferenceSets(bits: Bits): void {
  const count = bits.unsigned();
  let pictures = 0;
  for (let set = 0; set < count; set++) {
    if (set > 0 && bits.flag()) {
      bits.skip(1);
      bits.unsigned();
      let kept = 0;
      for (let picture = 0; picture <= pictures; picture++) {
        const used = bits.flag();
        if (used || bits.flag()) kept++;
      }
      pictures = kept;
    } else {
      const [before, after] = [bits.unsigned(), bits.unsigned()];
      pictures = before + after;
      for (let picture = 0; picture < pictures; picture++) {
        bits.unsigned();
        bits.skip(1);
      }
    }
  }
}

/** H.264 § E.1.1 and H.265 § E.2.1 begin alike. */
function usability(bits: Bits): Usability {
  if (!bits.flag()) return { colour: {}, pixelAspect: undefined };
  let aspect: readonly [number, number] | undefined;
  if (bits.flag()) {
    const index = bits.read(8);
    aspect = index === OWN_ASPECT ? [bits.read(16), bits.read(16)] : ASPECTS[index - 1];
  }
  const pixelAspect =
    aspect && aspect[0] > 0 && aspect[1] > 0 ? { numerator: aspect[0], denominator: aspect[1] } : undefined;
  if (bits.flag()) bits.skip(1);
  if (!bits.flag()) return { colour: {}, pixelAspect };
  bits.skip(3);
  const fullRange = bits.flag();
  if (!bits.flag()) return { colour: { fullRange }, pixelAspect };
  const codes = { primaries: bits.read(8), transfer: bits.read(8), matrix: bits.read(8) };
  return { colour: { ...colourNames(codes), fullRange }, pixelAspect };
}

function asDepth(bits: number): BitDepth {
  return bits <= 8 ? 8 : bits <= 10 ? 10 : 12;
}

function asChroma(format: number): '420' | '422' | '444' {
  return format === 2 ? '422' : format === 3 ? '444' : '420';
}
