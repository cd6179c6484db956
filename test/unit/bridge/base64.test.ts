import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64, decodeByTable, encodeBase64, encodeByTable } from '../../../src/bridge/base64.ts';

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return 'nothing thrown';
};

describe('base64', () => {
  test('the tables give what Node gives, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(encodeByTable(bytes)).toBe(text);
        expect([...decodeByTable(text)]).toEqual([...bytes]);
      }),
    );
  });

  test('a megabyte and the odd byte survive the way there and back', () => {
    const bytes = Uint8Array.from({ length: (1 << 20) + 1 }, (_, i) => (i * 2654435761) >>> 11);
    expect(Buffer.compare(decodeBase64(encodeBase64(bytes)), bytes)).toBe(0);
  });

  test('16-bit samples cross as little-endian bytes', () => {
    expect(encodeBase64(new Uint8Array(Uint16Array.of(0x0102, 0xfffe).buffer))).toBe('AgH+/w==');
  });

  test.each(['A', 'AAA', 'AA=A', 'A===', 'AAA*', 'AA-_', 'AAAé', 'AA A', 'AAAA====', 'AB==', 'AAB='])(
    '%j is refused as bad-message',
    (text) => {
      expect(codeOf(() => decodeByTable(text))).toBe('bad-message');
      expect(codeOf(() => decodeBase64(text))).toBe('bad-message');
    },
  );

  test('what the language offers is used where it is there', () => {
    const bytes = Object.assign(Uint8Array.of(1, 2, 3), { toBase64: () => 'from the language' });
    expect(encodeBase64(bytes)).toBe('from the language');
  });
});
