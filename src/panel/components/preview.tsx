import { useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { clampWindow } from '../comparison.ts';
import type { EngineJob } from '../engine/protocol.ts';
import { jobOf } from '../jobs.ts';
import { isOf } from '../layer.ts';
import { WAYS, type Preview as Store, type Seen, type Shot } from '../preview.ts';
import { openItem, type Ready } from '../ready.ts';
import type { Session } from '../session.ts';
import { enlarged } from '../sizes.ts';
import type { PanelState } from '../state.ts';
import { useTexts } from '../use-texts.ts';
import { Buttons } from './buttons.tsx';
import { usePan } from './pan.ts';
import { Sides, type Laid } from './sides.tsx';

interface Props {
  view: Ready;
  state: PanelState;
  session: Session;
  preview: Store;
}

/** The preview of the layer whose settings are shown. */
export function Preview({ view, state, session, preview }: Props) {
  const item = openItem(view);
  const { thumbnail, own } = state;
  const picture = item && thumbnail && isOf(thumbnail, item.layer) ? thumbnail.pixels : undefined;
  useEffect(() => preview.seen(picture), [preview, picture]);
  if (!item || item.layer.refusal) return null;
  const { layer, settings, auto } = item;
  const { target, problem } = enlarged(view.document, layer, settings);
  const known = !problem && auto?.kind !== 'proposing';
  const job = known ? jobOf(session.catalog, own.models, item, target) : undefined;
  return <PreviewFold preview={preview} seen={layer} job={job} />;
}

interface FoldProps {
  preview: Store;
  seen: Seen;
  /** What Enhance would do with the layer as a whole; undefined while nobody knows. */
  job: EngineJob | undefined;
  /** What the place that is looked at belongs to; what is seen itself unless told. */
  middleOf?: number;
  /** What is said where it cannot be read. */
  unreadable?: string;
  /** What stands above the picture. */
  children?: ReactNode;
}

/** A part of the result before it is made, folded away until it is wanted. */
export function PreviewFold({ children, ...opened }: FoldProps) {
  const texts = useTexts();
  const { preview } = opened;
  const { open } = useSyncExternalStore(preview.subscribe, preview.getState);
  return (
    <details
      className="more"
      open={open}
      onToggle={({ currentTarget }) => preview.open(currentTarget.open)}
      data-testid="preview"
    >
      <summary>
        <span className="chevron" aria-hidden="true" />
        <span>{texts.preview.section}</span>
        <span className="brief hint">{texts.preview.brief}</span>
      </summary>
      <div className="folded">
        {open && (
          <>
            {children}
            <Opened {...opened} />
          </>
        )}
      </div>
    </details>
  );
}

function Opened({ preview, seen, job, middleOf = seen.layerId, unreadable }: Omit<FoldProps, 'children'>) {
  const texts = useTexts();
  const words = texts.preview;
  const { way, before, after, making, problem } = useSyncExternalStore(preview.subscribe, preview.getState);
  const { layerId } = seen;
  const whole = job?.target ?? { width: seen.width, height: seen.height };
  const area = { x: 0, y: 0, width: whole.width, height: whole.height };
  const middle = preview.middleOf(middleOf);
  const pan = usePan(
    area,
    (size) => {
      const at = { x: middle.x * whole.width - size.width / 2, y: middle.y * whole.height - size.height / 2 };
      return clampWindow(at, size, area);
    },
    (to, size) =>
      preview.lookAt(middleOf, {
        x: (to.x + size.width / 2) / whole.width,
        y: (to.y + size.height / 2) / whole.height,
      }),
  );
  const { at, size } = pan;

  useEffect(() => {
    preview.wish(job && at && size && { layer: seen, job, window: { ...at, ...size } });
  });
  useEffect(() => () => preview.wish(undefined), [preview]);

  const ofLayer = (shot: Shot | undefined) => (shot?.layerId === layerId ? laid(shot, whole) : undefined);
  const old = ofLayer(before);
  const made = ofLayer(after);
  // Until the network's is there, and where it is not yet, both sides show the layer as it is.
  const shown = old && {
    before: old,
    after: made ? { ...made, stale: making } : old,
    beneath: made && making ? old : undefined,
  };
  const why =
    problem === 'unreadable'
      ? (unreadable ?? words.unreadable)
      : problem && texts.errors[problem.code](problem.detail);
  return (
    <>
      <div
        className="split preview"
        role="group"
        aria-label={words.picture}
        aria-busy={making}
        tabIndex={0}
        data-testid="preview-picture"
        {...pan.handlers}
      >
        <Sides way={way} pan={pan} pictures={shown} />
        {making && (
          <sp-progress-bar
            className="preview-progress"
            size="s"
            progress={0}
            indeterminate
            aria-label={words.making}
            data-testid="preview-making"
          ></sp-progress-bar>
        )}
      </div>
      <p className="hint" role="status" hidden={!why} data-testid="preview-problem">
        {why && (problem === 'unreadable' ? why : words.failed(why))}
      </p>
      <Buttons
        label={words.waysLabel}
        choices={WAYS.map((value) => ({ value, name: words.ways[value] }))}
        chosen={way}
        disabled={false}
        testId={(value) => `preview-${value}`}
        onChoose={(value) => preview.show(value)}
      />
    </>
  );
}

/** A shot as it lies in the result as it would be now: one made for another size is scaled until the next is there. */
function laid({ at, whole, pixels }: Shot, now: { readonly width: number; readonly height: number }): Laid {
  const scale = now.width / whole.width;
  return { pixels, from: { x: at.x * scale, y: (at.y * now.height) / whole.height }, scale };
}
