/** What the WASM backend does in a browser and in Node alike. */

/** Larger tiles are no faster a pixel (measured), compute less twice, and take some 300 MB of heap a worker. */
export const WASM_TILE_PIXELS = 256 * 256;

/** The device in words. */
export function workersLabel(workers: number): string {
  return `CPU, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
}
