import { useRef } from 'react';
import type { PhotoshopView, Simulator, Theme } from '../../photoshop/index.ts';
import { saveFile } from '../files.ts';
import { Icon } from './icons.tsx';
import { Menus } from './menus.tsx';

const themes: readonly Theme[] = ['darkest', 'dark', 'light', 'lightest'];

const languages = [
  ['en_US', 'English'],
  ['de_DE', 'Deutsch'],
  ['fr_FR', 'Français'],
  ['ja_JP', '日本語'],
] as const;

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
      <label className="language">
        Language
        <select
          value={view.locale}
          onChange={({ currentTarget }) => simulator.setLocale(currentTarget.value)}
        >
          {languages.map(([locale, name]) => (
            <option key={locale} value={locale}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="themes">
        <legend>Colour theme</legend>
        {themes.map((theme) => (
          <label key={theme} title={theme} data-swatch={theme}>
            <input
              type="radio"
              name="theme"
              aria-label={theme}
              checked={view.theme === theme}
              onChange={() => simulator.setTheme(theme)}
            />
          </label>
        ))}
      </fieldset>
    </header>
  );
}
