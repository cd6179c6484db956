import { describe, expect, test } from '@jest/globals';
import type { Remote } from 'comlink';
import { PageBackends } from '../../../../src/panel/engine/backends.ts';
import type { SessionHost } from '../../../../src/panel/engine/worker-protocol.ts';

describe('A backend of the page', () => {
  /** Of a host whose file comes when `file` says; `called` are its calls in order. */
  function world(file: Promise<Blob>) {
    const called: string[] = [];
    const host = {
      lend: () => Promise.resolve(undefined),
      start: () => {
        called.push('start');
        return Promise.reject(new Error('not here'));
      },
      release: () => {
        called.push('release');
        return Promise.resolve();
      },
      file: () => {
        called.push('file');
        return file;
      },
    } as unknown as Remote<SessionHost>;
    // Of no bytes.
    const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const detector = { id: 'detector', file: 'detector.onnx', sha256 };
    const backend = new PageBackends(host).backend('wasm', detector as never, { cpuWorkers: 1, brief: true });
    return { backend, called };
  }
  const reason = new Error('another job');

  test('is given up at once while its network is still being loaded, and starts no worker', async () => {
    const { backend, called } = world(new Promise(() => undefined));
    const controller = new AbortController();
    const opened = backend.open(controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 0));
    controller.abort(reason);
    await expect(opened).rejects.toBe(reason);
    expect(called).toEqual(['file', 'release']);
  });

  test('of a job that has been given up loads and starts nothing', async () => {
    const { backend, called } = world(Promise.resolve(new Blob([])));
    await expect(backend.open(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(called).toEqual([]);
  });

  test('that was given up in the moment its network had come starts no worker', async () => {
    const controller = new AbortController();
    const coming = {
      arrayBuffer: () => {
        // After the network is checked, before whoever waits for it goes on.
        queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => controller.abort(reason))));
        return Promise.resolve(new ArrayBuffer(0));
      },
    } as Blob;
    const { backend, called } = world(Promise.resolve(coming));
    await expect(backend.open(controller.signal)).rejects.toBe(reason);
    expect(called).toEqual(['file', 'release']);
  });
});
