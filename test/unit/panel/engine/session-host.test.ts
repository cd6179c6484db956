import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Assets } from '../../../../src/panel/engine/assets.ts';
import { OwnModels } from '../../../../src/panel/engine/own-models.ts';
import { PageSessions } from '../../../../src/panel/engine/session-host.ts';
import { SessionWorkerFactory } from '../../../../src/panel/engine/session-worker.ts';
import type { Lease } from '../../../../src/panel/engine/worker-protocol.ts';
import type { SessionProvider, SessionReport } from '../../../../src/runtime/session-protocol.ts';
import type { SessionWorker } from '../../../../src/runtime/session-workers.ts';

interface Made {
  ended: boolean;
  readonly provider: SessionProvider;
  report(report: SessionReport): void;
}

/** Session workers that say they are ready, or wait until told. */
class FakeWorkers extends SessionWorkerFactory {
  readonly made: Made[] = [];
  answers = true;

  constructor() {
    super(new Assets(), { allowSoftwareGpu: false, verbose: false });
  }

  override ready(provider: SessionProvider) {
    const make = (): SessionWorker => {
      let listener: (report: SessionReport) => void = () => undefined;
      const made: Made = { ended: false, provider, report: (report) => listener(report) };
      this.made.push(made);
      return {
        post: ({ kind }) => {
          if (kind === 'open' && this.answers)
            queueMicrotask(() => listener({ kind: 'ready', device: 'a device' }));
        },
        onReport: (told) => (listener = told),
        onCrash: () => undefined,
        terminate: () => {
          made.ended = true;
          return Promise.resolve();
        },
      };
    };
    const setup = { provider, ort: new Blob(), wasm: new Blob(), allowSoftwareGpu: false, verbose: false };
    return Promise.resolve({ make, setup });
  }

  get alive(): number {
    return this.made.filter(({ ended }) => !ended).length;
  }
}

const model = (id: string) => ({ id, parts: [{ model: new Blob(), share: 1 }], selfEnsemble: false });
const ports: MessagePort[] = [];

function page(maxWorkers = 4) {
  const workers = new FakeWorkers();
  const sessions = new PageSessions(new Assets(), new OwnModels(workers), workers, maxWorkers);
  let leases = 0;
  const take = async (id: string, count: number, provider: SessionProvider = 'wasm') => {
    const lease = leases++;
    const lent: Lease | undefined = await sessions.lend(lease, provider, id, count);
    const { ports: lentPorts, device } = lent ?? (await sessions.start(lease, provider, model(id), count));
    ports.push(...lentPorts);
    return { lease, warm: lent !== undefined, ports: lentPorts.length, device };
  };
  return { sessions, workers, take };
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
});
afterEach(() => {
  jest.useRealTimers();
  for (const port of ports.splice(0)) port.close();
});

describe('the page’s session workers', () => {
  test('a job may have two crews of a provider at once, and both are warm for the next one', async () => {
    const { sessions, workers, take } = page();
    const [base, face] = [await take('base', 3), await take('face', 1)];
    expect([base.ports, face.ports, workers.alive]).toEqual([3, 1, 4]);
    sessions.release(base.lease, 'idle');
    sessions.release(face.lease, 'idle');
    expect([(await take('base', 3)).warm, (await take('face', 1)).warm]).toEqual([true, true]);
    expect(workers.made).toHaveLength(4);
  });

  test('idle crews make room for another, the longest idle first; crews at work never do', async () => {
    const { sessions, workers, take } = page(2);
    const one = await take('one', 2);
    const two = await take('two', 1);
    const detector = await take('detector', 1);
    sessions.release(two.lease, 'idle');
    sessions.release(detector.lease, 'idle');
    sessions.release(one.lease, 'idle');
    expect(workers.alive).toBe(4);
    await take('three', 2);
    expect(workers.alive).toBe(4);
    expect((await take('one', 2)).warm).toBe(true);
    expect((await take('two', 1)).warm).toBe(false);
    expect((await take('detector', 1)).warm).toBe(false);
    expect(workers.alive).toBe(6);
  });

  test('a crew larger than asked for lends no more than that; a smaller one is started anew', async () => {
    const { sessions, workers, take } = page();
    const all = await take('base', 4);
    sessions.release(all.lease, 'idle');
    const some = await take('base', 2);
    expect([some.warm, some.ports]).toEqual([true, 2]);
    sessions.release(some.lease, 'idle');
    const more = await take('base', 5);
    expect([more.warm, more.ports, workers.alive]).toEqual([false, 5, 5]);
  });

  test('a GPU’s crews do not take the CPU’s place, and two are kept', async () => {
    const { sessions, workers, take } = page(1);
    for (const id of ['a', 'b', 'c']) sessions.release((await take(id, 1, 'webgpu')).lease, 'busy');
    sessions.release((await take('a', 1)).lease, 'idle');
    expect(workers.made.filter(({ ended }) => !ended).map(({ provider }) => provider)).toEqual([
      'webgpu',
      'webgpu',
      'wasm',
    ]);
    expect((await take('a', 1, 'webgpu')).warm).toBe(false);
  });

  test('crews end when they failed, when a core is left with a tile, and after half a minute of nothing', async () => {
    const { sessions, workers, take } = page();
    for (const state of ['failed', 'busy'] as const) sessions.release((await take(state, 1)).lease, state);
    await Promise.resolve();
    expect(workers.alive).toBe(0);
    sessions.release((await take('idle', 1)).lease, 'idle');
    jest.advanceTimersByTime(29_000);
    expect((await take('idle', 1)).warm).toBe(true);
    jest.advanceTimersByTime(60_000);
    expect(workers.alive).toBe(1);
    sessions.release(2, 'idle');
    sessions.release(3, 'idle');
    jest.advanceTimersByTime(31_000);
    await Promise.resolve();
    await Promise.resolve();
    expect(workers.alive).toBe(0);
  });

  test('workers that have not started yet end when they are released', async () => {
    const { sessions, workers } = page();
    workers.answers = false;
    const starting = sessions.start(0, 'wasm', model('slow'), 2);
    starting.catch(() => undefined);
    for (let i = 0; i < 5; i++) await Promise.resolve();
    expect(workers.alive).toBe(2);
    sessions.release(0, 'failed');
    await expect(starting).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers.alive).toBe(0);
  });
});
