/** A render of single frames: a file for each, in a folder. */
import { LoupeError } from '../errors.ts';
import { extensionOf, segmentFrames } from './codecs.ts';
import { framesOf, lineOf, recordedSegments, type SegmentLine } from './journal.ts';
import { interleaved, type Planes } from './planes.ts';
import { encodePng } from './png.ts';
import type { RenderOutput } from './render-output.ts';
import { encodeTiff } from './tiff.ts';
import type { ColourTags, RemasterJob, RemoteRender } from './types.ts';

/** A picture as a file of its own. */
export type EncodeStill = (picture: Planes) => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;

export function stillEncoder(codec: 'png' | 'tiff', colour: ColourTags): EncodeStill {
  return (picture) => {
    const { width, height } = picture;
    const samples = interleaved(picture);
    if (codec === 'png')
      return encodePng({ width, height, depth: picture.depth === 8 ? 8 : 16, samples, colour });
    if (samples instanceof Uint8Array) throw new Error('TIFF takes 16 bits');
    return encodeTiff({ width, height, samples });
  };
}

/** Numbered from 1, in six digits and more where there are more: what Premiere imports as numbered stills. */
export function frameFileName(name: string, codec: 'png' | 'tiff', frame: number): string {
  return `${name}_${String(frame + 1).padStart(6, '0')}.${extensionOf(codec)}`;
}

export class FramesFolder implements RenderOutput {
  readonly #segments: SegmentLine[];
  #added = 0;
  #closed = false;

  constructor(
    private readonly job: Pick<RemasterJob, 'first' | 'end' | 'rate'> & { readonly codec: 'png' | 'tiff' },
    private readonly render: RemoteRender,
    private readonly encode: EncodeStill,
  ) {
    this.#segments = recordedSegments(render.journal);
  }

  get nextFrame(): number {
    return framesOf(this.#segments);
  }

  async add(picture: Planes): Promise<void> {
    const bytes = await this.encode(picture);
    this.#check();
    const file = frameFileName(this.render.name, this.job.codec, this.nextFrame + this.#added);
    await this.render.write(file, 0, bytes);
    this.#added++;
    const left = this.job.end - this.job.first - this.nextFrame;
    if (this.#added < Math.min(left, segmentFrames(this.job.rate))) return;
    const line = {
      segment: this.#segments.length,
      frames: this.#added,
      framesDone: this.nextFrame + this.#added,
    };
    this.#check();
    await this.render.record(lineOf(line));
    this.#segments.push(line);
    this.#added = 0;
  }

  finish(): Promise<void> {
    if (this.nextFrame !== this.job.end - this.job.first) throw new Error('Frames are missing');
    return Promise.resolve();
  }

  close(): void {
    this.#closed = true;
  }

  #check(): void {
    if (this.#closed) throw new LoupeError('cancelled');
  }
}
