import { useSyncExternalStore } from 'react';
import type { ClipSession } from '../clip/session.ts';
import type { Greeting } from '../greeting.ts';
import type { Session } from '../session.ts';
import { useTexts } from '../use-texts.ts';
import { ClipPanel } from './clip/panel.tsx';
import { Failed } from './failed.tsx';
import { Loading } from './loading.tsx';
import { Panel } from './panel.tsx';
import { Shell } from './shell.tsx';

/** The panel of the application that has answered; before that, in English, that it is awaited or has not. */
export function Root({ greeting }: { greeting: Greeting<Session | ClipSession> }) {
  const state = useSyncExternalStore(greeting.subscribe, greeting.getState);
  if (state.kind === 'started') {
    const { session } = state;
    return session.app === 'premiere' ? <ClipPanel session={session} /> : <Panel session={session} />;
  }
  return (
    <Shell theme="dark" locale="en" kind={state.kind === 'failed' ? 'failed' : 'loading'}>
      {state.kind === 'failed' ? <Failed error={state.error} onTryAgain={greeting.tryAgain} /> : <Starting />}
    </Shell>
  );
}

function Starting() {
  const texts = useTexts();
  return <Loading words={texts.loading} />;
}
