import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Latest, centredWindow, clampWindow, type Point, type Rect, type Size } from '../comparison.ts';
import type { Region } from '../session.ts';
import type { Pixels } from '../pixels.ts';
import type { LayerPlace } from '../state.ts';
import { texts } from '../texts.ts';
import { Divider } from './divider.tsx';
import { PixelCanvas } from './pixel-canvas.tsx';

interface Props {
  documentId: number;
  /** The id of the layer as it was; the host has resampled it with the document. */
  before: number;
  after: LayerPlace;
  region: (region: Region) => Promise<Pixels>;
}

/** The same part of both layers, and where it lies. */
interface Patch {
  readonly at: Point;
  readonly before: Pixels;
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
export function SplitView({ documentId, before, after, region }: Props) {
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
  const layer: Rect = { x: after.left, y: after.top, width: after.width, height: after.height };
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
        const part = { documentId, left: x, top: y, width, height };
        try {
          const [old, made] = await Promise.all([
            region({ ...part, layerId: before }),
            region({ ...part, layerId: after.layerId }),
          ]);
          setPatch({ at: { x, y }, before: old, after: made });
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
  const shift = patch &&
    at && {
      width: `${String(patch.before.width / density)}px`,
      height: `${String(patch.before.height / density)}px`,
      transform: `translate(${String((patch.at.x - at.x) / density)}px, ${String((patch.at.y - at.y) / density)}px)`,
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
            <div className="patch" style={shift}>
              <PixelCanvas pixels={patch.after} />
            </div>
          </div>
          <div className="side" style={{ clipPath: `inset(0 ${String(100 - divider * 100)}% 0 0)` }}>
            <div className="patch" style={shift}>
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
