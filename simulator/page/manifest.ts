/** The plugin's manifest.json, as far as the emulated Photoshop obeys it (developer.adobe.com, UXP manifest v5). */
import * as v from 'valibot';

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

/** Checks a parsed manifest.json; throws with the path of what is wrong, or if Photoshop is too old for it. */
export function parseManifest(json: unknown, photoshopVersion: string): Manifest {
  const manifest = v.parse(Manifest, json);
  const wanted = manifest.host.find(({ app }) => app === 'PS')?.minVersion;
  if (wanted === undefined) throw new Error(`${manifest.name} is not a plugin for Photoshop.`);
  if (photoshopVersion.localeCompare(wanted, 'en', { numeric: true }) < 0) {
    throw new Error(`${manifest.name} needs Photoshop ${wanted}; this one is ${photoshopVersion}.`);
  }
  return manifest;
}
