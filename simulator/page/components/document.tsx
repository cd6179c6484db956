import { useState } from 'react';
import type { DocumentView, PhotoshopView, Simulator } from '../../photoshop/index.ts';
import { Canvas, type Zoom } from './canvas.tsx';
import { Tools, type Tool } from './tools.tsx';
import { Icon } from './icons.tsx';

/** The open documents as tabs, and the active one. */
export function Documents({ simulator, view }: { simulator: Simulator; view: PhotoshopView }) {
  const [zoom, setZoom] = useState<Zoom>('fit');
  const [tool, setTool] = useState<Tool>('hand');
  const [feather, setFeather] = useState(0);
  const active = view.documents.find(({ id }) => id === view.activeDocumentId);
  return (
    <main className="documents">
      <div className="tabs">
        {view.documents.map((each) => (
          <span key={each.id} className="tab" data-active={each === active}>
            <button onClick={() => simulator.user.selectDocument(each.id)}>
              {each.name}
              {each.saved ? '' : ' *'}
            </button>
            <button title={`Close ${each.name}`} onClick={() => simulator.user.closeDocument(each.id)}>
              <Icon name="close" />
            </button>
          </span>
        ))}
      </div>
      {active ? (
        <>
          <div className="stage">
            <Tools tool={tool} onTool={setTool} feather={feather} onFeather={setFeather} />
            <Canvas
              key={active.id}
              simulator={simulator}
              document={active}
              zoom={zoom}
              onZoom={setZoom}
              tool={tool}
              feather={feather}
            />
          </div>
          <Status document={active} zoom={zoom} onZoom={setZoom} />
        </>
      ) : (
        <p className="nothing">Drop a PSD here, or choose Open PSD…</p>
      )}
    </main>
  );
}

interface StatusProps {
  document: DocumentView;
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
}

function Status({ document, zoom, onZoom }: StatusProps) {
  return (
    <footer className="status">
      <button aria-pressed={zoom === 'fit'} onClick={() => onZoom('fit')}>
        Fit
      </button>
      <button aria-pressed={zoom === 1} onClick={() => onZoom(1)}>
        100 %
      </button>
      {zoom !== 'fit' && zoom !== 1 && <span>{Math.round(zoom * 100)} %</span>}
      <span>
        {document.width} × {document.height} px, {Math.round(document.resolution)} ppi
      </span>
      <span>
        {mode(document.mode)} / {document.bitsPerChannel}
      </span>
    </footer>
  );
}

function mode(constant: string): string {
  return constant.replace(/Mode$|ColorMode$/, '').toUpperCase();
}
