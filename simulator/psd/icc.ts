/** The name of an ICC profile, as Photoshop shows it: the 'desc' tag. ICC.1:2001 and ICC.1:2010, section 9.2. */
import { view } from './sections.ts';

export function profileDescription(profile: Uint8Array): string {
  try {
    const data = view(profile);
    const tags = data.getUint32(128);
    for (let tag = 0; tag < tags; tag++) {
      const entry = 132 + tag * 12;
      if (data.getUint32(entry) !== 0x64657363) continue;
      const at = data.getUint32(entry + 4);
      const type = data.getUint32(at);
      if (type === 0x64657363) {
        // textDescriptionType: a length with its final zero, then ASCII.
        const length = data.getUint32(at + 8);
        return String.fromCharCode(...profile.subarray(at + 12, at + 11 + length));
      }
      // multiLocalizedUnicodeType: the first record's length and offset, then UTF-16BE.
      const length = data.getUint32(at + 20);
      const start = at + data.getUint32(at + 24);
      let name = '';
      for (let i = 0; i < length; i += 2) name += String.fromCharCode(data.getUint16(start + i));
      return name.replace(/\0+$/, '');
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return '';
}
