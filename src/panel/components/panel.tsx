import { useState, useSyncExternalStore } from 'react';
import type { LoupeError } from '../../errors.ts';
import type { Texts } from '../../texts/index.ts';
import { Preview as PreviewStore } from '../preview.ts';
import { estimateOfAll } from '../ready.ts';
import { aboutOf, type PanelState, type View } from '../state.ts';
import { isOf } from '../layer.ts';
import type { Session } from '../session.ts';
import { isOwn } from '../settings.ts';
import { enlarged } from '../sizes.ts';
import type { Hindrance } from '../start.ts';
import { useTexts } from '../use-texts.ts';
import { Backend } from './backend.tsx';
import { Choices } from './choices.tsx';
import { Done } from './done.tsx';
import { NoLayer } from './empty.tsx';
import { EstimateText } from './estimate.tsx';
import { Failed } from './failed.tsx';
import { LayerCard } from './layer-card.tsx';
import { Loading } from './loading.tsx';
import { Preview } from './preview.tsx';
import { RunProgress, RunRows } from './run-progress.tsx';
import { Shell } from './shell.tsx';
import { Start } from './start.tsx';
import { Unfinished } from './unfinished.tsx';

/** The whole panel in Photoshop, as the session's state says. */
export function Panel({ session }: { session: Session }) {
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const [preview] = useState(() => new PreviewStore(session));
  return (
    <Shell {...state} kind={state.view.kind}>
      <Content state={state} session={session} preview={preview} />
    </Shell>
  );
}

interface ContentProps {
  state: PanelState;
  session: Session;
  preview: PreviewStore;
}

function Content({ state, session, preview }: ContentProps) {
  const texts = useTexts();
  const { view, backends, thumbnail } = state;
  if (view.kind === 'loading') return <Loading words={texts.loading} />;
  if (view.kind === 'empty') return <NoLayer reason={view.reason} />;
  if (view.kind === 'unfinished')
    return <Unfinished unfinished={view.unfinished} onGoOn={session.goOn} onDiscard={session.discard} />;
  const { document, items } = aboutOf(view);
  const [first] = items;
  const only = items.length === 1 ? first : undefined;
  const over = view.kind === 'done' || view.kind === 'failed';
  const refused = view.kind === 'refused';
  const ready = view.kind === 'ready' ? view : undefined;
  // Of one of Loupe's models the time stands with its quality.
  const time = ready && (!only || isOwn(only.settings.model)) ? estimateOfAll(ready) : undefined;
  return (
    <>
      {only && (
        <LayerCard
          layer={only.layer}
          after={!refused && document ? enlarged(document, only.layer, only.settings).target : undefined}
          thumbnail={thumbnail && isOf(thumbnail, only.layer) ? thumbnail.pixels : undefined}
          onLookAt={
            ready &&
            ((middle) => {
              preview.lookAt(only.layer.layerId, middle);
              preview.open(true);
            })
          }
        />
      )}
      {!over && document && (ready ?? only) && (
        <Choices state={state} document={document} items={items} ready={ready} session={session} />
      )}
      {ready && <Preview view={ready} state={state} session={session} preview={preview} />}
      {view.kind === 'working' && !only && <RunRows run={view.run} />}
      {!over && (
        <dl className="facts">
          <Backend backends={backends} running={view.kind === 'working' ? view.run : undefined} />
          {time && (
            <>
              <dt>{texts.estimate.label}</dt>
              <dd data-testid={only ? 'estimate-own' : 'estimate-all'}>
                <EstimateText estimate={time} />
              </dd>
            </>
          )}
        </dl>
      )}
      {over ? (
        <Action view={view} session={session} />
      ) : (
        <footer className="footer">
          <Action view={view} session={session} />
        </footer>
      )}
    </>
  );
}

/** What can be done, is being done, or came of it. */
function Action({ view, session }: { view: View; session: Session }) {
  const texts = useTexts();
  switch (view.kind) {
    case 'ready': {
      const hindrance = session.hindrance(view);
      const needs = session.needs(view);
      return (
        <Start
          problem={hindranceText(hindrance, texts)}
          waiting={hindrance?.kind === 'looking'}
          needs={hindrance?.kind === 'size' ? undefined : texts.needs.words(needs.disk, needs.memory)}
          message={view.cancelled ? texts.errors.cancelled('') : undefined}
          label={texts.actions.enhance}
          testId="enhance"
          onStart={session.enhance}
        />
      );
    }
    case 'refused':
      return (
        <Start
          problem={errorText(view.problem, texts)}
          label={texts.actions.enhance}
          testId="enhance"
          onStart={session.enhance}
        />
      );
    case 'working':
      return <RunProgress run={view.run} onCancel={session.cancel} />;
    case 'done':
      return <Done view={view} session={session} />;
    case 'failed':
      return <Failed error={view.error} onTryAgain={session.tryAgain} />;
    case 'loading':
    case 'empty':
    case 'unfinished':
      return null;
  }
}

function errorText({ code, detail }: LoupeError, texts: Texts): string {
  return texts.errors[code](detail);
}

/** Why Enhance cannot be pressed; undefined where it can, or will be able to by itself. */
function hindranceText(hindrance: Hindrance | undefined, texts: Texts): string | undefined {
  switch (hindrance?.kind) {
    case 'mistyped':
      return texts.size.mistyped;
    case 'size':
      // Why stands with the size.
      return texts.size.unfit;
    case 'memory':
      return texts.needs.tooMuch(hindrance.needed, hindrance.most);
    case 'own': {
      const { trying, unusable } = texts.own.blocked;
      return hindrance.trying ? trying(hindrance.name) : unusable(hindrance.name);
    }
    case 'looking':
    case undefined:
      return undefined;
  }
}
