import { useEffect, useState } from 'react';
import type { PhotoshopView, Simulator } from '../../photoshop/index.ts';
import { openFile } from '../files.ts';
import type { PanelDock } from '../plugin.ts';
import { useView, type ViewStore } from '../view.ts';
import { Actions } from './actions.tsx';
import { Dock } from './dock.tsx';
import { Documents } from './document.tsx';
import { History } from './history.tsx';
import { Layers } from './layers.tsx';
import { Menu } from './menu.tsx';
import { Modal } from './modal.tsx';

interface AppProps {
  simulator: Simulator;
  store: ViewStore<PhotoshopView>;
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

  useShortcuts(simulator, view, view.modal ? undefined : active?.id);

  return (
    <div
      className="application"
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
            <Actions simulator={simulator} view={view} />
          </div>
          {view.modal && <Modal simulator={simulator} modal={view.modal} />}
        </div>
        <Dock application={simulator} view={view} panel={panel} error={pluginError} />
      </div>
      {dropping && (
        <div className="drop" onDragLeave={() => setDropping(false)}>
          Drop a PSD to open it
        </div>
      )}
    </div>
  );
}

/** Escape, undo and redo, deselect, and those of the plugin's commands. A page in a panel keeps its own keys. */
function useShortcuts(simulator: Simulator, view: PhotoshopView, documentId: number | undefined): void {
  const { commands } = view.plugin;
  useEffect(() => {
    const { user } = simulator;
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') user.pressEscape();
      const digit = /^Digit(?<digit>[1-9])$/.exec(event.code)?.groups?.['digit'];
      if (event.altKey && event.shiftKey && digit !== undefined) {
        const command = commands[Number(digit) - 1];
        if (!command) return;
        event.preventDefault();
        user.chooseCommand(command.id);
      }
      if (documentId === undefined || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'd') return;
      event.preventDefault();
      if (key === 'd') user.deselect(documentId);
      else if (event.shiftKey) user.redo(documentId);
      else user.undo(documentId);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [simulator, commands, documentId]);
}
