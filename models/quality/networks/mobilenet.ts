/**
 * MobileNetV2 (Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks", 2018) up to the last layer at a
 * sixteenth of the picture's size, as Keras lays it out: RGB in 0..1 in, four of its feature maps out.
 */
import type { Graph } from '../../convert/onnx.ts';
import { GraphBuilder, type Affine } from './builder.ts';
import type { Weight } from './quantised.ts';

/** After the first convolution and the last expansion at each further size, all rectified: 1/2, 1/4, 1/8 and 1/16. */
export const FEATURES = ['Conv1', 'block_2_expand', 'block_5_expand', 'block_12_expand'].map(
  (layer) => `${layer}_relu`,
);

const BLOCKS = 12;
/** Blocks that halve the size, and blocks that are not added to what came in: those where its shape changes. */
const HALVES = new Set([1, 3, 6]);
const CHANGES = new Set([...HALVES, 10]);
/** Keras's default for batch normalisation. */
const EPSILON = 1e-3;
const AROUND = [1, 1, 1, 1] as const;
const BEHIND = [0, 0, 1, 1] as const;
const NONE = [0, 0, 0, 0] as const;

export function mobilenet(weight: (name: string) => Weight): Graph {
  const builder = new GraphBuilder();
  const zero = builder.constant('zero', [], Float32Array.of(0));
  const six = builder.constant('six', [], Float32Array.of(6));
  const normalisation = (name: string): Affine => {
    const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
      (part) => weight(`${name}/${part}`).values,
    );
    if (!gamma || !beta || !mean || !variance) throw new Error(`${name} is not complete`);
    const scale = gamma.map((each, at) => each / Math.sqrt((variance[at] ?? NaN) + EPSILON));
    return { scale, shift: beta.map((each, at) => each - (mean[at] ?? NaN) * (scale[at] ?? NaN)) };
  };
  const rectified = (input: string): string => builder.add('Clip', [input, zero, six], `${input}_relu`);
  /** A convolution of one pixel. */
  const point = (input: string, name: string): string =>
    builder.convolution(input, name, weight(`${name}/kernel`), normalisation(`${name}_BN`), { pads: NONE });
  const depthwise = (input: string, name: string, halves: boolean): string =>
    builder.convolution(
      input,
      name,
      weight(`${name}/depthwise_kernel`),
      normalisation(`${name}_BN`),
      halves ? { stride: 2, pads: BEHIND, depthwise: true } : { pads: AROUND, depthwise: true },
    );

  let current = rectified(
    builder.convolution('data', 'Conv1', weight('Conv1/kernel'), normalisation('bn_Conv1'), {
      stride: 2,
      pads: BEHIND,
    }),
  );
  current = point(rectified(depthwise(current, 'expanded_conv_depthwise', false)), 'expanded_conv_project');
  for (let block = 1; block <= BLOCKS; block++) {
    const name = `block_${block}`;
    const expanded = rectified(point(current, `${name}_expand`));
    if (block === BLOCKS) break;
    const deep = rectified(depthwise(expanded, `${name}_depthwise`, HALVES.has(block)));
    const projected = point(deep, `${name}_project`);
    current = CHANGES.has(block) ? projected : builder.add('Add', [current, projected], `${name}_add`);
  }
  return builder.graph(
    'mobilenet-v2-features',
    [{ name: 'data', dims: [1, 3, 'height', 'width'] }],
    FEATURES.map((name) => ({ name, dims: [1, `${name}_channels`, `${name}_height`, `${name}_width`] })),
  );
}
