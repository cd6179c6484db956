/** Paths as the system writes them: with backslashes on Windows. */

function separatorOf(path: string): '/' | '\\' {
  return /^[a-z]:|^\\\\/i.test(path) ? '\\' : '/';
}

export function join(folder: string, name: string): string {
  const separator = separatorOf(folder);
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

/** The folder that a file lies in; null for a name alone. */
export function folderOf(path: string): string | null {
  const at = path.lastIndexOf(separatorOf(path));
  if (at < 0) return null;
  // The root keeps its separator: `/` and `C:\` are folders, `C:` is not.
  return /^(?:[a-z]:)?$/i.test(path.slice(0, at)) ? path.slice(0, at + 1) : path.slice(0, at);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(separatorOf(path)) + 1);
}
