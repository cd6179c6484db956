import { useState } from 'react';
import type { PremiereSimulator } from '../../premiere/interface.ts';
import { MOVIES } from './media.ts';

/** The system's dialog for a folder, which the plugin has asked for. */
export function FolderPicker({ simulator: { user, disk } }: { simulator: PremiereSimulator }) {
  const [path, setPath] = useState(MOVIES);
  const choose = (): void => {
    if (!disk.exists(path)) disk.makeFolder(path);
    user.chooseFolder(path);
  };
  return (
    <div className="modal" role="dialog" aria-modal="true" aria-label="Choose a folder">
      <form
        className="box folder"
        onSubmit={(event) => {
          event.preventDefault();
          choose();
        }}
      >
        <label>
          Folder
          <input autoFocus value={path} onChange={({ currentTarget }) => setPath(currentTarget.value)} />
        </label>
        <p className="quiet">A folder of the emulated disk. One that is not there is made.</p>
        <footer>
          <button type="button" onClick={() => user.chooseFolder(null)}>
            Cancel
          </button>
          <button type="submit" disabled={!/^\/[^/]/.test(path)}>
            Choose
          </button>
        </footer>
      </form>
    </div>
  );
}
