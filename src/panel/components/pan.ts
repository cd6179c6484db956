import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { clampWindow, type Point, type Rect, type Size } from '../comparison.ts';

const STEPS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** Pixels of the picture per press of an arrow key. */
const STEP = 40;

export interface Pan {
  /** For what the picture is seen through. */
  readonly setFrame: (element: HTMLElement | null) => void;
  readonly frame: HTMLElement | null;
  /** The frame in pixels of the picture, one of which is one of the screen; undefined until it has been laid out. */
  readonly size: Size | undefined;
  /** What of the picture the frame's first pixel shows. */
  readonly at: Point | undefined;
  /** For what is dragged, and has the keyboard. */
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

/**
 * A picture at 100 %, larger than its frame: dragged, or moved by the arrow keys.
 *
 * @param area the picture
 * @param placed where a frame of that size looks
 * @param onMove told where it is to look
 */
export function usePan(
  area: Rect,
  placed: (size: Size) => Point,
  onMove: (to: Point, size: Size) => void,
): Pan {
  const dragged = useRef<{ pointer: Point; at: Point } | undefined>(undefined);
  const [frame, setFrame] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState<Size>();
  const at = size && placed(size);

  useEffect(() => {
    if (!frame) return;
    const observer = new ResizeObserver(() => {
      // Rounded up: the frame may end within a pixel, which is to be covered too.
      const bounds = frame.getBoundingClientRect();
      const scale = window.devicePixelRatio;
      setSize({ width: Math.ceil(bounds.width * scale), height: Math.ceil(bounds.height * scale) });
    });
    observer.observe(frame);
    return () => observer.disconnect();
  }, [frame]);

  const release = (): void => {
    dragged.current = undefined;
  };
  return {
    setFrame,
    frame,
    size,
    at,
    handlers: {
      onPointerDown(event) {
        if (!at || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = { pointer: { x: event.clientX, y: event.clientY }, at };
      },
      onPointerMove(event) {
        const from = dragged.current;
        if (!from || !size) return;
        const density = window.devicePixelRatio;
        const to = {
          x: from.at.x - (event.clientX - from.pointer.x) * density,
          y: from.at.y - (event.clientY - from.pointer.y) * density,
        };
        onMove(clampWindow(to, size, area), size);
      },
      onPointerUp: release,
      onPointerCancel: release,
      onKeyDown(event) {
        const step = STEPS[event.key];
        if (!step || !at || event.target !== event.currentTarget) return;
        event.preventDefault();
        const stride = STEP * (event.shiftKey ? 5 : 1);
        onMove(clampWindow({ x: at.x + step.x * stride, y: at.y + step.y * stride }, size, area), size);
      },
    },
  };
}
