/** What the panel is about: a document, and the layers selected in it. */
import type { LayerReport, Part, Report } from '../bridge/protocol.ts';
import { isErrorCode, LoupeError } from '../errors.ts';

export type ShownDocument = NonNullable<Report['document']>;

/** A selected layer. */
export interface ShownLayer {
  readonly documentId: number;
  readonly layerId: number;
  readonly name: string;
  /** Where its pixels lie in the document; they may exceed the canvas. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly note: LayerReport['note'];
  /** The parts of it that can be enhanced alone. */
  readonly parts: readonly Part[];
  /** Why it cannot be enhanced at all. */
  readonly refusal: LoupeError | undefined;
}

export function shownLayer(documentId: number, report: LayerReport): ShownLayer {
  const { id, name, left, top, width, height, note, parts, refusal } = report;
  const problem = refusal ? problemOf(refusal) : undefined;
  return { documentId, layerId: id, name, left, top, width, height, note, parts, refusal: problem };
}

/** A refusal of the host's, in our words. */
export function problemOf({ code, detail }: { code: string; detail: string }): LoupeError {
  return isErrorCode(code) ? new LoupeError(code, detail) : new LoupeError('bad-message', code);
}

/** Whether something is that layer's. */
export function isOf(
  thing: { readonly documentId: number; readonly layerId: number },
  { documentId, layerId }: Pick<ShownLayer, 'documentId' | 'layerId'>,
): boolean {
  return thing.documentId === documentId && thing.layerId === layerId;
}
