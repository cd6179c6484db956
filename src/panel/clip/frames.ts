/** Frames of a clip's file as pictures: the last few are kept, since a crop is asked for again and again. */
import type { FramePicture, RemasterJob } from '../../video/types.ts';
import type { Pixels } from '../pixels.ts';
import type { ClipVideo } from './video-client.ts';

const KEPT = 3;

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export class Frames {
  readonly #video: Pick<ClipVideo, 'picture'>;
  #pictures = new Map<string, Promise<FramePicture>>();

  constructor(video: Pick<ClipVideo, 'picture'>) {
    this.#video = video;
  }

  /** Another file may lie at a path, and a run needs the memory. */
  forget(): void {
    this.#pictures.clear();
  }

  /** Of the source, whatever range the job has. */
  of(path: string, job: RemasterJob, frame: number): Promise<FramePicture> {
    const { rate, pixelAspect, rotation, fields, colour } = job;
    const key = JSON.stringify([path, frame, rate, pixelAspect, rotation, fields, colour]);
    const known = this.#pictures.get(key);
    const only = { ...job, first: frame, end: frame + 1 };
    const picture = known ?? this.#video.picture(path, only, frame, new AbortController().signal);
    // The latest asked for is the last to go.
    this.#pictures.delete(key);
    this.#pictures.set(key, picture);
    picture.catch(() => this.#pictures.delete(key));
    for (const oldest of this.#pictures.keys()) {
      if (this.#pictures.size <= KEPT) break;
      this.#pictures.delete(oldest);
    }
    return picture;
  }
}

/** A part of a picture; transparent where it has none. */
export function regionOf(of: FramePicture, { left, top, width, height }: Rectangle): Pixels {
  const rgba = new Uint8ClampedArray(4 * width * height);
  const [from, to] = [Math.max(0, left), Math.min(of.width, left + width)];
  if (to > from) {
    for (let row = Math.max(0, top); row < Math.min(of.height, top + height); row += 1) {
      const start = 4 * (row * of.width + from);
      rgba.set(of.rgba.subarray(start, start + 4 * (to - from)), 4 * ((row - top) * width + from - left));
    }
  }
  return { width, height, rgba };
}

/** A smaller copy for a card or for Auto: the mean of the pixels that fall on one. */
export function shrunk(picture: FramePicture, side: number): FramePicture {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y += 1) {
    const [top, bottom] = span(y, height, picture.height);
    for (let x = 0; x < width; x += 1) {
      const [left, right] = span(x, width, picture.width);
      const sum = [0, 0, 0, 0];
      for (let row = top; row < bottom; row += 1) {
        for (let at = 4 * (row * picture.width + left); at < 4 * (row * picture.width + right); at += 4) {
          for (let c = 0; c < 4; c += 1) sum[c] = (sum[c] ?? 0) + (picture.rgba[at + c] ?? 0);
        }
      }
      const pixels = (bottom - top) * (right - left);
      rgba.set(
        sum.map((each) => each / pixels),
        4 * (y * width + x),
      );
    }
  }
  return { width, height, rgba };
}

function span(at: number, of: number, whole: number): readonly [number, number] {
  const from = Math.floor((at * whole) / of);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * whole) / of))];
}
