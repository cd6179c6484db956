/** Half-precision numbers (IEEE 754 binary16), which JavaScript has no array for where Loupe runs. */

/** The value of 16 bits, exactly. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The nearest half-precision number's bits; of two as near, the one with an even last bit. */
export function toFloat16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(magnitude)) return 0x7e00;
  // Halfway between the largest number, 65504, and what would come after it.
  if (magnitude >= 65520) return sign | 0x7c00;
  let exponent = -14;
  while (magnitude >= 2 ** (exponent + 1)) exponent++;
  const steps = magnitude * 2 ** (10 - exponent);
  const below = Math.floor(steps);
  const over = steps - below;
  const rounded = over > 0.5 || (over === 0.5 && below % 2 === 1) ? below + 1 : below;
  // 1024 steps are the leading one, which the exponent stands for; a carry to 2048 raises it by itself.
  return sign | (((exponent + 14) << 10) + rounded);
}
