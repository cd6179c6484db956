/** What the catalog says of a network and its file can tell: cost, reach, size and hash. */
import { createHash } from 'node:crypto';
import type { Network } from '../../src/catalog.ts';
import { costOf } from '../../src/runtime/network-cost.ts';
import { readGraph } from '../../src/runtime/onnx-graph.ts';

/** Throws if the file has an operator whose cost or reach is not known. */
export function factsOf(
  file: Uint8Array,
): Pick<Network, 'sha256' | 'size' | 'receptiveField' | 'macsPerPixel' | 'widest'> {
  const cost = costOf(readGraph(file));
  if (!cost) throw new Error('cannot tell what this network costs');
  return {
    sha256: createHash('sha256').update(file).digest('hex'),
    size: file.length,
    ...cost,
  };
}
