/**
 * Apple ProRes 422 HQ, written after SMPTE RDD 36:2015, “Apple ProRes Bitstream Syntax and Decoding Process”: progressive,
 * 4:2:2, 10 bit, any size. No code of another encoder is in it.
 *
 * **Whether to ship it is the founders' to decide.** The bitstream is published, but as a disclosure: neither SMPTE nor
 * RDD 36 grants a licence, and “ProRes” is Apple's trademark. Apple licenses encoders to companies for named products,
 * keeps a list of them, and advises users against any other (Apple ProRes white paper, “Authorized Apple ProRes
 * Implementations”; contact: the ProRes Program Office). This folder stands by itself: without it, and without its one
 * registration among the codecs, everything else works as before.
 */
import type { Planes } from '../planes.ts';
import { planeSize } from '../planes.ts';
import { Bits } from './bits.ts';
import { writeFrameHeader, writePictureHeader, type FrameFacts } from './header.ts';
import {
  MOST_SLICE_BYTES,
  reciprocals,
  sliceCoefficients,
  transformSlice,
  writeSlice,
  type Component,
  type Components,
  type SliceCoefficients,
} from './slice.ts';
import { MACROBLOCK, MOST_QUANTISER, sliceSizes } from './tables.ts';

export const PRORES_FOURCC = 'apch';

/**
 * The quality that every frame has unless it would grow too large. 2 is a step of two 10-bit codes, an error below a
 * third of an 8-bit code: nobody sees it, and another generation adds none.
 */
const BEST_QUANTISER = 2;

/**
 * Bits of a macroblock at most. Apple's target for HQ is 220 Mb/s at 1920×1080, 29.97 frames a second, so 900; smaller
 * pictures have more to a macroblock (“Target Data Rates” in the same paper: 63 Mb/s at 720×486).
 */
const BITS_LARGE = 900;
const BITS_SMALL = 810_000;

/** So many slices are tried before a frame is written, so that it is seldom written twice. */
const TRIED = 48;
/** Steps from slice to slice that spread whatever their number: the golden ratio's. */
const SPREAD = (Math.sqrt(5) - 1) / 2;
/** What the tried ones may take of the bound, since they may be simpler than the rest. */
const TRIED_SHARE = 0.95;

interface Place {
  readonly column: number;
  readonly row: number;
  readonly macroblocks: number;
}

export class ProresEncoder {
  /** What a frame takes at most, but for noise that no quantiser brings below it. */
  readonly mostBytes: number;
  private readonly places: readonly Place[];
  private readonly macroblocks: number;
  private readonly tried: readonly { readonly place: Place; readonly coefficients: SliceCoefficients }[];
  private readonly coefficients = sliceCoefficients();
  private readonly bits: Bits;
  private readonly scratch = new Bits(MOST_SLICE_BYTES);
  private readonly factors = new Map<number, Float64Array>();

  constructor(private readonly facts: FrameFacts) {
    const columns = Math.ceil(facts.width / MACROBLOCK);
    const rows = Math.ceil(facts.height / MACROBLOCK);
    this.places = Array.from({ length: rows }, (_, row) => slicesOfRow(columns, row)).flat();
    this.macroblocks = columns * rows;
    this.mostBytes = Math.ceil((BITS_LARGE * this.macroblocks + BITS_SMALL) / 8);
    this.tried = spread(this.places, TRIED).map((place) => ({ place, coefficients: sliceCoefficients() }));
    this.bits = new Bits(64 * 1024);
  }

  /**
   * One frame, by itself: what it becomes depends on nothing before it. The planes are 4:2:2, 10 bit, of limited range,
   * since ProRes cannot say that a range is full.
   */
  encode(planes: Planes): Uint8Array<ArrayBuffer> {
    const components = componentsOf(planes);
    let quantiser = this.firstQuantiser(components);
    while (!this.write(components, quantiser)) {
      quantiser = Math.min(MOST_QUANTISER, quantiser + 1 + (quantiser >> 3));
    }
    return this.bits.bytes.slice(0, this.bits.position);
  }

  /** The best quantiser by which a sample of the slices stays within the bound. */
  private firstQuantiser(components: Components): number {
    let macroblocks = 0;
    for (const { place, coefficients } of this.tried) {
      transformSlice(components, place.column, place.row, place.macroblocks, coefficients);
      macroblocks += place.macroblocks;
    }
    const most = this.mostBytes * TRIED_SHARE * (macroblocks / this.macroblocks);
    let low = BEST_QUANTISER;
    let high = MOST_QUANTISER;
    let middle = low;
    while (low < high) {
      if (this.triedBytes(middle) <= most) high = middle;
      else low = middle + 1;
      // Bytes go about with the quantiser's logarithm.
      middle = Math.floor(Math.sqrt(low * high));
    }
    return low;
  }

  private triedBytes(quantiser: number): number {
    let bytes = 0;
    for (const { coefficients } of this.tried) {
      this.scratch.position = 0;
      writeSlice(this.scratch, coefficients, quantiser, this.factorsOf(quantiser));
      bytes += this.scratch.position;
    }
    return bytes;
  }

  /** Writes the frame into `bits`; false, when it has grown beyond the bound and there is a coarser quantiser. */
  private write(components: Components, quantiser: number): boolean {
    const { bits, places, facts } = this;
    bits.position = 0;
    bits.reserve(MOST_SLICE_BYTES + 2 * places.length);
    writeFrameHeader(bits, facts);
    const picture = bits.position;
    writePictureHeader(bits, places.length);
    let size = bits.position;
    bits.position += 2 * places.length;
    for (const { column, row, macroblocks } of places) {
      const start = bits.position;
      transformSlice(components, column, row, macroblocks, this.coefficients);
      writeSlice(bits, this.coefficients, quantiser, this.factorsOf(quantiser));
      bits.setWord(size, bits.position - start);
      size += 2;
      if (bits.position > this.mostBytes && quantiser < MOST_QUANTISER) return false;
    }
    bits.setLong(picture + 1, bits.position - picture);
    bits.setLong(0, bits.position);
    return true;
  }

  private factorsOf(quantiser: number): Float64Array {
    const known = this.factors.get(quantiser);
    if (known !== undefined) return known;
    const made = reciprocals(quantiser);
    this.factors.set(quantiser, made);
    return made;
  }
}

function slicesOfRow(columns: number, row: number): Place[] {
  let column = 0;
  return sliceSizes(columns).map((macroblocks) => {
    const place = { column, row, macroblocks };
    column += macroblocks;
    return place;
  });
}

function spread(places: readonly Place[], count: number): Place[] {
  if (places.length <= count) return [...places];
  const chosen = new Set<Place>();
  for (let step = 1; chosen.size < count; step++) {
    chosen.add(places[Math.floor(((step * SPREAD) % 1) * places.length)] as Place);
  }
  return [...chosen];
}

function componentsOf(planes: Planes): Components {
  if (planes.format !== 'yuv422' || planes.depth !== 10) throw new Error('ProRes takes 4:2:2 of 10 bits');
  const component = (index: 0 | 1 | 2): Component => ({
    samples: planes.planes[index],
    stride: planes.strides[index],
    ...planeSize(planes, index),
  });
  return [component(0), component(1), component(2)];
}
