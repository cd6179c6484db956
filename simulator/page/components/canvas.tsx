import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react';
import type { DocumentView, Simulator } from '../../photoshop/index.ts';
import { Marquee } from './marquee.tsx';
import type { Tool } from './tools.tsx';

/** `fit` follows the window; a number is screen pixels per document pixel. */
export type Zoom = 'fit' | number;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface CanvasProps {
  simulator: Simulator;
  document: DocumentView;
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  tool: Tool;
  /** The marquee's. */
  feather: number;
}

const margin = 24;

/** Screen pixels per document pixel. Small documents are fitted at a whole factor, so that pixels stay square. */
export function scaleOf(zoom: Zoom, document: Size, view: Size): number {
  if (zoom !== 'fit') return zoom;
  const fit = Math.min(
    (view.width - 2 * margin) / document.width,
    (view.height - 2 * margin) / document.height,
  );
  return fit > 1 ? Math.min(32, Math.floor(fit)) : Math.max(0.01, fit);
}

/** The document on a checkerboard. Wheel and drag move it, Ctrl or ⌘ with the wheel zooms about the pointer. */
export function Canvas({ simulator, document, zoom, onZoom, tool, feather }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<Size>({ width: 0, height: 0 });
  /** The point of the document in the middle of the view, 0 to 1 each: it survives a resize of the document. */
  const [centre, setCentre] = useState<Point>({ x: 0.5, y: 0.5 });
  const { width, height, id, revision } = document;
  const scale = scaleOf(zoom, document, view);
  const middle = zoom === 'fit' ? { x: 0.5, y: 0.5 } : centre;
  const origin = {
    x: view.width / 2 - middle.x * width * scale,
    y: view.height / 2 - middle.y * height * scale,
  };

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setView({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (canvas.current && view.width > 0)
        draw(canvas.current, view, simulator, { id, width, height }, scale, origin);
    });
    return () => cancelAnimationFrame(frame);
  }, [simulator, id, revision, width, height, view, scale, origin.x, origin.y]); // eslint-disable-line react-hooks/exhaustive-deps

  const move = (dx: number, dy: number): void => {
    if (zoom === 'fit') return;
    setCentre({ x: clamp(middle.x - dx / (width * scale)), y: clamp(middle.y - dy / (height * scale)) });
  };

  const zoomAbout = (pointer: Point, factor: number): void => {
    const next = Math.min(32, Math.max(0.01, scale * factor));
    const at = { x: (pointer.x - origin.x) / scale, y: (pointer.y - origin.y) / scale };
    setCentre({
      x: clamp((at.x + (view.width / 2 - pointer.x) / next) / width),
      y: clamp((at.y + (view.height / 2 - pointer.y) / next) / height),
    });
    onZoom(next);
  };

  // React's own wheel listener is passive and could not keep the browser from zooming the page.
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        zoomAbout({ x: event.offsetX, y: event.offsetY }, 2 ** (-event.deltaY / 200));
      } else {
        move(-event.deltaX, -event.deltaY);
      }
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  });

  const drag = (event: ReactPointerEvent<HTMLCanvasElement>): void => {
    if (tool === 'hand' && event.buttons === 1) move(event.movementX, event.movementY);
  };

  return (
    <div className="view">
      <canvas
        ref={canvas}
        className="canvas"
        data-tool={tool}
        aria-label={`Document ${document.name}`}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
      />
      <Marquee
        simulator={simulator}
        document={document}
        view={view}
        scale={scale}
        origin={origin}
        tool={tool}
        feather={feather}
      />
    </div>
  );
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}

function draw(
  canvas: HTMLCanvasElement,
  view: Size,
  simulator: Simulator,
  document: Size & { id: number },
  scale: number,
  origin: Point,
): void {
  const ratio = devicePixelRatio;
  canvas.width = Math.round(view.width * ratio);
  canvas.height = Math.round(view.height * ratio);
  const context = canvas.getContext('2d');
  if (!context) return;
  const bounds = {
    left: Math.max(0, Math.floor(-origin.x / scale)),
    top: Math.max(0, Math.floor(-origin.y / scale)),
    right: Math.min(document.width, Math.ceil((view.width - origin.x) / scale)),
    bottom: Math.min(document.height, Math.ceil((view.height - origin.y) / scale)),
  };
  const width = bounds.right - bounds.left;
  const height = bounds.bottom - bounds.top;
  if (width <= 0 || height <= 0) return;

  const maxSide = Math.ceil(Math.max(width, height) * Math.min(1, scale * ratio));
  const pixels = simulator.composite(document.id, { bounds, maxSide });
  const picture = new OffscreenCanvas(pixels.width, pixels.height);
  picture.getContext('2d')?.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);

  context.scale(ratio, ratio);
  const [x, y, w, h] = [
    origin.x + bounds.left * scale,
    origin.y + bounds.top * scale,
    width * scale,
    height * scale,
  ];
  checkerboard(context, x, y, w, h);
  context.imageSmoothingEnabled = scale * ratio < 2;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, x, y, w, h);
}

function checkerboard(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number): void {
  const square = 8;
  const tile = new OffscreenCanvas(2 * square, 2 * square);
  const brush = tile.getContext('2d');
  if (!brush) return;
  brush.fillStyle = '#fff';
  brush.fillRect(0, 0, 2 * square, 2 * square);
  brush.fillStyle = '#ccc';
  brush.fillRect(square, 0, square, square);
  brush.fillRect(0, square, square, square);
  const pattern = context.createPattern(tile, 'repeat');
  if (!pattern) return;
  context.fillStyle = pattern;
  context.fillRect(x, y, w, h);
}
