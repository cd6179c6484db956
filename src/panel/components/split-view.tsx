import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Latest, centredWindow, clampWindow, type Point, type Rect, type Size } from '../comparison.ts';
import type { Region } from '../session.ts';
import type { Pixels } from '../pixels.ts';
import { useTexts } from '../use-texts.ts';
import { Divider } from './divider.tsx';
import { PixelCanvas } from './pixel-canvas.tsx';

interface Props {
  /** The original: in the same pixels as the result, or to be shown larger, where it lies in a document of its own. */
  before: {
    readonly documentId: number;
    readonly layerId: number;
    /** Where its pixels begin that the result's begin with. */
    readonly left: number;
    readonly top: number;
    /** Pixels of the result to one of its own. */
    readonly scale: number;
  };
  after: {
    readonly documentId: number;
    readonly layerId: number;
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  region: (region: Region) => Promise<Pixels>;
}

/** The same part of both layers, and where it lies. */
interface Patch {
  readonly at: Point;
  readonly before: Pixels;
  /** Where the pixels of `before` begin, in those of the result. */
  readonly beforeAt: Point;
  readonly after: Pixels;
}

const STEPS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** Document pixels per press of an arrow key. */
const STEP = 40;

/** The original and the new layer at 100 %, one pixel of the document to one of the screen, split by a divider. */
export function SplitView({ before, after, region }: Props) {
  const texts = useTexts();
  const frame = useRef<HTMLDivElement>(null);
  const dragged = useRef<{ pointer: Point; at: Point } | undefined>(undefined);
  /** The frame in document pixels; undefined until it has been laid out. */
  const [size, setSize] = useState<Size>();
  /** What is looked at; undefined until somebody has moved it. */
  const [moved, setMoved] = useState<Point>();
  const [patch, setPatch] = useState<Patch>();
  const [unreadable, setUnreadable] = useState(false);
  const [divider, setDivider] = useState(0.5);

  const density = window.devicePixelRatio;
  const layer: Rect = {
    x: after.left,
    y: after.top,
    width: after.right - after.left,
    height: after.bottom - after.top,
  };
  const at = size && (moved ? clampWindow(moved, size, layer) : centredWindow(size, layer));

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      // Rounded up: the frame may end within a pixel, which is to be covered too.
      const bounds = element.getBoundingClientRect();
      const scale = window.devicePixelRatio;
      setSize({ width: Math.ceil(bounds.width * scale), height: Math.ceil(bounds.height * scale) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const [pictures] = useState(
    () =>
      new Latest<{ x: number; y: number; width: number; height: number }>(async ({ x, y, width, height }) => {
        const { scale } = before;
        // Whole pixels of the original that cover the part; between pixels of the result they need not begin.
        const left = before.left + Math.floor((x - after.left) / scale);
        const top = before.top + Math.floor((y - after.top) / scale);
        const right = before.left + Math.ceil((x + width - after.left) / scale);
        const bottom = before.top + Math.ceil((y + height - after.top) / scale);
        const beforeAt = {
          x: after.left + (left - before.left) * scale,
          y: after.top + (top - before.top) * scale,
        };
        const { documentId, layerId } = before;
        try {
          const [old, made] = await Promise.all([
            region({ documentId, layerId, left, top, width: right - left, height: bottom - top }),
            region({ documentId: after.documentId, layerId: after.layerId, left: x, top: y, width, height }),
          ]);
          setPatch({ at: { x, y }, before: old, beforeAt, after: made });
          setUnreadable(false);
        } catch {
          setUnreadable(true);
        }
      }),
  );
  const x = at?.x;
  const y = at?.y;
  const width = size?.width;
  const height = size?.height;
  useEffect(() => {
    if (x === undefined || y === undefined || !width || !height) return;
    pictures.ask({ x, y, width, height });
    return () => pictures.drop();
  }, [pictures, x, y, width, height]);

  const grab = (event: PointerEvent<HTMLElement>): void => {
    if (!at || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = { pointer: { x: event.clientX, y: event.clientY }, at };
  };
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const from = dragged.current;
    if (!from || !size) return;
    const to = {
      x: from.at.x - (event.clientX - from.pointer.x) * density,
      y: from.at.y - (event.clientY - from.pointer.y) * density,
    };
    setMoved(clampWindow(to, size, layer));
  };
  const release = (): void => {
    dragged.current = undefined;
  };
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const step = STEPS[event.key];
    if (!step || !at || event.target !== event.currentTarget) return;
    event.preventDefault();
    const stride = STEP * (event.shiftKey ? 5 : 1);
    setMoved(clampWindow({ x: at.x + step.x * stride, y: at.y + step.y * stride }, size, layer));
  };

  const percent = Math.round(divider * 100);
  /** How a picture is laid out whose pixels are `scale` of the result's each. */
  const laid = (pixels: Pixels, from: Point, scale: number) =>
    at && {
      width: `${String((pixels.width * scale) / density)}px`,
      height: `${String((pixels.height * scale) / density)}px`,
      transform: `translate(${String((from.x - at.x) / density)}px, ${String((from.y - at.y) / density)}px)`,
    };
  return (
    <div
      ref={frame}
      className="split"
      data-testid="split-view"
      role="group"
      aria-label={texts.done.picture}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
    >
      {patch && (
        <>
          <div className="side">
            <div className="patch" style={laid(patch.after, patch.at, 1)}>
              <PixelCanvas pixels={patch.after} />
            </div>
          </div>
          <div className="side" style={{ clipPath: `inset(0 ${String(100 - divider * 100)}% 0 0)` }}>
            <div
              className={before.scale === 1 ? 'patch' : 'patch smooth'}
              style={laid(patch.before, patch.beforeAt, before.scale)}
            >
              <PixelCanvas pixels={patch.before} />
            </div>
          </div>
          <span className="tag tag-before" hidden={percent < 20}>
            {texts.done.before}
          </span>
          <span className="tag tag-after" hidden={percent > 80}>
            {texts.done.after}
          </span>
          <Divider value={divider} onMove={setDivider} frame={frame} />
        </>
      )}
      {unreadable && <p className="split-message">{texts.done.noPicture}</p>}
    </div>
  );
}
