/** What a person does with plugins and actions. */
import type { PluginHost } from '../uxp/plugin-host.ts';
import type { Desktop } from './desktop.ts';
import type { User } from './interface.ts';
import type { RecordedStep, Recorder } from './recorder.ts';

export type PluginActions = Pick<
  User,
  | 'chooseCommand'
  | 'showPanel'
  | 'hidePanel'
  | 'closePanel'
  | 'reloadPlugin'
  | 'recordAction'
  | 'stopRecording'
  | 'playAction'
>;

export function pluginActions(desktop: Desktop, host: PluginHost, recorder: Recorder): PluginActions {
  /** Menus and panels do not answer while a modal command runs. */
  const free = (): boolean => !desktop.modal.active || desktop.modal.active.interactive;

  const panel = (id: string, work: () => Promise<void>): boolean => {
    if (!free() || !host.panels.has(id)) return false;
    void host.attempt(work);
    return true;
  };

  const play = async ({ name, methodName, info }: RecordedStep): Promise<void> => {
    const run = host.running?.global(methodName);
    if (typeof run !== 'function') throw new Error(`The step “${name}” is not available: no ${methodName}`);
    const method = run as (context: unknown, info: unknown) => unknown;
    // [D] "The executionContext argument conforms to the argument used by executeAsModal": the step is one.
    await desktop.modal.execute(
      async (context) => {
        await method(context, JSON.parse(info));
      },
      { commandName: name },
    );
  };

  return {
    chooseCommand: (commandId) => {
      if (!free()) return false;
      void host.attempt(() => host.invoke(commandId));
      return true;
    },
    showPanel: (id) => panel(id, () => host.show(id)),
    hidePanel: (id) => panel(id, () => host.hide(id)),
    closePanel: (id) => panel(id, () => host.close(id)),
    reloadPlugin: () => {
      void host.attempt(() => host.reload());
      return true;
    },
    recordAction: (name) => free() && recorder.start(name),
    stopRecording: () => recorder.stop(),
    playAction: (name) => {
      const action = recorder.find(name);
      if (!action || !free() || recorder.recording !== null) return false;
      void host.attempt(async () => {
        for (const step of action.steps) await play(step);
      });
      return true;
    },
  };
}
