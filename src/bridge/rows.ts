/**
 * The page's ends of a job's rows: calls of about a mebibyte, several in flight, in order. They have the
 * shape of the engine's remote source and sink, but know only the wire.
 */
import { LoupeError } from '../errors.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { CHUNK_BYTES, CHUNKS_IN_FLIGHT, type HostApi, type PixelFormat } from './protocol.ts';

type Samples = Uint8Array | Uint16Array | Float32Array;

/** Rows of the layer, read ahead of who asks for them. */
export interface BridgeSource {
  readonly format: PixelFormat;
  /** The next `rows` rows: `rows · width · channels` samples. One call at a time; never beyond the height. */
  read(rows: number): Promise<Samples>;
}

/** Rows of the result. */
export interface BridgeSink {
  open(format: PixelFormat): Promise<void>;
  /**
   * The next rows, from the top. Resolves when they are on their way and few enough others are; with the
   * last row, when the host has acknowledged every one. The first error of any row rejects this and all
   * later calls.
   */
  write(rows: number, samples: Samples): Promise<void>;
}

export function bridgeSource(
  host: Pick<HostApi, 'readRows'>,
  job: string,
  format: PixelFormat,
): BridgeSource {
  const perRow = format.width * format.channels;
  const rowBytes = perRow * (format.depth / 8);
  const perCall = rowsPerCall(rowBytes);
  const ahead: Promise<Samples>[] = [];
  let asked = 0;
  let given = 0;
  /** What is left of the chunk last taken out of `ahead`. */
  let rest: Samples = samplesFor(format.depth, 0);

  const ask = (): void => {
    while (asked < format.height && ahead.length < CHUNKS_IN_FLIGHT) {
      const y = asked;
      const rows = Math.min(perCall, format.height - y);
      asked += rows;
      const chunk = host.readRows({ job, y, rows }).then((answer) => {
        const bytes = decodeBase64(answer.samples);
        if (bytes.length !== rows * rowBytes) {
          throw new LoupeError(
            'bad-message',
            `readRows: ${bytes.length} bytes for ${rows} rows of ${rowBytes}`,
          );
        }
        return asSamples(bytes, format.depth);
      });
      // Whoever reads this far meets the error; nobody may.
      chunk.catch(() => undefined);
      ahead.push(chunk);
    }
  };

  return {
    format,
    async read(rows) {
      if (rows < 1 || given + rows > format.height) {
        throw new RangeError(`rows ${given}…${given + rows} of ${format.height}`);
      }
      given += rows;
      const samples = samplesFor(format.depth, rows * perRow);
      let filled = 0;
      while (filled < samples.length) {
        if (rest.length === 0) {
          ask();
          const next = ahead.shift();
          if (!next) throw new LoupeError('bad-message', 'readRows: no more rows');
          rest = await next;
          ask();
        }
        const part = rest.subarray(0, samples.length - filled);
        samples.set(part, filled);
        filled += part.length;
        rest = rest.subarray(part.length);
      }
      return samples;
    },
  };
}

export function bridgeSink(host: Pick<HostApi, 'writeRows'>, job: string): BridgeSink {
  const inFlight = new Set<Promise<void>>();
  let format: PixelFormat | undefined;
  let written = 0;
  let failure: { readonly error: unknown } | undefined;

  const send = (y: number, rows: number, samples: Samples): void => {
    const call = host.writeRows({ job, y, rows, samples: encodeBase64(asBytes(samples)) }).then(
      () => {
        inFlight.delete(call);
      },
      (error: unknown) => {
        inFlight.delete(call);
        failure ??= { error };
      },
    );
    inFlight.add(call);
  };
  const untilAtMost = async (calls: number): Promise<void> => {
    while (inFlight.size > calls && !failure) await Promise.race(inFlight);
    if (failure) throw failure.error;
  };

  return {
    open(opened) {
      format = opened;
      return Promise.resolve();
    },
    async write(rows, samples) {
      if (!format) throw new Error('write before open');
      const perRow = format.width * format.channels;
      if (samples.length !== rows * perRow)
        throw new RangeError(`${samples.length} samples for ${rows} rows of ${perRow}`);
      if (written + rows > format.height)
        throw new RangeError(`rows ${written}…${written + rows} of ${format.height}`);
      const first = written;
      written += rows;
      const perCall = rowsPerCall(perRow * samples.BYTES_PER_ELEMENT);
      for (let y = 0; y < rows; y += perCall) {
        await untilAtMost(CHUNKS_IN_FLIGHT - 1);
        const count = Math.min(perCall, rows - y);
        send(first + y, count, samples.subarray(y * perRow, (y + count) * perRow));
      }
      await untilAtMost(written === format.height ? 0 : CHUNKS_IN_FLIGHT);
    },
  };
}

function rowsPerCall(rowBytes: number): number {
  return Math.max(1, Math.floor(CHUNK_BYTES / rowBytes));
}

function samplesFor(depth: PixelFormat['depth'], length: number): Samples {
  if (depth === 8) return new Uint8Array(length);
  return depth === 16 ? new Uint16Array(length) : new Float32Array(length);
}

/** `decodeBase64` gives bytes at the start of a buffer of their own, so that any width of sample is aligned. */
function asSamples(bytes: Uint8Array<ArrayBuffer>, depth: PixelFormat['depth']): Samples {
  if (depth === 8) return bytes;
  return depth === 16 ? new Uint16Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

function asBytes(samples: Samples): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
