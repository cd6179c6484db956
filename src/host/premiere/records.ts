/**
 * What is known of each render, in the plugin's data: while it is made, for going on after a crash; when it is finished,
 * for placing it; when it is placed, for taking it away again.
 */
import * as v from 'valibot';
import { ClipRef, FileName } from '../../bridge/premiere-calls.ts';
import { makeFolder } from '../files.ts';
import type { UxpFs } from '../uxp.ts';

const FOLDER = 'plugin-data:/renders';

/** The longest finished are forgotten first. */
const MOST_FINISHED = 300;

const PlacedRecord = v.object({
  sequenceId: v.string(),
  track: v.number(),
  trackName: v.string(),
  newTrack: v.boolean(),
  startTicks: v.string(),
  /** The render's own project item. */
  itemId: v.string(),
  originalHidden: v.boolean(),
});

const RenderRecord = v.object({
  version: v.literal(1),
  render: v.string(),
  time: v.number(),
  project: v.object({ id: v.string(), path: v.string() }),
  ref: ClipRef,
  clipName: v.string(),
  folder: v.string(),
  /** Without its extension; of single frames their folder's. */
  name: FileName,
  extension: v.picklist(['mov', 'mp4', 'png', 'tif']),
  note: v.string(),
  /** Where it lies when it is finished: of single frames the first. Null before. */
  path: v.nullable(v.string()),
  placed: v.nullable(PlacedRecord),
  /** It has all its frames and is being given its name. */
  finishing: v.optional(v.boolean()),
});
export type RenderRecord = v.InferOutput<typeof RenderRecord>;

export interface Records {
  all(): Promise<readonly RenderRecord[]>;
  get(render: string): Promise<RenderRecord | undefined>;
  /** Rejects with the file system's error, with what was known before still known. */
  put(record: RenderRecord): Promise<void>;
  /** With its journal. */
  forget(render: string): Promise<void>;
  journalOf(render: string): string;
}

export function openRecords(fs: UxpFs): Records {
  let loading: Promise<Map<string, RenderRecord>> | undefined;
  const loaded = (): Promise<Map<string, RenderRecord>> => (loading ??= load(fs));
  const forget = async (render: string): Promise<void> => {
    (await loaded()).delete(render);
    await fs.unlink(`${FOLDER}/${render}.json`).catch(() => undefined);
    await fs.unlink(journalOf(render)).catch(() => undefined);
  };
  const journalOf = (render: string): string => `${FOLDER}/${render}.journal`;
  return {
    all: async () => [...(await loaded()).values()],
    get: async (render) => (await loaded()).get(render),
    async put(record) {
      const known = await loaded();
      await makeFolder(fs, FOLDER);
      await fs.writeFile(`${FOLDER}/${record.render}.json`, JSON.stringify(record), { encoding: 'utf-8' });
      known.set(record.render, record);
      const finished = [...known.values()]
        .filter(({ path }) => path !== null)
        .sort((one, other) => other.time - one.time);
      for (const { render } of finished.slice(MOST_FINISHED)) await forget(render);
    },
    forget,
    journalOf,
  };
}

/** What is damaged or of a later Loupe is left where it is, and not known. */
async function load(fs: UxpFs): Promise<Map<string, RenderRecord>> {
  const names = await fs.readdir(FOLDER).catch(() => []);
  const records = new Map<string, RenderRecord>();
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    try {
      const text = await fs.readFile(`${FOLDER}/${name}`, { encoding: 'utf-8' });
      const record = v.parse(RenderRecord, JSON.parse(typeof text === 'string' ? text : ''));
      records.set(record.render, record);
    } catch {
      continue;
    }
  }
  return records;
}
