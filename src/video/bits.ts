/** Bits of a parameter set (ITU-T H.264 § 7.2 and 9.1; H.265 is the same). Reading beyond the end throws RangeError. */
export class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** `unit` is a NAL unit; its emulation prevention bytes (the 3 of 0 0 3) are left out. */
  constructor(unit: Uint8Array) {
    this.#bytes = unit.filter((byte, i) => !(byte === 3 && i >= 2 && unit[i - 1] === 0 && unit[i - 2] === 0));
  }

  read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new RangeError('The parameter set is cut short.');
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  flag(): boolean {
    return this.read(1) === 1;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** ue(v). */
  unsigned(): number {
    let zeros = 0;
    while (!this.flag()) zeros++;
    return 2 ** zeros - 1 + this.read(zeros);
  }

  /** se(v). */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}
