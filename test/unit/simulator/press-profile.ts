/**
 * A press that exists nowhere, as an ICC profile: what the sixteen full inks look like, and in between their mean.
 * ICC.1:2001 (version 2), lut8Type. Its way back knows paper and black only.
 */

const text = (word: string): number[] => Array.from(word, (letter) => letter.charCodeAt(0));
const uint16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const uint32 = (value: number): number[] => [...uint16(value >>> 16), ...uint16(value & 0xffff)];
const fixed = (value: number): number[] => uint32(Math.round(value * 65536) >>> 0);

const ramp = Array.from({ length: 256 }, (_, i) => i);

function lut8(inputs: number, outputs: number, nodes: readonly number[]): number[] {
  return [
    ...text('mft1'),
    ...uint32(0),
    inputs,
    outputs,
    2,
    0,
    ...[1, 0, 0, 0, 1, 0, 0, 0, 1].flatMap(fixed),
    ...Array.from({ length: inputs }, () => ramp).flat(),
    ...nodes,
    ...Array.from({ length: outputs }, () => ramp).flat(),
  ];
}

/** Paper is white; magenta is Lab 50, 60, 0; any other ink is black. */
export function pressProfile(name: string): Uint8Array {
  const inks = Array.from({ length: 16 }, (_, i) =>
    i === 0 ? [255, 128, 128] : i === 4 ? [128, 188, 128] : [0, 128, 128],
  );
  const back = Array.from({ length: 8 }, (_, i) => (i < 4 ? [0, 0, 0, 255] : [0, 0, 0, 0]));
  const description = [
    ...text('desc'),
    ...uint32(0),
    ...uint32(name.length + 1),
    ...text(name),
    ...Array<number>(79).fill(0),
  ];
  const tags: [string, number[]][] = [
    ['desc', description],
    ['cprt', [...text('text'), ...uint32(0), ...text('None\0')]],
    ['wtpt', [...text('XYZ '), ...uint32(0), ...[0.9642, 1, 0.8249].flatMap(fixed)]],
    ['A2B0', lut8(4, 3, inks.flat())],
    ['B2A0', lut8(3, 4, back.flat())],
  ];
  let at = 132 + tags.length * 12;
  const table: number[] = [];
  const body: number[] = [];
  for (const [signature, bytes] of tags) {
    table.push(...text(signature), ...uint32(at), ...uint32(bytes.length));
    const padded = [...bytes, ...Array<number>((4 - (bytes.length % 4)) % 4).fill(0)];
    body.push(...padded);
    at += padded.length;
  }
  const header = new Uint8Array(128);
  header.set(uint32(at), 0);
  header.set(uint32(0x02400000), 8);
  header.set([...text('prtr'), ...text('CMYK'), ...text('Lab ')], 12);
  header.set([2026, 1, 1, 0, 0, 0].flatMap(uint16), 24);
  header.set(text('acsp'), 36);
  header.set([0.9642, 1, 0.8249].flatMap(fixed), 68);
  return new Uint8Array([...header, ...uint32(tags.length), ...table, ...body]);
}
