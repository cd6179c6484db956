/** What the panel is about. */
import type { LayerReport } from '../bridge/protocol.ts';

/** The layer the panel is about. */
export interface Target {
  readonly documentId: number;
  readonly layerId: number;
  readonly name: string;
  /** Where it lies in the document. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly note: LayerReport['note'];
  /** The largest scale whose result still fits; 4 when all do. */
  readonly largestScale: number;
}
