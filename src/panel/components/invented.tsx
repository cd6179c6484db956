import { useEffect, useMemo, useRef } from 'react';
import { invents, LEGEND, overlayOf, strongestPart, type Tried } from '../honesty.ts';
import { percentOf } from '../numbers.ts';
import type { MapState } from '../ready.ts';
import { useTexts } from '../use-texts.ts';
import { PixelCanvas } from './pixel-canvas.tsx';

interface Props {
  detail: number;
  /** Undefined while, null where it is not known. */
  tried: Tried | null | undefined;
  map: MapState | undefined;
  onShow: () => void;
  onHide: () => void;
}

/** How much of the detail would be invented, in a sentence, and where, on request. */
export function Invented({ detail, tried, map, onShow, onHide }: Props) {
  const texts = useTexts();
  const part = useRef<HTMLDivElement>(null);
  const before = useRef(map?.kind);
  useEffect(() => {
    if (before.current === map?.kind) return;
    before.current = map?.kind;
    // The button just pressed is gone, and the keyboard's place with it.
    if (document.hasFocus() && document.activeElement === document.body) part.current?.focus();
    if (map?.kind === 'shown') part.current?.scrollIntoView({ block: 'nearest' });
  }, [map?.kind]);
  const { none, much, little, showWhere, showWhat } = texts.invented;
  const warns = tried ? invents(tried) && detail > 0 : false;
  const words = detail === 0 ? none : warns ? much(tried?.damage) : tried ? little : undefined;
  return (
    <div ref={part} className={warns ? 'invented warns' : 'invented'} tabIndex={-1} data-testid="invented">
      <p className={warns ? undefined : 'hint'} role="status" hidden={!words} data-testid="invented-words">
        {words}
      </p>
      {map?.kind === 'making' && <Making map={map} onCancel={onHide} />}
      {map?.kind === 'shown' && <Shown map={map} onHide={onHide} />}
      {map?.kind === 'failed' && (
        <p className="reason" role="alert">
          {texts.errors[map.error.code](map.error.detail)}
        </p>
      )}
      {(!map || map.kind === 'failed') && (
        <div className="actions">
          <sp-action-button size="s" onClick={onShow} data-testid="show-invented">
            {warns ? showWhere : showWhat}
          </sp-action-button>
        </div>
      )}
    </div>
  );
}

function Making({ map, onCancel }: { map: Extract<MapState, { kind: 'making' }>; onCancel: () => void }) {
  const texts = useTexts();
  const percent = percentOf(map.fraction);
  return (
    <>
      <div className="progress-words hint">
        <span>{texts.invented.making}</span>
        <span className="numbers">{texts.run.percent(percent)}</span>
      </div>
      <sp-progress-bar
        className="bar"
        size="s"
        progress={percent}
        aria-label={texts.invented.making}
        data-testid="map-progress"
      ></sp-progress-bar>
      <div className="actions">
        <span className="hint left">{texts.run.left(map.remaining)}</span>
        <sp-action-button size="s" onClick={onCancel} data-testid="cancel-map">
          {texts.actions.cancel}
        </sp-action-button>
      </div>
    </>
  );
}

function Shown({ map, onHide }: { map: Extract<MapState, { kind: 'shown' }>; onHide: () => void }) {
  const texts = useTexts();
  const { map: invented, picture } = map;
  const overlay = useMemo(() => overlayOf(invented), [invented]);
  const words = texts.invented.map(percentOf(invented.share), strongestPart(invented));
  const { legend, low, high, hide } = texts.invented;
  return (
    <figure className="map" data-testid="invented-map">
      <div
        className="map-picture"
        role="img"
        aria-label={legend}
        style={{ aspectRatio: `${String(invented.width)} / ${String(invented.height)}` }}
      >
        {picture && <PixelCanvas pixels={picture} className="map-layer" />}
        <PixelCanvas pixels={overlay} />
      </div>
      <figcaption>
        <div className="legend hint" aria-hidden="true">
          <span>{low}</span>
          <span className="legend-bar" style={{ backgroundImage: LEGEND }} />
          <span>{high}</span>
        </div>
        <p className="hint" role="status" data-testid="map-words">
          {words}
        </p>
        <div className="actions">
          <sp-action-button size="s" onClick={onHide} data-testid="hide-map">
            {hide}
          </sp-action-button>
        </div>
      </figcaption>
    </figure>
  );
}
