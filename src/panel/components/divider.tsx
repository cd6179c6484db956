import type { KeyboardEvent, PointerEvent } from 'react';
import { useTexts } from '../use-texts.ts';

interface Props {
  /** Share of the width that shows the picture before. 0..1 */
  value: number;
  onMove: (value: number) => void;
  /** What the divider moves across. */
  frame: HTMLElement | null;
}

const STEP = 0.02;
const PAGE = 0.1;

/** The line between before and after: dragged, or moved by the keys of a slider. */
export function Divider({ value, onMove, frame }: Props) {
  const texts = useTexts();
  const move = (to: number): void => onMove(Math.min(1, Math.max(0, to)));
  const follow = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !frame) return;
    const { left, width } = frame.getBoundingClientRect();
    move((event.clientX - left) / width);
  };
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const targets: Record<string, number> = {
      ArrowLeft: value - STEP,
      ArrowDown: value - STEP,
      ArrowRight: value + STEP,
      ArrowUp: value + STEP,
      PageDown: value - PAGE,
      PageUp: value + PAGE,
      Home: 0,
      End: 1,
    };
    const to = targets[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  const percent = Math.round(value * 100);
  return (
    <div
      className="divider"
      style={{ left: `${String(value * 100)}%` }}
      role="slider"
      tabIndex={0}
      aria-label={texts.done.divider}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={texts.done.dividerValue(percent)}
      onKeyDown={press}
      onPointerDown={(event) => {
        // The picture beneath must not be dragged along.
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={follow}
    >
      <span className="divider-line" />
      <span className="divider-grip" />
    </div>
  );
}
