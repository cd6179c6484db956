/** In the page of video-encode.test.ts: renders of painted frames into memory, and what the browser decodes of them. */
import { BufferSource, Input, MP4, VideoSampleSink } from 'mediabunny';
import { decodeBase64, encodeBase64 } from '../../src/bridge/base64.ts';
import { codecReports, outFormat } from '../../src/video/codecs.ts';
import { recordedFilm } from '../../src/video/journal.ts';
import { allocatePlanes, planeSize, type Planes } from '../../src/video/planes.ts';
import { openRenderOutput } from '../../src/video/segments.ts';
import type { RemasterJob, RemoteRender } from '../../src/video/types.ts';

export { codecReports };

/** Codes of 8 bits that frame `frame` has at a sample: slopes that move, in the limited range. */
function code(frame: number, plane: number, x: number, y: number): number {
  if (plane === 0) return 40 + ((x + 3 * frame) % 160) + y / 4;
  return plane === 1 ? 90 + x / 2 + frame : 170 - y / 2 - frame;
}

function painted(frame: number, { format, depth }: ReturnType<typeof outFormat>, job: RemasterJob): Planes {
  const picture = allocatePlanes(format, job.target.width, job.target.height, depth);
  picture.planes.forEach((plane, index) => {
    const { width } = planeSize(picture, index);
    for (let at = 0; at < plane.length; at++) {
      plane[at] = Math.round(code(frame, index, at % width, Math.floor(at / width)) * 2 ** (depth - 8));
    }
  });
  return picture;
}

export interface Rendered {
  readonly file: string;
  readonly journal: readonly string[];
}

/** As base64. What was there before is gone on with. */
export async function render(job: RemasterJob, before: Rendered): Promise<Rendered> {
  let file = decodeBase64(before.file);
  const journal = [...before.journal];
  const memory: RemoteRender = {
    name: 'render',
    journal: before.journal,
    write(_, position, bytes) {
      const grown = new Uint8Array(Math.max(file.length, position + bytes.length));
      grown.set(file);
      grown.set(bytes, position);
      file = grown;
      return Promise.resolve();
    },
    record(line) {
      journal.push(line);
      return Promise.resolve();
    },
  };
  const output = await openRenderOutput(job, memory);
  try {
    for (let frame = output.nextFrame; frame < job.end - job.first; frame++) {
      await output.add(painted(frame, outFormat(job), job));
    }
    await output.finish();
  } finally {
    output.close();
  }
  return { file: encodeBase64(file), journal };
}

/** As it was when it stopped in the second segment: the end of what was recorded, and some bytes that were not. */
export function stopped({ file, journal }: Rendered): Rendered {
  const [segment] = recordedFilm(journal);
  const bytes = segment?.packets.sizes.reduce((sum, size) => sum + size, 64) ?? 0;
  return { file: encodeBase64(decodeBase64(file).slice(0, bytes)), journal: journal.slice(0, 1) };
}

export interface DecodedFrame {
  readonly seconds: number;
  readonly format: string | null;
  readonly colour: unknown;
  /** Of each plane from what was painted, in codes of 8 bits: the mean of what they differ by, and of how. */
  readonly error: readonly { readonly size: number; readonly shift: number }[];
}

/** By the browser's own decoder. */
export async function decoded(job: RemasterJob, { file }: Rendered): Promise<DecodedFrame[]> {
  const input = new Input({ formats: [MP4], source: new BufferSource(decodeBase64(file)) });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('no track');
  const frames: DecodedFrame[] = [];
  for await (const sample of new VideoSampleSink(track).samples()) {
    const bytes = new Uint8Array(sample.allocationSize());
    const layout = await sample.copyTo(bytes);
    const expected = painted(frames.length, outFormat(job), job);
    const samples = expected.depth === 8 ? bytes : new Uint16Array(bytes.buffer);
    const unit = samples.BYTES_PER_ELEMENT;
    frames.push({
      seconds: sample.timestamp,
      format: sample.format,
      colour: sample.colorSpace.toJSON(),
      error: expected.planes.map((plane, index) => {
        const { width, height } = planeSize(expected, index);
        const { offset = 0, stride = 0 } = layout[index] ?? {};
        let [size, shift] = [0, 0];
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const difference = (samples[(offset + y * stride) / unit + x] ?? 0) - (plane[y * width + x] ?? 0);
            size += Math.abs(difference);
            shift += difference;
          }
        }
        const all = plane.length * 2 ** (expected.depth - 8);
        return { size: size / all, shift: shift / all };
      }),
    });
    sample.close();
  }
  return frames;
}
