import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeBase64, encodeBase64 } from '../../../src/bridge/base64.ts';
import { serveHost } from '../../../src/bridge/host.ts';
import { connectHost, type HostEnd } from '../../../src/bridge/page.ts';
import {
  CHUNK_BYTES,
  CHUNKS_IN_FLIGHT,
  type HostApi,
  type PixelFormat,
  PROTOCOL,
} from '../../../src/bridge/protocol.ts';
import { bridgeSink, bridgeSource } from '../../../src/bridge/rows.ts';
import { LoupeError } from '../../../src/errors.ts';
import { hostWith, silentPage, wire } from './wire.ts';

const rowBytes = ({ width, channels, depth }: PixelFormat): number => width * channels * (depth / 8);

function noise(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (i * 2654435761) >>> 9);
}

/** A host that holds one picture to read and collects one as it is written. */
function store(format: PixelFormat, bytes: Uint8Array) {
  const written = new Uint8Array(bytes.length);
  const seen = { reads: [] as number[], writes: [] as number[], open: 0, mostOpen: 0, biggest: 0 };
  const slowly = async <T>(answer: T): Promise<T> => {
    seen.open += 1;
    seen.mostOpen = Math.max(seen.mostOpen, seen.open);
    await new Promise((resolve) => setTimeout(resolve, 1));
    seen.open -= 1;
    return answer;
  };
  const calls: Partial<HostApi> = {
    readRows: ({ y, rows }) => {
      seen.reads.push(y);
      const part = bytes.subarray(y * rowBytes(format), (y + rows) * rowBytes(format));
      seen.biggest = Math.max(seen.biggest, part.length);
      return slowly({ samples: encodeBase64(part) });
    },
    writeRows: ({ y, samples }) => {
      seen.writes.push(y);
      const part = decodeBase64(samples);
      seen.biggest = Math.max(seen.biggest, part.length);
      written.set(part, y * rowBytes(format));
      return slowly(null);
    },
  };
  return { calls, written, seen };
}

async function join(calls: Partial<HostApi>): Promise<HostEnd> {
  const ports = wire();
  serveHost(ports.host, hostWith(calls));
  const host = connectHost(silentPage, ports.page);
  await host.hello({ protocol: PROTOCOL });
  return host;
}

async function copy(host: HostEnd, format: PixelFormat, steps: readonly number[]): Promise<void> {
  const source = bridgeSource(host, 'job', format);
  const sink = bridgeSink(host, 'job');
  await sink.open(format);
  for (let y = 0, i = 0; y < format.height; i += 1) {
    const rows = Math.min(steps[i % steps.length] ?? 1, format.height - y);
    await sink.write(rows, await source.read(rows));
    y += rows;
  }
}

describe('rows over the bridge', () => {
  test('any picture read and written in any steps arrives as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          width: fc.integer({ min: 1, max: 40 }),
          height: fc.integer({ min: 1, max: 30 }),
          channels: fc.constantFrom(1, 2, 3, 4),
          depth: fc.constantFrom(8, 16, 32),
        }) as fc.Arbitrary<PixelFormat>,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        async (format, steps) => {
          const bytes = noise(format.height * rowBytes(format));
          const { calls, written } = store(format, bytes);
          await copy(await join(calls), format, steps);
          expect(Buffer.compare(written, bytes)).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('large rows travel in messages of at most a chunk, several at once and in order', async () => {
    const format: PixelFormat = { width: 5000, height: 137, channels: 4, depth: 16 };
    const bytes = noise(format.height * rowBytes(format));
    const { calls, written, seen } = store(format, bytes);
    await copy(await join(calls), format, [64]);
    expect(Buffer.compare(written, bytes)).toBe(0);
    expect(seen.biggest).toBeLessThanOrEqual(CHUNK_BYTES);
    expect(seen.mostOpen).toBeGreaterThan(1);
    expect(seen.mostOpen).toBeLessThanOrEqual(2 * CHUNKS_IN_FLIGHT);
    expect(seen.reads).toEqual([...seen.reads].sort((a, b) => a - b));
    expect(seen.writes).toEqual([...seen.writes].sort((a, b) => a - b));
  });

  test('a row wider than a chunk travels alone', async () => {
    const format: PixelFormat = { width: 300_000, height: 3, channels: 4, depth: 8 };
    const bytes = noise(format.height * rowBytes(format));
    const { calls, written, seen } = store(format, bytes);
    await copy(await join(calls), format, [3]);
    expect(Buffer.compare(written, bytes)).toBe(0);
    expect(seen.reads).toEqual([0, 1, 2]);
  });

  test('the source reads ahead of who asks, but not without bound', async () => {
    const format: PixelFormat = { width: 1 << 18, height: 40, channels: 4, depth: 8 };
    const { calls, seen } = store(format, noise(format.height * rowBytes(format)));
    const source = bridgeSource(await join(calls), 'job', format);
    await source.read(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen.reads).toEqual([0, 1, 2, 3, 4]);
  });

  test('a write waits while too many are under way, and the last one for all of them', async () => {
    const format: PixelFormat = { width: 1 << 18, height: 10, channels: 4, depth: 8 };
    const waiting: (() => void)[] = [];
    const host = { writeRows: () => new Promise<null>((resolve) => waiting.push(() => resolve(null))) };
    const sink = bridgeSink(host, 'job');
    await sink.open(format);
    let done = false;
    const write = sink.write(10, new Uint8Array(10 << 20)).then(() => {
      done = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(waiting.length).toBe(CHUNKS_IN_FLIGHT);
    for (let i = 0; i < 10; i += 1) {
      expect(done).toBe(false);
      waiting[i]?.();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await write;
    expect(waiting.length).toBe(10);
  });

  test('the first error of a write is what this and every later write rejects with', async () => {
    const format: PixelFormat = { width: 1 << 18, height: 12, channels: 4, depth: 8 };
    let calls = 0;
    const host = {
      writeRows: (): Promise<null> => {
        calls += 1;
        return Promise.reject(new LoupeError(calls === 1 ? 'disk-full' : 'bad-message'));
      },
    };
    const sink = bridgeSink(host, 'job');
    await sink.open(format);
    await expect(sink.write(6, new Uint8Array(6 << 20))).rejects.toMatchObject({ code: 'disk-full' });
    await expect(sink.write(6, new Uint8Array(6 << 20))).rejects.toMatchObject({ code: 'disk-full' });
    expect(calls).toBeLessThanOrEqual(CHUNKS_IN_FLIGHT);
  });

  test('rows of the wrong size, or that are no base64, are refused', async () => {
    const format: PixelFormat = { width: 2, height: 1, channels: 4, depth: 8 };
    const answering = (samples: string) =>
      bridgeSource({ readRows: () => Promise.resolve({ samples }) }, 'job', format);
    await expect(answering(encodeBase64(noise(7))).read(1)).rejects.toMatchObject({ code: 'bad-message' });
    await expect(answering('{}').read(1)).rejects.toMatchObject({ code: 'bad-message' });
  });
});
