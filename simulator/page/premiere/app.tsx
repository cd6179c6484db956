import { useEffect, useRef, useState } from 'react';
import type { PremiereSimulator, PremiereView } from '../../premiere/interface.ts';
import { Dock } from '../components/dock.tsx';
import type { PanelDock } from '../plugin.ts';
import { useView, type ViewStore } from '../view.ts';
import { Bin } from './bin.tsx';
import { FolderPicker } from './folder-picker.tsx';
import { activeSequence, takeFile } from './media.ts';
import { Menu, selectedClip } from './menu.tsx';
import { Monitor } from './monitor.tsx';
import { framesOn } from './time.ts';
import { Timeline } from './timeline.tsx';
import { UndoList } from './undo-list.tsx';

interface AppProps {
  simulator: PremiereSimulator;
  store: ViewStore<PremiereView>;
  panel: PanelDock;
  pluginError: string | undefined;
}

export function App({ simulator, store, panel, pluginError }: AppProps) {
  const view = useView(store);
  const chooser = useRef<HTMLInputElement>(null);
  const [failure, setFailure] = useState<string>();
  const [dropping, setDropping] = useState(false);
  const { project } = view;
  const active = project ? activeSequence(project) : undefined;

  const fail = (what: string) => (reason: unknown) =>
    setFailure(`${what} ${reason instanceof Error ? reason.message : String(reason)}`);
  const take = (files: FileList | null): void => {
    setFailure(undefined);
    for (const file of files ?? []) {
      takeFile(simulator, file).catch(fail(`${file.name} cannot be imported.`));
    }
  };
  const chooseFile = (): void => chooser.current?.click();
  useShortcuts(simulator, chooseFile);

  return (
    <div
      className="application premiere"
      data-theme={view.theme}
      onDragEnter={() => setDropping(true)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        setDropping(false);
        take(event.dataTransfer.files);
      }}
    >
      <Menu simulator={simulator} view={view} onImport={chooseFile} />
      <input
        ref={chooser}
        type="file"
        aria-label="Media file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = '';
        }}
      />
      {failure !== undefined && (
        <p className="failure" role="alert">
          {failure} <button onClick={() => setFailure(undefined)}>Dismiss</button>
        </p>
      )}
      <div className="desk">
        <main className="work">
          {project ? (
            <>
              <div className="upper">
                <div className="left">
                  <Bin
                    simulator={simulator}
                    project={project}
                    onImport={chooseFile}
                    onFailure={fail('The file cannot be saved.')}
                  />
                  <UndoList simulator={simulator} project={project} />
                </div>
                {active ? (
                  <Monitor key={active.id} simulator={simulator} view={view} sequence={active} />
                ) : (
                  <section className="pane monitor" aria-label="Program">
                    <h2>Program</h2>
                    <p className="nothing">No sequence is open.</p>
                  </section>
                )}
              </div>
              <Timeline simulator={simulator} project={project} />
            </>
          ) : (
            <p className="nothing">No project is open: File › New Project.</p>
          )}
          {view.folderPicker && <FolderPicker simulator={simulator} />}
        </main>
        <Dock application={simulator} view={view} panel={panel} error={pluginError} />
      </div>
      {dropping && (
        <div className="drop" onDragLeave={() => setDropping(false)}>
          Drop a clip to lay it on the timeline
        </div>
      )}
    </div>
  );
}

/** Undo and redo, import, clear, single frames. A page in a panel keeps its own keys. */
function useShortcuts(simulator: PremiereSimulator, chooseFile: () => void): void {
  useEffect(() => {
    const { user } = simulator;
    const press = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement) return;
      const { project } = simulator.view();
      const sequence = project ? activeSequence(project) : undefined;
      const clip = selectedClip(sequence);
      const key = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey) {
        if (key !== 'z' && key !== 'i') return;
        event.preventDefault();
        if (key === 'i') chooseFile();
        else if (event.shiftKey) user.redo();
        else user.undo();
      } else if (sequence && clip && (key === 'delete' || key === 'backspace')) {
        user.deleteClip(sequence.id, clip.id);
      } else if (sequence && (key === 'arrowleft' || key === 'arrowright')) {
        const frames = (event.shiftKey ? 5 : 1) * (key === 'arrowleft' ? -1 : 1);
        user.movePlayhead(sequence.id, framesOn(sequence.playheadTicks, frames, sequence.ticksPerFrame));
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [simulator, chooseFile]);
}
