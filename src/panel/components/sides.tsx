import { useState } from 'react';
import type { Point } from '../comparison.ts';
import type { Pixels } from '../pixels.ts';
import { useTexts } from '../use-texts.ts';
import { Divider } from './divider.tsx';
import type { Pan } from './pan.ts';
import { PixelCanvas } from './pixel-canvas.tsx';

/** A picture, and where it lies in what is panned over. */
export interface Laid {
  readonly pixels: Pixels;
  readonly from: Point;
  /** Pixels of what is panned over to one of its own. */
  readonly scale: number;
  /** Made for what was set before. */
  readonly stale?: boolean;
}

interface Props {
  way: 'split' | 'beside';
  pan: Pan;
  /** Undefined until there are any. */
  pictures:
    | {
        readonly before: Laid;
        readonly after: Laid;
        /** Shows where the picture after does not reach yet. */
        readonly beneath?: Laid | undefined;
      }
    | undefined;
}

/** Before and after in register: one over the other with a divider, or next to each other. */
export function Sides({ way, pan, pictures }: Props) {
  const { done: words } = useTexts();
  const [divider, setDivider] = useState(0.5);
  const { at, frame, setFrame } = pan;
  const show = (laid: Laid | undefined) => laid && at && <Picture laid={laid} at={at} />;
  if (way === 'beside') {
    return (
      <div className="halves">
        <div ref={setFrame} className="half">
          {show(pictures?.before)}
          <span className="tag tag-before">{words.before}</span>
        </div>
        <div className="half">
          {show(pictures?.beneath)}
          {show(pictures?.after)}
          <span className="tag tag-after">{words.after}</span>
        </div>
      </div>
    );
  }
  const percent = Math.round(divider * 100);
  return (
    <div ref={setFrame} className="sides">
      {pictures && (
        <>
          <div className="side">
            {show(pictures.beneath)}
            {show(pictures.after)}
          </div>
          <div className="side" style={{ clipPath: `inset(0 ${String(100 - divider * 100)}% 0 0)` }}>
            {show(pictures.before)}
          </div>
          <span className="tag tag-before" hidden={percent < 20}>
            {words.before}
          </span>
          <span className="tag tag-after" hidden={percent > 80}>
            {words.after}
          </span>
          <Divider value={divider} onMove={setDivider} frame={frame} />
        </>
      )}
    </div>
  );
}

function Picture({ laid: { pixels, from, scale, stale = false }, at }: { laid: Laid; at: Point }) {
  const density = window.devicePixelRatio;
  const place = {
    width: `${String((pixels.width * scale) / density)}px`,
    height: `${String((pixels.height * scale) / density)}px`,
    transform: `translate(${String((from.x - at.x) / density)}px, ${String((from.y - at.y) / density)}px)`,
  };
  return (
    <div className={`patch${scale === 1 ? '' : ' smooth'}${stale ? ' stale' : ''}`} style={place}>
      <PixelCanvas pixels={pixels} />
    </div>
  );
}
