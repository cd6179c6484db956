import type { ClipSession } from '../../clip/session.ts';
import type { ClipView } from '../../clip/view.ts';
import { useTexts } from '../../use-texts.ts';
import { Outcome } from '../outcome.tsx';
import { RenderPath } from './done.tsx';

interface Props {
  view: Extract<ClipView, { kind: 'left' }>;
  session: Pick<ClipSession, 'place' | 'another'>;
}

/** A finished render that could not be laid over its clip: why, and the way to try again. */
export function ClipLeft({ view, session }: Props) {
  const texts = useTexts();
  const { left: words, done } = texts.clip;
  const { problem, made, placing } = view;
  return (
    <Outcome follows>
      <div role="alert" className="alert notice">
        <h2>{words.heading}</h2>
        <p data-testid="message">{texts.errors[problem.code](problem.detail)}</p>
      </div>
      <RenderPath path={made.path} />
      <sp-button
        variant="accent"
        size="l"
        className="wide"
        disabled={placing}
        data-testid="place"
        onClick={session.place}
      >
        {placing ? words.placing : words.place}
      </sp-button>
      <sp-button
        variant="secondary"
        treatment="outline"
        size="m"
        className="wide"
        disabled={placing}
        data-testid="another"
        onClick={session.another}
      >
        {done.another}
      </sp-button>
    </Outcome>
  );
}
