import { describe, expect, test } from '@jest/globals';
import type { Remote } from 'comlink';
import { PageBackends } from '../../../../src/panel/engine/backends.ts';
import type { SessionHost } from '../../../../src/panel/engine/worker-protocol.ts';

describe('A backend of the page', () => {
  test('is given up at once while its network is still being loaded, and starts no worker', async () => {
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
        return new Promise<Blob>(() => undefined);
      },
    } as unknown as Remote<SessionHost>;
    const detector = { id: 'detector', file: 'detector.onnx', sha256: '' };
    const backend = new PageBackends(host).backend('wasm', detector as never, { cpuWorkers: 1, brief: true });
    const controller = new AbortController();
    const opened = backend.open(controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 0));
    const reason = new Error('another job');
    controller.abort(reason);
    await expect(opened).rejects.toBe(reason);
    expect(called).toEqual(['file', 'release']);
  });
});
