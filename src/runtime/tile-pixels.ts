/** How large a tile a backend takes well, in input pixels. */
import { USUAL_WIDTH } from '../catalog.ts';
import type { BackendName } from '../engine/types.ts';
import type { LoadedBlend } from './blend.ts';
import { costOf } from './network-cost.ts';
import { readGraph } from './onnx-graph.ts';

/**
 * Where nothing is gained by larger tiles, networks of 64 channels at the input's size. The time a pixel takes is the
 * same from 256² on natively (within 7 %, measured), from 64² on for WASM (8 %); larger tiles compute less twice.
 * - native: 1.3 times the core at 512²; 600 MB, 850 MB at 640².
 * - wasm: with an overlap of 28 a 256² tile computes 1.6 times its core, 320² 1.5, 384² 1.4. Against that stand memory
 *   (each worker's heap grows by some 100 MB at 320²) and how long a person waits between two steps of the progress.
 * - webgpu: 64 MiB a tensor, which every adapter's limits allow.
 */
const MOST_PIXELS: Readonly<Record<BackendName, number>> = {
  native: 512 * 512,
  wasm: 320 * 320,
  webgpu: 512 * 512,
};

/**
 * Bytes of the largest tensor where it is wider. Several are held at once: realesrgan-x4plus, which convolves 64
 * channels at four times the input's size, takes natively 0.35 GB at 64² and 18 kB for each pixel more. WASM has as many
 * of these as there are workers. A GPU need not bind more than 128 MiB, but those that such a network is for do.
 */
const MOST_BYTES: Readonly<Record<BackendName, number>> = {
  native: 400 * 2 ** 20,
  wasm: 192 * 2 ** 20,
  webgpu: 256 * 2 ** 20,
};

/** @param widest samples per input pixel of the largest tensor between the network's layers */
export function tilePixels(backend: BackendName, widest: number): number {
  return Math.min(MOST_PIXELS[backend], Math.floor(MOST_BYTES[backend] / (4 * widest)));
}

/** `widest` of the networks as their files tell it. */
export function widestOf({ parts }: Pick<LoadedBlend, 'parts'>): number {
  return Math.max(...parts.map(({ model }) => widestIn(model) ?? USUAL_WIDTH));
}

function widestIn(model: Uint8Array): number | undefined {
  try {
    return costOf(readGraph(model))?.widest;
  } catch {
    // Whether the file is an ONNX file at all is found out, and told, when it is opened.
    return undefined;
  }
}
