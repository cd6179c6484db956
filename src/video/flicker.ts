/**
 * How steady a render is beside its source: the mean difference of successive frames, by the source's. Both at the
 * source's size, so that detail that the source cannot hold is not counted as flicker as long as it stays.
 */
import { isCut } from './cut.ts';
import { LUMA_UNIT, lumaOf, type Luma } from './luma.ts';
import type { Planes } from './planes.ts';
import type { ColourTags } from './types.ts';

/** In 8-bit codes: what nobody sees, so that a still source does not make everything flicker. */
const UNSEEN = 0.05;

export interface FlickerColours {
  readonly source: Pick<ColourTags, 'fullRange'>;
  readonly render: Pick<ColourTags, 'fullRange'>;
}

export class Flicker {
  private before: { readonly source: Luma; readonly render: Luma } | undefined;
  private pairs = 0;
  private source = 0;
  private render = 0;

  constructor(private readonly colours: FlickerColours) {}

  /** The next frame, and what became of it. Pairs across a cut are left out. */
  add(source: Planes, render: Planes): void {
    const { width, height } = source;
    const now = {
      source: lumaOf(source, this.colours.source.fullRange, width, height),
      render: lumaOf(render, this.colours.render.fullRange, width, height),
    };
    const { before } = this;
    this.before = now;
    if (before === undefined || isCut(before.source, now.source)) return;
    this.pairs++;
    this.source += meanDifference(before.source, now.source);
    this.render += meanDifference(before.render, now.render);
  }

  /** 1 is as steady as the source. */
  get ratio(): number {
    if (this.pairs === 0) return 1;
    return (this.render / this.pairs + UNSEEN) / (this.source / this.pairs + UNSEEN);
  }
}

/** In 8-bit codes. */
function meanDifference(one: Luma, other: Luma): number {
  let sum = 0;
  for (let at = 0; at < one.samples.length; at++) {
    const difference = (one.samples[at] as number) - (other.samples[at] as number);
    sum += difference < 0 ? -difference : difference;
  }
  return sum / one.samples.length / LUMA_UNIT;
}
