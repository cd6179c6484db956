/** Two readers of ProRes that are not ours: @mediabunny/prores' WebAssembly decoder, and ffmpeg where there is one. */
import { spawnSync } from 'node:child_process';
import { registerProresDecoder } from '@mediabunny/prores';
import {
  BufferSource,
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Input,
  MovOutputFormat,
  Output,
  QTFF,
  VideoSampleSink,
} from 'mediabunny';
import { PRORES_FOURCC } from '../../../src/video/prores/encoder.ts';
import { allocatePlanes, planeSize, type Planes } from '../../../src/video/planes.ts';

export const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

/** A QuickTime file of one frame. */
export async function movOf(frame: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format: new MovOutputFormat(), target });
  const source = new EncodedVideoPacketSource('prores');
  output.addVideoTrack(source, { frameRate: 25 });
  await output.start();
  await source.add(new EncodedPacket(frame, 'key', 0, 0.04), {
    decoderConfig: { codec: PRORES_FOURCC, codedWidth: width, codedHeight: height },
  });
  await output.finalize();
  if (target.buffer === null) throw new Error('no file');
  return new Uint8Array(target.buffer);
}

export interface Read {
  readonly planes: Planes;
  readonly primaries: string | null | undefined;
  readonly transfer: string | null | undefined;
  readonly matrix: string | null | undefined;
}

export async function readByMediabunny(mov: Uint8Array): Promise<Read> {
  registerProresDecoder();
  const input = new Input({ formats: [QTFF], source: new BufferSource(mov) });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error('no track');
  const sample = await new VideoSampleSink(track).getSample(0);
  if (sample === null) throw new Error('no sample');
  const { visibleRect, colorSpace } = sample;
  const { width, height } = visibleRect;
  const bytes = new Uint8Array(sample.allocationSize());
  const layout = await sample.copyTo(bytes);
  const planes = allocatePlanes('yuv422', width, height, 10);
  planes.planes.forEach((plane, index) => {
    const { offset, stride } = layout[index] as PlaneLayout;
    const from = new Uint16Array(bytes.buffer);
    const size = planeSize(planes, index);
    for (let y = 0; y < size.height; y++) {
      const start = offset / 2 + (y * stride) / 2;
      plane.set(from.subarray(start, start + size.width), y * size.width);
    }
  });
  const read = {
    planes,
    primaries: colorSpace.primaries,
    transfer: colorSpace.transfer,
    matrix: colorSpace.matrix,
  };
  sample.close();
  input.dispose();
  return read;
}

export function readByFfmpeg(mov: Uint8Array, width: number, height: number): Planes {
  const args = [
    '-v',
    'error',
    '-xerror',
    '-i',
    'pipe:0',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv422p10le',
    'pipe:1',
  ];
  const { stdout, stderr, status } = spawnSync('ffmpeg', args, { input: mov, maxBuffer: 1 << 28 });
  if (status !== 0 || stderr.length > 0) throw new Error(String(stderr));
  const samples = new Uint16Array(new Uint8Array(stdout).buffer);
  const planes = allocatePlanes('yuv422', width, height, 10);
  let at = 0;
  for (const plane of planes.planes) {
    plane.set(samples.subarray(at, at + plane.length));
    at += plane.length;
  }
  return planes;
}

/** Decibels over all planes, by 10-bit white. */
export function psnr(one: Planes, other: Planes): number {
  let squares = 0;
  let count = 0;
  for (const index of [0, 1, 2] as const) {
    const plane = other.planes[index];
    one.planes[index].forEach((value, place) => (squares += (value - (plane[place] as number)) ** 2));
    count += plane.length;
  }
  return 10 * Math.log10(1023 ** 2 / (squares / count));
}
