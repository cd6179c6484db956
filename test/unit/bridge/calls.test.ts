import { describe, expect, test } from '@jest/globals';
import { serveHost } from '../../../src/bridge/host.ts';
import { connectHost } from '../../../src/bridge/page.ts';
import { type HostApi, type PageApi, PROTOCOL } from '../../../src/bridge/protocol.ts';
import { LoupeError } from '../../../src/errors.ts';
import { hostWith, silentPage, wire } from './wire.ts';

const settled = <T>(promise: Promise<T>): Promise<unknown> =>
  promise.then(
    (value) => value,
    (error: unknown) => {
      if (!(error instanceof LoupeError)) throw error;
      return `${error.code}: ${error.detail}`;
    },
  );
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
/** However long a busy machine takes; what never comes is the test's timeout. */
const until = async (come: () => boolean): Promise<void> => {
  while (!come()) await soon();
};

async function joined(calls: Partial<HostApi>, page: PageApi = silentPage) {
  const ports = wire();
  const end = serveHost(ports.host, hostWith(calls));
  const host = connectHost(page, ports.page);
  await host.hello({ protocol: PROTOCOL });
  return { ports, end, host };
}

describe('calls over the bridge', () => {
  test('an answer comes back to the call it answers, in any order', async () => {
    const { host } = await joined({
      readRows: async ({ y }) => {
        await new Promise((resolve) => setTimeout(resolve, y === 0 ? 20 : 1));
        return { samples: `row${y}` };
      },
    });
    const rows = await Promise.all([0, 1, 2].map((y) => host.readRows({ job: 'a', y, rows: 1 })));
    expect(rows.map(({ samples }) => samples)).toEqual(['row0', 'row1', 'row2']);
  });

  test('an error of the host arrives as the same error, with its message rebuilt', async () => {
    const { host } = await joined({
      activeLayers: () => Promise.reject(new LoupeError('locked-layer', 'Sky')),
    });
    const error: unknown = await host.activeLayers({}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LoupeError);
    expect(error).toMatchObject({ code: 'locked-layer', detail: 'Sky' });
    expect((error as Error).message).toContain('“Sky” is locked');
  });

  test('anything else the host throws arrives as host-failed', async () => {
    const { host } = await joined({ activeLayers: () => Promise.reject(new Error('oops')) });
    expect(await settled(host.activeLayers({}))).toBe('host-failed: oops');
  });

  test('the page hears events, and one that does not fit is dropped', async () => {
    const heard: number[] = [];
    const { end, ports, host } = await joined(
      {},
      { ...silentPage, commitProgress: ({ fraction }) => heard.push(fraction) },
    );
    end.page.commitProgress({ fraction: 0.5 });
    ports.host.post({ loupe: { t: 'q', m: 'commitProgress', a: [{ fraction: 7 }] } });
    ports.host.post({ loupe: { t: 'q', m: 'constructor', a: [{}] } });
    await until(() => heard.length > 0);
    expect(heard).toEqual([0.5]);
    expect(await settled(host.activeLayers({}))).toBe('no-document: ');
  });
});

test('a command reaches the page with the settings it means', async () => {
  const heard: string[] = [];
  const { end } = await joined({}, { ...silentPage, enhance: ({ settings }) => heard.push(settings) });
  end.page.enhance({ settings: 'last' });
  await until(() => heard.length > 0);
  expect(heard).toEqual(['last']);
});

