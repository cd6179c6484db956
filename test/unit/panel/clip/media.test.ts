import { describe, expect, test } from '@jest/globals';
import { CHUNK_BYTES, CHUNKS_IN_FLIGHT } from '../../../../src/bridge/protocol.ts';
import { LoupeError } from '../../../../src/errors.ts';
import { openMedia, type MediaHost } from '../../../../src/panel/clip/media.ts';

const MIB = CHUNK_BYTES;
const SIZE = 40 * MIB + 5;
/** No mebibyte of it is like another. */
const file = Buffer.alloc(
  SIZE,
  Uint8Array.from({ length: 251 }, (_, index) => index),
);
const bytesOf = (position: number, length: number) =>
  new Uint8Array(file.subarray(position, position + length));

/** Answers when told, or at once. */
class Host implements MediaHost {
  readonly asked: number[] = [];
  readonly held: (() => void)[] = [];
  holding = false;
  closed = 0;
  inFlight = 0;
  mostInFlight = 0;
  size = SIZE;
  fails: LoupeError | undefined;

  openMedia = () => Promise.resolve({ media: 'm', size: SIZE });
  closeMedia = () => Promise.resolve((this.closed++, null));
  readMedia: MediaHost['readMedia'] = async ({ position, length }) => {
    this.asked.push(position / MIB);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    if (this.holding) await new Promise<void>((go) => this.held.push(go));
    else await rest();
    this.inFlight--;
    if (this.fails) throw this.fails;
    return { bytes: file.subarray(position, Math.min(position + length, this.size)).toString('base64') };
  };
}
const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

describe('a clip’s file over the bridge', () => {
  test('is read at any place, across messages and to its very end', async () => {
    const media = await openMedia(new Host(), '/clip.mp4');
    expect(media.size).toBe(SIZE);
    expect(await media.read(10, 20)).toEqual(bytesOf(10, 10));
    expect(await media.read(MIB - 3, MIB + 4)).toEqual(bytesOf(MIB - 3, 7));
    expect(await media.read(SIZE - 9, SIZE)).toEqual(bytesOf(SIZE - 9, 9));
    const long = Buffer.from(await media.read(2 * MIB - 1, 4 * MIB + 1));
    expect(long.equals(file.subarray(2 * MIB - 1, 4 * MIB + 1))).toBe(true);
    expect(await media.read(5, 5)).toHaveLength(0);
    await expect(media.read(SIZE - 1, SIZE + 1)).rejects.toThrow(RangeError);
  });

  test('is read ahead by four messages where it is read on in order, and never more are in flight', async () => {
    const host = new Host();
    const media = await openMedia(host, '/clip.mp4');
    await media.read(0, 10);
    await media.read(MIB, MIB + 10);
    await rest();
    await rest();
    expect([...host.asked].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    const before = host.asked.length;
    await media.read(2 * MIB, 2 * MIB + 10);
    await rest();
    expect(host.asked.slice(before)).toEqual([6]);
    expect(host.mostInFlight).toBe(CHUNKS_IN_FLIGHT);
  });

  test('is not read ahead from a place that was jumped to, and what is asked for goes first', async () => {
    const host = new Host();
    const media = await openMedia(host, '/clip.mp4');
    await media.read(20 * MIB, 20 * MIB + 1);
    expect(host.asked).toEqual([20]);
    host.holding = true;
    const on = media.read(21 * MIB, 21 * MIB + 1);
    const jump = media.read(5 * MIB, 5 * MIB + 1);
    expect(host.asked).toEqual([20, 21, 22, 23, 24]);
    host.held.shift()?.();
    await on;
    await rest();
    expect(host.asked).toEqual([20, 21, 22, 23, 24, 5]);
    host.holding = false;
    for (const go of host.held) go();
    expect(await jump).toEqual(bytesOf(5 * MIB, 1));
    await rest();
    expect(host.asked).not.toContain(25);
  });

  test('is kept for a while: 16 messages, the latest used', async () => {
    const host = new Host();
    const media = await openMedia(host, '/clip.mp4');
    for (let mebibyte = 0; mebibyte < 40; mebibyte += 2) await media.read(mebibyte * MIB, mebibyte * MIB + 1);
    const before = host.asked.length;
    for (let mebibyte = 36; mebibyte > 6; mebibyte -= 2) await media.read(mebibyte * MIB, mebibyte * MIB + 1);
    expect(host.asked.length).toBe(before);
    await media.read(6 * MIB, 6 * MIB + 1);
    expect(host.asked.slice(before)).toEqual([6]);
  });

  test('says when it has become shorter, passes on what reading fails with, and is asked again then', async () => {
    const host = new Host();
    const media = await openMedia(host, '/clip.mp4');
    host.size = 3 * MIB + 1;
    await expect(media.read(3 * MIB, 3 * MIB + 5)).rejects.toMatchObject({
      code: 'clip-truncated',
      detail: '/clip.mp4',
    });
    host.size = SIZE;
    expect(await media.read(3 * MIB, 3 * MIB + 5)).toEqual(bytesOf(3 * MIB, 5));
    host.fails = new LoupeError('file-unreadable', '/clip.mp4');
    await expect(media.read(30 * MIB, 30 * MIB + 5)).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  test('closed, lets nobody wait', async () => {
    const host = new Host();
    const media = await openMedia(host, '/clip.mp4');
    host.holding = true;
    const reads = [0, 10, 20, 30, 5].map((mebibyte) => media.read(mebibyte * MIB, mebibyte * MIB + 1));
    const outcomes = Promise.allSettled(reads);
    await media.close();
    for (const go of host.held) go();
    expect((await outcomes).map(({ status }) => status)).toEqual([
      ...Array<string>(4).fill('fulfilled'),
      'rejected',
    ]);
    expect([host.asked.length, host.closed]).toEqual([4, 1]);
  });
});
