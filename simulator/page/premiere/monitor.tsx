import { useEffect, useMemo, useRef, useState } from 'react';
import type { PremiereSimulator, PremiereView, SequenceView } from '../../premiere/interface.ts';
import { Icon } from '../components/icons.tsx';
import { drawLayers, layersAt } from './compose.ts';
import { Pictures } from './pictures.ts';
import { framesOn, secondsOf, ticksAt, timecode } from './time.ts';

/** The canvas's longer side, whatever the sequence's. */
const MOST_PIXELS = 1920;

interface MonitorProps {
  simulator: PremiereSimulator;
  view: PremiereView;
  sequence: SequenceView;
}

/** The program monitor: the sequence's frame at the playhead. `data-shown` says which revision of which time it is. */
export function Monitor({ simulator, view, sequence }: MonitorProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pictures = useMemo(() => new Pictures(simulator.disk), [simulator]);
  const [playing, setPlaying] = useState(false);
  const { id, width, height, playheadTicks, ticksPerFrame, endTicks } = sequence;
  const size = Math.min(1, MOST_PIXELS / Math.max(width, height));

  // One frame is under way at a time; the newest wish waits for it.
  const wished = useRef<(() => Promise<void>) | undefined>(undefined);
  const drawing = useRef(false);
  useEffect(() => {
    wished.current = async () => {
      const layers = await layersAt(simulator, pictures, id, playheadTicks);
      const context = canvas.current?.getContext('2d');
      if (!context) return;
      drawLayers(context, { width, height }, layers);
      context.canvas.dataset['shown'] = `${view.revision} ${playheadTicks}`;
    };
    const draw = async (): Promise<void> => {
      drawing.current = true;
      while (wished.current) {
        const work = wished.current;
        wished.current = undefined;
        await work().catch(() => undefined);
      }
      drawing.current = false;
    };
    if (!drawing.current) void draw();
  }, [simulator, pictures, id, width, height, playheadTicks, view.revision]);

  useEffect(() => {
    if (!playing) return;
    const from = simulator.view().project?.sequences.find((each) => each.id === id)?.playheadTicks ?? '0';
    const began = performance.now();
    const timer = setInterval(() => {
      const seconds = secondsOf(from) + (performance.now() - began) / 1000;
      const ended = seconds >= secondsOf(endTicks);
      simulator.user.movePlayhead(id, ended ? endTicks : ticksAt(seconds, ticksPerFrame));
      if (ended) setPlaying(false);
    }, 40);
    return () => clearInterval(timer);
  }, [simulator, playing, id, endTicks, ticksPerFrame]);

  const step = (frames: number): void => {
    setPlaying(false);
    simulator.user.movePlayhead(id, framesOn(playheadTicks, frames, ticksPerFrame));
  };

  return (
    <section className="pane monitor" aria-label="Program">
      <h2>Program: {sequence.name}</h2>
      <div className="screen">
        <canvas
          ref={canvas}
          width={Math.round(width * size)}
          height={Math.round(height * size)}
          aria-label="Frame at the playhead"
        />
      </div>
      <footer>
        <output aria-label="Playhead">{timecode(playheadTicks, ticksPerFrame)}</output>
        <span className="stretch" />
        <button title="One frame back" onClick={() => step(-1)}>
          <Icon name="back" />
        </button>
        <button
          title={playing ? 'Stop' : 'Play'}
          aria-pressed={playing}
          onClick={() => {
            if (!playing && BigInt(playheadTicks) >= BigInt(endTicks)) simulator.user.movePlayhead(id, '0');
            setPlaying(!playing);
          }}
        >
          <Icon name={playing ? 'stop' : 'play'} />
        </button>
        <button title="One frame forward" onClick={() => step(1)}>
          <Icon name="forward" />
        </button>
        <span className="stretch" />
        <span className="quiet">
          {width} × {height}
        </span>
      </footer>
    </section>
  );
}
