/** `require('photoshop').core`: modal execution and a few queries. [D] Photoshop API > core. */
import type { Desktop } from './desktop.ts';

export function createCore(desktop: Desktop) {
  type Execute = typeof desktop.modal.execute;
  const executeAsModal: Execute = (target, options) => {
    desktop.calls.note('core.executeAsModal');
    return desktop.modal.execute(target, options);
  };
  return {
    apiVersion: 2,
    executeAsModal,
    /** True while any plugin, or Photoshop itself, is in a modal state. */
    isModal: (): boolean => desktop.modal.active !== null,
    showAlert: async (options: string | { message: string }): Promise<void> => {
      await Promise.resolve();
      desktop.memory.warnings.push(`Alert: ${typeof options === 'string' ? options : options.message}`);
    },
  };
}
