import type { Application, ApplicationView } from '../application.ts';
import type { MenuItem } from './drop-menu.tsx';

/** A shortcut for each command, as a person would give it one in Edit > Keyboard Shortcuts. */
export const shortcutOf = (index: number): string => `Alt+Shift+${index + 1}`;

/** The Plugins menu (in Premiere: Window > UXP Plugins). */
export function pluginItems({ user }: Application, { plugin }: ApplicationView, busy = false): MenuItem[] {
  return [
    ...plugin.commands.map(({ id, label }, index) => ({
      label,
      hint: shortcutOf(index),
      disabled: busy,
      choose: () => user.chooseCommand(id),
    })),
    ...plugin.panels.map(({ id, label, state }) => ({
      label: `${label} Panel`,
      hint: state === 'closed' ? '' : '✓',
      apart: true,
      disabled: busy,
      choose: () => (state === 'shown' ? user.closePanel(id) : user.showPanel(id)),
    })),
    { label: 'Reload Plugin', apart: true, choose: () => user.reloadPlugin() },
  ];
}
