/** Tells when another clip may be selected, or the selected one may be another. */
import type { Sequence } from '@adobe/premierepro';
import { activeProject, itemIdOf } from './find.ts';
import { maybe, type Premiere, type VideoClipTrackItem } from './premiere.ts';

/** One edit makes several events: they are told once, when they have paused. */
const PAUSE_MS = 150;

/**
 * Some events are reported never to fire, and none is documented for a clip that is trimmed or moved: so while the panel
 * is shown the selection is looked at, too.
 */
const LOOK_MS = 1000;

export interface ClipEvents {
  /** Whether there is a page to tell, in a panel that is not known to be hidden. */
  readonly watch: (watching: boolean) => void;
  /** The clip may have been changed by the host itself. */
  readonly changed: () => void;
}

export function clipEvents(ppro: Premiere, listener: () => void): ClipEvents {
  let telling: ReturnType<typeof setTimeout> | undefined;
  let looking: ReturnType<typeof setTimeout> | undefined;
  let watching = false;
  let seen = '';
  /** The sequences whose selection is listened to. */
  const heard = new Set<string>();

  const changed = (): void => {
    clearTimeout(telling);
    telling = setTimeout(() => {
      listener();
      // What has been told by an event is not told again by looking.
      fingerprint(ppro).then(
        ({ print }) => (seen = print),
        () => undefined,
      );
    }, PAUSE_MS);
  };
  const look = async (): Promise<void> => {
    const { print, sequence } = await fingerprint(ppro);
    if (print !== seen) changed();
    seen = print;
    // Selections are not told globally: each sequence has to be asked (a public plugin's field report).
    const id = sequence?.guid.toString() ?? '';
    if (sequence && !heard.has(id)) {
      heard.add(id);
      await maybe(() =>
        ppro.EventManager.addEventListener(sequence, ppro.Constants.SequenceEvent.SELECTION_CHANGED, changed),
      );
    }
  };
  const lookOn = (): void => {
    clearTimeout(looking);
    if (!watching) return;
    looking = setTimeout(() => {
      look()
        .catch(() => undefined)
        .then(lookOn, () => undefined);
    }, LOOK_MS);
  };

  // One that this Premiere does not know must not stop the others.
  const global = [
    () => ppro.Constants.ProjectEvent.OPENED,
    () => ppro.Constants.ProjectEvent.CLOSED,
    () => ppro.Constants.ProjectEvent.ACTIVATED,
    () => ppro.Constants.SequenceEvent.ACTIVATED,
    () => ppro.Constants.SequenceEvent.CLOSED,
  ];
  for (const event of global) void maybe(() => ppro.EventManager.addGlobalEventListener(event(), changed));

  return {
    watch(now) {
      watching = now;
      seen = '';
      if (now) look().then(lookOn, lookOn);
      else clearTimeout(looking);
    },
    changed,
  };
}

/** What tells a selection from another, and a clip from itself before it was moved or trimmed. */
async function fingerprint(ppro: Premiere): Promise<{ print: string; sequence: Sequence | undefined }> {
  const project = await activeProject(ppro);
  const sequence = project && (await maybe(() => project.getActiveSequence()));
  const selection = sequence && (await maybe(() => sequence.getSelection()));
  const items = ((await selection?.getTrackItems()) ?? []) as readonly (VideoClipTrackItem | null)[];
  const [first] = items;
  const clip = first
    ? [
        await first.getTrackIndex(),
        ...[await first.getStartTime(), await first.getInPoint(), await first.getOutPoint()].map(
          ({ ticks }) => ticks,
        ),
        await itemIdOf(first),
      ]
    : [];
  const print = [project?.guid.toString(), sequence?.guid.toString(), items.length, ...clip].join(' ');
  return { print, sequence };
}