describe('messages that do not fit', () => {
  test('wrong arguments are refused before they leave the page', async () => {
    const { host, ports } = await joined({});
    const sent = ports.fromPage.length;
    expect(await settled(host.readRows({ job: 'a', y: -1, rows: 1 }))).toMatch(/^bad-message: readRows\.y/);
    expect(ports.fromPage.length).toBe(sent);
  });

  test('wrong arguments that reach the host are refused there, and the method is not called', async () => {
    let called = false;
    const { ports } = await joined({
      readRows: () => {
        called = true;
        return Promise.resolve({ samples: '' });
      },
    });
    const answers: unknown[] = [];
    ports.page.onMessage((message) => answers.push(message));
    ports.injectIntoHost({ loupe: { t: 'q', i: '1', m: 'readRows', a: [{ job: 'a', y: 0, rows: 'all' }] } });
    ports.injectIntoHost({ loupe: { t: 'q', i: '2', m: 'toString', a: [] } });
    await until(() => answers.length === 2);
    expect(called).toBe(false);
    expect(JSON.stringify(answers[0])).toContain('"code":"bad-message"');
    expect(JSON.stringify(answers[1])).toContain('"code":"bad-message"');
  });

  test('a wrong answer is refused by the page too', async () => {
    const ports = wire();
    ports.host.onMessage((message) => {
      const { i } = (message as { loupe: { i: string } }).loupe;
      ports.host.post({ loupe: { t: 's', i, r: { value: { protocol: PROTOCOL, app: 'paint' } } } });
    });
    const host = connectHost(silentPage, ports.page);
    expect(await settled(host.hello({ protocol: PROTOCOL }))).toMatch(/^bad-message: hello\.app/);
  });

  test('a wrong answer is refused by the host before it leaves', async () => {
    const { host } = await joined({ thumbnail: () => Promise.resolve({ width: 0, height: 1, rgba: '' }) });
    expect(await settled(host.thumbnail({ documentId: 1, layerId: 1, side: 9 }))).toMatch(
      /^bad-message: thumbnail\.width/,
    );
  });

  test('foreign messages pass by without a trace', async () => {
    const { host, ports } = await joined({});
    for (const message of [
      null,
      7,
      'hello',
      '{"loupe":',
      {},
      { loupe: 1 },
      { loupe: { t: 'q' } },
      { t: 'q', m: 'hello', a: [] },
    ]) {
      ports.injectIntoHost(message);
      ports.host.post(message);
    }
    await soon();
    expect(await settled(host.activeLayers({}))).toBe('no-document: ');
  });

  test('messages that arrive as text are understood', async () => {
    const ports = wire();
    serveHost({ ...ports.host, post: (message) => ports.host.post(JSON.stringify(message)) }, hostWith({}));
    const host = connectHost(silentPage, ports.page);
    expect(await host.hello({ protocol: PROTOCOL })).toMatchObject({ app: 'photoshop' });
  });
});

describe('the handshake', () => {
  test('a page of another version is refused', async () => {
    const ports = wire();
    serveHost(ports.host, hostWith({}));
    const host = connectHost(silentPage, ports.page);
    expect(await settled(host.hello({ protocol: PROTOCOL + 1 }))).toBe(
      `protocol-mismatch: panel ${PROTOCOL + 1}, plugin ${PROTOCOL}`,
    );
    expect(await settled(host.activeLayers({}))).toBe('protocol-mismatch: no hello');
  });

  test('a host of another version is refused', async () => {
    const ports = wire();
    const older = {
      protocol: 0,
      app: 'photoshop' as const,
      appVersion: '26',
      locale: 'en',
      theme: 'dark' as const,
    };
    serveHost(ports.host, hostWith({ hello: () => Promise.resolve(older) }));
    const host = connectHost(silentPage, ports.page);
    expect(await settled(host.hello({ protocol: PROTOCOL }))).toBe(
      `protocol-mismatch: panel ${PROTOCOL}, plugin 0`,
    );
  });

  test('calls under way are rejected when the wire is closed, and later ones too', async () => {
    const { host } = await joined({ commit: () => new Promise(() => undefined) });
    const commit = settled(host.commit({ jobs: [{ job: 'a', layerName: 'b' }], historyName: 'c' }));
    await soon();
    host.close();
    expect(await commit).toBe('host-failed: the plugin is gone');
    expect(await settled(host.activeLayers({}))).toMatch(/^host-failed/);
  });
});
