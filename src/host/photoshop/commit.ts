/**
 * The second of the two short modal states: the results of a run are written, all in one history state. First the document
 * and each layer are compared with what was read; a layer that was changed meanwhile is left out and the others are
 * written. Whatever is thrown before the end makes Photoshop roll the document back (Adobe, executeAsModal: “If the target
 * function exits via an exception, then all unsuspended history states are cancelled”).
 */
import type { Place as PlaceName } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { Discardable } from './job.ts';
import { type Modal, stopIfCancelled } from './modal.ts';
import { intoDocument } from './places/document.ts';
import { intoNewDocument } from './places/new-document.ts';
import { intoSmartObject } from './places/smart-object.ts';
import {
  type LeftOut,
  type Place,
  relocate,
  selectLayers,
  type Writing,
  type Written,
} from './places/stage.ts';
import { findDocument, type Photoshop } from './photoshop.ts';
import { needDocument, needUnchanged } from './unchanged.ts';

export type { Writing } from './places/stage.ts';

export interface CommitRequest {
  readonly historyName: string;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

/** The places in the document itself. */
const PLACES: Readonly<Record<Exclude<PlaceName, 'new-document'>, Place>> = {
  document: intoDocument,
  'smart-object': intoSmartObject,
};

/** Where comparing ends and writing ends, of all the time a commit takes. */
const COMPARED = 0.2;
const WRITTEN = 0.98;

/**
 * Tells for each job where its result is, or why it was left out. Rejects, with nothing written, if none could be, and
 * with `cancelled` within one strip of Escape or a discard.
 */
export function commitRun(
  ps: Photoshop,
  modal: Modal,
  writings: readonly Writing[],
  wish: Discardable,
  { historyName, onProgress }: CommitRequest,
): Promise<(Written | LeftOut)[]> {
  return modal(modal.words.writing(historyName), async (context) => {
    const step = (fraction: number): void => {
      stopIfCancelled(context, wish);
      context.reportProgress({ value: fraction });
      onProgress(fraction);
    };
    step(0);
    const [first] = writings;
    if (!first) throw new LoupeError('bad-message', 'a run without jobs');
    const { documentId, settings } = first.job;
    if (writings.some(({ job }) => job.documentId !== documentId || job.settings.place !== settings.place)) {
      throw new LoupeError('bad-message', 'a run of two documents or places');
    }
    const document = needDocument(ps, first.job);
    const { unchanged, leftOut } = await compare(ps, writings, (share) => step(COMPARED * share));

    const front = ps.app.activeDocument.id;
    const bringBack = (): void => {
      const shown = findDocument(ps, front);
      if (shown && ps.app.activeDocument.id !== front) ps.app.activeDocument = shown;
    };
    if (front !== documentId) ps.app.activeDocument = document;
    const share = (part: number): void => step(COMPARED + (WRITTEN - COMPARED) * part);
    const stage = { ps, context, historyName, step: share };
    let written: Written[];
    try {
      if (settings.place === 'new-document') {
        written = await intoNewDocument(stage, unchanged);
        onProgress(1);
      } else {
        const history = { documentID: documentId, name: historyName };
        const suspension = await context.hostControl.suspendHistory(history);
        written = await PLACES[settings.place](stage, unchanged);
        selectResults(ps, documentId, written);
        step(1);
        await context.hostControl.resumeHistory(suspension, true);
        bringBack();
      }
    } catch (thrown) {
      try {
        bringBack();
      } catch {
        // After Escape Photoshop lets nothing be done any more.
      }
      throw thrown;
    }
    const answers = new Map([...written, ...leftOut].map((answer) => [answer.job, answer]));
    return writings.map(({ id }) => answers.get(id)).filter((answer) => answer !== undefined);
  });
}

/** Rejects with the first job's problem if every job has one. */
async function compare(
  ps: Photoshop,
  writings: readonly Writing[],
  done: (share: number) => void,
): Promise<{ unchanged: Writing[]; leftOut: LeftOut[] }> {
  const unchanged: Writing[] = [];
  const leftOut: LeftOut[] = [];
  let firstProblem: LoupeError | undefined;
  for (const [i, writing] of writings.entries()) {
    const { id, job } = writing;
    const document = needDocument(ps, job);
    try {
      await needUnchanged(ps, document, job, (share) => done((i + share) / writings.length));
      unchanged.push(writing);
    } catch (thrown) {
      if (!(thrown instanceof LoupeError) || !OF_ONE_LAYER.has(thrown.code)) throw thrown;
      firstProblem ??= thrown;
      leftOut.push({ job: id, problem: { code: thrown.code, detail: thrown.detail } });
    }
  }
  if (unchanged.length === 0 && firstProblem) throw firstProblem;
  return { unchanged, leftOut };
}

const OF_ONE_LAYER: ReadonlySet<string> = new Set(['layer-gone', 'layer-changed', 'locked-layer']);

function selectResults(ps: Photoshop, documentId: number, written: readonly Written[]): void {
  const layers = written.map(({ layer }) => relocate(ps, documentId, layer.layerId, layer.name));
  const [first] = layers;
  if (first)
    selectLayers(
      first.document,
      layers.map(({ layer }) => layer),
    );
}
