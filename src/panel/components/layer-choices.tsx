import type { ReactNode } from 'react';
import type { OwnModels } from '../own-models.ts';
import type { Chosen, Item } from '../ready.ts';
import type { Session } from '../session.ts';
import type { Defaults } from '../settings.ts';
import { useTexts } from '../use-texts.ts';
import { Invented } from './invented.tsx';
import { OwnChoices } from './own-choices.tsx';

interface Props {
  session: Session;
  defaults: Defaults;
  own: OwnModels;
  chosen: Chosen;
  /** What is known of the layer while it is ready; undefined when nothing can be chosen. */
  ready: Item | undefined;
  /** What stands between the quality and Detail. */
  children?: ReactNode;
}

/** What is set for a layer alone. */
export function LayerChoices({ session, defaults, own, chosen, ready, children }: Props) {
  const { model } = useTexts();
  return (
    <OwnChoices
      catalog={session.catalog}
      defaults={defaults}
      chosen={chosen}
      estimates={ready?.estimates}
      own={own}
      words={model}
      onChoose={session.choose}
      invented={
        ready && (
          <Invented
            detail={chosen.settings.detail}
            tried={ready.invented}
            map={ready.map}
            onShow={session.showInvented}
            onHide={session.hideInvented}
          />
        )
      }
    >
      {children}
    </OwnChoices>
  );
}
