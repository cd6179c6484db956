import { framesOfSecond } from '../../../video/rate.ts';
import { rangeOf } from '../../clip/plan.ts';
import type { ClipReady, Outline } from '../../clip/ready.ts';
import { timecode } from '../../clip/timecode.ts';
import { useTexts } from '../../use-texts.ts';
import { FullName } from '../full-name.tsx';
import { PixelCanvas } from '../pixel-canvas.tsx';

interface Props {
  view: ClipReady;
  outline: Outline;
}

/** The clip in question: a frame of it, its name, and what its file and Premiere say of it. */
export function ClipCard({ view, outline }: Props) {
  const texts = useTexts();
  const { clip: words } = texts;
  const { clip, facts, picture } = view;
  const { ref, mediaStartTicks } = clip;
  const { rate } = outline.footage;
  const start = BigInt(mediaStartTicks);
  const { first, end } = rangeOf(facts, clip);
  const ms = ((end - first) * 1000) / framesOfSecond(rate);
  const lines = [
    [words.facts.size, words.facts.pixels(facts)],
    [words.facts.rate, words.facts.fps(framesOfSecond(rate))],
    [
      words.facts.range,
      words.facts.span(
        timecode(start + BigInt(ref.inTicks), rate),
        timecode(start + BigInt(ref.outTicks), rate),
      ),
    ],
    [words.facts.duration, words.facts.frames(texts.times.exactly(ms), end - first)],
    [words.facts.file, [facts.container, facts.codecName].join(' · ')],
  ] as const;
  return (
    <section className="layer-card" aria-label={words.section}>
      <div className="thumbnail wide-thumbnail">{picture && <PixelCanvas pixels={picture} />}</div>
      <div className="layer-words">
        <FullName name={clip.name} testId="clip-name" />
        <p className="file-name hint" data-testid="clip-file">
          {fileName(ref.path)}
        </p>
      </div>
      <dl className="clip-facts" data-testid="clip-facts">
        {lines.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The last part of a path of either kind. */
function fileName(path: string): string {
  return path.split(/[/\\]/u).at(-1) ?? path;
}
