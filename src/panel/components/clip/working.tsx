import type { ClipRun } from '../../clip/running.ts';
import type { ClipSession } from '../../clip/session.ts';
import { percentOf } from '../../numbers.ts';
import { useTexts } from '../../use-texts.ts';
import { FullName } from '../full-name.tsx';
import { Outcome } from '../outcome.tsx';
import { PixelCanvas } from '../pixel-canvas.tsx';

interface Props {
  run: ClipRun;
  session: Pick<ClipSession, 'pause' | 'cancel'>;
}

/** How far a remaster has come, how fast it is, what it makes now; the way to hold it, and out of it. */
export function ClipWorking({ run, session }: Props) {
  const texts = useTexts();
  const { clip: words } = texts;
  const { order, phase, frames, framesDone, framesPerSecond, remaining, picture, paused, cancelling } = run;
  const percent = percentOf(frames > 0 ? framesDone / frames : 0);
  const stoppable = phase === 'preparing' || phase === 'remastering';
  const status = cancelling ? texts.actions.cancelling : paused ? words.run.paused : words.run.phases[phase];
  return (
    <Outcome follows>
      <FullName name={order.clipName} testId="clip-name" />
      {picture && (
        <figure className="clip-picture" aria-label={words.run.picture} data-testid="current-frame">
          <PixelCanvas pixels={picture} />
        </figure>
      )}
      <div className="progress-words">
        <span role="status">{status}</span>
        <span className="numbers">{texts.run.percent(percent)}</span>
      </div>
      <sp-progress-bar
        className="bar"
        size="m"
        progress={percent}
        aria-label={texts.run.progress}
        data-testid="progress"
      ></sp-progress-bar>
      <div className="run-numbers quiet numbers">
        <span data-testid="frames-done">{words.run.frames(framesDone, frames)}</span>
        <span data-testid="frames-per-second">
          {framesPerSecond !== undefined && !paused && words.run.perSecond(framesPerSecond)}
        </span>
        <span data-testid="time-left">
          {stoppable && !paused && !cancelling && texts.run.left(remaining)}
        </span>
      </div>
      <div className="pair">
        <sp-button
          variant="secondary"
          size="l"
          disabled={cancelling || !stoppable}
          data-testid={paused ? 'go-on' : 'pause'}
          onClick={() => session.pause(!paused)}
        >
          {paused ? words.resume : words.pause}
        </sp-button>
        <sp-button
          variant="secondary"
          treatment="outline"
          size="l"
          disabled={cancelling || !stoppable}
          data-testid="cancel"
          onClick={session.cancel}
        >
          {texts.actions.cancel}
        </sp-button>
      </div>
      <p className="quiet">{words.run.bound(order.clipName)}</p>
      <p className="hint">{words.run.closing}</p>
    </Outcome>
  );
}
