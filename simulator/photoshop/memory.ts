/** The image data the plugin holds, and what Photoshop says of it. */

/**
 * "Plugin exceeds memory limit. Currently used memory 600."
 * [D] Photoshop API > Imaging API > Performance considerations.
 */
export const MEMORY_LIMIT_BYTES = 600 * 1024 * 1024;

export class ImageMemory {
  undisposed = 0;
  bytes = 0;
  peak = 0;
  readonly warnings: string[] = [];

  take(bytes: number): void {
    const before = this.bytes;
    this.undisposed++;
    this.bytes += bytes;
    this.peak = Math.max(this.peak, this.bytes);
    if (before <= MEMORY_LIMIT_BYTES && this.bytes > MEMORY_LIMIT_BYTES) {
      const megabytes = Math.round(this.bytes / 2 ** 20);
      this.warnings.push(`Plugin exceeds memory limit. Currently used memory ${megabytes}.`);
    }
  }

  release(bytes: number): void {
    this.undisposed--;
    this.bytes -= bytes;
  }
}
