import { useEffect, useState } from 'react';
import { Latest, centredWindow, clampWindow, type Point, type Rect } from '../comparison.ts';
import type { Region } from '../session.ts';
import type { Pixels } from '../pixels.ts';
import { useTexts } from '../use-texts.ts';
import { usePan } from './pan.ts';
import { Sides } from './sides.tsx';

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

/** The original and the new layer at 100 %, one pixel of the document to one of the screen, split by a divider. */
export function SplitView({ before, after, region }: Props) {
  const texts = useTexts();
  /** What is looked at; undefined until somebody has moved it. */
  const [moved, setMoved] = useState<Point>();
  const [patch, setPatch] = useState<Patch>();
  const [unreadable, setUnreadable] = useState(false);
  const layer: Rect = {
    x: after.left,
    y: after.top,
    width: after.right - after.left,
    height: after.bottom - after.top,
  };
  const pan = usePan(
    layer,
    (size) => (moved ? clampWindow(moved, size, layer) : centredWindow(size, layer)),
    setMoved,
  );
  const { at, size } = pan;

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

  const shown = patch && {
    before: { pixels: patch.before, from: patch.beforeAt, scale: before.scale },
    after: { pixels: patch.after, from: patch.at, scale: 1 },
  };
  return (
    <div
      className="split"
      data-testid="split-view"
      role="group"
      aria-label={texts.done.picture}
      tabIndex={0}
      {...pan.handlers}
    >
      <Sides way="split" pan={pan} pictures={shown} />
      {unreadable && <p className="split-message">{texts.done.noPicture}</p>}
    </div>
  );
}
