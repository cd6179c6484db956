import { useEffect, useRef, useState, type PointerEvent } from 'react';
import type {
  ClipView,
  PremiereSimulator,
  ProjectView,
  SequenceView,
  TrackView,
} from '../../premiere/interface.ts';
import { Icon } from '../components/icons.tsx';
import { Clip } from './clip.tsx';
import { activeSequence } from './media.ts';
import { secondsOf, ticksAt, timecode } from './time.ts';

const LEAST_ZOOM = 2;
const MOST_ZOOM = 1200;

/** The timeline panel: sequences as tabs, the open one's tracks with their clips. */
export function Timeline({ simulator, project }: { simulator: PremiereSimulator; project: ProjectView }) {
  const { user } = simulator;
  const active = activeSequence(project);
  return (
    <section className="pane timeline" aria-label="Timeline">
      <div className="tabs">
        {project.sequences
          .filter(({ open }) => open)
          .map((each) => (
            <span key={each.id} className="tab" data-active={each === active}>
              <button onClick={() => user.openSequence(each.id)}>{each.name}</button>
              <button title={`Close ${each.name}`} onClick={() => user.closeSequence(each.id)}>
                <Icon name="close" />
              </button>
            </span>
          ))}
      </div>
      {active ? (
        <Tracks key={active.id} simulator={simulator} sequence={active} />
      ) : (
        <p className="nothing">Open a sequence by a double click, or drop a clip.</p>
      )}
    </section>
  );
}

function Tracks({ simulator, sequence }: { simulator: PremiereSimulator; sequence: SequenceView }) {
  const { user } = simulator;
  const { id, ticksPerFrame, playheadTicks, endTicks } = sequence;
  const lanes = useRef<HTMLDivElement>(null);
  const seconds = Math.max(1, secondsOf(endTicks));
  /** Screen pixels per second; all of the sequence until the person zooms. */
  const [zoom, setZoom] = useState<number>();
  const [width, setWidth] = useState(600);
  const scale = zoom ?? Math.max(LEAST_ZOOM, (width - 40) / (seconds * 1.15));

  useEffect(() => {
    const element = lanes.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(entry.contentRect.width);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // React's own wheel listener is passive and could not keep the browser from zooming the page.
  useEffect(() => {
    const element = lanes.current;
    if (!element) return;
    const turn = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      setZoom(Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, scale * 2 ** (-event.deltaY / 300))));
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [scale]);

  const play = (event: PointerEvent<HTMLElement>): void => {
    if (event.buttons !== 1) return;
    const { left } = event.currentTarget.getBoundingClientRect();
    user.movePlayhead(id, ticksAt((event.clientX - left) / scale, ticksPerFrame));
  };

  const tracks = [...[...sequence.videoTracks].reverse(), ...sequence.audioTracks];
  const length = Math.max(width - 1, seconds * scale + 80);
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300].find((each) => each * scale >= 70) ?? 600;
  return (
    <>
      <div className="lanes scroll">
        <div className="heads">
          <div className="ruler-head">{timecode(playheadTicks, ticksPerFrame)}</div>
          {tracks.map((track) => (
            <TrackHead
              key={`${track.kind}${track.index}`}
              simulator={simulator}
              sequenceId={id}
              track={track}
            />
          ))}
        </div>
        <div className="area" ref={lanes}>
          <div style={{ width: length }} className="length">
            <div
              className="ruler"
              role="slider"
              aria-label="Playhead"
              aria-valuenow={secondsOf(playheadTicks)}
              tabIndex={0}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                play(event);
              }}
              onPointerMove={play}
            >
              {Array.from({ length: Math.ceil(length / (step * scale)) }, (_, mark) => (
                <span key={mark} style={{ left: mark * step * scale }}>
                  {timecode(ticksAt(mark * step, ticksPerFrame), ticksPerFrame)}
                </span>
              ))}
            </div>
            {tracks.map((track) => (
              <Lane
                key={`${track.kind}${track.index}`}
                simulator={simulator}
                sequence={sequence}
                track={track}
                scale={scale}
              />
            ))}
            <div className="playhead" style={{ left: secondsOf(playheadTicks) * scale }} />
          </div>
        </div>
      </div>
      <footer>
        <button
          title="Show all of the sequence"
          aria-pressed={zoom === undefined}
          onClick={() => setZoom(undefined)}
        >
          Fit
        </button>
        <input
          type="range"
          aria-label="Timeline zoom"
          min={Math.log2(LEAST_ZOOM)}
          max={Math.log2(MOST_ZOOM)}
          step={0.1}
          value={Math.log2(scale)}
          onChange={({ currentTarget }) => setZoom(2 ** currentTarget.valueAsNumber)}
        />
      </footer>
    </>
  );
}

interface TrackHeadProps {
  simulator: PremiereSimulator;
  sequenceId: string;
  track: TrackView;
}

function TrackHead({ simulator: { user }, sequenceId, track }: TrackHeadProps) {
  const { kind, index, name, muted, locked } = track;
  return (
    <div className="track-head" data-kind={kind}>
      <strong>{kind === 'video' ? `V${index + 1}` : `A${index + 1}`}</strong>
      <span>{name}</span>
      <button
        title={kind === 'video' ? 'Toggle track output' : 'Mute track'}
        aria-pressed={muted}
        onClick={() => user.setTrackMuted(sequenceId, kind, index, !muted)}
      >
        <Icon name={kind === 'video' ? 'eye' : 'sound'} />
      </button>
      <button
        title="Lock track"
        aria-pressed={locked}
        onClick={() => user.setTrackLocked(sequenceId, kind, index, !locked)}
      >
        <Icon name={locked ? 'lock' : 'unlock'} />
      </button>
    </div>
  );
}

interface LaneProps {
  simulator: PremiereSimulator;
  sequence: SequenceView;
  track: TrackView;
  scale: number;
}

function Lane({ simulator, sequence, track, scale }: LaneProps) {
  const { kind, index, muted, locked, clips } = track;
  return (
    <div
      className="lane"
      role="list"
      aria-label={track.name}
      data-kind={kind}
      data-track={index}
      data-muted={muted}
      data-locked={locked}
      onClick={(event) => {
        if (event.target === event.currentTarget) simulator.user.selectNothing(sequence.id);
      }}
    >
      {clips.map((clip: ClipView) => (
        <Clip key={clip.id} simulator={simulator} sequence={sequence} kind={kind} clip={clip} scale={scale} />
      ))}
    </div>
  );
}
