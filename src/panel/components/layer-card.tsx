import type { Dimensions } from '../../size.ts';
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
}

/** The layer in question: its picture, its name, its size now and after. */
export function LayerCard({ layer, after, thumbnail }: Props) {
  const { layer: words } = useTexts();
  return (
    <section className="layer-card" aria-label={words.section}>
      <div className="thumbnail">{thumbnail && <PixelCanvas pixels={thumbnail} />}</div>
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
