/**
 * Bytes as base64 and back, in both worlds. `toBase64`/`fromBase64` of the language where the engine has
 * them (Chromium ≥ 140); tables otherwise, because UXP documents neither `btoa` nor `Buffer`. The tables
 * encode and decode several times faster than the wire carries, so there is no third way through `btoa`.
 *
 * Samples of 16 bits cross as the bytes of a Uint16Array. UXP and its WebViews run on x64 and arm64 only,
 * where typed arrays are little-endian, which is what the protocol asks for.
 */
import { LoupeError } from '../errors.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 61; // '='
const INVALID = 0xff;

const charCodes = Uint8Array.from(ALPHABET, (char) => char.charCodeAt(0));
const values = new Uint8Array(128).fill(INVALID);
charCodes.forEach((code, value) => {
  values[code] = value;
});

/** As many arguments as `String.fromCharCode` takes without exhausting the stack. */
const CODES_AT_ONCE = 8192;

interface NativeEncoder {
  toBase64?: () => string;
}
interface NativeDecoder {
  fromBase64?: (text: string, options: { lastChunkHandling: 'strict' }) => Uint8Array<ArrayBuffer>;
}

export function encodeBase64(bytes: Uint8Array): string {
  const native = bytes as NativeEncoder;
  return native.toBase64 ? native.toBase64() : encodeByTable(bytes);
}

/** Throws `bad-message` for anything but padded base64 of the standard alphabet. The bytes own their buffer. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = Uint8Array as NativeDecoder;
  if (!native.fromBase64) return decodeByTable(text);
  // The language's decoder skips white space; the wire has none.
  if (/\s/.test(text)) throw notBase64();
  try {
    return native.fromBase64(text, { lastChunkHandling: 'strict' });
  } catch {
    throw notBase64();
  }
}

export function encodeByTable(bytes: Uint8Array): string {
  const codes = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  const whole = bytes.length - (bytes.length % 3);
  let at = 0;
  for (let i = 0; i < whole; i += 3) {
    const group = (byteAt(bytes, i) << 16) | (byteAt(bytes, i + 1) << 8) | byteAt(bytes, i + 2);
    codes[at++] = byteAt(charCodes, group >> 18);
    codes[at++] = byteAt(charCodes, (group >> 12) & 63);
    codes[at++] = byteAt(charCodes, (group >> 6) & 63);
    codes[at++] = byteAt(charCodes, group & 63);
  }
  if (whole < bytes.length) {
    const two = whole + 1 < bytes.length;
    const group = (byteAt(bytes, whole) << 16) | (two ? byteAt(bytes, whole + 1) << 8 : 0);
    codes[at++] = byteAt(charCodes, group >> 18);
    codes[at++] = byteAt(charCodes, (group >> 12) & 63);
    codes[at++] = two ? byteAt(charCodes, (group >> 6) & 63) : PAD;
    codes[at] = PAD;
  }
  let text = '';
  for (let i = 0; i < codes.length; i += CODES_AT_ONCE) {
    text += String.fromCharCode.apply(null, codes.subarray(i, i + CODES_AT_ONCE) as unknown as number[]);
  }
  return text;
}

export function decodeByTable(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0) throw notBase64();
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const whole = padding ? text.length - 4 : text.length;
  // Valid values have 6 bits: one OR over all of them tells at the end whether any was not one.
  let seen = 0;
  let at = 0;
  for (let i = 0; i < whole; i += 4) {
    const a = valueAt(text, i);
    const b = valueAt(text, i + 1);
    const c = valueAt(text, i + 2);
    const d = valueAt(text, i + 3);
    seen |= a | b | c | d;
    bytes[at++] = (a << 2) | (b >> 4);
    bytes[at++] = (b << 4) | (c >> 2);
    bytes[at++] = (c << 6) | d;
  }
  if (padding) {
    const a = valueAt(text, whole);
    const b = valueAt(text, whole + 1);
    const c = padding === 1 ? valueAt(text, whole + 2) : 0;
    seen |= a | b | c;
    const unused = padding === 1 ? c & 3 : b & 15;
    if (unused !== 0) throw notBase64();
    bytes[at++] = (a << 2) | (b >> 4);
    if (padding === 1) bytes[at] = (b << 4) | (c >> 2);
  }
  if (seen > 63) throw notBase64();
  return bytes;
}

/** The loops stay inside the array; the alternative is for the compiler only. */
function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}

function valueAt(text: string, index: number): number {
  return values[text.charCodeAt(index)] ?? INVALID;
}

function notBase64(): LoupeError {
  return new LoupeError('bad-message', 'samples are not base64');
}
