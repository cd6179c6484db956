/** A timeline as `npm run premiere` prints it. */
import type { ClipView, PremiereView, SequenceView, TrackView } from '../premiere/interface.ts';
import { secondsOf } from './premiere-window.ts';

/** A track as the shell prints it: times in seconds. */
export interface TrackLine {
  /** “V1” is the lowest. */
  readonly track: string;
  readonly clips: readonly {
    readonly name: string;
    readonly start: number;
    readonly end: number;
    readonly in: number;
    readonly out: number;
    readonly file: string | null;
    readonly disabled: boolean;
    /** Motion's scale in per cent; null of sound. */
    readonly scale: number | null;
  }[];
}

/** All tracks that hold something, the topmost of the picture first. */
export function trackLines(view: PremiereView, sequence: SequenceView): TrackLine[] {
  const files = new Map<string, string | null>();
  const visit = (items: NonNullable<PremiereView['project']>['items']): void => {
    for (const { id, path, children } of items) {
      files.set(id, path);
      visit(children ?? []);
    }
  };
  visit(view.project?.items ?? []);
  const line = ({ kind, index, clips }: TrackView): TrackLine => ({
    track: `${kind === 'video' ? 'V' : 'A'}${index + 1}`,
    clips: clips.map((clip) => ({
      name: clip.name,
      start: secondsOf(clip.startTicks),
      end: secondsOf(clip.endTicks),
      in: secondsOf(clip.inTicks),
      out: secondsOf(clip.outTicks),
      file: files.get(clip.itemId ?? '') ?? null,
      disabled: clip.disabled,
      scale: scaleOf(clip),
    })),
  });
  return [...[...sequence.videoTracks].reverse(), ...sequence.audioTracks]
    .filter(({ clips }) => clips.length > 0)
    .map(line);
}

function scaleOf({ effects }: ClipView): number | null {
  const motion = effects.find(({ matchName }) => matchName === 'AE.ADBE Motion');
  // Motion's second parameter.
  const value = motion?.params[1]?.value;
  return typeof value === 'number' ? value : null;
}
