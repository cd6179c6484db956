/**
 * The plugin's commands, and the steps that it records in Photoshop's actions. What enhances is the page: a command shows
 * the panel, waits until its page has said hello, and tells it.
 */
import * as v from 'valibot';
import { LayerSettings, type PageApi } from '../../bridge/protocol.ts';
import { asLoupeError, LoupeError } from '../../errors.ts';

/** How long a panel may take until its page says hello: a WebView starts slowly on a busy machine. */
const HELLO_MS = 60_000;
/** How long a page may take until it opens its first job; Auto may have to load its network first. */
const START_MS = 120_000;

/** Where a step keeps its settings: what is no property of Photoshop's needs a prefix (Adobe, Recording an Action Step). */
const STEP_SETTINGS = 'com.loupe.enhance.settings';

export interface CommandsOptions {
  /** Rejects with `panel-unavailable`. */
  readonly showPanel: () => Promise<void>;
  /** Whether a run is under way. */
  readonly underWay: () => boolean;
  /** Makes such settings those of the last run. */
  readonly begin: (settings: LayerSettings) => Promise<void>;
  /** Has Photoshop's commands run in the modal state that a step is played in, until what is returned is called. */
  readonly lend: (context: unknown) => () => void;
  /** Discards the run. */
  readonly cancel: () => void;
  /** Tells the user why a command did nothing, where there is no panel to say it. */
  readonly alert: (error: LoupeError) => void;
}

export interface Commands {
  /** A command of the menu. Settles at once, as UXP gives it 300 ms; rejects with `run-under-way`. */
  enhance(settings: 'own' | 'last'): Promise<void>;
  /**
   * A recorded step, in the modal state that Photoshop has entered for it. Settles when the run is over, so that the
   * action's next step finds the result; rejects if nothing was written, for Photoshop to roll the document back.
   */
  play(context: unknown, info: unknown): Promise<void>;
  /** What a step is recorded with. */
  stepOf(settings: LayerSettings): Record<string, string>;
  /** A page has said hello, or is gone. */
  pageChanged(page: PageApi | undefined): void;
  runBegun(): void;
  /** @param written what the run was made with; undefined if nothing was written */
  runEnded(written: LayerSettings | undefined): void;
  runFailed(why: unknown): void;
  /** Whether the run under way is a step being played, which is not to be recorded again. */
  readonly playing: boolean;
}

export function createCommands(options: CommandsOptions): Commands {
  const { showPanel, underWay, begin, lend, cancel, alert } = options;
  let page: PageApi | undefined;
  let playing = false;
  const greeting = listeners<PageApi>();
  const begun = listeners<undefined>();
  const ended = listeners<LayerSettings | undefined>();
  const failed = listeners<unknown>();

  /** The page, in a panel that is shown. */
  const shown = async (): Promise<PageApi> => {
    const greeted = page
      ? Promise.resolve(page)
      : greeting.next(HELLO_MS, () => new LoupeError('panel-unavailable'));
    greeted.catch(() => undefined);
    await showPanel().catch((thrown: unknown) => {
      // A page that is there works in a panel that is hidden too.
      if (!page) throw thrown;
    });
    return greeted;
  };
  return {
    get playing() {
      return playing;
    },
    enhance(settings) {
      const showing = shown();
      if (underWay()) {
        showing.catch(() => undefined);
        return Promise.reject(new LoupeError('run-under-way'));
      }
      showing.then(
        (there) => there.enhance({ settings }),
        (thrown: unknown) => alert(asLoupeError(thrown, 'host-failed')),
      );
      return Promise.resolve();
    },
    async play(context, info) {
      if (playing || underWay()) throw new LoupeError('run-under-way');
      playing = true;
      const giveBack = lend(context);
      const cancelled = onCancel(context);
      try {
        const settings = settingsOf(info);
        if (settings) await begin(settings);
        const there = await shown();
        const start = begun.next(START_MS, () => new LoupeError('run-not-started'));
        const end = ended.next();
        const failure = Promise.race([failed.next(), cancelled]).then((why) => {
          throw why;
        });
        there.enhance({ settings: settings ? 'last' : 'own' });
        await Promise.race([start, failure]);
        if (!(await Promise.race([end, failure]))) throw new LoupeError('cancelled');
      } catch (thrown) {
        cancel();
        throw thrown;
      } finally {
        giveBack();
        playing = false;
      }
    },
    stepOf: (settings) => ({ [STEP_SETTINGS]: JSON.stringify(settings) }),
    pageChanged(now) {
      page = now;
      if (now) greeting.tell(now);
    },
    runBegun: () => begun.tell(undefined),
    runEnded: (written) => ended.tell(written),
    runFailed: (why) => failed.tell(why),
  };
}

/** Comes when the user presses Escape in that modal state. */
function onCancel(context: unknown): Promise<LoupeError> {
  return new Promise((resolve) => {
    if (typeof context !== 'object' || context === null) return;
    Object.assign(context, { onCancel: () => resolve(new LoupeError('cancelled')) });
  });
}

/** A step of a later Loupe, or a damaged one, is played with each layer's own settings. */
function settingsOf(info: unknown): LayerSettings | undefined {
  try {
    const step = v.parse(v.object({ [STEP_SETTINGS]: v.string() }), info);
    return v.parse(LayerSettings, JSON.parse(step[STEP_SETTINGS]));
  } catch {
    return undefined;
  }
}

/** Those who wait for something to happen. */
function listeners<T>() {
  const waiting = new Set<(value: T) => void>();
  return {
    tell(value: T): void {
      for (const each of waiting) each(value);
      waiting.clear();
    },
    /** Rejects after so long, if it is given how. */
    next(milliseconds = 0, late?: () => LoupeError): Promise<T> {
      return new Promise((resolve, reject) => {
        const timer =
          late &&
          setTimeout(() => {
            waiting.delete(hear);
            reject(late());
          }, milliseconds);
        const hear = (value: T): void => {
          clearTimeout(timer);
          resolve(value);
        };
        waiting.add(hear);
      });
    },
  };
}
