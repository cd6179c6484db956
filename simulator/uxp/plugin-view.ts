/** What a host's menus and windows show of the plugin. */
import type { Label, UxpPlugin } from './interface.ts';
import type { PanelState, PluginHost } from './plugin-host.ts';

export interface PluginView {
  readonly commands: readonly { readonly id: string; readonly label: string }[];
  readonly panels: readonly { readonly id: string; readonly label: string; readonly state: PanelState }[];
  /** What went wrong in the plugin's last command, panel or step, as the host would log it; null if nothing did. */
  readonly failure: string | null;
}

export function pluginView(plugin: UxpPlugin, host: PluginHost, locale: string): PluginView {
  const labelled = (wanted: 'panel' | 'command') =>
    plugin.entrypoints
      .filter(({ type }) => type === wanted)
      .map(({ id, label }) => ({ id, label: labelFor(label ?? id, locale) }));
  return {
    commands: labelled('command'),
    panels: labelled('panel').map((each) => ({ ...each, state: host.panels.get(each.id) ?? 'closed' })),
    failure: host.failure,
  };
}

/** [D] Labels by locale: "default", and locales such as "de" or "fr_FR". */
function labelFor(label: Label, locale: string): string {
  if (typeof label === 'string') return label;
  const [language = ''] = locale.split(/[-_]/);
  return label[locale] ?? label[locale.replace('_', '-')] ?? label[language] ?? label['default'] ?? '';
}
