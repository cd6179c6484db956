/** Which of UXP's permissions a script uses: by the names of the API, which no minifier may change. */
import type { Permissions } from './manifest-rules.ts';

/** A permission, or one value of it, and what in a script is proof that it is needed. */
interface Rule {
  readonly permission: string;
  readonly uses: RegExp;
  /** Whether a manifest with these permissions has it. */
  readonly granted: (permissions: Permissions) => boolean;
}

const lists = (value: 'all' | readonly string[] | undefined): boolean => (value?.length ?? 0) > 0;

const RULES: readonly Rule[] = [
  {
    permission: 'localFileSystem: plugin',
    uses: /\bplugin-(?:data|temp):\/|\.getDataFolder\b|\.getTemporaryFolder\b/,
    granted: ({ localFileSystem }) => localFileSystem !== undefined,
  },
  {
    permission: 'localFileSystem: request',
    uses: /\.getFileForOpening\b|\.getFileForSaving\b|\.getFolder\(/,
    granted: ({ localFileSystem }) => localFileSystem === 'request' || localFileSystem === 'fullAccess',
  },
  {
    permission: 'localFileSystem: fullAccess',
    uses: /["'`]file:\/|\.getEntryWithUrl\b|\.createEntryWithUrl\b/,
    granted: ({ localFileSystem }) => localFileSystem === 'fullAccess',
  },
  {
    permission: 'launchProcess.extensions',
    uses: /\.openPath\b/,
    granted: ({ launchProcess }) => lists(launchProcess?.extensions),
  },
  {
    permission: 'launchProcess.schemes',
    uses: /\.openExternal\b/,
    granted: ({ launchProcess }) => lists(launchProcess?.schemes),
  },
  {
    permission: 'webview',
    uses: /["'`]webview["'`]/,
    granted: ({ webview }) => webview !== undefined,
  },
  {
    permission: 'webview.domains',
    uses: /\.src\s*=\s*["'`]https?:/,
    granted: ({ webview }) => lists(webview?.domains),
  },
  {
    permission: 'webview.allowLocalRendering',
    uses: /["'`]plugin:\/[^"'`]*\.html["'`]/,
    granted: ({ webview }) => webview?.allowLocalRendering !== undefined,
  },
  {
    permission: 'webview.enableMessageBridge',
    uses: /\.postMessage\(/,
    granted: ({ webview }) => (webview?.enableMessageBridge ?? 'no') !== 'no',
  },
  {
    permission: 'network',
    uses: /\bfetch\(|\bnew (?:XMLHttpRequest|WebSocket)\b/,
    granted: ({ network }) => network !== undefined,
  },
  { permission: 'clipboard', uses: /\.clipboard\b/, granted: ({ clipboard }) => clipboard !== undefined },
  {
    permission: 'ipc.enablePluginCommunication',
    uses: /\bpluginManager\b/,
    granted: ({ ipc }) => ipc?.enablePluginCommunication === true,
  },
  {
    permission: 'ipc.enableHostCommunication',
    uses: /\.sendSDKPluginMessage\b|\.addSDKMessagingListener\b/,
    granted: ({ ipc }) => ipc?.enableHostCommunication === true,
  },
  { permission: 'fonts', uses: /\.fontManager\b/, granted: ({ fonts }) => fonts !== undefined },
  {
    permission: 'allowCodeGenerationFromStrings',
    uses: /(?<![\w$.])eval\(|\bnew Function\(/,
    granted: ({ allowCodeGenerationFromStrings }) => allowCodeGenerationFromStrings === true,
  },
  {
    permission: 'enableUserInfo',
    uses: /\.userInfo\b/,
    granted: ({ enableUserInfo }) => enableUserInfo === true,
  },
];

export interface Evidence {
  readonly permission: string;
  /** What of the API stands in the script; null if nothing does. */
  readonly found: string | null;
  readonly granted: boolean;
}

/** Each permission that is granted or needed, with what the script has of its API. */
export function evidence(permissions: Permissions, script: string): Evidence[] {
  return RULES.map(({ permission, uses, granted }) => ({
    permission,
    found: uses.exec(script)?.[0] ?? null,
    granted: granted(permissions),
  })).filter(({ found, granted }) => granted || found !== null);
}

/** The permissions less those of which the script uses nothing, and no more of the user's files than it opens. */
export function onlyUsed(permissions: Permissions, script: string): Permissions {
  const used = RULES.filter(({ uses }) => uses.test(script)).map(({ permission }) => permission);
  const names = new Set(used.map((permission) => permission.split(/[.:]/)[0]));
  const kept: Permissions = Object.fromEntries(
    Object.entries(permissions).filter(([name]) => names.has(name)),
  );
  const files = FILES.findLast((value) => used.includes(`localFileSystem: ${value}`));
  return files && kept.localFileSystem ? { ...kept, localFileSystem: files } : kept;
}

/** From the least to the most. */
const FILES = ['plugin', 'request', 'fullAccess'] as const;
