import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { rules } from '../../../simulator/premiere/rules.ts';

const folder = dirname(fileURLToPath(import.meta.url));

test('Every rule the emulated Premiere claims to enforce has a test, a source and a name of its own', () => {
  const tested = readdirSync(folder)
    .filter((name) => name.startsWith('premiere-') && name.endsWith('.test.ts'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/\brule\(\s*'([\w-]+)'/g)])
    .map((match) => match[1]);
  expect(rules.map((each) => each.id).filter((id) => !tested.includes(id))).toEqual([]);
  expect(new Set(rules.map((each) => each.id)).size).toBe(rules.length);
  expect(rules.filter((each) => each.source === '' || each.rule === '')).toEqual([]);
});
