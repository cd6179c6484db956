/** Pictures made by code, and the one photo with a face, for the tests of Auto. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { parseCatalog } from '../../../src/catalog.ts';
import { loadedFile } from '../../../src/runtime/blend.ts';
import { nativeBackend } from '../../../src/runtime/native.ts';
import type { Detect } from '../../../src/subject/faces.ts';
import type { Picture } from '../../../src/subject/picture.ts';

type Rgba = readonly [number, number, number, number?];

/** A picture of what `sample` gives, 0..255, for each pixel; opaque unless said. */
export function painted(width: number, height: number, sample: (x: number, y: number) => Rgba): Picture {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b, a = 255] = sample(x, y);
      rgba.set([r, g, b, a], 4 * (y * width + x));
    }
  }
  return { width, height, rgba };
}

/** Discs and bars of five colours on a sixth, without antialiasing. */
export function drawing(width = 240, height = 180): Picture {
  const colours = [
    [200, 40, 60],
    [30, 90, 190],
    [250, 210, 60],
    [40, 150, 90],
    [20, 20, 30],
  ] as const;
  return painted(width, height, (x, y) => {
    const [column, row] = [Math.floor(x / 40), Math.floor(y / 40)];
    const [dx, dy] = [(x % 40) - 20, (y % 40) - 20];
    const colour = colours[(3 * column + row) % 5] ?? [0, 0, 0];
    const inside = row % 2 === 0 ? dx * dx + dy * dy < 225 : Math.abs(dx + dy / 2) < 6;
    return inside ? colour : [245, 240, 230];
  });
}

/** Hills of soft light with the grain of a sensor: smooth gradients, no flat place. */
export function photo(width = 240, height = 180): Picture {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const grain = (): number => 14 * (random() + random() + random() - 1.5);
  return painted(width, height, (x, y) => {
    const light = 110 + 60 * Math.sin(x / 31 + Math.sin(y / 23)) + 40 * Math.cos(y / 37 + x / 90);
    const texture = 18 * Math.sin(x / 1.7 + 3 * Math.sin(y / 5)) * Math.sin(y / 2.3 + x / 11);
    return [light + texture + grain(), 0.9 * light + texture + grain() + 10, 0.7 * light + grain() + 30];
  });
}

/** One person before a background, 256×256; `astronaut.md` says whence. */
export async function astronaut(): Promise<Picture> {
  const file = readFileSync(new URL('astronaut.jpg', import.meta.url));
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: new Uint8Array(data) };
}

/** The first picture with the second, shrunk to `side`×`side`, laid upon it. */
export async function pasted(
  ground: Picture,
  { width, height, rgba }: Picture,
  x: number,
  y: number,
  side: number,
): Promise<Picture> {
  const small = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .resize(side, side)
    .raw()
    .toBuffer();
  const result = Uint8ClampedArray.from(ground.rgba);
  for (let row = 0; row < side; row++) {
    result.set(small.subarray(4 * row * side, 4 * (row + 1) * side), 4 * ((y + row) * ground.width + x));
  }
  return { ...ground, rgba: result };
}

const models = new URL('../../../models/', import.meta.url);
export const { detector } = parseCatalog(JSON.parse(readFileSync(new URL('catalog.json', models), 'utf8')));

export function detectorFile(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(detector.file, models)));
}

/** Runs the shipped detector, as the shell does, and counts how often. */
export async function shippedDetector(): Promise<{
  detect: Detect;
  runs: () => number;
  close: () => Promise<void>;
}> {
  const signal = new AbortController().signal;
  const runner = await nativeBackend(loadedFile(detectorFile())).open(signal);
  let runs = 0;
  return {
    detect: (tile) => {
      runs++;
      return runner.run(tile, signal);
    },
    runs: () => runs,
    close: () => runner.dispose(),
  };
}
