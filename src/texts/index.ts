/** The words of a language, by the host's locale. */
import { de } from './de.ts';
import { en, type Texts } from './en.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';

export type { Texts };
export { en };

const LANGUAGES: Readonly<Record<string, Texts>> = { de, en, fr, ja };

/** @param locale as the host has it: de_DE, fr_CA, ja_JP … What is not translated is English. */
export function textsFor(locale: string): Texts {
  const [language = ''] = locale.toLowerCase().split(/[-_]/);
  return Object.hasOwn(LANGUAGES, language) ? (LANGUAGES[language] ?? en) : en;
}
