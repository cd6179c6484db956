/** That a package is what Adobe takes, and that each way of spoiling it is found. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { pack, unpack } from '../../../package/archive.ts';
import { checkPackage } from '../../../package/check.ts';
import { HOSTS, type Host } from '../../../package/hosts.ts';
import { type DevelopmentManifest, releaseManifest } from '../../../package/release-manifest.ts';

const [PHOTOSHOP, PREMIERE] = HOSTS;
const root = new URL('../../../', import.meta.url);
const development = JSON.parse(readFileSync(new URL('manifest.json', root), 'utf8')) as DevelopmentManifest;
const ICONS = ['panel-dark', 'panel-light', 'plugin', 'plugin-list'].flatMap((name) =>
  [1, 2].map((scale) => `icons/${name}@${scale}x.png`),
);

/** Uses what the manifest of the repository asks for, and nothing else. */
const BRIDGE = 'document.createElement("webview").src="plugin:/panel.html",w.postMessage(m);';
const SCRIPTS = {
  photoshop: `${BRIDGE}fs.open("plugin-temp:/x");uxp.shell.openPath(p,"");`,
  premiere: `${BRIDGE}fs.open("plugin-data:/x");fs.open("file:/"+p);l.getFolder();uxp.shell.openPath(p,"");`,
};
const pluginManager = 'ipc' in development.requiredPermissions ? 'uxp.pluginManager;' : '';

type Contents = Map<string, Uint8Array>;
type Json = Record<string, unknown>;

function contents(host: Host): Contents {
  const script = SCRIPTS[host.name] + (host === PHOTOSHOP ? pluginManager : '');
  const manifest = releaseManifest(development, host, script);
  return new Map([
    ['manifest.json', Buffer.from(JSON.stringify(manifest))],
    ['host.js', Buffer.from(script)],
    ['panel.html', Buffer.from('<script src=panel.js></script>')],
    ['panel.js', Buffer.from('load("engine"),load(`models/${id}`),ids=["face"]; // panel.js.LICENSE.txt')],
    ['panel.js.LICENSE.txt', Buffer.from('MIT')],
    ['engine.b64.js', Buffer.from('loupeAssets["engine"]="AAAA"')],
    ['models/face.b64.js', Buffer.from('loupeAssets["models/face"]="AAAA"')],
    ['LICENSE', Buffer.from('MIT')],
    ['THIRD-PARTY-NOTICES.md', Buffer.from('BSD')],
    ...['host', 'panel', 'workers'].map((name) => [`licences/${name}.txt`, Buffer.from('ISC')] as const),
    ...ICONS.map((path) => [path, readFileSync(new URL(path, root))] as const),
  ]);
}

/** What is found after the contents were spoilt. */
function findings(spoil: (files: Contents) => void = () => undefined, host: Host = PHOTOSHOP): string[] {
  const files = contents(host);
  spoil(files);
  return [...checkPackage(pack(files), host).findings];
}

/** The same for one change of the manifest. */
function manifestFindings(change: (manifest: Json) => void, host: Host = PHOTOSHOP): string[] {
  return findings((files) => {
    const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json'))) as Json;
    change(manifest);
    files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
  }, host);
}

const append = (path: string, text: string) => (files: Contents) =>
  void files.set(path, Buffer.concat([files.get(path) ?? Buffer.alloc(0), Buffer.from(text)]));

describe('A package', () => {
  test.each(HOSTS.map((host) => [host.title, host] as const))('for %s is found to be right', (_, host) => {
    expect(findings(undefined, host)).toEqual([]);
  });

  test('is the same bytes each time, holds files only, by their paths', () => {
    const files = contents(PHOTOSHOP);
    expect(Buffer.from(pack(files)).equals(pack(new Map([...files].reverse())))).toBe(true);
    const names = [...unpack(pack(files)).keys()];
    expect(names).toEqual([...files.keys()].sort());
    expect(names.filter((name) => name.endsWith('/') || name.includes('\\'))).toEqual([]);
  });

  test('lists the sizes of each class, which add up', () => {
    const files = contents(PHOTOSHOP);
    const { sizes } = checkPackage(pack(files), PHOTOSHOP);
    const total = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(total);
    expect(sizes.reduce((sum, each) => sum + each.files, 0)).toBe(files.size);
    expect(sizes.find(({ kind }) => kind === 'icons')?.files).toBe(8);
  });

  test('gives for each permission what the script has of its API', () => {
    const { evidence } = checkPackage(pack(contents(PHOTOSHOP)), PHOTOSHOP);
    expect(evidence).toContainEqual({
      permission: 'launchProcess.extensions',
      found: '.openPath',
      granted: true,
    });
    expect(evidence.every(({ found, granted }) => found !== null && granted)).toBe(true);
  });
});

