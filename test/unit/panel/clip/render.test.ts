import { describe, expect, test } from '@jest/globals';
import { CHUNK_BYTES, CHUNKS_IN_FLIGHT } from '../../../../src/bridge/protocol.ts';
import { LoupeError } from '../../../../src/errors.ts';
import { Render, type RenderHost } from '../../../../src/panel/clip/render.ts';

/** A host that answers when told, in whatever order. */
class Host implements RenderHost {
  readonly log: string[] = [];
  readonly open: { answer: () => void; fail: (error: Error) => void }[] = [];
  readonly file = new Map<number, Buffer>();

  writeRender: RenderHost['writeRender'] = ({ file, position, bytes }) => {
    const written = Buffer.from(bytes, 'base64');
    this.log.push(`${file ?? 'part'} ${position}+${written.length}`);
    this.file.set(position, written);
    return this.#wait();
  };
  recordRender: RenderHost['recordRender'] = ({ line }) => {
    this.log.push(`“${line}”`);
    return this.#wait();
  };
  #wait = () =>
    new Promise<null>((resolve, reject) => this.open.push({ answer: () => resolve(null), fail: reject }));
}

const rest = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
const opened = () => {
  const host = new Host();
  return { host, render: new Render(host, 'r', 'clip', []) };
};
const MIB = CHUNK_BYTES;

describe('a render over the bridge', () => {
  test('goes in messages of a mebibyte at their positions, four at most in flight', async () => {
    const { host, render } = opened();
    const bytes = Buffer.alloc(
      5 * MIB + 7,
      Uint8Array.from({ length: 251 }, (_, index) => index),
    );
    let done = false;
    const written = render.write(null, 100, bytes).then(() => (done = true));
    await rest();
    expect(host.log).toEqual([0, 1, 2, 3].map((index) => `part ${100 + index * MIB}+${MIB}`));
    expect(host.open).toHaveLength(CHUNKS_IN_FLIGHT);
    host.open[2]?.answer();
    await rest();
    expect(host.log).toHaveLength(5);
    expect(done).toBe(false);
    host.open[0]?.answer();
    await written;
    expect(host.log.at(-1)).toBe(`part ${100 + 5 * MIB}+7`);
    expect(host.file.get(100 + 3 * MIB)?.equals(bytes.subarray(3 * MIB, 4 * MIB))).toBe(true);
  });

  test('is recorded when all that was written before has been answered, and goes on after that', async () => {
    const { host, render } = opened();
    await render.write('clip_000001.png', 0, new Uint8Array(3));
    await render.write('clip_000002.png', 0, new Uint8Array(4));
    const recorded = render.record('two frames');
    host.open[1]?.answer();
    await rest();
    expect(host.log).toEqual(['clip_000001.png 0+3', 'clip_000002.png 0+4']);
    host.open[0]?.answer();
    await rest();
    expect(host.log.at(-1)).toBe('“two frames”');
    host.open[2]?.answer();
    await recorded;
  });

  test('fails for good with the first error, and is closed when the others have been answered', async () => {
    const { host, render } = opened();
    await render.write(null, 0, new Uint8Array(1));
    await render.write(null, 1, new Uint8Array(1));
    host.open[1]?.fail(new LoupeError('disk-full'));
    await expect(render.record('one')).rejects.toMatchObject({ code: 'disk-full' });
    await expect(render.write(null, 2, new Uint8Array(1))).rejects.toMatchObject({ code: 'disk-full' });
    expect(host.log).toHaveLength(2);
    let settled = false;
    const all = render.close().then(() => (settled = true));
    await rest();
    expect(settled).toBe(false);
    host.open[0]?.answer();
    await all;
  });

  test('closed, writes and records nothing that comes late', async () => {
    const { host, render } = opened();
    await render.close();
    await expect(render.write(null, 0, new Uint8Array(1))).rejects.toMatchObject({ code: 'cancelled' });
    await expect(render.record('late')).rejects.toMatchObject({ code: 'cancelled' });
    expect(host.log).toEqual([]);
  });
});
