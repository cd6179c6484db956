import { useEffect, useRef, useState } from 'react';
import type { Application, ApplicationView } from '../application.ts';
import type { PanelDock } from '../plugin.ts';
import { Icon } from './icons.tsx';

interface DockProps {
  application: Application;
  view: ApplicationView;
  panel: PanelDock;
  error: string | undefined;
}

/**
 * The plugin's panel at the right edge, as wide as the person drags it within the manifest's limits. Collapsed it is a
 * strip with an icon and its page lives on; closed it is gone, until the Plugins menu brings it back.
 */
export function Dock({ application, view, panel, error }: DockProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(panel.preferredWidth);
  const { user } = application;
  const { label = panel.id, state = 'closed' } = view.plugin.panels.find(({ id }) => id === panel.id) ?? {};
  const failure = error ?? view.plugin.failure ?? undefined;

  useEffect(() => {
    place.current?.append(panel.root);
  }, [panel]);

  const resize = (wanted: number): void =>
    setWidth(Math.min(panel.maximumWidth, Math.max(panel.minimumWidth, wanted)));

  return (
    <>
      {state === 'hidden' && (
        <aside className="strip" aria-label={`${label}, collapsed`}>
          <button title={`Expand ${label}`} onClick={() => user.showPanel(panel.id)}>
            <Icon name="panel" />
          </button>
        </aside>
      )}
      <aside className="dock" style={{ width }} aria-label={label} hidden={state !== 'shown' && !error}>
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
        <header>
          <h2>{label}</h2>
          <button title={`Collapse ${label}`} onClick={() => user.hidePanel(panel.id)}>
            <Icon name="collapse" />
          </button>
          <button title={`Close ${label}`} onClick={() => user.closePanel(panel.id)}>
            <Icon name="close" />
          </button>
        </header>
        {failure !== undefined && <p className="failure">{failure}</p>}
        <div ref={place} className="panel" />
      </aside>
    </>
  );
}