describe('The manifest of a release', () => {
  test('has one host and an id of its own', () => {
    const made = HOSTS.map((host) => releaseManifest(development, host, SCRIPTS[host.name]));
    expect(made).toMatchObject([
      { id: 'com.loupe.enhance.photoshop', host: { app: 'PS' } },
      { id: 'com.loupe.enhance.premiere', host: { app: 'premierepro' } },
    ]);
  });

  test('asks for no permission that its host’s script does not use', () => {
    expect(releaseManifest(development, PREMIERE, BRIDGE)).toHaveProperty('requiredPermissions', {
      webview: development.requiredPermissions.webview,
    });
  });

  test('asks for the user’s files in Premiere alone, and there for no other plugins', () => {
    const { ipc, ...others } = development.requiredPermissions;
    expect(releaseManifest(development, PREMIERE, SCRIPTS.premiere)).toHaveProperty('requiredPermissions', {
      ...others,
      localFileSystem: 'fullAccess',
    });
    expect(releaseManifest(development, PHOTOSHOP, SCRIPTS.photoshop + pluginManager)).toHaveProperty(
      'requiredPermissions',
      { ...others, ipc, localFileSystem: 'plugin' },
    );
  });

  test('has commands in Photoshop alone, and no inspector', () => {
    const command = { type: 'command', id: 'enhance', label: { default: 'Enhance' } };
    const edited = {
      ...development,
      uxpAllowInspector: true,
      entrypoints: [...development.entrypoints.filter(({ type }) => type === 'panel'), command],
    };
    const types = (host: Host) =>
      (releaseManifest(edited, host, '') as DevelopmentManifest).entrypoints.map(({ type }) => type);
    expect(types(PHOTOSHOP)).toEqual(['panel', 'command']);
    expect(types(PREMIERE)).toEqual(['panel']);
    expect(releaseManifest(edited, PHOTOSHOP, '')).not.toHaveProperty('uxpAllowInspector');
  });
});

describe('What is refused in a manifest', () => {
  const permissions = (manifest: Json) => manifest['requiredPermissions'] as Json;
  const icons = (manifest: Json) => manifest['icons'] as Json[];
  const panel = (manifest: Json) =>
    (manifest['entrypoints'] as Json[]).find(({ type }) => type === 'panel') as Json;

  test.each<[string, (manifest: Json) => void, RegExp]>([
    ['two hosts', (m) => (m['host'] = development.host), /manifest\.json: host/],
    ['another application', (m) => ((m['host'] as Json)['app'] = 'ID'), /host\.app/],
    ['a host without its data', (m) => delete (m['host'] as Json)['data'], /host\.data/],
    ['another version of the format', (m) => (m['manifestVersion'] = 4), /manifestVersion/],
    ['a version of two parts', (m) => (m['version'] = '1.0'), /version: must be x\.y\.z/],
    ['a version beyond 99', (m) => (m['version'] = '1.100.0'), /version: must be x\.y\.z/],
    ['a name of two letters', (m) => (m['name'] = 'Lo'), /name/],
    ['no entry point', (m) => (m['entrypoints'] = []), /entrypoints/],
    ['two with one id', (m) => (m['entrypoints'] = [panel(m), panel(m)]), /two have the same id/],
    ['a panel without a default label', (m) => (panel(m)['label'] = { de: 'Loupe' }), /label/],
    ['a panel without icons', (m) => delete panel(m)['icons'], /entrypoints\.\d+\.icons/],
    [
      'panel icons for dark themes only',
      (m) => (panel(m)['icons'] as Json[]).pop(),
      /an icon for each theme/,
    ],
    ['no 2× icon', (m) => icons(m).forEach((icon) => (icon['scale'] = [1])), /must have 1 and 2/],
    [
      'no icon for the plugin list',
      (m) => (m['icons'] = icons(m).filter(({ width }) => width !== 24)),
      /24 × 24/,
    ],
    ['a field nobody knows', (m) => (m['hosts'] = []), /manifest\.json: hosts/],
    [
      'a permission nobody knows',
      (m) => (permissions(m)['filesystem'] = 'plugin'),
      /requiredPermissions\.filesystem/,
    ],
    [
      'launchProcess without schemes',
      (m) => delete (permissions(m)['launchProcess'] as Json)['schemes'],
      /schemes/,
    ],
    ['the inspector', (m) => (m['uxpAllowInspector'] = true), /uxpAllowInspector/],
    [
      'the id of the development plugin',
      (m) => (m['id'] = 'com.loupe.enhance'),
      /does not end in \.photoshop/,
    ],
  ])('%s', (_, change, finding) => {
    expect(manifestFindings(change).join('\n')).toMatch(finding);
  });

  test('host data in Premiere, which knows none', () => {
    const change = (m: Json) => ((m['host'] as Json)['data'] = { apiVersion: 2 });
    expect(manifestFindings(change, PREMIERE).join('\n')).toMatch(/host\.data/);
  });

  test('none at all, or no JSON', () => {
    expect(findings((files) => files.delete('manifest.json'))).toEqual([
      'manifest.json is missing or is no JSON.',
    ]);
    expect(findings(append('manifest.json', ','))).toEqual(['manifest.json is missing or is no JSON.']);
  });

  test.each<[string, (manifest: Json) => void, string]>([
    ['network', (m) => (permissions(m)['network'] = { domains: 'all' }), 'network'],
    ['clipboard', (m) => (permissions(m)['clipboard'] = 'read'), 'clipboard'],
    ['file pickers', (m) => (permissions(m)['localFileSystem'] = 'request'), 'localFileSystem: request'],
    [
      'launching by scheme',
      (m) => ((permissions(m)['launchProcess'] as Json)['schemes'] = ['https']),
      'launchProcess.schemes',
    ],
    [
      'remote pages',
      (m) => ((permissions(m)['webview'] as Json)['domains'] = ['https://example.com']),
      'webview.domains',
    ],
    [
      'code from strings',
      (m) => (permissions(m)['allowCodeGenerationFromStrings'] = true),
      'allowCodeGenerationFromStrings',
    ],
    ['the user’s identity', (m) => (permissions(m)['enableUserInfo'] = true), 'enableUserInfo'],
    ['fonts', (m) => (permissions(m)['fonts'] = 'readInstalled'), 'fonts'],
  ])('the permission for %s, which the script does not use', (_, change, permission) => {
    expect(manifestFindings(change)).toEqual([
      `The permission ${permission} is unused: host.js has nothing of its API.`,
    ]);
  });

  test.each([
    ['fetch("https://example.com")', 'network'],
    ['navigator.clipboard', 'clipboard'],
    ['x.getFileForSaving()', 'localFileSystem: request'],
    ['fs.open("file:/Users")', 'localFileSystem: fullAccess'],
    ['uxp.shell.openExternal(u)', 'launchProcess.schemes'],
    ['new Function("x")', 'allowCodeGenerationFromStrings'],
  ])('a script with %s and no permission for it', (code, permission) => {
    expect(findings(append('host.js', code)).join('\n')).toContain(`needs the permission ${permission}.`);
  });
});

