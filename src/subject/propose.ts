/** Auto: which model suits a layer, and why. */
import type { ModelName } from '../catalog.ts';
import type { Region, Tile } from '../engine/types.ts';

/** Runs the catalog's `detector` on a tile. It may take the tile's buffer. */
export type Detect = (tile: Tile) => Promise<Tile>;

/**
 * Why a model is proposed: smaller faces in a photo, faces that fill most of it, a photo without faces, a drawing,
 * or a picture too small to tell.
 */
export type Reason = 'faces' | 'portrait' | 'photo' | 'drawing' | 'too-small';

/** What Auto proposes for a layer. */
export interface Proposal {
  readonly model: ModelName;
  readonly reason: Reason;
  /**
   * Whole heads, in pixels of the picture that was looked at, within its borders; the largest first. For `faces` they
   * are what the face network is for; `portrait` has them too; empty otherwise.
   */
  readonly faces: readonly Region[];
}
