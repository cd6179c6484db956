import { useEffect, useState } from 'react';
import type { Simulator } from '../../photoshop/index.ts';
import { openFile } from '../files.ts';
import type { PanelDock } from '../plugin.ts';
import { useView, type ViewStore } from '../view.ts';
import { Dock } from './dock.tsx';
import { Documents } from './document.tsx';
import { History } from './history.tsx';
import { Layers } from './layers.tsx';
import { Menu } from './menu.tsx';
import { Modal } from './modal.tsx';

interface AppProps {
  simulator: Simulator;
  store: ViewStore;
  panel: PanelDock;
  pluginError: string | undefined;
}

export function App({ simulator, store, panel, pluginError }: AppProps) {
  const view = useView(store);
  const [failure, setFailure] = useState<string>();
  const [dropping, setDropping] = useState(false);
  const active = view.documents.find(({ id }) => id === view.activeDocumentId);

  const open = (file: File): void => {
    setFailure(undefined);
    openFile(simulator, file).catch((reason: unknown) =>
      setFailure(
        `${file.name} cannot be opened. ${reason instanceof Error ? reason.message : String(reason)}`,
      ),
    );
  };

  useShortcuts(simulator, view.modal ? undefined : active?.id);

  return (
    <div
      className="photoshop"
      data-theme={view.theme}
      onDragEnter={() => setDropping(true)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        setDropping(false);
        for (const file of event.dataTransfer.files) open(file);
      }}
    >
      <Menu simulator={simulator} view={view} onOpen={open} />
      {failure !== undefined && (
        <p className="failure" role="alert">
          {failure} <button onClick={() => setFailure(undefined)}>Dismiss</button>
        </p>
      )}
      <div className="desk">
        <div className="work">
          <Documents simulator={simulator} view={view} />
          <div className="panes">
            {active && <Layers simulator={simulator} document={active} />}
            {active && <History simulator={simulator} document={active} />}
          </div>
          {view.modal && <Modal simulator={simulator} modal={view.modal} />}
        </div>
        <Dock panel={panel} error={pluginError} />
      </div>
      {dropping && (
        <div className="drop" onDragLeave={() => setDropping(false)}>
          Drop a PSD to open it
        </div>
      )}
    </div>
  );
}

function useShortcuts(simulator: Simulator, documentId: number | undefined): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') simulator.user.pressEscape();
      if (documentId === undefined || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey))
        return;
      event.preventDefault();
      if (event.shiftKey) simulator.user.redo(documentId);
      else simulator.user.undo(documentId);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [simulator, documentId]);
}
