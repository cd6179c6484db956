/** A release's manifest, from the one that the UXP Developer Tool loads in both applications. */
import type { Host } from './hosts.ts';
import type { Permissions } from './manifest-rules.ts';
import { onlyUsed } from './permissions.ts';

/** `manifest.json` of the repository, as far as it is changed. */
export interface DevelopmentManifest {
  readonly id: string;
  readonly version: string;
  readonly host: readonly { readonly app: string }[];
  readonly entrypoints: readonly { readonly type: string }[];
  readonly requiredPermissions: Permissions;
}

/**
 * One host and an id of its own, since a package installs for one application only; commands in Photoshop alone; no
 * inspector; and only what the host's script uses of the permissions.
 */
export function releaseManifest(
  { host: hosts, ...manifest }: DevelopmentManifest,
  { name, app, title }: Host,
  script: string,
): object {
  const host = hosts.find((each) => each.app === app);
  if (!host) throw new Error(`manifest.json has no host for ${title}.`);
  const released: Record<string, unknown> = {
    ...manifest,
    id: `${manifest.id}.${name}`,
    host,
    entrypoints: manifest.entrypoints.filter(({ type }) => type !== 'command' || name === 'photoshop'),
    requiredPermissions: onlyUsed(manifest.requiredPermissions, script),
  };
  delete released['uxpAllowInspector'];
  return released;
}