describe('What is refused among the files', () => {
  test.each<[string, (files: Contents) => void, string]>([
    [
      'an icon that is missing',
      (files) => files.delete('icons/plugin@2x.png'),
      'icons/plugin@2x.png is missing.',
    ],
    [
      'an icon of another size',
      (files) =>
        files.set('icons/panel-dark@2x.png', files.get('icons/panel-dark@1x.png') ?? Buffer.alloc(0)),
      'icons/panel-dark@2x.png has 23 × 23 pixels instead of 46 × 46.',
    ],
    [
      'an icon that is no PNG',
      (files) => files.set('icons/plugin@1x.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
      'icons/plugin@1x.png is no PNG.',
    ],
    [
      'an icon of more than 1 MB',
      append('icons/plugin@1x.png', '\0'.repeat(1_000_000)),
      'icons/plugin@1x.png is larger than 1 MB.',
    ],
    ['no script', (files) => files.delete('host.js'), 'host.js is missing.'],
    [
      'a file of a former build',
      append('models/old.b64.js', 'AAAA'),
      'models/old.b64.js is referred to by nothing.',
    ],
    ['a source map', append('panel.js.map', '{}'), 'panel.js.map is there for developing only.'],
    ['a source', append('panel.tsx', ''), 'panel.tsx is there for developing only.'],
    [
      'a link to a source map',
      append('panel.js', '\n//# sourceMappingURL=panel.js.map'),
      'panel.js has a source map.',
    ],
    [
      'a source map within',
      append('panel.js', '\n//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9u'),
      'panel.js has a source map.',
    ],
    ['a debugger statement', append('host.js', 'debugger;'), 'host.js has a debugger statement.'],
    [
      'a development server',
      append('panel.js', 'x="ws://localhost:8080"'),
      'panel.js has the address of a server on this machine.',
    ],
    ['hot reloading', append('panel.js', 'self.webpackHotUpdate=f'), 'panel.js has hot reloading.'],
    [
      'another plugin’s id',
      append('host.js', 'f("com.loupe.enhance")'),
      'host.js names the plugin com.loupe.enhance.',
    ],
  ])('%s', (_, spoil, finding) => {
    expect(findings(spoil)).toContain(finding);
  });

  test('directories and backslashes, by the names in the archive', () => {
    const files = Object.fromEntries(contents(PHOTOSHOP));
    const found = checkPackage(
      zipSync({ ...files, 'icons/': new Uint8Array(), 'a\\b.js': new Uint8Array() }),
      PHOTOSHOP,
    );
    expect(found.findings).toEqual(
      expect.arrayContaining(['icons/ is an entry for a directory.', 'a\\b.js has a backslash.']),
    );
  });

  test('paths that lead out of the package', () => {
    expect(findings(append('../x.js', ''))).toContain('../x.js leaves the package.');
  });
});
