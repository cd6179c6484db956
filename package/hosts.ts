/** The applications Loupe is released for, each in a package of its own. */
export const HOSTS = [
  // Each without the other's side, which cannot run there: so no permission is asked for its sake.
  { name: 'photoshop', app: 'PS', title: 'Photoshop', script: 'dist/photoshop/host.js' },
  { name: 'premiere', app: 'premierepro', title: 'Premiere', script: 'dist/premiere/host.js' },
] as const;

export type Host = (typeof HOSTS)[number];

/** Where the script lies in the package, whatever it was built as. */
export const SCRIPT = 'host.js';
