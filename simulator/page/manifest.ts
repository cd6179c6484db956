/** The plugin's manifest.json, as far as the emulated applications obey it (developer.adobe.com, UXP manifest v5). */
import * as v from 'valibot';
import type { UxpPlugin } from '../uxp/interface.ts';

const size = v.object({ width: v.number(), height: v.number() });

const label = v.union([v.string(), v.objectWithRest({ default: v.string() }, v.string())]);

const Manifest = v.object({
  manifestVersion: v.literal(5),
  id: v.string(),
  name: v.string(),
  version: v.string(),
  main: v.string(),
  host: v.pipe(
    v.union([
      v.array(v.object({ app: v.string(), minVersion: v.string() })),
      v.object({ app: v.string(), minVersion: v.string() }),
    ]),
    v.transform((host) => (Array.isArray(host) ? host : [host])),
  ),
  entrypoints: v.array(
    v.variant('type', [
      v.object({
        type: v.literal('panel'),
        id: v.string(),
        label,
        minimumSize: size,
        maximumSize: size,
        preferredDockedSize: size,
      }),
      v.object({ type: v.literal('command'), id: v.string(), label }),
    ]),
  ),
  requiredPermissions: v.object({
    localFileSystem: v.optional(v.picklist(['plugin', 'request', 'fullAccess'])),
    ipc: v.optional(v.object({ enablePluginCommunication: v.boolean() })),
    launchProcess: v.optional(
      v.object({ extensions: v.optional(v.array(v.string())), schemes: v.optional(v.array(v.string())) }),
    ),
    webview: v.optional(
      v.object({
        allow: v.exactOptional(v.literal('yes')),
        domains: v.exactOptional(v.union([v.array(v.string()), v.literal('all')])),
        allowLocalRendering: v.exactOptional(v.literal('yes')),
        enableMessageBridge: v.exactOptional(v.picklist(['localAndRemote', 'localOnly', 'no'])),
      }),
    ),
  }),
});
export type Manifest = v.InferOutput<typeof Manifest>;

/** The applications by their names in a manifest. */
const NAMES = { PS: 'Photoshop', premierepro: 'Premiere' } as const;

/** Checks a parsed manifest.json; throws with the path of what is wrong, or if the application is too old for it. */
export function parseManifest(json: unknown, app: keyof typeof NAMES, version: string): Manifest {
  const manifest = v.parse(Manifest, json);
  const wanted = manifest.host.find((each) => each.app === app)?.minVersion;
  if (wanted === undefined) throw new Error(`${manifest.name} is not a plugin for ${NAMES[app]}.`);
  if (version.localeCompare(wanted, 'en', { numeric: true }) < 0) {
    throw new Error(`${manifest.name} needs ${NAMES[app]} ${wanted}; this one is ${version}.`);
  }
  return manifest;
}

/** What the emulated UXP is told of the plugin. */
export function uxpPlugin(manifest: Manifest, readFile: UxpPlugin['readFile']): UxpPlugin {
  const { localFileSystem, ipc, launchProcess } = manifest.requiredPermissions;
  return {
    id: manifest.id,
    version: manifest.version,
    name: manifest.name,
    entrypoints: manifest.entrypoints.map(({ type, id, label }) => ({ type, id, label })),
    communicates: ipc?.enablePluginCommunication === true,
    launches: launchProcess?.extensions ?? [],
    ...(localFileSystem === undefined ? {} : { localFileSystem }),
    readFile,
  };
}
