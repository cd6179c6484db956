/** A media file opened for its video: what it is, and its frames. */
import {
  ALL_FORMATS,
  CustomSource,
  Input,
  InputDisposedError,
  UnsupportedInputFormatError,
  type InputVideoTrack,
} from 'mediabunny';
import { LoupeError } from '../errors.ts';
import { isCombed } from './combed.ts';
import { decodeTimes, type Footage } from './decode.ts';
import { readFacts, type Read } from './facts.ts';
import { framesOfJob } from './frames.ts';
import type { Planes } from './planes.ts';
import { registerProres } from './prores-decoder.ts';
import { videoOfTransport } from './transport.ts';
import type { ClipFacts, RemasterJob, RemoteMedia } from './types.ts';

/** What a clip is whose frames the browser converts: an untagged sRGB picture is what video programs call BT.709. */
const CONVERTED: Pick<ClipFacts, 'chroma' | 'colour' | 'assumed'> = {
  chroma: '444',
  colour: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
  assumed: [],
};

export class Clip {
  readonly #input: Input;
  readonly #track: InputVideoTrack;
  readonly #read: Read;

  private constructor(input: Input, track: InputVideoTrack, read: Read) {
    this.#input = input;
    this.#track = track;
    this.#read = read;
  }

  /**
   * Reads what the file says. Rejects with `clip-not-media`, `clip-no-video`, `clip-truncated`, or `codec-undecodable` and
   * the codec's name.
   */
  static async open(media: RemoteMedia): Promise<Clip> {
    registerProres();
    const source = new CustomSource({
      getSize: () => media.size,
      read: (start, end) => media.read(start, end),
      // Whoever asked for the bytes is told.
      handleUnhandledError: () => undefined,
    });
    const input = new Input({ source, formats: ALL_FORMATS });
    try {
      const track = await input.getPrimaryVideoTrack();
      if (!track) throw await withoutVideo(input, media);
      return new Clip(input, track, await readFacts(input, track, media));
    } catch (thrown) {
      input.dispose();
      throw asClipError(thrown);
    }
  }

  /** Decodes the first frame. Rejects with `codec-undecodable`, or `clip-truncated` where that frame is damaged. */
  async facts(): Promise<ClipFacts> {
    const { facts } = this.#read;
    if (!(await this.#track.canDecode())) throw new LoupeError('codec-undecodable', facts.codecName);
    try {
      for await (const { planes, isConverted } of decodeTimes(await this.#footage(), 0)) {
        // What is visible of the coded picture is what is enlarged.
        const { width, height } = planes;
        const visible = { ...facts, width, height, combed: isCombed(planes), converted: isConverted };
        return isConverted ? { ...visible, ...CONVERTED } : visible;
      }
    } catch (thrown) {
      throw asClipError(thrown);
    }
    throw new LoupeError('clip-truncated', '#0');
  }

  /**
   * Frames `from` to the job's end, in order, each exactly once; progressive and upright. Rejects with `clip-truncated` and
   * a frame's number, or `cancelled`.
   */
  async *frames(job: RemasterJob, from: number, signal: AbortSignal): AsyncGenerator<Planes, void> {
    try {
      yield* framesOfJob(await this.#footage(), job, from, signal);
    } catch (thrown) {
      throw asClipError(thrown);
    }
  }

  /**
   * Hardware keeps frames of more than 8 bits in the GPU's memory, in formats that WebCodecs has no name for: the browser
   * would convert them to 8 bits of sRGB. Software gives all bits, wherever a browser has it.
   */
  async #footage(): Promise<Footage> {
    const { facts, timing, codec } = this.#read;
    const decoder = { hardwareAcceleration: 'prefer-software' } as const;
    const config = facts.bitDepth > 8 && (await this.#track.getDecoderConfig());
    const isThere =
      config &&
      typeof VideoDecoder !== 'undefined' &&
      (await VideoDecoder.isConfigSupported({ ...config, ...decoder }).catch(() => undefined))?.supported;
    return {
      track: this.#track,
      timing,
      decoder: isThere ? decoder : {},
      isBrowsers: codec !== 'prores',
    };
  }

  /** Ends what is under way with `cancelled`. */
  close(): void {
    this.#input.dispose();
  }
}

async function withoutVideo(input: Input, media: RemoteMedia): Promise<LoupeError> {
  const { name } = await input.getFormat();
  const codec = name === 'MPEG Transport Stream' ? await videoOfTransport(media) : undefined;
  if (codec) return new LoupeError('codec-undecodable', codec);
  return new LoupeError((await input.getTracks()).length > 0 ? 'clip-no-video' : 'clip-truncated');
}

/** What mediabunny throws where a file breaks off or contradicts itself is of any kind. */
function asClipError(thrown: unknown): LoupeError {
  if (thrown instanceof LoupeError) {
    const { cause } = thrown;
    return cause instanceof LoupeError || cause instanceof InputDisposedError ? asClipError(cause) : thrown;
  }
  if (thrown instanceof UnsupportedInputFormatError)
    return new LoupeError('clip-not-media', '', { cause: thrown });
  if (thrown instanceof InputDisposedError) return new LoupeError('cancelled', '', { cause: thrown });
  return new LoupeError('clip-truncated', '', { cause: thrown });
}
