/**
 * Imports run downhill only: errors and catalog < engine < runtime, subject, bridge < host | panel | cli.
 * Nothing in src imports simulator; the simulator knows the plugin only as built files.
 */
const only = (name, from, allowed) => ({
  name,
  comment: `${from} may import only: ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^${from}` },
  to: {
    path: '^(src|simulator|models|test|bench)/',
    pathNot: [`^${from}`, ...allowed.map((each) => `^${each}`)],
  },
});
const floor = ['src/errors.ts', 'src/comlink.ts', 'src/catalog.ts', 'src/size.ts', 'src/texts/'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', 'test/', '\\.config'] },
      to: {},
    },
    {
      name: 'not-to-unlisted',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    only('errors-know-nobody', 'src/errors.ts', []),
    only('catalog-knows-nobody', 'src/catalog.ts', []),
    only('texts-know-words-only', 'src/texts/', ['src/errors.ts', 'src/catalog.ts', 'src/size.ts']),
    only('size-knows-errors', 'src/size.ts', ['src/errors.ts']),
    only('engine-knows-nobody', 'src/engine/', ['src/errors.ts', 'src/size.ts']),
    only('bridge-knows-errors', 'src/bridge/', ['src/errors.ts', 'src/size.ts']),
    only('runtime-knows-engine', 'src/runtime/', [...floor, 'src/engine/']),
    only('subject-knows-engine', 'src/subject/', [...floor, 'src/engine/']),
    only('video-knows-engine', 'src/video/', [
      'src/errors.ts',
      'src/comlink.ts',
      'src/size.ts',
      'src/engine/',
    ]),
    only('host-knows-bridge', 'src/host/', ['src/errors.ts', 'src/size.ts', 'src/texts/', 'src/bridge/']),
    only('panel-puts-together', 'src/panel/', [
      ...floor,
      'src/engine/',
      'src/runtime/',
      'src/subject/',
      'src/video/',
      'src/bridge/',
      'models/catalog.json',
    ]),
    only('cli-puts-together', 'src/cli/', [
      ...floor,
      'src/engine/',
      'src/runtime/',
      'src/subject/',
      'models/catalog.json',
    ]),
    only('simulator-knows-no-source', 'simulator/', []),
    {
      name: 'only-runtime-knows-onnxruntime',
      severity: 'error',
      from: { path: '^(src|simulator)/', pathNot: '^src/runtime/' },
      to: { path: 'node_modules/onnxruntime' },
    },
    {
      name: 'only-video-knows-mediabunny',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/video/' },
      to: { path: 'node_modules/(mediabunny|@mediabunny|turbores)/' },
    },
    {
      name: 'host-uses-no-framework',
      severity: 'error',
      from: { path: '^src/host/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(valibot|birpc|@adobe-uxp-types|@adobe)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'] },
  },
};
