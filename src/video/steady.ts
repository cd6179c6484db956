/**
 * Networks enlarge each frame by itself, and what they make of a detail may change from frame to frame where the source
 * hardly does. There, and only by as much as the result changes more than the source, a frame is blended with the one
 * before it, along the movement of the source's blocks.
 *
 * The frame before is taken as the network made it, not as it was blended: so a frame depends on the one before it and no
 * other, and a render that goes on after a crash is the same as one that never stopped.
 */
import { movementOf } from './blocks.ts';
import { isCut } from './cut.ts';
import type { FlickerColours } from './flicker.ts';
import { lumaOf, type Luma } from './luma.ts';
import type { Planes } from './planes.ts';
import { amountsOf } from './steady-amounts.ts';
import { blended } from './steady-blend.ts';
import { refine } from './steady-refine.ts';

interface Frame {
  readonly source: Luma;
  /** Of the result, at the source's size. */
  readonly result: Luma;
  readonly enhanced: Planes;
}

export class Steady {
  private before: Frame | undefined;

  constructor(private readonly colours: FlickerColours) {}

  /**
   * The next frame, steadied: a copy, or `enhanced` itself where nothing is to be done. Keeps `enhanced` until the next
   * call has ended.
   */
  next(source: Planes, enhanced: Planes): Planes {
    const { width, height } = source;
    const after: Frame = {
      source: lumaOf(source, this.colours.source.fullRange, width, height),
      result: lumaOf(enhanced, this.colours.render.fullRange, width, height),
      enhanced,
    };
    const { before } = this;
    this.before = after;
    if (before === undefined || isCut(before.source, after.source)) return enhanced;

    const movement = movementOf(before.source, after.source);
    const amounts = amountsOf(
      movement,
      { before: before.source, after: after.source },
      { before: before.result, after: after.result },
    );
    if (amounts.every((amount) => amount === 0)) return enhanced;
    const refined = refine(movement, amounts, after.source, before.enhanced, enhanced);
    return blended(before.enhanced, enhanced, { ...refined, blocks: movement, amounts, width, height });
  }
}
