import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import type { DocumentView, Simulator } from '../../photoshop/index.ts';
import type { Tool } from './tools.tsx';

interface MarqueeProps {
  simulator: Simulator;
  document: DocumentView;
  view: { readonly width: number; readonly height: number };
  /** Screen pixels per document pixel. */
  scale: number;
  /** Where the document's first pixel is on the screen. */
  origin: { readonly x: number; readonly y: number };
  tool: Tool;
  feather: number;
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** The longest side at which the selection's outline is traced. */
const OUTLINE_SIDE = 700;

/** The selection's marching outline over the canvas; with a marquee tool, a rectangle or an ellipse is drawn here. */
export function Marquee({ simulator, document, view, scale, origin, tool, feather }: MarqueeProps) {
  const [drawing, setDrawing] = useState<{ from: Corner; to: Corner }>();
  const { id, width, height, selection, revision } = document;
  const outline = useMemo(
    () => (selection ? outlineOf(simulator.selectionMask(id, OUTLINE_SIDE), width) : ''),
    // The selection may differ with each revision.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [simulator, id, width, revision],
  );
  const place = useRef<SVGSVGElement>(null);

  // Escape gives up what is being drawn.
  useEffect(() => {
    const press = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setDrawing(undefined);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  const at = (event: PointerEvent): Corner => {
    const box = place.current?.getBoundingClientRect();
    return {
      x: Math.round((event.clientX - (box?.left ?? 0) - origin.x) / scale),
      y: Math.round((event.clientY - (box?.top ?? 0) - origin.y) / scale),
    };
  };

  const finish = ({ shiftKey, altKey }: PointerEvent): void => {
    if (!drawing) return;
    setDrawing(undefined);
    const bounds = boundsOf(drawing.from, drawing.to);
    const how = shiftKey ? (altKey ? 'intersect' : 'add') : altKey ? 'subtract' : 'replace';
    if (bounds.right <= bounds.left || bounds.bottom <= bounds.top) simulator.user.deselect(id);
    else if (tool === 'ellipse') simulator.user.selectEllipse(id, bounds, { feather, how });
    else simulator.user.selectRectangle(id, bounds, { feather, how });
  };

  const drawn = drawing && boundsOf(drawing.from, drawing.to);
  return (
    <svg
      ref={place}
      className="marquee"
      data-active={tool !== 'hand'}
      width={view.width}
      height={view.height}
      aria-label={selection ? 'Selection' : 'No selection'}
      role="img"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrawing({ from: at(event), to: at(event) });
      }}
      onPointerMove={(event) => drawing && setDrawing({ ...drawing, to: at(event) })}
      onPointerUp={finish}
    >
      <g transform={`translate(${origin.x} ${origin.y}) scale(${scale})`}>
        {outline !== '' && (
          <>
            <path className="ants" d={outline} />
            <path className="ants moving" d={outline} />
          </>
        )}
        {drawn && tool === 'rectangle' && (
          <rect
            className="ants moving"
            x={drawn.left}
            y={drawn.top}
            width={drawn.right - drawn.left}
            height={drawn.bottom - drawn.top}
          />
        )}
        {drawn && tool === 'ellipse' && (
          <ellipse
            className="ants moving"
            cx={(drawn.left + drawn.right) / 2}
            cy={(drawn.top + drawn.bottom) / 2}
            rx={(drawn.right - drawn.left) / 2}
            ry={(drawn.bottom - drawn.top) / 2}
          />
        )}
        <rect width={width} height={height} fill="none" />
      </g>
    </svg>
  );
}

const boundsOf = (a: Corner, b: Corner) => ({
  left: Math.min(a.x, b.x),
  top: Math.min(a.y, b.y),
  right: Math.max(a.x, b.x),
  bottom: Math.max(a.y, b.y),
});

type MaskView = NonNullable<ReturnType<Simulator['selectionMask']>>;

/** The edges between pixels that are at least half selected and others, as an SVG path in document pixels. */
function outlineOf(mask: MaskView | null, documentWidth: number): string {
  if (!mask) return '';
  const { width, height, data } = mask;
  const step = Math.ceil(documentWidth / width);
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && (data[y * width + x] ?? 0) >= 128;
  const parts: string[] = [];
  // Edges of one line that follow one another are drawn as one.
  const trace = (
    across: number,
    down: number,
    edge: (along: number, line: number) => boolean,
    path: Path,
  ) => {
    for (let line = 0; line <= down; line++) {
      for (let start = 0; start < across;) {
        if (!edge(start, line)) {
          start++;
          continue;
        }
        let end = start;
        while (end < across && edge(end, line)) end++;
        parts.push(path(start * step, end * step, line * step));
        start = end;
      }
    }
  };
  trace(
    width,
    height,
    (x, y) => inside(x, y) !== inside(x, y - 1),
    (a, b, y) => `M${a} ${y}H${b}`,
  );
  trace(
    height,
    width,
    (y, x) => inside(x, y) !== inside(x - 1, y),
    (a, b, x) => `M${x} ${a}V${b}`,
  );
  return parts.join('');
}

type Path = (start: number, end: number, line: number) => string;
