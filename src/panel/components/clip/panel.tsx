import { useState, useSyncExternalStore } from 'react';
import type { LoupeError } from '../../../errors.ts';
import type { ClipSession } from '../../clip/session.ts';
import type { ClipState } from '../../clip/state.ts';
import type { ClipView } from '../../clip/view.ts';
import { Preview as PreviewStore } from '../../preview.ts';
import { useTexts } from '../../use-texts.ts';
import { AlreadyPlaced } from './already-placed.tsx';
import { Backend } from '../backend.tsx';
import { Empty } from '../empty.tsx';
import { FullName } from '../full-name.tsx';
import { Loading } from '../loading.tsx';
import { Shell } from '../shell.tsx';
import { ClipDone } from './done.tsx';
import { ClipFailed } from './failed.tsx';
import { ClipLeft } from './left.tsx';
import { ReadyClip } from './ready.tsx';
import { ClipUnfinished } from './unfinished.tsx';
import { ClipWorking } from './working.tsx';

/** The states that Photoshop's panel has too are told apart from it by their names. */
function kindOf({ kind }: ClipView): string {
  return kind === 'loading' || kind === 'empty' || kind === 'refused' ? kind : `clip-${kind}`;
}

/** The whole panel in Premiere, as the session's state says. */
export function ClipPanel({ session }: { session: ClipSession }) {
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const [preview] = useState(() => new PreviewStore(session));
  return (
    <Shell {...state} kind={kindOf(state.view)}>
      <Content state={state} session={session} preview={preview} />
    </Shell>
  );
}

interface ContentProps {
  state: ClipState;
  session: ClipSession;
  preview: PreviewStore;
}

function Content({ state, session, preview }: ContentProps) {
  const texts = useTexts();
  const { view, backends } = state;
  switch (view.kind) {
    case 'loading': {
      const name = view.report?.clip?.name;
      return <Loading words={name === undefined ? texts.loading : texts.clip.reading(name)} />;
    }
    case 'empty':
      return <NoClip problem={view.problem} />;
    case 'refused':
      return <Refused view={view} onUndo={session.undoRemaster} />;
    case 'ready':
      return <ReadyClip view={view} state={state} session={session} preview={preview} />;
    case 'unfinished':
      return <ClipUnfinished view={view} onGoOn={session.goOn} onDiscard={session.discard} />;
    case 'working':
      return (
        <>
          <ClipWorking run={view.run} session={session} />
          <dl className="facts">
            <Backend backends={backends} running={view.run} />
          </dl>
        </>
      );
    case 'done':
      return <ClipDone view={view} session={session} />;
    case 'left':
      return <ClipLeft view={view} session={session} />;
    case 'failed':
      return <ClipFailed view={view} session={session} />;
  }
}

function NoClip({ problem: { code, detail } }: { problem: LoupeError }) {
  const texts = useTexts();
  const { project, sequence, clip } = texts.clip.empty;
  const heading = code === 'no-project' ? project : code === 'no-sequence' ? sequence : clip;
  return <Empty heading={heading}>{texts.errors[code](detail)}</Empty>;
}

interface RefusedProps {
  view: Extract<ClipView, { kind: 'refused' }>;
  onUndo: () => void;
}

/** A clip that cannot be remastered, and why. */
function Refused({ view, onUndo }: RefusedProps) {
  const texts = useTexts();
  const { name, placed } = view;
  const { code, detail } = view.problem;
  return (
    <section className="unfinished" aria-label={texts.clip.section}>
      {name !== undefined && <FullName name={name} testId="clip-name" />}
      <p className="reason" role="status" data-testid="message">
        {texts.errors[code](detail)}
      </p>
      {placed && <AlreadyPlaced track={placed.trackName} onUndo={onUndo} />}
    </section>
  );
}
