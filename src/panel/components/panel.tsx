import { useSyncExternalStore } from 'react';
import { chosenIn, type PanelState, type Target, type Thumbnail, type View } from '../state.ts';
import type { Session } from '../session.ts';
import { texts } from '../texts.ts';
import { Backend } from './backend.tsx';
import { Done } from './done.tsx';
import { Empty } from './empty.tsx';
import { Estimate } from './estimate.tsx';
import { Failed } from './failed.tsx';
import { LayerCard } from './layer-card.tsx';
import { ModelChoice } from './model-choice.tsx';
import { RunProgress } from './run-progress.tsx';
import { ScaleChoice } from './scale-choice.tsx';
import { Start } from './start.tsx';

/** The whole panel, as the session's state says. */
export function Panel({ session }: { session: Session }) {
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const { theme, view } = state;
  return (
    <sp-theme
      system="spectrum"
      color={theme === 'dark' || theme === 'darkest' ? 'dark' : 'light'}
      scale="medium"
      className="theme"
      data-theme={theme}
    >
      <main className="panel" aria-label={texts.panel} data-state={view.kind}>
        <Content state={state} session={session} />
      </main>
    </sp-theme>
  );
}

function Content({ state, session }: { state: PanelState; session: Session }) {
  const { view, backends, thumbnail } = state;
  if (view.kind === 'loading') return <p className="quiet centred">{texts.loading}</p>;
  if (view.kind === 'empty') return <Empty reason={view.reason} />;
  const chosen = chosenIn(view);
  return (
    <>
      {chosen && (
        <LayerCard
          target={chosen.target}
          scale={view.kind === 'refused' ? undefined : chosen.settings.scale}
          thumbnail={thumbnail && isOf(thumbnail, chosen.target) ? thumbnail.pixels : undefined}
        />
      )}
      {chosen && view.kind !== 'done' && view.kind !== 'failed' && (
        <section className="choices">
          <ModelChoice
            model={chosen.settings.model}
            disabled={view.kind !== 'ready'}
            onChoose={session.chooseModel}
          />
          <ScaleChoice
            scale={chosen.settings.scale}
            largest={chosen.target.largestScale}
            disabled={view.kind !== 'ready'}
            onChoose={session.chooseScale}
          />
        </section>
      )}
      {view.kind !== 'done' && view.kind !== 'failed' && (
        <dl className="facts">
          <Backend backends={backends} running={view.kind === 'working' ? view.run : undefined} />
          {view.kind === 'ready' && <Estimate estimate={view.estimate} />}
        </dl>
      )}
      <Action view={view} session={session} />
    </>
  );
}

function isOf(thumbnail: Thumbnail, { documentId, layerId }: Target): boolean {
  return thumbnail.documentId === documentId && thumbnail.layerId === layerId;
}

/** What can be done, is being done, or came of it. */
function Action({ view, session }: { view: View; session: Session }) {
  switch (view.kind) {
    case 'ready':
      return <Start problem={null} cancelled={view.cancelled} onEnhance={session.enhance} />;
    case 'refused':
      return <Start problem={view.problem} cancelled={false} onEnhance={session.enhance} />;
    case 'working':
      return <RunProgress run={view.run} name={view.target.name} onCancel={session.cancel} />;
    case 'done':
      return (
        <Done target={view.target} result={view.result} region={session.region} onAnother={session.another} />
      );
    case 'failed':
      return <Failed error={view.error} onTryAgain={session.tryAgain} />;
    case 'loading':
    case 'empty':
      return null;
  }
}
