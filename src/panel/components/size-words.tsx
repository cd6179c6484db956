import type { LayerSettings } from '../../bridge/protocol.ts';
import { printLength, type Unit } from '../../size.ts';
import type { ShownDocument, ShownLayer } from '../layer.ts';
import { enlarged, shares } from '../sizes.ts';
import { useTexts } from '../use-texts.ts';

interface Props {
  document: ShownDocument;
  layers: readonly ShownLayer[];
  settings: LayerSettings;
  network: number;
  unit: Unit;
}

/** What comes out, in a line: in pixels, in print, and how many times larger; or why it cannot be. */
export function SizeWords({ document, layers, settings, network, unit }: Props) {
  const texts = useTexts();
  const all = layers.map((layer) => enlarged(document, layer, settings));
  const [first] = all;
  if (!first) return null;
  const { size, place } = settings;
  const problem = all.find((each) => each.problem)?.problem;
  const { enlargement } = first;
  const factor = Math.max(enlargement.factorX, enlargement.factorY);
  const ppi = size.kind === 'print' ? size.ppi : document.resolution;
  const inUnit = size.kind === 'print' ? size.unit : unit;
  const print = {
    width: printLength(enlargement.width, inUnit, ppi),
    height: printLength(enlargement.height, inUnit, ppi),
    unit: inUnit,
    ppi,
  };
  // Each of several layers comes out at a size of its own unless they are enlarged with the document.
  const differ = place !== 'document' && layers.length > 1;
  const words =
    differ && size.kind === 'factor'
      ? texts.size.eachTimes(factor)
      : differ
        ? undefined
        : texts.size.words(enlargement, print, factor);
  const most = all.reduce((a, b) => (b.enlargement.factorX > a.enlargement.factorX ? b : a));
  const made = shares(most.enlargement, network);
  return (
    <div className="size-words" role="status">
      {words !== undefined && (
        <p className="hint" data-testid="size-words">
          {words}
        </p>
      )}
      {problem ? (
        <p className="reason hint" data-testid="size-problem">
          {texts.errors[problem.code](problem.detail)}
        </p>
      ) : (
        made && (
          <p className="hint" data-testid="size-made">
            {texts.size.made(made.network, made.interpolated)}
          </p>
        )
      )}
    </div>
  );
}
