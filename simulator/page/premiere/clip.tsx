import { useState, type PointerEvent } from 'react';
import type { ClipView, PremiereSimulator, SequenceView, TrackKind } from '../../premiere/interface.ts';
import { secondsOf, ticksAt } from './time.ts';

interface ClipProps {
  simulator: PremiereSimulator;
  sequence: SequenceView;
  kind: TrackKind;
  clip: ClipView;
  /** Screen pixels per second. */
  scale: number;
}

interface Drag {
  readonly what: 'move' | 'in' | 'out';
  readonly fromX: number;
  readonly fromY: number;
  /** How far, in pixels; 0 until it is more than a click. */
  readonly by: number;
}

/** Pixels at either end that trim instead of moving. */
const EDGE = 6;
/** A click may tremble by as much. */
const STILL = 3;

/** A clip on its track: a click selects it with what is linked to it, a drag moves it, a drag of an edge trims it. */
export function Clip({ simulator, sequence, kind, clip, scale }: ClipProps) {
  const { user } = simulator;
  const [drag, setDrag] = useState<Drag>();
  const start = secondsOf(clip.startTicks);
  const end = secondsOf(clip.endTicks);
  const by = drag?.by ?? 0;
  const left = start * scale + (drag?.what === 'out' ? 0 : by);
  const right = end * scale + (drag?.what === 'in' ? 0 : by);

  const grab = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const { clientX, clientY, shiftKey } = event;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (shiftKey || !clip.selected) user.selectClip(sequence.id, clip.id, shiftKey ? 'toggle' : 'only');
    const what = clientX - box.left < EDGE ? 'in' : box.right - clientX < EDGE ? 'out' : 'move';
    setDrag({ what, fromX: clientX, fromY: clientY, by: 0 });
  };

  const drop = (event: PointerEvent<HTMLElement>): void => {
    setDrag(undefined);
    if (!drag) return;
    const across = track(event, kind);
    if (drag.by === 0 && Math.abs(event.clientY - drag.fromY) <= STILL) return;
    const moved = (ticks: string): string => {
      const wanted = ticksAt(start + drag.by / scale, sequence.ticksPerFrame);
      return String(BigInt(ticks) + BigInt(wanted) - BigInt(clip.startTicks));
    };
    if (drag.what === 'in') user.trimClip(sequence.id, clip.id, { inTicks: moved(clip.inTicks) });
    else if (drag.what === 'out') user.trimClip(sequence.id, clip.id, { outTicks: moved(clip.outTicks) });
    else user.moveClip(sequence.id, clip.id, moved(clip.startTicks), across);
  };

  return (
    <button
      className="clip"
      role="listitem"
      data-clip={clip.id}
      data-kind={clip.kind}
      data-disabled={clip.disabled}
      aria-label={clip.name}
      aria-current={clip.selected}
      title={clip.name}
      style={{ left, width: Math.max(2, right - left) }}
      onPointerDown={grab}
      onPointerMove={(event) => {
        if (!drag || event.buttons !== 1) return;
        const moved = event.clientX - drag.fromX;
        setDrag({ ...drag, by: drag.by === 0 && Math.abs(moved) <= STILL ? 0 : moved });
      }}
      onPointerUp={drop}
      onPointerCancel={() => setDrag(undefined)}
      onKeyDown={({ key }) => {
        if (key === 'Enter' || key === ' ') user.selectClip(sequence.id, clip.id);
      }}
    >
      <span>{clip.name}</span>
      {clip.speed !== 1 && <small>{Math.round(clip.speed * 100)} %</small>}
    </button>
  );
}

/** The index of the track under the pointer, if it is of the clip's kind. */
function track({ clientX, clientY }: PointerEvent, kind: TrackKind): number | undefined {
  const lane = document
    .elementsFromPoint(clientX, clientY)
    .find((each) => each instanceof HTMLElement && each.dataset['track'] !== undefined);
  if (!(lane instanceof HTMLElement) || lane.dataset['kind'] !== kind) return undefined;
  return Number(lane.dataset['track']);
}
