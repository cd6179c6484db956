/** `require('photoshop').action`: notifications, batchPlay, and steps of recorded actions. [D] Photoshop API > action. */
import { isQuery, play } from './batch-play.ts';
import type { Descriptor, Desktop } from './desktop.ts';
import { PhotoshopError } from './errors.ts';
import type { Recorder } from './recorder.ts';

export interface BatchPlayOptions {
  synchronousExecution?: boolean;
  modalBehavior?: 'wait' | 'execute' | 'fail';
  continueOnError?: boolean;
  dialogOptions?: 'silent' | 'dontDisplay' | 'display';
}

type NotificationListener = (name: string, descriptor: Descriptor) => void;

export class Action {
  readonly #desktop: Desktop;
  readonly #recorder: Recorder;

  constructor(desktop: Desktop, recorder: Recorder) {
    this.#desktop = desktop;
    this.#recorder = recorder;
  }

  readonly addNotificationListener = async (
    events: string[],
    notifier: NotificationListener,
  ): Promise<void> => {
    await Promise.resolve();
    if (!Array.isArray(events))
      throw new PhotoshopError('addNotificationListener: a list of events is required');
    this.#desktop.listen(events, notifier);
  };

  readonly removeNotificationListener = async (
    events: string[],
    notifier: NotificationListener,
  ): Promise<void> => {
    await Promise.resolve();
    this.#desktop.unlisten(events, notifier);
  };

  readonly batchPlay = async (
    commands: Descriptor[],
    options: BatchPlayOptions = {},
  ): Promise<Descriptor[]> => {
    const answers: Descriptor[] = [];
    for (const command of commands) {
      try {
        answers.push(await this.#play(command));
      } catch (error) {
        // [D] Errors of a command are answered as descriptors only where the caller asked to go on.
        if (!options.continueOnError || !(error instanceof PhotoshopError)) throw error;
        answers.push({ _obj: 'error', message: error.message, result: error.number ?? -1 });
      }
    }
    return answers;
  };

  /** Adds a step to the action that is being recorded; nothing if none is. */
  readonly recordAction = (step: { name: string; methodName: string }, info: object): void => {
    this.#desktop.calls.note('action.recordAction');
    this.#recorder.add(step, info);
  };

  async #play(command: Descriptor): Promise<Descriptor> {
    if (isQuery(command)) {
      await Promise.resolve();
      return this.#desktop.query('action.batchPlay', () => play(this.#desktop, command));
    }
    return this.#desktop.command('action.batchPlay', () => play(this.#desktop, command));
  }
}
