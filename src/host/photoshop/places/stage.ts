/** What the three places share: the run that is written, and the progress that may end it. */
import type { HostApi } from '../../../bridge/protocol.ts';
import { LoupeError } from '../../../errors.ts';
import type { Job } from '../job.ts';
import {
  type Document,
  type ExecutionContext,
  findDocument,
  findLayer,
  type Layer,
  type Photoshop,
} from '../photoshop.ts';

/** A job whose result is to be written, and the name its layer gets. */
export interface Writing {
  /** The page's id of the job. */
  readonly id: string;
  readonly job: Job;
  readonly layerName: string;
}

type Answer = Awaited<ReturnType<HostApi['commit']>>['results'][number];
/** A result that was written. */
export type Written = Extract<Answer, { layer: unknown }>;
/** A job that was left out, and why. */
export type LeftOut = Exclude<Answer, { layer: unknown }>;

/** The modal state in which a run is written. */
export interface Stage {
  readonly ps: Photoshop;
  readonly context: ExecutionContext;
  /** The history state's name. */
  readonly historyName: string;
  /** How far the place has come, 0 to 1. Throws `cancelled` once Escape was pressed or the run discarded. */
  readonly step: (fraction: number) => void;
}

/** Writes all results of a run, which have passed every check, and tells where they are. */
export type Place = (stage: Stage, writings: readonly Writing[]) => Promise<Written[]>;

/** The steps of one job among several. */
export function stepsOf({ step }: Stage, index: number, count: number): (share: number) => void {
  return (share) => step((index + share) / count);
}

/** Handles from before a change of the document may be stale: look both up again. */
export function relocate(
  ps: Photoshop,
  documentId: number,
  layerId: number,
  name: string,
): { document: Document; layer: Layer } {
  const document = findDocument(ps, documentId);
  const layer = document && findLayer(document, layerId);
  if (!layer) throw new LoupeError('host-failed', `the layer “${name}” cannot be found`);
  return { document, layer };
}

/** Selects these layers of the document and no others. */
export function selectLayers(document: Document, layers: readonly Layer[]): void {
  const ids = new Set(layers.map(({ id }) => id));
  for (const layer of layers) layer.selected = true;
  for (const each of [...document.activeLayers]) if (!ids.has(each.id)) each.selected = false;
}
