import { useEffect, useState } from 'react';
import { middleFrame, rangeOf, targetFor } from '../../clip/plan.ts';
import { engineJob, type ClipReady, type Outline } from '../../clip/ready.ts';
import { SOURCE, type ClipSession } from '../../clip/session.ts';
import { timecodeOfFrame } from '../../clip/timecode.ts';
import type { OwnModel } from '../../own-models.ts';
import type { Preview as Store } from '../../preview.ts';
import { useTexts } from '../../use-texts.ts';
import { PreviewFold } from '../preview.tsx';

interface Props {
  view: ClipReady;
  outline: Outline;
  own: readonly OwnModel[];
  session: ClipSession;
  preview: Store;
}

/** A frame of the clip before and after, of those between its in and out points. */
export function ClipPreview({ view, outline, own, session, preview }: Props) {
  const { clip: words } = useTexts();
  const { clip, facts, picture } = view;
  const { footage, goal } = outline;
  const { first, end } = rangeOf(facts, clip);
  const [wanted, setWanted] = useState<{ path: string; frame: number }>();
  const chosen = wanted?.path === clip.ref.path ? wanted.frame : middleFrame(facts, clip);
  const frame = Math.min(Math.max(chosen, first), Math.max(first, end - 1));
  useEffect(() => preview.seen(picture ?? undefined), [preview, picture]);
  // Frames are pictured in square pixels, and previewed by them.
  const target = targetFor(footage.square, goal);
  const job = goal.problem ? undefined : engineJob(view, target, session.catalog, own);
  const seen = { documentId: SOURCE, layerId: frame, left: 0, top: 0, ...footage.square };
  const at = timecodeOfFrame(frame, BigInt(clip.mediaStartTicks), footage.rate);
  return (
    <PreviewFold preview={preview} seen={seen} job={job} middleOf={0} unreadable={words.preview.unreadable}>
      {end - first > 1 && (
        <div className="control">
          <sp-slider
            label={words.preview.frame}
            size="m"
            min={first}
            max={end - 1}
            step={1}
            value={frame}
            defaultValue={middleFrame(facts, clip)}
            data-testid="preview-frame"
            onchange={({ currentTarget }) =>
              setWanted({
                path: clip.ref.path,
                frame: Math.round((currentTarget as HTMLElement & { value: number }).value),
              })
            }
          ></sp-slider>
          <p className="hint" role="status" data-testid="preview-at">
            {words.preview.at(at)}
          </p>
        </div>
      )}
    </PreviewFold>
  );
}
