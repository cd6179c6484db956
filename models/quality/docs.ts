/** Puts what was found into docs/quality.md, each model and quality between marks of its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import prettier from 'prettier';

/** Replaces what stands between the marks of `section`. Throws an Error if the text has none. */
export function placed(text: string, section: string, content: string): string {
  const [begin, end] = [`<!-- quality: ${section} -->`, `<!-- end: ${section} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the text has no marks for ${section}`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

export async function writeDocs(path: string, section: string, content: string): Promise<void> {
  const text = placed(readFileSync(path, 'utf8'), section, content);
  const options = await prettier.resolveConfig(path);
  writeFileSync(path, await prettier.format(text, { ...options, filepath: path }));
}
