/** Whether a face is still the same person's, by dlib's face recognition network. */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { imresize, KERNELS } from '../../check/imresize.ts';
import { crop, type Picture } from '../../check/picture.ts';
import { MEANS, SIDE } from '../networks/face-recognition.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The square about a box's middle, as large as its longer side and the picture allow, moved into the picture. */
export function squareAround(box: Box, picture: Pick<Picture, 'width' | 'height'>): Box {
  const side = Math.min(Math.max(box.width, box.height), picture.width, picture.height);
  const within = (middle: number, size: number): number =>
    Math.min(size - side, Math.max(0, Math.round(middle - side / 2)));
  return {
    x: within(box.x + box.width / 2, picture.width),
    y: within(box.y + box.height / 2, picture.height),
    width: side,
    height: side,
  };
}

/** 128 numbers for the face in the box, of RGB in 0..255. */
export async function embedding(
  recognition: InferenceSession,
  picture: Picture,
  face: Box,
): Promise<Float32Array> {
  const { x, y, width, height } = squareAround(face, picture);
  const small = imresize(crop(picture, x, y, width, height), SIDE, SIDE, KERNELS.triangle);
  const data = small.data.map((sample, at) => (sample - (MEANS[Math.floor(at / SIDE ** 2)] ?? NaN)) / 255);
  const { embedding: output } = await recognition.run({
    data: new Tensor('float32', data, [1, 3, SIDE, SIDE]),
  });
  if (!(output?.data instanceof Float32Array)) throw new Error('the network gave no embedding');
  return output.data;
}

/** −1 to 1. */
export function cosine(one: Float32Array, other: Float32Array): number {
  let [both, ones, others] = [0, 0, 0];
  one.forEach((value, at) => {
    const against = other[at] ?? NaN;
    both += value * against;
    ones += value ** 2;
    others += against ** 2;
  });
  return both / Math.sqrt(ones * others);
}
