import { useSyncExternalStore } from 'react';
import { LoupeError } from '../../errors.ts';
import { hasEnds, scaleFor } from '../jobs.ts';
import { ownModel, type OwnModels } from '../own-models.ts';
import { chosenIn, isOf, type PanelState, type View } from '../state.ts';
import type { Chosen, Ready } from '../ready.ts';
import type { Session } from '../session.ts';
import { fileOf, isOwn, modelOf } from '../settings.ts';
import { texts, type MadeWith } from '../texts.ts';
import { Backend } from './backend.tsx';
import { Choices } from './choices.tsx';
import { Done } from './done.tsx';
import { Empty } from './empty.tsx';
import { EstimateText } from './estimate.tsx';
import { Failed } from './failed.tsx';
import { LayerCard } from './layer-card.tsx';
import { RunProgress } from './run-progress.tsx';
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
  const { view, backends, thumbnail, own, defaults } = state;
  if (view.kind === 'loading') return <p className="quiet centred">{texts.loading}</p>;
  if (view.kind === 'empty') return <Empty reason={view.reason} />;
  const chosen = chosenIn(view);
  const over = view.kind === 'done' || view.kind === 'failed';
  return (
    <>
      {chosen && (
        <LayerCard
          target={chosen.target}
          scale={view.kind === 'refused' ? undefined : scaleFor(chosen.settings, own.models)}
          thumbnail={thumbnail && isOf(thumbnail, chosen.target) ? thumbnail.pixels : undefined}
        />
      )}
      {chosen && !over && (
        <Choices
          catalog={session.catalog}
          defaults={defaults}
          chosen={chosen}
          ready={view.kind === 'ready' ? view : undefined}
          own={own}
          session={session}
        />
      )}
      {!over && (
        <dl className="facts">
          <Backend backends={backends} running={view.kind === 'working' ? view.run : undefined} />
          {view.kind === 'ready' && isOwn(view.settings.model) && (
            <>
              <dt>{texts.estimate.label}</dt>
              <dd data-testid="estimate-own">
                <EstimateText estimate={view.estimates[view.settings.quality]} />
              </dd>
            </>
          )}
        </dl>
      )}
      {over ? (
        <Action view={view} own={own} session={session} />
      ) : (
        <footer className="footer">
          <Action view={view} own={own} session={session} />
        </footer>
      )}
    </>
  );
}

/** What can be done, is being done, or came of it. */
function Action({ view, own, session }: { view: View; own: OwnModels; session: Session }) {
  switch (view.kind) {
    case 'ready':
      return (
        <Start
          problem={ownProblem(view, own)}
          waiting={view.auto?.kind === 'proposing'}
          message={view.cancelled ? new LoupeError('cancelled').message : undefined}
          onEnhance={session.enhance}
        />
      );
    case 'refused':
      return <Start problem={view.problem.message} onEnhance={session.enhance} />;
    case 'working':
      return <RunProgress run={view.run} name={view.target.name} onCancel={session.cancel} />;
    case 'done':
      return (
        <Done
          target={view.target}
          result={view.result}
          made={madeWith(view, session)}
          region={session.region}
          onAnother={session.another}
        />
      );
    case 'failed':
      return <Failed error={view.error} onTryAgain={session.tryAgain} />;
    case 'loading':
    case 'empty':
      return null;
  }
}

function madeWith({ settings, auto }: Chosen, { catalog }: Session): MadeWith {
  const { quality, detail } = settings;
  const model = modelOf(settings, auto);
  if (isOwn(model)) return {};
  return hasEnds(catalog, model, quality) ? { quality, detail } : { quality };
}

/** Why the chosen model of the user's own cannot be run. */
function ownProblem({ settings, auto }: Ready, own: OwnModels): string | undefined {
  const model = modelOf(settings, auto);
  if (!isOwn(model)) return undefined;
  const found = ownModel(own.models, model);
  if (found?.kind === 'fit') return undefined;
  const name = fileOf(model);
  // Before the folder has been listed it may still turn up.
  const waiting = own.folder === undefined || found?.kind === 'trying';
  return waiting ? texts.own.blocked.trying(name) : texts.own.blocked.unusable(name);
}
