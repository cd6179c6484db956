import { readFile } from 'node:fs/promises';

/**
 * Wraps a binary as a classic script that registers it as base64. A UXP WebView's local page may neither
 * fetch files nor start workers from them, but it may always load a `<script src>`.
 */
export function base64Script(name, bytes) {
  return `(globalThis.loupeAssets ??= {})[${JSON.stringify(name)}] = "${bytes.toString('base64')}";\n`;
}

/** Emits `<name>.b64.js` for each file given as `{name: path}`. */
export class Base64FilesPlugin {
  constructor(files) {
    this.files = files;
  }

  apply(compiler) {
    const { Compilation, sources } = compiler.webpack;
    compiler.hooks.thisCompilation.tap('Base64FilesPlugin', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
      compilation.hooks.processAssets.tapPromise({ name: 'Base64FilesPlugin', stage }, async () => {
        for (const [name, path] of Object.entries(this.files)) {
          compilation.fileDependencies.add(path);
          const script = base64Script(name, await readFile(path));
          compilation.emitAsset(`${name}.b64.js`, new sources.RawSource(script), { minimized: true });
        }
      });
    });
  }
}

/** Replaces each bundle `<name>.js` of the compilation by `<name>.b64.js`. */
export class Base64BundlesPlugin {
  apply(compiler) {
    const { Compilation, sources } = compiler.webpack;
    compiler.hooks.thisCompilation.tap('Base64BundlesPlugin', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_REPORT;
      compilation.hooks.processAssets.tap({ name: 'Base64BundlesPlugin', stage }, (assets) => {
        for (const [file, source] of Object.entries(assets)) {
          if (!file.endsWith('.js') || file.endsWith('.b64.js')) continue;
          const name = file.slice(0, -'.js'.length);
          const script = base64Script(name, Buffer.from(source.source()));
          compilation.emitAsset(`${name}.b64.js`, new sources.RawSource(script));
          compilation.deleteAsset(file);
        }
      });
    });
  }
}
