import { useEffect, useRef, useState } from 'react';
import type { PanelDock } from '../plugin.ts';

/** The plugin's panel at the right edge, as wide as the person drags it within the manifest's limits. */
export function Dock({ panel, error }: { panel: PanelDock; error: string | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(panel.preferredWidth);

  useEffect(() => {
    place.current?.append(panel.root);
  }, [panel]);

  const resize = (wanted: number): void =>
    setWidth(Math.min(panel.maximumWidth, Math.max(panel.minimumWidth, wanted)));

  return (
    <aside className="dock" style={{ width }} aria-label={panel.label}>
      <div
        className="edge"
        role="separator"
        aria-orientation="vertical"
        aria-label="Panel width"
        aria-valuenow={width}
        aria-valuemin={panel.minimumWidth}
        aria-valuemax={panel.maximumWidth}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => event.buttons === 1 && resize(window.innerWidth - event.clientX)}
        onKeyDown={({ key }) => {
          if (key === 'ArrowLeft') resize(width + 10);
          if (key === 'ArrowRight') resize(width - 10);
        }}
      />
      <h2>{panel.label}</h2>
      {error !== undefined && <p className="failure">{error}</p>}
      <div ref={place} className="panel" />
    </aside>
  );
}
