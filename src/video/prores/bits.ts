import { codeword, READY, type CodeBook } from './codes.ts';

/** Bits and big-endian numbers into a buffer that grows when asked to. */
export class Bits {
  bytes: Uint8Array<ArrayBuffer>;
  /** Of the next whole byte. */
  position = 0;
  private held = 0;
  private holding = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for so many more bytes. */
  reserve(count: number): void {
    if (this.position + count <= this.bytes.length) return;
    const longer = new Uint8Array(2 * (this.position + count));
    longer.set(this.bytes);
    this.bytes = longer;
  }

  /** At most 24 bits. */
  put(code: number, length: number): void {
    this.held = (this.held << length) | code;
    this.holding += length;
    while (this.holding >= 8) {
      this.holding -= 8;
      this.bytes[this.position++] = this.held >>> this.holding;
    }
  }

  putValue(book: CodeBook, value: number): void {
    const ready = book.ready[value];
    if (ready !== undefined) {
      this.put(ready & 0xffffff, ready >>> 24);
      return;
    }
    const { length, code } = codeword(book, value);
    // Leading zeros apart: a codeword may have more than 24 bits, but none has as many after its highest one.
    const digits = 32 - Math.clz32(code);
    this.put(0, length - digits);
    this.put(code, digits);
  }

  /** A run, the level that ends it and the level's sign. Most fit into one `put`. */
  putRunAndLevel(runs: CodeBook, run: number, sizes: CodeBook, symbol: number, sign: number): void {
    if (run < READY && symbol < READY) {
      const first = runs.ready[run] as number;
      const second = sizes.ready[symbol] as number;
      const length = (second >>> 24) + 1;
      const code = ((second & 0xffffff) << 1) | sign;
      if ((first >>> 24) + length <= 24) {
        this.put(((first & 0xffffff) << length) | code, (first >>> 24) + length);
        return;
      }
    }
    this.putValue(runs, run);
    this.putValue(sizes, symbol);
    this.put(sign, 1);
  }

  /** Fills the last byte with zeros. */
  align(): void {
    if (this.holding > 0) this.put(0, 8 - this.holding);
  }

  byte(value: number): void {
    this.bytes[this.position++] = value;
  }

  word(value: number): void {
    this.setWord(this.position, value);
    this.position += 2;
  }

  setWord(position: number, value: number): void {
    this.bytes[position] = value >>> 8;
    this.bytes[position + 1] = value;
  }

  setLong(position: number, value: number): void {
    this.setWord(position, value >>> 16);
    this.setWord(position + 2, value);
  }
}
