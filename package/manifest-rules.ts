/**
 * Adobe's rules for the manifest of a released plugin, each with its source:
 * [v5] developer.adobe.com/photoshop/uxp/2022/guides/uxp_guide/uxp-misc/manifest-v5/
 * [v4] the page beside it on version 4, to which v5 refers for what it does not change
 * [ps] …/manifest-v4/photoshop-manifest, what only Photoshop reads
 * [pr] developer.adobe.com/premiere-pro/uxp/plugins/concepts/manifest/, the only page that says of each field whether
 *      it is required; it speaks for UXP as such
 * Where they differ, the stricter holds. Unknown fields are refused: UXP would ignore them, and a typing error with them.
 */
import * as v from 'valibot';
import type { Host } from './hosts.ts';

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const size = v.strictObject({ width: whole, height: whole });

/** [pr] `x.y.z`; [v4] three segments, each from 0 to 99. */
const version = v.pipe(
  v.string(),
  v.regex(/^\d{1,2}\.\d{1,2}\.\d{1,2}$/, 'must be x.y.z, each from 0 to 99'),
);

/** [v4] Menu localization: a text, or one a language of two letters, with a default. */
const label = v.union([
  v.pipe(v.string(), v.minLength(1)),
  v.objectWithRest({ default: v.pipe(v.string(), v.minLength(1)) }, v.pipe(v.string(), v.minLength(1))),
]);

/** [pr] IconDefinition; [v4] PNG or JPEG, at least 1× and 2×. */
const icon = v.strictObject({
  width: whole,
  height: whole,
  path: v.pipe(
    v.string(),
    v.regex(/^[^/\\@:][^\\@:]*\.png$/, 'must be a relative path of a PNG, without @1x'),
  ),
  scale: v.pipe(
    v.array(v.pipe(v.number(), v.minValue(1))),
    v.check((scales) => scales.includes(1) && scales.includes(2), 'must have 1 and 2'),
  ),
  theme: v.pipe(
    v.array(v.picklist(['all', 'lightest', 'light', 'medium', 'dark', 'darkest'])),
    v.minLength(1),
  ),
  species: v.optional(v.array(v.picklist(['generic', 'toolbar', 'pluginList'])), ['generic']),
});
export type Icon = v.InferOutput<typeof icon>;

const everyTheme = (icons: Icon[]): boolean =>
  ['lightest', 'light', 'dark', 'darkest'].every((theme) =>
    icons.some((each) => each.theme.some((its) => its === theme || its === 'all')),
  );

/** [v4] A panel has icons of its own, 23 × 23, without which it is not taken into the marketplace. */
const panelIcons = v.pipe(
  v.array(icon),
  v.check((icons) => icons.every(({ width, height }) => width === 23 && height === 23), 'must be 23 × 23'),
  v.check(everyTheme, 'must have an icon for each theme'),
);

/** [pr] In the plugin list icons are 24 × 24; Photoshop's samples have 48 × 48, so there may be others. */
const pluginIcons = v.pipe(
  v.array(icon),
  v.check(everyTheme, 'must have an icon for each theme'),
  v.check(
    (icons) =>
      icons.some(
        ({ width, height, species }) => width === 24 && height === 24 && species.includes('pluginList'),
      ),
    'must have one of 24 × 24 for the plugin list',
  ),
);

const entrypoint = v.variant('type', [
  // [v4] Shortcuts are not available for plugins: the user sets them.
  v.strictObject({ type: v.literal('command'), id: v.pipe(v.string(), v.minLength(1)), label }),
  v.strictObject({
    type: v.literal('panel'),
    id: v.pipe(v.string(), v.minLength(1)),
    label,
    minimumSize: v.optional(size),
    maximumSize: v.optional(size),
    preferredDockedSize: v.optional(size),
    preferredFloatingSize: v.optional(size),
    icons: panelIcons,
  }),
]);

const domains = v.union([v.literal('all'), v.array(v.string())]);

/** [v5] Plugin permissions; [pr] what each must have. */
const permissions = v.strictObject({
  network: v.optional(v.strictObject({ domains })),
  clipboard: v.optional(v.picklist(['read', 'readAndWrite'])),
  localFileSystem: v.optional(v.picklist(['plugin', 'request', 'fullAccess'])),
  launchProcess: v.optional(
    v.strictObject({ schemes: v.array(v.string()), extensions: v.array(v.string()) }),
  ),
  webview: v.optional(
    v.strictObject({
      allow: v.literal('yes'),
      domains,
      allowLocalRendering: v.optional(v.literal('yes')),
      // HTMLWebViewElement's page has `localOnly` besides.
      enableMessageBridge: v.optional(v.picklist(['no', 'localAndRemote', 'localOnly'])),
    }),
  ),
  ipc: v.optional(
    v.strictObject({
      enablePluginCommunication: v.optional(v.boolean()),
      enableHostCommunication: v.optional(v.boolean()),
    }),
  ),
  fonts: v.optional(v.literal('readInstalled')),
  allowCodeGenerationFromStrings: v.optional(v.boolean()),
  enableUserInfo: v.optional(v.boolean()),
});
export type Permissions = v.InferOutput<typeof permissions>;

/** [ps] Only Photoshop has host data; its API of version 2 is what `executeAsModal` belongs to. */
const photoshopData = v.strictObject({
  apiVersion: v.literal(2),
  loadEvent: v.optional(v.picklist(['use', 'startup'])),
  enableMenuRecording: v.optional(v.boolean()),
});

/** [v4] One object when released; an array during development only. */
const hostRules = {
  photoshop: v.strictObject({
    app: v.literal('PS'),
    minVersion: version,
    maxVersion: v.optional(version),
    data: photoshopData,
  }),
  premiere: v.strictObject({
    app: v.literal('premierepro'),
    minVersion: version,
    maxVersion: v.optional(version),
  }),
};

const common = {
  manifestVersion: v.literal(5),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9.]+$/i)),
  /** [v4] 3 to 45 characters, and not localized. */
  name: v.pipe(v.string(), v.minLength(3), v.maxLength(45)),
  version,
  main: v.pipe(v.string(), v.regex(/\.(js|html)$/)),
  entrypoints: v.pipe(
    v.array(entrypoint),
    v.minLength(1),
    v.check((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two have the same id'),
  ),
  icons: pluginIcons,
  requiredPermissions: permissions,
};
const rules = {
  photoshop: v.strictObject({ ...common, host: hostRules.photoshop }),
  premiere: v.strictObject({ ...common, host: hostRules.premiere }),
};
export type ReleaseManifest = v.InferOutput<(typeof rules)[Host['name']]>;

/** The manifest if Adobe's rules allow it in that host's package; else what is wrong, field by field. */
export function checkManifest(
  json: unknown,
  { name }: Pick<Host, 'name'>,
): { readonly manifest?: ReleaseManifest; readonly findings: readonly string[] } {
  const result = v.safeParse(rules[name], json);
  if (result.success) return { manifest: result.output, findings: [] };
  return {
    findings: result.issues.map(
      (issue) => `manifest.json: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`,
    ),
  };
}
