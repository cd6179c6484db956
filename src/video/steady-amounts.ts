import { windowOf, type Movement, type Window } from './blocks.ts';
import { LUMA_UNIT, type Luma } from './luma.ts';

export interface LumaPair {
  readonly before: Luma;
  readonly after: Luma;
}

/** In 8-bit codes: a difference that nobody sees, in source and result alike. */
const UNSEEN = 0.1;
/** By how much the result may differ more than the source before anything is done. */
const BEARABLE = 1.03;
/** Side of the cells whose means tell movement that was not found from noise. */
const CELL = 4;
/** In 8-bit codes: cells that differ less are alike. */
const CELL_ALIKE = 0.75;
/**
 * The difference of cells by the difference of pixels: of noise about a quarter, half of coarse grain, and near 1 where
 * something else is there. Below the first a block matches, beyond the second it does not.
 */
const MATCHES = 0.5;
const DIFFERS = 0.8;

/** Of each block, how much of the frame before goes into the blend: 0 to ½. */
export function amountsOf(movement: Movement, source: LumaPair, result: LumaPair): Float32Array {
  const { columns, rows, vectors } = movement;
  const amounts = new Float32Array(columns * rows);
  for (let block = 0; block < amounts.length; block++) {
    const window = windowOf(movement, block, source.after);
    const x = vectors[2 * block] as number;
    const y = vectors[2 * block + 1] as number;
    const ofSource = differences(source, window, x, y);
    const ofResult = differences(result, window, x, y);
    const ratio = (ofSource.pixels + UNSEEN) / (ofResult.pixels + UNSEEN);
    if (BEARABLE * ratio < 1) amounts[block] = shareOfBefore(ratio) * matching(ofSource);
  }
  return amounts;
}

/**
 * Let what flickers be n, new with every frame. Successive frames differ by n(k) − n(k−1), of variance 2; blended, by
 * (1−a) n(k) + (2a−1) n(k−1) − a n(k−2), of variance 2 − 6a + 6a². For that to be `ratio`² of the former:
 * a² − a + (1 − ratio²) / 3 = 0. Below ratio ½ there is no such a, and ½ takes out most.
 */
function shareOfBefore(ratio: number): number {
  return (1 - Math.sqrt(Math.max(0, 1 - (4 / 3) * (1 - ratio * ratio)))) / 2;
}

function matching({ pixels, cells }: { readonly pixels: number; readonly cells: number }): number {
  if (cells <= CELL_ALIKE) return 1;
  const share = (cells - CELL_ALIKE) / pixels;
  const place = Math.min(1, Math.max(0, (DIFFERS - share) / (DIFFERS - MATCHES)));
  return place * place * (3 - 2 * place);
}

/** Mean differences along a vector, in 8-bit codes: of single pixels, and of the means of cells. */
function differences(
  { before, after }: LumaPair,
  { left, top, right, bottom }: Window,
  x: number,
  y: number,
): { readonly pixels: number; readonly cells: number } {
  const { width, samples: now } = after;
  const then = before.samples;
  const away = y * width + x;
  let pixels = 0;
  let cells = 0;
  for (let cellTop = top; cellTop < bottom; cellTop += CELL) {
    const cellBottom = Math.min(bottom, cellTop + CELL);
    for (let cellLeft = left; cellLeft < right; cellLeft += CELL) {
      const cellRight = Math.min(right, cellLeft + CELL);
      let sum = 0;
      for (let row = cellTop; row < cellBottom; row++) {
        for (let at = row * width + cellLeft; at < row * width + cellRight; at++) {
          const difference = (now[at] as number) - (then[at + away] as number);
          sum += difference;
          pixels += difference < 0 ? -difference : difference;
        }
      }
      cells += sum < 0 ? -sum : sum;
    }
  }
  const unit = LUMA_UNIT * (right - left) * (bottom - top);
  return { pixels: pixels / unit, cells: cells / unit };
}
