/** A small file of conveniences in the plugin's data folder: never in the way of what it is kept for. */
import * as v from 'valibot';
import type { UxpFs } from './uxp.ts';

export interface KeptFile<Value> {
  get(): Promise<Value>;
  /** Keeps the new value for this session even where it cannot be stored. */
  change(by: (known: Value) => Value): Promise<void>;
}

export interface KeptFileOptions<Value> {
  readonly path: string;
  /** Of what is written. A file of a later one is left as it is, and what is new is kept for this session only. */
  readonly version: number;
  /** What a missing or damaged file is as good as. */
  readonly nothing: Value;
  /** Makes sense of a file of this version or an earlier one; throws where it is damaged. */
  readonly read: (json: unknown) => Value;
}

const Versioned = v.object({ version: v.number() });

/** Read when it is first asked for; written as one JSON object, the version beside the value's own properties. */
export function openKeptFile<Value extends object>(
  fs: UxpFs,
  { path, version, nothing, read }: KeptFileOptions<Value>,
): KeptFile<Value> {
  let kept: Promise<{ readonly value: Value; readonly isForeign: boolean }> | undefined;
  let storing: Promise<unknown> = Promise.resolve();

  const load = async () => {
    try {
      const text = await fs.readFile(path, { encoding: 'utf-8' });
      const json: unknown = JSON.parse(typeof text === 'string' ? text : '');
      if (v.parse(Versioned, json).version > version) return { value: nothing, isForeign: true };
      return { value: read(json), isForeign: false };
    } catch {
      return { value: nothing, isForeign: false };
    }
  };
  const loaded = () => (kept ??= load());

  return {
    get: async () => (await loaded()).value,
    async change(by) {
      const changed = loaded().then(({ value, isForeign }) => ({ value: by(value), isForeign }));
      kept = changed;
      const { value, isForeign } = await changed;
      if (isForeign) return;
      const text = JSON.stringify({ version, ...value });
      storing = storing.then(() => fs.writeFile(path, text, { encoding: 'utf-8' })).catch(() => undefined);
      await storing;
    },
  };
}
