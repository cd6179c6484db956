import { useRef } from 'react';
import type { PhotoshopView, Simulator } from '../../photoshop/index.ts';
import { saveFile } from '../files.ts';
import { Appearance } from './appearance.tsx';
import { Icon } from './icons.tsx';
import { Menus } from './menus.tsx';

interface MenuProps {
  simulator: Simulator;
  view: PhotoshopView;
  onOpen: (file: File) => void;
}

export function Menu({ simulator, view, onOpen }: MenuProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const document = view.documents.find(({ id }) => id === view.activeDocumentId);
  return (
    <header className="menu">
      <strong>Emulated Photoshop</strong>
      <button onClick={() => chooser.current?.click()}>Open PSD…</button>
      <input
        ref={chooser}
        type="file"
        accept=".psd,.psb"
        aria-label="PSD file"
        hidden
        onChange={({ currentTarget }) => {
          for (const file of currentTarget.files ?? []) onOpen(file);
          currentTarget.value = '';
        }}
      />
      <button
        disabled={!document}
        onClick={() => document && saveFile(simulator, document.id, document.name)}
      >
        Save PSD
      </button>
      <Menus simulator={simulator} view={view} document={document} />
      <span className="gap" />
      <button
        title="Undo"
        disabled={document?.canUndo !== true}
        onClick={() => document && simulator.user.undo(document.id)}
      >
        <Icon name="undo" /> Undo
      </button>
      <button
        title="Redo"
        disabled={document?.canRedo !== true}
        onClick={() => document && simulator.user.redo(document.id)}
      >
        <Icon name="redo" /> Redo
      </button>
      <span className="stretch" />
      <Appearance application={simulator} view={view} />
    </header>
  );
}
