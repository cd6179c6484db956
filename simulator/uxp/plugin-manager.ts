/**
 * `require('uxp').pluginManager`. [D] UXP API > Plugin Manager: `plugins` is a Set of plugins with `showPanel` and
 * `invokeCommand`; "the manifest must include the ipc permission", even to show a panel of its own (Guides > Add multiple
 * panels). Here there is one plugin.
 */
import type { UxpPlugin } from './interface.ts';

export class PluginManagerError extends Error {
  override readonly name = 'PluginManagerError';
}

export interface PluginActions {
  readonly showPanel: (panelId: string) => Promise<void>;
  readonly invokeCommand: (commandId: string, ...args: unknown[]) => Promise<void>;
}

export function createPluginManager(plugin: UxpPlugin, actions: PluginActions) {
  const allow = async (): Promise<void> => {
    await Promise.resolve();
    if (plugin.communicates !== true) {
      throw new PluginManagerError('The manifest does not ask for ipc.enablePluginCommunication');
    }
  };
  const own = {
    id: plugin.id,
    version: plugin.version,
    name: plugin.name ?? plugin.id,
    enabled: true,
    showPanel: async (panelId: string): Promise<void> => {
      await allow();
      if (!plugin.entrypoints.some(({ type, id }) => type === 'panel' && id === panelId)) {
        throw new PluginManagerError(`There is no panel "${panelId}"`);
      }
      await actions.showPanel(panelId);
    },
    invokeCommand: async (commandId: string, ...args: unknown[]): Promise<void> => {
      await allow();
      await actions.invokeCommand(commandId, ...args);
    },
  };
  return { plugins: new Set([own]) };
}
