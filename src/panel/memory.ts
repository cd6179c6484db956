/** The memory of this machine, as far as a page is told of it. */
import { memoryNeeded } from './engine/memory.ts';
import { mostWorkers } from './engine/crew-sizes.ts';
import type { Memory } from './needs.ts';

declare global {
  interface Navigator {
    /** GiB, coarsely, and no more than 8 in many Chromiums; WebKit tells nothing (W3C, Device Memory). */
    readonly deviceMemory?: number;
  }
}

const GIB = 2 ** 30;
/** What is told of machines that have this or more. */
const CAP = 8;
/** Beyond this a page gives up, whatever the machine has: what is refused could not have worked. */
const MOST = 16 * GIB;

const { deviceMemory } = navigator;

export const memory: Memory = {
  most: deviceMemory !== undefined && deviceMemory < CAP ? deviceMemory * GIB : MOST,
  needed: (job, format, backend) =>
    memoryNeeded(job, format, {
      backend: backend === 'webgpu' ? 'webgpu' : 'wasm',
      workers: mostWorkers(),
    }),
};
