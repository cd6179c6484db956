/** The picture of a test clip: which frame it is, in black and white along the top, over something that moves. */

/** 15 bits of the number and one that makes the count of white blocks odd, in two rows along the top quarter. */
const COLUMNS = 8;
const ROWS = 2;
const BITS = COLUMNS * ROWS - 1;

/** The white blocks of frame `number`, row by row, the highest bit first. */
function blocksOf(number: number): readonly boolean[] {
  const bits = Array.from({ length: BITS }, (_, at) => ((number >> (BITS - 1 - at)) & 1) === 1);
  return [...bits, bits.filter(Boolean).length % 2 === 0];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Which frame a picture is, by the middles of its blocks. `light` is anything that grows with brightness, from 0 to
 * `white`. Throws where no number can be read, as from a picture that is turned.
 */
export function frameNumber(
  light: (x: number, y: number) => number,
  { width, height }: Size,
  white = 255,
): number {
  let number = 0;
  let count = 0;
  for (let block = 0; block < COLUMNS * ROWS; block += 1) {
    const x = Math.floor((((block % COLUMNS) + 0.5) * width) / COLUMNS);
    const y = Math.floor(((Math.floor(block / COLUMNS) + 0.5) * height) / (4 * ROWS));
    const bit = light(x, y) > white / 2;
    if (bit) count += 1;
    if (block < BITS) number = number * 2 + (bit ? 1 : 0);
  }
  if (count % 2 === 0) throw new Error('The picture shows no frame number.');
  return number;
}

/** As `frameNumber`, of interleaved 8-bit pixels. */
export function frameNumberOf(pixels: ArrayLike<number>, size: Size, channels = 4): number {
  const light = (x: number, y: number): number => {
    const at = (y * size.width + x) * channels;
    return channels < 3 ? (pixels[at] ?? 0) : pixels[at + 1] || 0;
  };
  return frameNumber(light, size);
}

/** Luma and both chromas at a place of an upright picture, 0..1, where 0.5 is no chroma. */
export type Paint = (x: number, y: number) => readonly [luma: number, cb: number, cr: number];

/**
 * The upright picture at a time in frames: soft blobs and stripes that move to the left, and a bright block that goes
 * right by a twentieth of the width a frame. All colours lie within RGB.
 */
export function paintOf(number: number, time: number, { width, height }: Size): Paint {
  const blocks = blocksOf(number);
  const left = (time / 20 - Math.floor(time / 20)) * width;
  return (x, y) => {
    const row = Math.floor((y * 4 * ROWS) / height);
    if (row < ROWS) return [blocks[row * COLUMNS + Math.floor((x * COLUMNS) / width)] ? 1 : 0, 0.5, 0.5];
    if (y > height * 0.6 && y < height * 0.8 && (x - left + width) % width < width / 8)
      return [0.9, 0.5, 0.5];
    const at = x + 2 * time;
    return [
      0.5 + 0.2 * Math.sin(at / 5.3) * Math.cos(y / 7.1) + 0.08 * Math.sin((0.7 * at - y) / 3.7),
      0.5 + 0.12 * Math.sin(at / 17 + y / 23),
      0.5 + 0.12 * Math.cos(at / 19 - y / 13),
    ];
  };
}
