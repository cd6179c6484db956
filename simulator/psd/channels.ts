/** Pixels of a layer as PSD channel data: RLE (PackBits) at 8 bits; raw big-endian at 16 and 32. */
import { isEmpty, width } from '../photoshop/bounds.ts';
import type { Bounds } from '../photoshop/interface.ts';
import type { Contents, Layer } from '../photoshop/model.ts';
import { componentsOf } from '../photoshop/modes.ts';
import type { Depth, Samples, Surface } from '../photoshop/surface.ts';
import { modeNumber } from './names.ts';
import { packBits } from './packbits.ts';
import { RAW, RLE } from './rows.ts';
import { join, view } from './sections.ts';

/** ag-psd's `LayerRawData` with plain numbers: its enums do not exist for a compiler that sees one file at a time. */
export interface RawLayer {
  readonly colorMode: number;
  readonly bitsPerChannel: number;
  readonly channels: RawChannel[];
  readonly large: boolean;
}

interface RawChannel {
  readonly id: number;
  readonly compression: number;
  readonly data: Uint8Array | undefined;
}

export interface EncodedLayer {
  readonly bounds: { left: number; top: number; right: number; bottom: number };
  readonly maskBounds: {
    readonly bounds: Bounds;
    readonly outside: number;
    readonly disabled: boolean;
  } | null;
  readonly raw: RawLayer;
}

/** Rows read from a surface at once. */
const BAND = 256;

export function encodeChannels(layer: Layer, bounds: Bounds, contents: Contents, psb: boolean): EncodedLayer {
  const depth: Depth = contents.depth === 1 ? 8 : contents.depth;
  const colours = componentsOf(contents) - 1;
  const place = layer.pixels && !isEmpty(bounds) ? bounds : { left: 0, top: 0, right: 0, bottom: 0 };
  const ids = [...(layer.background ? [] : [-1]), ...Array.from({ length: colours }, (_, i) => i)];
  const encoders = ids.map(() => new ChannelEncoder(depth, psb));
  if (layer.pixels && !isEmpty(place)) {
    const { pixels } = layer;
    eachBand(pixels, place, (samples, across) => {
      ids.forEach((id, i) => {
        encoders[i]?.add(samples, pixels.components, id < 0 ? pixels.components - 1 : id, across);
      });
    });
  }
  const empty = isEmpty(place);
  const channels = ids.map((id, i) => channel(id, empty ? undefined : encoders[i]));
  const { mask } = layer;
  if (mask) {
    const encoder = new ChannelEncoder(depth, psb);
    if (!isEmpty(mask.bounds)) {
      eachBand(mask.surface, mask.bounds, (samples, across) => encoder.add(samples, 1, 0, across));
    }
    channels.push(channel(-2, isEmpty(mask.bounds) ? undefined : encoder));
  }
  return {
    bounds: { ...place },
    maskBounds: mask ? { bounds: mask.bounds, outside: mask.outside, disabled: mask.disabled } : null,
    raw: { colorMode: modeNumber(contents.mode), bitsPerChannel: depth, channels, large: psb },
  };
}

const channel = (id: number, encoder: ChannelEncoder | undefined): RawChannel => ({
  id: id,
  compression: encoder ? encoder.compression : RAW,
  data: encoder?.finish(),
});

function eachBand(surface: Surface, bounds: Bounds, visit: (samples: Samples, across: number) => void): void {
  for (let top = bounds.top; top < bounds.bottom; top += BAND) {
    const band = { ...bounds, top, bottom: Math.min(bounds.bottom, top + BAND) };
    visit(surface.read(band), width(band));
  }
}

/** One channel, row by row. */
export class ChannelEncoder {
  readonly compression: number;
  private readonly depth: Depth;
  private readonly psb: boolean;
  private readonly rows: Uint8Array[] = [];

  constructor(depth: Depth, psb: boolean) {
    this.depth = depth;
    this.psb = psb;
    this.compression = depth === 8 ? RLE : RAW;
  }

  /** Rows of interleaved samples, of which one component is this channel. */
  add(samples: Samples, components: number, component: number, across: number): void {
    const down = samples.length / components / across;
    const { depth } = this;
    for (let y = 0; y < down; y++) {
      const row = new Uint8Array((across * depth) / 8);
      let from = y * across * components + component;
      if (depth === 8) {
        for (let x = 0; x < across; x++, from += components) row[x] = samples[from] ?? 0;
      } else if (depth === 16) {
        for (let at = 0; at < row.length; at += 2, from += components) {
          const value = samples[from] ?? 0;
          row[at] = value >> 8;
          row[at + 1] = value;
        }
      } else {
        const data = view(row);
        for (let x = 0; x < across; x++, from += components) data.setFloat32(x * 4, samples[from] ?? 0);
      }
      this.rows.push(depth === 8 ? packBits(row) : row);
    }
  }

  /** The lengths of the packed rows, where they are packed. */
  lengths(): Uint8Array {
    if (this.compression === RAW) return new Uint8Array();
    const bytes = new Uint8Array(this.rows.length * (this.psb ? 4 : 2));
    const data = view(bytes);
    this.rows.forEach((row, y) => {
      if (this.psb) data.setUint32(y * 4, row.length);
      else data.setUint16(y * 2, row.length);
    });
    return bytes;
  }

  get body(): readonly Uint8Array[] {
    return this.rows;
  }

  finish(): Uint8Array {
    return join([this.lengths(), ...this.rows]);
  }
}
