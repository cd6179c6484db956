/**
 * A distance of two pictures by the features of a classifier, after Zhang et al., "The unreasonable effectiveness of deep
 * features as a perceptual metric", 2018 (LPIPS): each feature map is scaled to unit length along its channels at every
 * place, the squared differences are summed over the channels and averaged over the places, and the layers averaged.
 *
 * It is not LPIPS: the classifier is another, and nothing weighs the channels by what people said. It orders ways of
 * enlarging; its numbers mean nothing beside those of a paper.
 */
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { Picture } from '../../check/picture.ts';
import { FEATURES } from '../networks/mobilenet.ts';

/** `channels · places` floats of unit length along the channels, or of none where all of them are zero. */
export interface FeatureMap {
  readonly channels: number;
  readonly places: number;
  readonly data: Float32Array;
}

/** Of RGB in 0..255. */
export async function features(mobilenet: InferenceSession, picture: Picture): Promise<FeatureMap[]> {
  const { width, height } = picture;
  const data = picture.data.map((sample) => sample / 255);
  const outputs = await mobilenet.run({ data: new Tensor('float32', data, [1, 3, height, width]) });
  return FEATURES.map((name) => {
    const output = outputs[name];
    if (!(output?.data instanceof Float32Array)) throw new Error(`the classifier gave no ${name}`);
    const [, channels = 0, rows = 0, columns = 0] = output.dims;
    return unitLength({ channels, places: rows * columns, data: output.data });
  });
}

/** From 0 for the same features to 2 for opposite ones; of maps of the same shapes. */
export function featureDistance(one: readonly FeatureMap[], other: readonly FeatureMap[]): number {
  const distances = one.map(({ places, data }, layer) => {
    const others = other[layer]?.data;
    if (others?.length !== data.length) throw new RangeError('features of pictures of different sizes');
    let sum = 0;
    for (let at = 0; at < data.length; at++) sum += ((data[at] ?? NaN) - (others[at] ?? NaN)) ** 2;
    return sum / places;
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

export function unitLength({ channels, places, data }: FeatureMap): FeatureMap {
  const squares = new Float64Array(places);
  for (let at = 0; at < data.length; at++) {
    squares[at % places] = (squares[at % places] ?? NaN) + (data[at] ?? NaN) ** 2;
  }
  const scaled = data.map((value, at) => value / Math.max(Math.sqrt(squares[at % places] ?? NaN), 1e-10));
  return { channels, places, data: scaled };
}
