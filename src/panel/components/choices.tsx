import { useMemo } from 'react';
import type { LayerSettings, Part } from '../../bridge/protocol.ts';
import { networkScaleOf } from '../jobs.ts';
import type { ShownDocument } from '../layer.ts';
import { partOf, partsOf, taken, type Chosen, type Ready } from '../ready.ts';
import type { Session } from '../session.ts';
import { modelOf } from '../settings.ts';
import type { PanelState } from '../state.ts';
import { LayerChoices } from './layer-choices.tsx';
import { LayerList } from './layer-list.tsx';
import { OwnFolder } from './own-folder.tsx';
import { PartChoice } from './part-choice.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { SizeChoice } from './size-choice.tsx';

interface Props {
  state: PanelState;
  document: ShownDocument;
  items: readonly Chosen[];
  /** What is known of the layers while they are ready; undefined when nothing can be chosen. */
  ready: Ready | undefined;
  session: Session;
}

/** Everything that is set for the selected layers. */
export function Choices({ state, document, items, ready, session }: Props) {
  const { own, defaults, locale } = state;
  const { catalog } = session;
  const [first] = items;
  const many = ready !== undefined && items.length > 1;
  // Always the same, so that fields that are left know it.
  const mistyped = useMemo(() => session.mistype, [session]);
  if (!first) return null;
  const run: readonly Chosen[] = ready ? taken(ready) : items;
  const settings: LayerSettings = (run[0] ?? first).settings;
  const part: Part = ready ? partOf(ready) : 'layer';
  const size = (
    <SizeChoice
      // What is being typed for other layers is not for these.
      key={items.map(({ layer }) => layer.layerId).join()}
      document={document}
      layers={run.map(({ layer }) => layer)}
      settings={settings}
      network={Math.min(...run.map((each) => networkScaleOf(modelOf(each.settings, each.auto), own.models)))}
      unit={/^en[-_]us/i.test(locale) ? 'inch' : 'cm'}
      disabled={!ready}
      onChoose={(next) => session.choose({ size: next })}
      onMistyped={mistyped}
    />
  );
  return (
    <section className="choices">
      {many && <LayerList view={ready} catalog={catalog} defaults={defaults} own={own} session={session} />}
      {ready && (
        <PartChoice parts={partsOf(items)} part={part} disabled={false} onChoose={session.choosePart} />
      )}
      {many ? (
        size
      ) : (
        <LayerChoices session={session} defaults={defaults} own={own} chosen={first} ready={ready?.items[0]}>
          {size}
        </LayerChoices>
      )}
      <PlaceChoice
        settings={settings}
        wholeLayer={part === 'layer'}
        disabled={!ready}
        onChoose={session.choose}
      />
      {ready && (
        <OwnFolder own={own} onShow={session.showModelsFolder} onLookAgain={session.lookForOwnModels} />
      )}
    </section>
  );
}
