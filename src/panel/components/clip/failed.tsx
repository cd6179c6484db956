import type { ClipSession } from '../../clip/session.ts';
import type { ClipView } from '../../clip/view.ts';
import { useTexts } from '../../use-texts.ts';
import { Outcome } from '../outcome.tsx';

interface Props {
  view: Extract<ClipView, { kind: 'failed' }>;
  session: Pick<ClipSession, 'goOn' | 'discard' | 'tryAgain'>;
}

/** What went wrong, what to do about it, and what is kept. */
export function ClipFailed({ view, session }: Props) {
  const texts = useTexts();
  const { error, kept, order, resuming } = view;
  // What is kept is of another render.
  const fits = error.code !== 'render-other';
  const { failed: words } = texts.clip;
  return (
    <Outcome follows>
      <div role="alert" className="alert">
        <h2>{texts.failed.heading}</h2>
        <p data-testid="message">{texts.errors[error.code](error.detail)}</p>
      </div>
      {order && fits && (
        <p className="quiet" data-testid="kept">
          {kept > 0 ? words.kept(kept) : words.nothing}
        </p>
      )}
      {kept > 0 ? (
        <>
          {fits && (
            <sp-button
              variant="accent"
              size="l"
              className="wide"
              disabled={resuming}
              data-testid="go-on"
              onClick={session.goOn}
            >
              {resuming ? texts.clip.run.phases.preparing : texts.unfinished.goOn}
            </sp-button>
          )}
          <sp-button
            variant="secondary"
            treatment="outline"
            size="m"
            className="wide"
            disabled={resuming}
            data-testid="discard"
            onClick={session.discard}
          >
            {texts.unfinished.discard}
          </sp-button>
        </>
      ) : (
        <sp-button
          variant="primary"
          treatment="outline"
          size="l"
          className="wide"
          data-testid="try-again"
          onClick={session.tryAgain}
        >
          {texts.actions.tryAgain}
        </sp-button>
      )}
    </Outcome>
  );
}
