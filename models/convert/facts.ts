/** What the catalog says of a network and its file can tell: cost, reach, size and hash. */
import { createHash } from 'node:crypto';
import type { Network } from '../../src/catalog.ts';
import { decodeModel } from './onnx.ts';

/**
 * Counted before the network enlarges, which holds for all networks that enlarge by a shuffle at their end:
 * a convolution of side k adds (k − 1) / 2 to the receptive field's radius and `out · in · k²` multiply-accumulates
 * to each input pixel. Throws if a convolution comes after the shuffle.
 */
export function factsOf(
  file: Uint8Array,
): Pick<Network, 'sha256' | 'size' | 'receptiveField' | 'macsPerPixel'> {
  const { nodes, initializers } = decodeModel(file);
  const dims = new Map(initializers.map((tensor) => [tensor.name, tensor.dims]));
  for (const { opType, input, output } of nodes) {
    const stored = dims.get(input[0] ?? '');
    if (opType === 'Cast' && stored) dims.set(output[0] ?? '', stored);
  }
  let receptiveField = 0;
  let macsPerPixel = 0;
  let enlarged = false;
  for (const { opType, name, input } of nodes) {
    if (opType === 'DepthToSpace') enlarged = true;
    if (opType !== 'Conv') continue;
    const weight = dims.get(input[1] ?? '');
    const side = weight?.[2];
    if (enlarged || !weight || side === undefined)
      throw new Error(`${name}: cannot tell what this Conv costs`);
    receptiveField += (side - 1) / 2;
    macsPerPixel += weight.reduce((product, size) => product * size, 1);
  }
  return {
    sha256: createHash('sha256').update(file).digest('hex'),
    size: file.length,
    receptiveField,
    macsPerPixel,
  };
}
