/** What several messages are made of. */
import * as v from 'valibot';

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const side = v.pipe(v.number(), v.integer(), v.minValue(1));
export const integer = v.pipe(v.number(), v.integer());
export const base64 = v.string();
/** Reports and errors carry a code of src/errors.ts and the varying part of its message. */
export const problem = v.object({ code: v.string(), detail: v.string() });

/** A model of Loupe's, the one it proposes itself, or the user's own by its file's name. */
export const model = v.union([
  v.picklist(['auto', 'face', 'landscape', 'art']),
  v.pipe(
    v.custom<`own:${string}`>((name) => typeof name === 'string' && name.startsWith('own:')),
    v.maxLength(255),
  ),
]);
export const percent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100));
export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
