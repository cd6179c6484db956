/**
 * What was chosen for each clip, and for the last run, kept in the plugin's data folder. A clip is known by its project's
 * path, its project item's id and its in point: the same frames of the same file, wherever they are cut to.
 */
import * as v from 'valibot';
import { type ClipRef, ClipSettings } from '../../bridge/premiere-calls.ts';
import { openKeptFile } from '../kept-file.ts';
import type { UxpFs } from '../uxp.ts';

/** The longest unused go first. */
const MOST_CLIPS = 500;

const Entry = v.object({
  project: v.string(),
  item: v.string(),
  inTicks: v.string(),
  settings: ClipSettings,
});
type Entry = v.InferOutput<typeof Entry>;

const Remembered = v.object({
  clips: v.array(v.unknown()),
  last: v.optional(v.unknown()),
});

interface Kept {
  /** Oldest first. */
  readonly clips: readonly Entry[];
  readonly last: ClipSettings | null;
}

export interface ClipMemory {
  /** Of other cuts from the same item the one chosen last, if there is none of this one. */
  recall(project: string, ref: ClipRef): Promise<ClipSettings | null>;
  /** Keeps it for this session even where it cannot be stored. */
  remember(project: string, ref: ClipRef, settings: ClipSettings): Promise<void>;
  /** What the last run was begun with. */
  last(): Promise<ClipSettings | null>;
  begin(settings: ClipSettings): Promise<void>;
}

export function openClipMemory(fs: UxpFs): ClipMemory {
  const file = openKeptFile<Kept>(fs, {
    path: 'plugin-data:/clips.json',
    version: 1,
    nothing: { clips: [], last: null },
    read: readKept,
  });
  return {
    async recall(project, { itemId, inTicks }) {
      const { clips } = await file.get();
      const ofItem = clips.filter((each) => each.project === project && each.item === itemId);
      const found = ofItem.find((each) => each.inTicks === inTicks) ?? ofItem.at(-1);
      return found?.settings ?? null;
    },
    remember: (project, { itemId: item, inTicks }, settings) =>
      file.change((known) => {
        const others = known.clips.filter(
          (each) => each.project !== project || each.item !== item || each.inTicks !== inTicks,
        );
        return {
          ...known,
          clips: [...others, { project, item, inTicks, settings }].slice(-MOST_CLIPS),
        };
      }),
    last: async () => (await file.get()).last,
    begin: (settings) => file.change((known) => ({ ...known, last: settings })),
  };
}

/** One by one, so that one which is damaged does not take the others with it. */
function readKept(json: unknown): Kept {
  const { clips, last } = v.parse(Remembered, json);
  return {
    clips: clips.filter((clip) => v.is(Entry, clip)).slice(-MOST_CLIPS),
    last: v.is(ClipSettings, last) ? last : null,
  };
}
