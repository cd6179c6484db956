import type { Planes } from './planes.ts';

/** Where a render's pictures go. After any rejection nothing but `close` is of use. */
export interface RenderOutput {
  /** Of the render, from 0: the first that is not recorded, always a segment's first. */
  readonly nextFrame: number;
  /**
   * The next picture, as `outFormat` says and of the target's size: one call at a time, in order. Resolves when the
   * planes may be reused. Rejects as a write did, or with `codec-unencodable`.
   */
  add(picture: Planes): Promise<void>;
  /** After the last picture. */
  finish(): Promise<void>;
  /** Frees the encoder, and nothing more is written. To be called in any case. */
  close(): void;
}
