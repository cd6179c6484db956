import type { MouseEvent } from 'react';
import type { Dimensions } from '../../size.ts';
import type { Point } from '../comparison.ts';
import type { Pixels } from '../pixels.ts';
import type { ShownLayer } from '../layer.ts';
import { useTexts } from '../use-texts.ts';
import { FullName } from './full-name.tsx';
import { PixelCanvas } from './pixel-canvas.tsx';

interface Props {
  layer: ShownLayer;
  /** What becomes of the whole layer; undefined when it will not be enlarged. */
  after: Dimensions | undefined;
  thumbnail: Pixels | undefined;
  /** Told where the picture was pressed, as shares of its sides; undefined while there is nothing to look at. */
  onLookAt: ((middle: Point) => void) | undefined;
}

/** The layer in question: its picture, its name, its size now and after. */
export function LayerCard({ layer, after, thumbnail, onLookAt }: Props) {
  const { layer: words, preview } = useTexts();
  const picture = thumbnail && <PixelCanvas pixels={thumbnail} />;
  return (
    <section className="layer-card" aria-label={words.section}>
      {onLookAt && picture ? (
        <button
          type="button"
          className="thumbnail"
          aria-label={preview.fromThumbnail}
          data-testid="look-at"
          onClick={(event) => onLookAt(pressedAt(event))}
        >
          {picture}
        </button>
      ) : (
        <div className="thumbnail">{picture}</div>
      )}
      <div className="layer-words">
        <FullName name={layer.name} />
        {layer.width > 0 && (
          <p className="sizes">
            <span data-testid="size-now">{after ? words.sizeNow(layer) : words.sizeOnly(layer)}</span>
            {after && (
              <span>
                <span className="arrow" aria-hidden="true">
                  →{' '}
                </span>
                <span className="unseen">{words.becomes} </span>
                <span data-testid="size-after">{words.sizeAfter(after)}</span>
              </span>
            )}
          </p>
        )}
      </div>
      {layer.note && <p className="note">{words.notes[layer.note]}</p>}
    </section>
  );
}

/** Where in its picture the button was pressed; the middle by the keyboard. */
function pressedAt({ currentTarget, detail, clientX, clientY }: MouseEvent<HTMLElement>): Point {
  const bounds = currentTarget.querySelector('canvas')?.getBoundingClientRect();
  if (detail === 0 || !bounds) return { x: 0.5, y: 0.5 };
  const share = (at: number): number => Math.min(1, Math.max(0, at));
  return {
    x: share((clientX - bounds.left) / bounds.width),
    y: share((clientY - bounds.top) / bounds.height),
  };
}
