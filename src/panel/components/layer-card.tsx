import type { Scale } from '../../engine/types.ts';
import type { Pixels } from '../pixels.ts';
import type { Target } from '../target.ts';
import { texts } from '../texts.ts';
import { FullName } from './full-name.tsx';
import { PixelCanvas } from './pixel-canvas.tsx';

interface Props {
  target: Target;
  /** Undefined when the layer will not be enlarged. */
  scale: Scale | undefined;
  thumbnail: Pixels | undefined;
}

/** The layer in question: its picture, its name, its size now and after. */
export function LayerCard({ target, scale, thumbnail }: Props) {
  const after = scale && { width: target.width * scale, height: target.height * scale };
  return (
    <section className="layer-card" aria-label={texts.layer.section}>
      <div className="thumbnail">{thumbnail && <PixelCanvas pixels={thumbnail} />}</div>
      <div className="layer-words">
        <FullName name={target.name} />
        {target.width > 0 && (
          <p className="sizes">
            <span data-testid="size-now">
              {after ? texts.layer.sizeNow(target) : texts.layer.sizeOnly(target)}
            </span>
            {after && (
              <span>
                <span className="arrow" aria-hidden="true">
                  →{' '}
                </span>
                <span className="unseen">{texts.layer.becomes} </span>
                <span data-testid="size-after">{texts.layer.sizeAfter(after)}</span>
              </span>
            )}
          </p>
        )}
      </div>
      {target.note && <p className="note">{texts.layer.notes[target.note]}</p>}
    </section>
  );
}
