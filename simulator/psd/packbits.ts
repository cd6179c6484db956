/** Apple PackBits, the run lengths of 8-bit channels. */

/** Runs of 3 and more equal bytes, literals else. */
export function packBits(row: Uint8Array): Uint8Array {
  const out = new Uint8Array(row.length + Math.ceil(row.length / 128));
  let at = 0;
  let i = 0;
  while (i < row.length) {
    let run = 1;
    while (run < 128 && i + run < row.length && row[i + run] === row[i]) run++;
    if (run >= 3) {
      out[at++] = 257 - run;
      out[at++] = row[i] ?? 0;
      i += run;
      continue;
    }
    const start = i;
    while (i < row.length && i - start < 128) {
      if (i + 2 < row.length && row[i] === row[i + 1] && row[i] === row[i + 2]) break;
      i++;
    }
    out[at++] = i - start - 1;
    out.set(row.subarray(start, i), at);
    at += i - start;
  }
  return out.slice(0, at);
}

/** Always `length` bytes: what the packed row does not say is 0. */
export function unpackBits(packed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < packed.length && at < length;) {
    const head = packed[i++] ?? 128;
    if (head === 128) continue;
    if (head > 128) {
      const run = 257 - head;
      out.fill(packed[i++] ?? 0, at, Math.min(length, at + run));
      at += run;
    } else {
      const literal = packed.subarray(i, i + head + 1).subarray(0, length - at);
      out.set(literal, at);
      i += head + 1;
      at += head + 1;
    }
  }
  return out;
}
