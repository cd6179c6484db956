/** Which video an MPEG transport stream carries where mediabunny, which knows few kinds, sees none (ISO/IEC 13818-1). */
import type { RemoteMedia } from './types.ts';

/** Table 2-34. */
const STREAMS: Readonly<Record<number, string>> = {
  0x01: 'MPEG-1',
  0x02: 'MPEG-2',
  0x10: 'MPEG-4',
  0x33: 'VVC',
};

const SYNC = 0x47;
/** A packet, also where cameras put a time of 4 bytes before each. */
const LENGTHS = [188, 192];
const LOOKED_AT = 512 * 1024;

/** For the user; undefined where there is none that is known. */
export async function videoOfTransport(media: RemoteMedia): Promise<string | undefined> {
  const bytes = await media.read(0, Math.min(LOOKED_AT, media.size));
  const at = (index: number): number => bytes[index] ?? 0;
  const length = LENGTHS.find((each) => at(each - 188) === SYNC && at(2 * each - 188) === SYNC);
  if (length === undefined) return undefined;
  let tables: number | undefined;
  for (let start = length - 188; start + 188 <= bytes.length; start += length) {
    const program = ((at(start + 1) & 0x1f) << 8) | at(start + 2);
    const beginsTable = (at(start + 1) & 0x40) !== 0;
    if (!beginsTable || (program !== 0 && program !== tables)) continue;
    // After the header, an adaptation field where there is one, and the pointer to the table.
    const field = (at(start + 3) & 0x20) !== 0 ? 1 + at(start + 4) : 0;
    const table = start + 4 + field + 1 + at(start + 4 + field);
    if (program === 0) {
      // § 2.4.4.3, the first program's: its number, then where its map is.
      tables = ((at(table + 10) & 0x1f) << 8) | at(table + 11);
      continue;
    }
    // § 2.4.4.8.
    const end = table + 3 + (((at(table + 1) & 0x0f) << 8) | at(table + 2)) - 4;
    for (let entry = table + 12 + (((at(table + 10) & 0x0f) << 8) | at(table + 11)); entry < end;) {
      const name = STREAMS[at(entry)];
      if (name) return name;
      entry += 5 + (((at(entry + 3) & 0x0f) << 8) | at(entry + 4));
    }
    return undefined;
  }
  return undefined;
}
