/** Auto: which model suits a layer, and why. The rules and their thresholds are all here. */
import type { ModelName } from '../catalog.ts';
import type { Region } from '../engine/types.ts';
import { drawingLikelihood } from './drawing.ts';
import { findFaces, type Detect } from './faces.ts';
import type { Picture } from './picture.ts';

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
   * Whole heads, in whole pixels of the picture that was looked at, within its borders; the largest first. For `faces`
   * they are what the face network is for; `portrait` has them too; empty otherwise.
   */
  readonly faces: readonly Region[];
}

/**
 * The longer side, in pixels, that a picture is best shrunk to before it is looked at. More tells nothing more: faces
 * are looked for at 512 pixels, and drawings are told at 384. Less hides faces that are small in the picture.
 */
export const THUMBNAIL_SIDE = 768;

/** Pictures with a shorter side below this, in pixels, are too small to tell: icons of photos look like drawings. */
const SMALLEST_SIDE = 32;

/** From this likelihood on a picture is a drawing. Even: either mistake costs about the same. */
const DRAWING = 0.5;
/** Below this one a face that is surer than most makes it a photo after all: dark portraits have much that is flat. */
const SURELY_DRAWING = 0.97;
const SURE_FACE = 0.85;

/**
 * Heads that together fill this share of a picture make it a portrait: what is left is mostly shoulders and a soft
 * background, which the face network does well too, and a second network would cost more than it gains.
 */
const PORTRAIT = 0.25;

/** How far a head reaches beyond its box from brows to chin, in sides of that box: hair above, ears and neck. */
const HEAD = { left: 0.4, right: 0.4, above: 0.75, below: 0.35 } as const;

/**
 * Proposes the model for a picture, and says why: a drawing gets Art, a photo whose faces fill most of it Face, any
 * other photo Landscape, with its faces named so that the face network can be used there. The picture may be a thumbnail
 * of the layer, best at most `THUMBNAIL_SIDE` on its longer side; transparent parts do not count. Rejects as `detect`
 * does, which is not called for what is surely a drawing.
 */
export async function proposeModel(picture: Picture, detect: Detect): Promise<Proposal> {
  const likelihood =
    Math.min(picture.width, picture.height) < SMALLEST_SIDE ? undefined : drawingLikelihood(picture);
  if (likelihood === undefined) return { model: 'landscape', reason: 'too-small', faces: [] };
  const drawing: Proposal = { model: 'art', reason: 'drawing', faces: [] };
  if (likelihood >= SURELY_DRAWING) return drawing;

  const faces = await findFaces(picture, detect);
  if (likelihood >= DRAWING && !faces.some(({ score }) => score >= SURE_FACE)) return drawing;
  const heads = faces
    .map((face) => headOf(face, picture))
    .sort((a, b) => b.width * b.height - a.width * a.height);
  if (heads.length === 0) return { model: 'landscape', reason: 'photo', faces: [] };
  if (covered(heads, picture) >= PORTRAIT) return { model: 'face', reason: 'portrait', faces: heads };
  return { model: 'landscape', reason: 'faces', faces: heads };
}

/** The whole head to a face, within the picture. */
function headOf(face: Region, { width, height }: Picture): Region {
  const x = Math.max(0, Math.floor(face.x - HEAD.left * face.width));
  const y = Math.max(0, Math.floor(face.y - HEAD.above * face.height));
  const right = Math.min(width, Math.ceil(face.x + (1 + HEAD.right) * face.width));
  const bottom = Math.min(height, Math.ceil(face.y + (1 + HEAD.below) * face.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The share of a picture that lies within any of the regions. */
function covered(regions: readonly Region[], { width, height }: Picture): number {
  const inside = new Uint8Array(width * height);
  for (const { x, y, width: wide, height: high } of regions) {
    for (let row = y; row < y + high; row++) inside.fill(1, row * width + x, row * width + x + wide);
  }
  return inside.reduce((sum, value) => sum + value, 0) / inside.length;
}
