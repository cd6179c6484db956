import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Emits `licences/<name>.txt`: of each npm package in the compilation its name, version, licence, where its source is, and
 * the licence's words, which most licences want beside every copy and MPL-2.0 with the way to the source.
 */
export class LicencesPlugin {
  /** `further` are packages whose files are copied and not bundled. */
  constructor(name, further = []) {
    this.name = name;
    this.further = further;
  }

  apply(compiler) {
    const { Compilation, sources } = compiler.webpack;
    compiler.hooks.thisCompilation.tap('LicencesPlugin', (compilation) => {
      const stage = Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
      compilation.hooks.processAssets.tap({ name: 'LicencesPlugin', stage }, () => {
        const folders = new Set(this.further.map((each) => packageOf(join(compiler.context, each))));
        for (const module of compilation.modules) {
          const resource = module.nameForCondition?.();
          if (resource?.includes('node_modules')) folders.add(packageOf(resource));
        }
        const texts = [...folders].map(licenceOf).sort();
        const text = `Packages in Loupe’s scripts (${this.name})\n\n${texts.join('\n')}`;
        compilation.emitAsset(`licences/${this.name}.txt`, new sources.RawSource(text));
      });
    });
  }
}

/** The folder of the package that a file is in. Some packages have nested package.json files without a name. */
function packageOf(file) {
  for (let folder = dirname(file); folder.includes('node_modules'); folder = dirname(folder)) {
    const json = join(folder, 'package.json');
    if (existsSync(json) && JSON.parse(readFileSync(json, 'utf8')).version) return folder;
  }
  throw new Error(`${file} is in no package`);
}

function licenceOf(folder) {
  const { name, version, license, repository, homepage } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  if (!license) throw new Error(`${name} names no licence`);
  const source = typeof repository === 'string' ? repository : (repository?.url ?? homepage);
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)(\.|$)/i.test(each));
  const words = file ? `\n${readFileSync(join(folder, file), 'utf8').trim()}\n` : '';
  return `${'='.repeat(80)}\n${name} ${version} – ${license}\nSource: ${source}\n${words}`;
}
