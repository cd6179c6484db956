/** The device of the WASM backend in words. */
export function workersLabel(workers: number): string {
  return `CPU, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
}
