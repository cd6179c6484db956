/** Which files of a package anything refers to, beginning with the manifest. */
import type { ReleaseManifest } from './manifest-rules.ts';
import type { Files } from './archive.ts';

/** Accompany the code by law and are referred to by nothing else. */
const LEGAL = [
  ...['LICENSE', 'THIRD-PARTY-NOTICES.md'],
  ...['host', 'panel', 'workers'].map((each) => `licences/${each}.txt`),
];

/** The files of an icon: `name@1x.png` and so on (Adobe, IconDefinition). */
export function iconFiles({
  path,
  width,
  height,
  scale,
}: {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly scale: readonly number[];
}): { readonly path: string; readonly width: number; readonly height: number }[] {
  return scale.map((factor) => ({
    path: path.replace(/\.png$/, `@${factor}x.png`),
    width: Math.round(width * factor),
    height: Math.round(height * factor),
  }));
}

export function allIcons({ icons, entrypoints }: ReleaseManifest): ReturnType<typeof iconFiles> {
  const panels = entrypoints.flatMap((each) => (each.type === 'panel' ? each.icons : []));
  return [...icons, ...panels].flatMap(iconFiles);
}

/** Paths that can be reached from the manifest, by scripts and pages that name them. */
export function referenced(manifest: ReleaseManifest, files: Files): Set<string> {
  const reached = new Set<string>(['manifest.json', ...LEGAL, ...allIcons(manifest).map(({ path }) => path)]);
  const queue = [manifest.main];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    const text = isText(path) ? new TextDecoder().decode(files.get(path)) : '';
    for (const other of files.keys()) if (!reached.has(other) && names(text, other)) queue.push(other);
  }
  return reached;
}

/** Base64 scripts name nothing. */
const isText = (path: string): boolean => /\.(js|html|css)$/.test(path) && !path.endsWith('.b64.js');

/**
 * By its path; or, since the page makes those of what it loads when needed (panel/engine/assets.ts), by the name it has
 * there: `engine` for engine.b64.js, a network's id for models/ID.b64.js.
 */
function names(text: string, path: string): boolean {
  if (text.includes(path)) return true;
  const asset = /^(?:models\/)?(.+)\.b64\.js$/.exec(path)?.[1];
  return asset !== undefined && new RegExp(`["'\`]${asset}["'\`]`).test(text);
}
