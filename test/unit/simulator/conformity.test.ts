import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import ts from 'typescript';

/**
 * Adobe's types of UXP declare DOM globals that clash with lib.dom, so this part cannot be compiled with the
 * rest of the simulator: it is a little program of its own, in which 'uxp' and 'fs' are Adobe's.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const file = join(root, 'simulator/uxp/conformity.ts');

const program = (body: string): string[] => {
  const text = `
    import type * as uxp from 'uxp';
    import type * as published from 'fs';
    import type { UxpModules } from './index.ts';
    type Own = UxpModules['uxp'];
    type Fits<Mine extends Theirs, Theirs> = Mine;
    type Published = typeof published;
    ${body}
  `;
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    esModuleInterop: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['@adobe/cc-ext-uxp-types'],
    typeRoots: [join(root, 'node_modules')],
  };
  const host = ts.createCompilerHost(options);
  const inner = { ...host };
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022)
      : inner.getSourceFile(name, ...rest);
  host.fileExists = (name) => name === file || inner.fileExists(name);
  host.readFile = (name) => (name === file ? text : inner.readFile(name));
  host.getCurrentDirectory = () => root;
  const compiled = ts.createProgram([file], options, host);
  return compiled
    .getSemanticDiagnostics(compiled.getSourceFile(file))
    .map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n'));
};

test('The emulated UXP fits Adobe’s published types', () => {
  expect(
    program(`
      export type Host = Fits<Own['host'], Pick<uxp.Host, 'name' | 'version' | 'uiLocale'>>;
      export type Versions = Fits<Own['versions'], uxp.Versions>;
      export type EntryPoints = Fits<Own['entrypoints'], Pick<typeof uxp.entrypoints, 'setup'>>;
      type File = InstanceType<Own['storage']['File']>;
      type Folder = InstanceType<Own['storage']['Folder']>;
      type Names = 'isEntry' | 'name' | 'url' | 'nativePath' | 'delete' | 'getMetadata' | 'toString';
      export type Files = Fits<Pick<File, Names>, Pick<uxp.storage.Entry, Names>>;
      export type Folders = Fits<Pick<Folder, Names>, Pick<uxp.storage.Entry, Names>>;
      type Makes = 'getEntries' | 'createFile' | 'createFolder' | 'createEntry' | 'getEntry';
      export type Making = Fits<Pick<Folder, Makes>, Pick<uxp.storage.Folder, Makes>>;
    `),
  ).toEqual([]);
});

test('The emulated fs has every function of Adobe’s, taking the same arguments', () => {
  expect(
    program(`
      type Names = keyof Published;
      export type All = Fits<Names, keyof UxpModules['fs']>;
      type Promised = Exclude<Names, 'readFileSync' | 'writeFileSync' | 'lstatSync' | 'readdirSync' | 'close'>;
      export type Functions = Fits<Pick<UxpModules['fs'], Promised>, Pick<Published, Promised>>;
    `),
  ).toEqual([]);
});

test('The check can fail', () => {
  expect(program(`export type Wrong = Fits<Own['versions'], { uxp: number; none: string }>;`)).not.toEqual(
    [],
  );
  expect(program(`export type Wrong = Fits<'nothing', keyof Published>;`)).not.toEqual([]);
});
