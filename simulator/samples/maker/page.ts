/** Runs in a page of Chromium: encodes a clip with WebCodecs and puts it into its container with mediabunny. */
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  Quality,
  WebMOutputFormat,
} from 'mediabunny';
import type { ClipSpec } from '../clip-specs.ts';
import { patternPlanes, picturePlanes, type Planes } from './planes.ts';

const CODEC_STRINGS = {
  avc: { 8: 'avc1.64001f', 10: 'avc1.6e001f' },
  vp9: { 8: 'vp09.00.31.08', 10: 'vp09.02.31.10' },
  av1: { 8: 'av01.0.04M.08', 10: 'av01.0.04M.10' },
} as const;
const AUDIO_RATE = 48_000;

/** The file's bytes. */
export async function makeClip(spec: ClipSpec): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format: formatOf(spec), target });
  const video = new EncodedVideoPacketSource(spec.codec);
  if (spec.soundOnly !== true) {
    output.addVideoTrack(video, {
      rotation: spec.rotation,
      ...(spec.times ? {} : { frameRate: spec.rate[0] / spec.rate[1] }),
    });
  }
  const audio = new AudioSampleSource({ codec: 'opus', quality: new Quality({ bitrate: 64_000 }) });
  if (spec.sound) output.addAudioTrack(audio);
  await output.start();
  if (spec.sound) {
    await audio.add(tone(secondsOf(spec, spec.soundFrames)));
    audio.close();
  }
  if (spec.soundOnly !== true) await encode(spec, video);
  await output.finalize();
  if (!target.buffer) throw new Error('Nothing was written.');
  return new Uint8Array(target.buffer);
}

function formatOf({ container, indexFirst }: ClipSpec): OutputFormat {
  const fastStart = indexFirst ? 'in-memory' : false;
  if (container === 'mov') return new MovOutputFormat({ fastStart });
  if (container === 'mp4') return new Mp4OutputFormat({ fastStart });
  return container === 'webm' ? new WebMOutputFormat() : new MkvOutputFormat();
}

const secondsOf = ({ frames, rate }: ClipSpec, count = frames): number => (count * rate[1]) / rate[0];

async function encode(spec: ClipSpec, into: EncodedVideoPacketSource): Promise<void> {
  const [numerator, denominator] = spec.rate;
  const { width, height, colour, times } = spec;
  const frameSeconds = denominator / numerator;
  const placeOf = (number: number): number => times?.[number] ?? number;
  const packets: { packet: EncodedPacket; meta: EncodedVideoChunkMetadata | undefined }[] = [];
  let failure: Error | undefined;
  const encoder = new VideoEncoder({
    output: (chunk, meta) => {
      // The exact time goes by the number, not by the microseconds.
      const number = Math.round(chunk.timestamp / 1000);
      const next = placeOf(number + 1) - placeOf(number);
      const encoded = EncodedPacket.fromEncodedChunk(chunk);
      if (!colour && spec.codec === 'vp9' && chunk.type === 'key') forgetColour(encoded.data);
      const packet = encoded.clone({
        timestamp: placeOf(number) * frameSeconds,
        duration: (next > 0 ? next : 1) * frameSeconds,
      });
      packets.push({ packet, meta: withColour(meta, spec) });
    },
    error: (reason) => {
      failure = reason;
    },
  });
  encoder.configure({
    codec: CODEC_STRINGS[spec.codec][spec.bitDepth],
    width,
    height,
    framerate: numerator / denominator,
    ...(spec.codec === 'avc'
      ? { bitrate: Math.max(spec.landscape ? 900_000 : 600_000, width * height * 60), avc: { format: 'avc' } }
      : { bitrateMode: 'quantizer' }),
  });
  const planes = spec.landscape === undefined ? undefined : await overLandscape(spec, spec.landscape);
  for (let number = 0; number < spec.frames; number += 1) {
    const { format, data } = planes?.(number) ?? patternPlanes(spec, number);
    const frame = new VideoFrame(data, {
      // TypeScript's list ends before the formats of 10 bits.
      format: format as VideoPixelFormat,
      codedWidth: width,
      codedHeight: height,
      timestamp: number * 1000,
      ...(colour ? { colorSpace: colour as VideoColorSpaceInit } : {}),
    });
    const quantizers = {
      ...(spec.codec === 'vp9' && { vp9: { quantizer: 12 } }),
      ...(spec.codec === 'av1' && { av1: { quantizer: 40 } }),
    };
    encoder.encode(frame, { keyFrame: number % spec.keyEvery === 0, ...quantizers });
    frame.close();
    if (encoder.encodeQueueSize > 30)
      await new Promise((resolve) => encoder.addEventListener('dequeue', resolve, { once: true }));
  }
  await encoder.flush();
  encoder.close();
  if (failure) throw failure;
  for (const { packet, meta } of packets) await into.add(packet, meta);
  into.close();
}

/** The tags of the file are those that were asked for, whatever the encoder makes of them. */
function withColour(
  meta: EncodedVideoChunkMetadata | undefined,
  { colour }: ClipSpec,
): EncodedVideoChunkMetadata | undefined {
  if (!meta?.decoderConfig) return meta;
  const config = { ...meta.decoderConfig };
  delete config.colorSpace;
  return {
    ...meta,
    decoderConfig: colour ? { ...config, colorSpace: colour as VideoColorSpaceInit } : config,
  };
}

/** VP9 bitstream specification, 7.2 and 7.2.2: behind one byte and the sync code a key frame's colour space; 0 is unknown. */
function forgetColour(data: Uint8Array): void {
  data[4] = (data[4] ?? 0) & 0x1f;
}

/** A slow pan and zoom, as a rostrum camera would take a photograph. */
async function overLandscape(spec: ClipSpec, png: string): Promise<(number: number) => Planes> {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height, frames } = spec;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('There is no canvas here.');
  context.imageSmoothingQuality = 'high';
  return (number) => {
    const way = (1 - Math.cos((Math.PI * number) / Math.max(1, frames - 1))) / 2;
    const shown = { width: width * (1.1 - 0.1 * way), height: height * (1.1 - 0.1 * way) };
    const [x, y] = [(picture.width - shown.width) * way, (picture.height - shown.height) * (0.9 - 0.5 * way)];
    context.drawImage(picture, x, y, shown.width, shown.height, 0, 0, width, height);
    return picturePlanes(spec, context.getImageData(0, 0, width, height).data);
  };
}

/** A quiet tone with a higher one in the first tenth of each second, by which sync can be heard and measured. */
function tone(seconds: number): AudioSample {
  const data = Float32Array.from({ length: Math.round(seconds * AUDIO_RATE) }, (_, at) => {
    const time = at / AUDIO_RATE;
    const high = time % 1 < 0.1;
    return (high ? 0.3 : 0.1) * Math.sin(2 * Math.PI * (high ? 1000 : 220) * time);
  });
  return new AudioSample({ data, format: 'f32', numberOfChannels: 1, sampleRate: AUDIO_RATE, timestamp: 0 });
}

declare global {
  var makeClip: (spec: ClipSpec) => Promise<Uint8Array>;
}
globalThis.makeClip = makeClip;
