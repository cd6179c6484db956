/** A whole run planned: the tiles, and which network makes each. */
import { type Planned, planTiles, type TilePlan } from './plan.ts';
import { type Makers, RegionWeights } from './region-weights.ts';
import type { CutSides, EnhanceOptions, Local, PictureFormat } from './types.ts';

export interface RunPlan {
  readonly tiles: TilePlan;
  /** How the two networks share the picture; undefined where there is but one. */
  readonly weights: RegionWeights | undefined;
  /** Who makes each tile, by band and column. */
  readonly makers: readonly (readonly Makers[])[];
  /** How often each network runs, if no tile is of one colour. Tiles on a seam are made by both. */
  readonly runs: { readonly base: number; readonly local: number };
}

/**
 * The regions' weights, undefined where no region lies in the picture, so that the local network is not needed. Throws a
 * RangeError if the two networks' scales differ: their results could not be mixed.
 */
export function weightsOf(
  format: Pick<PictureFormat, 'width' | 'height'>,
  network: EnhanceOptions['network'],
  local: Pick<Local, 'network' | 'regions'> | undefined,
): RegionWeights | undefined {
  if (!local) return undefined;
  const weights = new RegionWeights(local.regions, format, network.scale);
  if (weights.empty) return undefined;
  if (local.network.scale !== network.scale) throw new RangeError('the local network has another scale');
  return weights;
}

/**
 * Plans a run: `planTiles` with the larger of the two overlaps, so that one plan does for both. `maxTilePixels` and
 * `lanes` are those that both networks' backends take.
 */
export function planRun(
  format: Planned,
  network: EnhanceOptions['network'],
  local: Pick<Local, 'network' | 'regions'> | undefined,
  maxTilePixels: number,
  lanes: number,
  cut?: CutSides,
): RunPlan {
  const weights = weightsOf(format, network, local);
  const overlap = Math.max(network.overlap, weights && local ? local.network.overlap : 0);
  const tiles = planTiles(format, { scale: network.scale, overlap }, maxTilePixels, lanes, cut);
  const makers = tiles.bands.map((band) =>
    tiles.columns.map((column) => weights?.makers(column, band) ?? 'base'),
  );
  const count = (other: Makers) => makers.flat().filter((each) => each !== other).length;
  return { tiles, weights, makers, runs: { base: count('local'), local: count('base') } };
}
