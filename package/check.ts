/** Opens a package and looks for whatever would have it refused, or is there for no reason. */
import { unpack, type Files } from './archive.ts';
import { HOSTS, SCRIPT, type Host } from './hosts.ts';
import { checkManifest, type ReleaseManifest } from './manifest-rules.ts';
import { evidence, type Evidence } from './permissions.ts';
import { allIcons, referenced } from './references.ts';

export interface Check {
  /** One sentence each, naming the file or the field; empty if the package can be released. */
  readonly findings: readonly string[];
  readonly evidence: readonly Evidence[];
  /** Bytes and files of each class, largest first. */
  readonly sizes: readonly { readonly kind: string; readonly files: number; readonly bytes: number }[];
}

/** [v4] “the max file size for each icon is 1MB” */
const ICON_BYTES = 1_000_000;

export function checkPackage(ccx: Uint8Array, host: Host): Check {
  const files = unpack(ccx);
  const findings = [...entryFindings(files), ...devToolFindings(files)];
  const json = parsed(files.get('manifest.json'));
  if (json === undefined) findings.push('manifest.json is missing or is no JSON.');
  const { manifest, findings: broken } = json === undefined ? { findings: [] } : checkManifest(json, host);
  findings.push(...broken);
  const script = new TextDecoder().decode(files.get(SCRIPT));
  const used = manifest ? evidence(manifest.requiredPermissions, script) : [];
  if (manifest) {
    findings.push(
      ...iconFindings(manifest, files),
      ...permissionFindings(used),
      ...idFindings(manifest, host, script),
    );
    const reached = referenced(manifest, files);
    for (const path of reached) if (!files.has(path)) findings.push(`${path} is missing.`);
    for (const path of files.keys())
      if (!reached.has(path)) findings.push(`${path} is referred to by nothing.`);
  }
  return { findings, evidence: used, sizes: sizes(files) };
}

function entryFindings(files: Files): string[] {
  return [...files.keys()].flatMap((path) => {
    if (path.endsWith('/')) return [`${path} is an entry for a directory.`];
    if (path.includes('\\')) return [`${path} has a backslash.`];
    return path.startsWith('/') || path.split('/').includes('..') ? [`${path} leaves the package.`] : [];
  });
}

/** What developing needs and a user must not get (Adobe's review: no developer tools). */
const DEV_TOOLS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/sourceMappingURL=(?:[^\s"'`]+\.map\b|data:[^"'`]*base64,[\w+/]{8})/, 'a source map'],
  [/\bdebugger\b\s*[;}]/, 'a debugger statement'],
  [/\b(?:localhost|127\.0\.0\.1):\d/, 'the address of a server on this machine'],
  [/webpackHotUpdate|webpack-dev-server|react-refresh/, 'hot reloading'],
  [/Lit is in dev mode|react\.development/, 'a library built for development'],
  [/uxpAllowInspector/, 'uxpAllowInspector'],
];

function devToolFindings(files: Files): string[] {
  return [...files].flatMap(([path, bytes]) => {
    if (/\.(?:map|tsx?)$/.test(path)) return [`${path} is there for developing only.`];
    if (!/\.(?:js|json|html|css)$/.test(path) || path.endsWith('.b64.js')) return [];
    const text = new TextDecoder().decode(bytes);
    return DEV_TOOLS.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${path} has ${what}.`);
  });
}

function iconFindings(manifest: ReleaseManifest, files: Files): string[] {
  return allIcons(manifest).flatMap(({ path, width, height }) => {
    const bytes = files.get(path);
    // That it is missing is found with the other files.
    if (!bytes) return [];
    const size = pngSize(bytes);
    if (!size) return [`${path} is no PNG.`];
    if (bytes.length > ICON_BYTES) return [`${path} is larger than 1 MB.`];
    return size.width === width && size.height === height
      ? []
      : [`${path} has ${size.width} × ${size.height} pixels instead of ${width} × ${height}.`];
  });
}

/** From the header, which is the first chunk (PNG specification, 11.2.1); null if there is none. */
function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const header = Buffer.from(bytes.subarray(0, 24));
  if (header.length < 24 || header.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  return { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
}

function permissionFindings(used: readonly Evidence[]): string[] {
  return used.flatMap(({ permission, found, granted }) => {
    if (found === null) return [`The permission ${permission} is unused: ${SCRIPT} has nothing of its API.`];
    return granted ? [] : [`${SCRIPT} has ${found}, which needs the permission ${permission}.`];
  });
}

/** Each host's package has an id of its own; a script that looks for its plugin by another would not find it. */
function idFindings({ id }: ReleaseManifest, { name }: Host, script: string): string[] {
  if (!id.endsWith(`.${name}`)) return [`The id ${id} does not end in .${name}.`];
  const family = id.slice(0, -`.${name}`.length);
  const others = [family, ...HOSTS.map((host) => `${family}.${host.name}`)].filter((each) => each !== id);
  return others
    .filter((other) => ['"', "'", '`'].some((quote) => script.includes(quote + other + quote)))
    .map((other) => `${SCRIPT} names the plugin ${other}.`);
}

function parsed(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

const KINDS: readonly (readonly [kind: string, paths: RegExp])[] = [
  ['networks', /^models\//],
  ['ONNX Runtime', /^ort/],
  ['scripts and page', /\.(?:js|html)$/],
  ['icons', /^icons\//],
  ['manifest and licences', /./],
];

function sizes(files: Files): Check['sizes'] {
  const totals = new Map<string, { files: number; bytes: number }>();
  for (const [path, { length }] of files) {
    const kind = KINDS.find(([, paths]) => paths.test(path))?.[0] ?? 'other';
    const { files: count, bytes } = totals.get(kind) ?? { files: 0, bytes: 0 };
    totals.set(kind, { files: count + 1, bytes: bytes + length });
  }
  return [...totals].map(([kind, each]) => ({ kind, ...each })).sort((a, b) => b.bytes - a.bytes);
}
