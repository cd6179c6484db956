/** Which clip the panel speaks of, and how long it goes on doing so. */
import type { ClipRef, ClipReport } from '../../bridge/premiere-calls.ts';
import type { ClipView } from './view.ts';

/**
 * What came of a run is shown as long as its clip or what it made is selected, and beside what was selected when it
 * ended; undefined once it gives way.
 */
export function staying(view: ClipView, report: ClipReport): ClipView | undefined {
  const { clip, placed, unfinished } = report;
  if (view.kind === 'unfinished')
    return view.problem && unfinished?.render === view.unfinished.render ? view : undefined;
  if (view.kind === 'left' && view.placing) return view;
  if (view.kind !== 'done' && view.kind !== 'left' && view.kind !== 'failed') return undefined;
  const ref = clip?.ref ?? null;
  const about = refOf(view);
  if (!about) return undefined;
  const own = ref !== null && isSameClip(ref, about);
  const made = view.kind === 'failed' ? undefined : view.made;
  if (made && placed?.render === made.render) return { ...view, beside: ref };
  // Undone, a result says nothing any more.
  if (own) return view.kind === 'done' ? undefined : { ...view, beside: ref };
  if (made && ref?.path === made.path) return { ...view, beside: ref };
  const { beside } = view;
  if (beside === undefined) return { ...view, beside: ref };
  const same = ref === null || (beside !== null && isSameClip(ref, beside));
  return same ? view : undefined;
}

/** The clip that a view is about, if it is about one. */
export function refOf(view: ClipView): ClipRef | undefined {
  switch (view.kind) {
    case 'ready':
      return view.clip.ref;
    case 'working':
      return view.run.order.ref;
    case 'done':
    case 'left':
      return view.made.ref;
    case 'unfinished':
      return view.unfinished.ref;
    case 'failed':
      return view.about;
    case 'refused':
      return view.ref;
    default:
      return undefined;
  }
}

/** The same clip of a timeline, which may have been trimmed. */
export function isSameClip(a: ClipRef, b: ClipRef): boolean {
  return (
    a.sequenceId === b.sequenceId &&
    a.itemId === b.itemId &&
    a.path === b.path &&
    a.track === b.track &&
    (a.startTicks === b.startTicks || a.inTicks === b.inTicks)
  );
}
