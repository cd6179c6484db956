import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import CopyPlugin from 'copy-webpack-plugin';
import webpack from 'webpack';
import { Base64BundlesPlugin, Base64FilesPlugin } from './webpack/base64-script.js';
import { LicencesPlugin } from './webpack/licences.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const catalog = JSON.parse(readFileSync(at('models/catalog.json'), 'utf8'));
const models = Object.fromEntries(
  [...catalog.networks, catalog.detector].map(({ id, file }) => [`models/${id}`, at(`models/${file}`)]),
);

const EXTENSIONS = ['.ts', '.tsx', '.js'];

/** What every bundle shares: TypeScript through swc, one classic script, no chunks to load later. */
const bundle = (name, { entry, target, ...rest }) => ({
  name,
  entry,
  target,
  output: { path: at('dist/plugin'), filename: '[name].js' },
  devtool: false,
  resolve: { extensions: EXTENSIONS },
  module: {
    parser: { javascript: { dynamicImportMode: 'eager' } },
    rules: [
      { test: /\.tsx?$/, exclude: /node_modules/, use: 'swc-loader' },
      { test: /\.css$/, use: ['style-loader', 'css-loader'] },
    ],
  },
  performance: { hints: false },
  stats: 'errors-warnings',
  ...rest,
});

/** The script that UXP runs. */
const hostScript = {
  entry: { host: at('src/host/main.ts') },
  // V8 11.8 without DOM or Node (UXP 8.0.1, Photoshop 26.0).
  target: ['es2022'],
  externals: {
    photoshop: 'commonjs2 photoshop',
    premierepro: 'commonjs2 premierepro',
    uxp: 'commonjs2 uxp',
    fs: 'commonjs2 fs',
  },
  output: { filename: '[name].js', globalObject: 'globalThis', chunkFormat: false },
};

export default [
  bundle('host', {
    ...hostScript,
    output: { ...hostScript.output, path: at('dist/plugin') },
    plugins: [
      new LicencesPlugin('host'),
      new CopyPlugin({
        patterns: [
          { from: at('manifest.json') },
          { from: at('icons'), to: 'icons', globOptions: { ignore: ['**/*.svg', '**/*.ts', '**/*.md'] } },
          { from: at('LICENSE') },
          { from: at('models/THIRD-PARTY-NOTICES.md'), noErrorOnMissing: true },
        ],
      }),
    ],
  }),
  // For the packages (package/hosts.ts), each without the other's side.
  ...[
    ['photoshop', /\/premiere\/side\.ts$/],
    ['premiere', /\/photoshop\/side\.ts$/],
  ].map(([name, other]) =>
    bundle(`host-${name}`, {
      ...hostScript,
      output: { ...hostScript.output, path: at(`dist/${name}`) },
      plugins: [new webpack.NormalModuleReplacementPlugin(other, at('webpack/no-side.js'))],
    }),
  ),
  bundle('panel', {
    entry: { panel: at('src/panel/main.tsx') },
    target: ['web', 'es2022'],
    plugins: [
      new LicencesPlugin('panel'),
      new CopyPlugin({ patterns: [{ from: at('src/panel/panel.html') }] }),
    ],
  }),
  bundle('workers', {
    entry: {
      engine: at('src/panel/engine/engine.worker.ts'),
      session: at('src/runtime/session.worker.ts'),
      video: at('src/video/video.worker.ts'),
    },
    target: ['webworker', 'es2022'],
    plugins: [
      new LicencesPlugin('workers', ['node_modules/onnxruntime-web/package.json']),
      new Base64BundlesPlugin(),
      new Base64FilesPlugin({
        ort: at('node_modules/onnxruntime-web/dist/ort.webgpu.bundle.min.mjs'),
        'ort-wasm': at('node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.asyncify.wasm'),
        ...models,
      }),
    ],
  }),
  bundle('simulator', {
    entry: { simulator: at('simulator/page/main.tsx'), premiere: at('simulator/page/premiere.tsx') },
    target: ['web', 'es2022'],
    // Little CMS asks for it in Node alone.
    resolve: { extensions: EXTENSIONS, fallback: { module: false } },
    output: { path: at('dist/simulator'), filename: '[name].js', assetModuleFilename: '[name][ext]' },
    plugins: [
      new CopyPlugin({
        patterns: [
          { from: at('simulator/page/index.html') },
          { from: at('simulator/page/premiere.html') },
          { from: at('simulator/samples/sample.psd'), noErrorOnMissing: true },
          { from: at('simulator/samples/sample.mp4'), noErrorOnMissing: true },
        ],
      }),
    ],
  }),
];
