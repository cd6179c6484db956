/** Paths as the system writes them: with backslashes on Windows, which takes slashes too. */

const isOfWindows = (path: string): boolean => /^[a-z]:|^\\\\/i.test(path);

export function join(folder: string, name: string): string {
  if (!isOfWindows(folder)) return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
  return /[\\/]$/.test(folder) ? folder + name : `${folder}\\${name}`;
}

/** The folder that a file lies in; null for a name alone. */
export function folderOf(path: string): string | null {
  const at = Math.max(path.lastIndexOf('/'), isOfWindows(path) ? path.lastIndexOf('\\') : -1);
  if (at < 0) return null;
  // The root keeps its separator: `/` and `C:\` are folders, `C:` is not.
  return /^(?:[a-z]:)?$/i.test(path.slice(0, at)) ? path.slice(0, at + 1) : path.slice(0, at);
}
