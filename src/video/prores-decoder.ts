/**
 * ProRes for mediabunny, by TurboRes in this thread alone. @mediabunny/prores has it start module workers from blobs, which
 * a page from a local file may not (they fail, and its decoder waits for them for ever).
 */
import { CustomVideoDecoder, registerDecoder, VideoSample, type EncodedPacket } from 'mediabunny';
import { Decoder, Frame, type DecoderOptions } from 'turbores';

let registered = false;

export function registerProres(): void {
  if (registered) return;
  registered = true;
  registerDecoder(ProresDecoder);
}

class ProresDecoder extends CustomVideoDecoder {
  readonly #frame = new Frame();
  #decoder: Decoder | undefined;

  static override supports(codec: string): boolean {
    return codec === 'prores';
  }

  async init(): Promise<void> {
    this.#decoder = valueOf(
      await Decoder.create({
        proresFourCc: this.config.codec as DecoderOptions['proresFourCc'],
        useSharedMemory: false,
        // Workers.
        concurrency: 0,
        // Without alpha, which no video here has a use for.
        allowedOutputFormats: ['I422P10', 'I422P12', 'I444P10', 'I444P12'],
      }),
    );
  }

  async decode(packet: EncodedPacket): Promise<void> {
    if (!this.#decoder) throw new Error('The decoder is closed.');
    const picture = valueOf(await this.#decoder.decode(packet.data, this.#frame));
    const { visibleWidth: width, visibleHeight: height, pixelAspectRatio: aspect } = picture;
    const wide = aspect.num > aspect.den;
    this.onSample(
      // The frame's memory is the next picture's.
      new VideoSample(picture.frameData.slice(), {
        format: picture.pixelFormat,
        codedWidth: picture.codedWidth,
        codedHeight: picture.codedHeight,
        displayWidth: wide ? Math.round((width * aspect.num) / aspect.den) : width,
        displayHeight: wide ? height : Math.round((height * aspect.den) / aspect.num),
        visibleRect: { left: 0, top: 0, width, height },
        timestamp: packet.timestamp,
        duration: packet.duration,
        colorSpace: {
          primaries: picture.colorPrimariesString as VideoColorPrimaries,
          transfer: picture.colorTransferString as VideoTransferCharacteristics,
          matrix: picture.colorMatrixString as VideoMatrixCoefficients,
          fullRange: picture.colorRangeFull,
        },
      }),
    );
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#decoder?.close();
    this.#frame.clear();
    this.#decoder = undefined;
  }
}

function valueOf<T>(made: T | Error): T {
  if (made instanceof Error) throw made;
  return made;
}
