/** File bytes in memory. */
import type { BlockStore } from './interface.ts';

export class MemoryBlocks implements BlockStore {
  readonly blockBytes = 1 << 20;
  private readonly files = new Map<number, Map<number, Uint8Array>>();

  read(file: number, index: number): Promise<Uint8Array | null> {
    return Promise.resolve(this.files.get(file)?.get(index) ?? null);
  }

  write(file: number, index: number, block: Uint8Array): Promise<void> {
    let blocks = this.files.get(file);
    if (!blocks) {
      blocks = new Map();
      this.files.set(file, blocks);
    }
    blocks.set(index, block.slice());
    return Promise.resolve();
  }

  truncate(file: number, fromIndex: number): Promise<void> {
    const blocks = this.files.get(file);
    for (const index of [...(blocks?.keys() ?? [])]) if (index >= fromIndex) blocks?.delete(index);
    if (blocks?.size === 0) this.files.delete(file);
    return Promise.resolve();
  }
}
