import { useMemo } from 'react';
import type { LoupeError } from '../../../errors.ts';
import type { Hindrance } from '../../clip/hindrance.ts';
import { outlineOf, type ClipReady, type Outline } from '../../clip/ready.ts';
import type { ClipSession } from '../../clip/session.ts';
import type { ClipState } from '../../clip/state.ts';
import type { Preview } from '../../preview.ts';
import { isOwn } from '../../settings.ts';
import type { Texts } from '../../../texts/index.ts';
import { useTexts } from '../../use-texts.ts';
import { Backend } from '../backend.tsx';
import { EstimateText } from '../estimate.tsx';
import { OwnChoices } from '../own-choices.tsx';
import { OwnFolder } from '../own-folder.tsx';
import { Start } from '../start.tsx';
import { AlreadyPlaced } from './already-placed.tsx';
import { ClipCard } from './card.tsx';
import { ClipPreview } from './clip-preview.tsx';
import { CodecChoice } from './codec-choice.tsx';
import { Handles } from './handles.tsx';
import { Notes } from './notes.tsx';
import { Output } from './output.tsx';
import { TargetChoice } from './target-choice.tsx';

interface Props {
  view: ClipReady;
  state: ClipState;
  session: ClipSession;
  preview: Preview;
}

/** A clip that can be remastered: what it is, and everything that is set for it. */
export function ReadyClip({ view, state, session, preview }: Props) {
  const texts = useTexts();
  const { settings, sequence } = view;
  const outline = useMemo(() => outlineOf(view), [view]);
  const { goal, footage, codecs, codecProblem, codec, name, folder } = outline;
  // Always the same, so that fields that are left know it.
  const mistyped = useMemo(() => session.mistype, [session]);
  return (
    <>
      <ClipCard view={view} outline={outline} />
      <Notes notes={outline.notes} confirmed={view.confirmed} onConfirm={session.confirm} />
      {view.placed && <AlreadyPlaced track={view.placed.trackName} onUndo={session.undoRemaster} />}
      <section className="choices">
        <TargetChoice
          target={settings.target}
          goal={goal}
          square={footage.square}
          sequence={sequence}
          onChoose={(target) => session.choose({ target })}
        />
        <OwnChoices
          catalog={session.catalog}
          defaults={state.defaults}
          chosen={view}
          estimates={view.estimates}
          own={state.own}
          words={texts.clip}
          onChoose={session.choose}
        />
        <CodecChoice
          wanted={settings.codec}
          reports={codecs}
          problem={codecProblem}
          used={codec}
          bitDepth={outline.plan?.job.bitDepth}
          onChoose={(chosen) => session.choose({ codec: chosen })}
        />
        <Handles
          // What is being typed for another clip is not for this one.
          key={JSON.stringify(view.clip.ref)}
          value={settings.handles}
          there={outline.plan?.handles}
          onChoose={(handles) => session.choose({ handles })}
          onUsable={mistyped}
        />
        <Output
          folder={folder}
          name={name}
          typed={view.typed !== undefined}
          extension={outline.extension}
          onChooseFolder={session.chooseFolder}
          onName={session.nameRender}
        />
        <OwnFolder own={state.own} onShow={session.showModelsFolder} onLookAgain={session.lookForOwnModels} />
      </section>
      <ClipPreview view={view} outline={outline} own={state.own.models} session={session} preview={preview} />
      <dl className="facts">
        <Backend backends={state.backends} running={undefined} />
        {isOwn(settings.model) && (
          <>
            <dt>{texts.estimate.label}</dt>
            <dd data-testid="estimate-own">
              <EstimateText estimate={view.estimates[settings.quality]} />
            </dd>
          </>
        )}
      </dl>
      <footer className="footer">
        <StartRemaster view={view} outline={outline} session={session} />
      </footer>
    </>
  );
}

interface StartProps {
  view: ClipReady;
  outline: Outline;
  session: ClipSession;
}

function StartRemaster({ view, outline, session }: StartProps) {
  const texts = useTexts();
  const hindrance = session.hindrance(view, outline);
  const { plan, disk } = outline;
  const needs: string[] = [];
  if (disk !== undefined) needs.push(texts.clip.needs.disk(disk));
  if (plan) needs.push(texts.clip.needs.time(plan.frames));
  return (
    <Start
      label={texts.clip.remaster}
      testId="remaster"
      problem={hindranceText(hindrance, texts)}
      waiting={hindrance?.kind === 'looking'}
      needs={needs.length > 0 ? needs.join(' ') : undefined}
      message={view.cancelled ? texts.errors.cancelled('') : undefined}
      onStart={session.remaster}
    />
  );
}

function errorText({ code, detail }: LoupeError, texts: Texts): string {
  return texts.errors[code](detail);
}

/** Why it cannot be started; undefined where it can, or will be able to by itself. */
function hindranceText(hindrance: Hindrance | undefined, texts: Texts): string | undefined {
  const { clip } = texts;
  switch (hindrance?.kind) {
    case 'confirm':
      return clip.confirmFirst;
    case 'mistyped':
      return clip.handles.mistyped;
    case 'name':
      return clip.output.unfitFirst;
    case 'no-codec':
      return clip.codec.none;
    case 'target':
      return clip.target.first;
    case 'error':
      return errorText(hindrance.error, texts);
    case 'own': {
      const { trying, unusable } = texts.own.blocked;
      return hindrance.trying ? trying(hindrance.name) : unusable(hindrance.name);
    }
    case 'memory':
      return clip.needs.tooMuch(hindrance.needed, hindrance.most);
    case 'looking':
    case undefined:
      return undefined;
  }
}
