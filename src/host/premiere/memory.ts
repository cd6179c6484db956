/**
 * What was chosen for each clip, and for the last run, kept in the plugin's data folder. A clip is known by its project's
 * path, its project item's id and its in point: the same frames of the same file, wherever they are cut to.
 */
import * as v from 'valibot';
import { type ClipRef, ClipSettings } from '../../bridge/premiere-calls.ts';
import type { UxpFs } from '../uxp.ts';

const PATH = 'plugin-data:/clips.json';
const VERSION = 1;
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
  version: v.number(),
  clips: v.array(v.unknown()),
  last: v.optional(v.unknown()),
});

interface Kept {
  /** Oldest first. */
  readonly clips: readonly Entry[];
  readonly last: ClipSettings | null;
  /** The file is of a later Loupe: it is left as it is, and what is new is kept for this session only. */
  readonly foreign: boolean;
}

const NOTHING: Kept = { clips: [], last: null, foreign: false };

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
  let kept: Promise<Kept> | undefined;
  let storing: Promise<unknown> = Promise.resolve();
  const loaded = (): Promise<Kept> => (kept ??= load(fs));
  const change = async (by: (known: Kept) => Kept): Promise<void> => {
    const changed = loaded().then(by);
    kept = changed;
    const { clips, last, foreign } = await changed;
    if (foreign) return;
    const text = JSON.stringify({ version: VERSION, clips, last });
    storing = storing.then(() => fs.writeFile(PATH, text, { encoding: 'utf-8' })).catch(() => undefined);
    await storing;
  };
  return {
    async recall(project, { itemId, inTicks }) {
      const { clips } = await loaded();
      const ofItem = clips.filter((each) => each.project === project && each.item === itemId);
      const found = ofItem.find((each) => each.inTicks === inTicks) ?? ofItem.at(-1);
      return found?.settings ?? null;
    },
    remember: (project, { itemId: item, inTicks }, settings) =>
      change((known) => {
        const others = known.clips.filter(
          (each) => each.project !== project || each.item !== item || each.inTicks !== inTicks,
        );
        return {
          ...known,
          clips: [...others, { project, item, inTicks, settings }].slice(-MOST_CLIPS),
        };
      }),
    last: async () => (await loaded()).last,
    begin: (settings) => change((known) => ({ ...known, last: settings })),
  };
}

/** A missing or damaged file is as good as none: it holds conveniences only. */
async function load(fs: UxpFs): Promise<Kept> {
  try {
    const text = await fs.readFile(PATH, { encoding: 'utf-8' });
    const { version, clips, last } = v.parse(Remembered, JSON.parse(typeof text === 'string' ? text : ''));
    if (version > VERSION) return { ...NOTHING, foreign: true };
    return {
      // One by one, so that one which is damaged does not take the others with it.
      clips: clips.filter((clip) => v.is(Entry, clip)).slice(-MOST_CLIPS),
      last: v.is(ClipSettings, last) ? last : null,
      foreign: false,
    };
  } catch {
    return NOTHING;
  }
}
