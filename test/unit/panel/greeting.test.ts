import { describe, expect, test } from '@jest/globals';
import { PROTOCOL, type Hello, type HostApi, type PageApi } from '../../../src/bridge/protocol.ts';
import { LoupeError } from '../../../src/errors.ts';
import { greet } from '../../../src/panel/greeting.ts';

function world(app: Hello['app'], fault?: LoupeError) {
  const heard: string[] = [];
  let page: Partial<PageApi> = {};
  const asked: unknown[] = [];
  const self = {
    heard,
    asked,
    fault,
    tell: (name: 'clipChanged' | 'layerChanged') => page[name]?.({}),
  };
  const greeting = greet({
    connect: (given) => {
      page = given;
      const hello: HostApi['hello'] = (args) => {
        asked.push(args);
        if (self.fault) return Promise.reject(self.fault);
        return Promise.resolve({
          protocol: PROTOCOL,
          app,
          appVersion: '26.0',
          locale: 'de_DE',
          theme: 'light',
        });
      };
      return { hello } as HostApi;
    },
    start: (_, hello) => ({
      hello,
      page:
        hello.app === 'premiere'
          ? { clipChanged: () => void heard.push('clip') }
          : { layerChanged: () => void heard.push('layer') },
    }),
  });
  return Object.assign(self, { greeting });
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('The page', () => {
  test.each([
    ['premiere', ['clip', 'clip']],
    ['photoshop', ['layer']],
  ] as const)(
    'greets its host once, and hears in %s what is for it, told before the answer or after',
    async (app, hears) => {
      const { greeting, asked, heard, tell } = world(app);
      expect(greeting.getState()).toEqual({ kind: 'waiting' });
      tell('clipChanged');
      await settled();
      expect(asked).toEqual([{ protocol: PROTOCOL }]);
      expect(greeting.getState()).toMatchObject({
        kind: 'started',
        session: { hello: { app, locale: 'de_DE' } },
      });
      tell('clipChanged');
      tell('layerChanged');
      expect(heard).toEqual(hears);
    },
  );

  test('says why a host of another version does not answer, and greets it anew on request', async () => {
    const made = world('photoshop', new LoupeError('protocol-mismatch', '3, 4'));
    await settled();
    expect(made.greeting.getState()).toMatchObject({ kind: 'failed', error: { code: 'protocol-mismatch' } });
    made.fault = undefined;
    made.greeting.tryAgain();
    expect(made.greeting.getState().kind).toBe('waiting');
    await settled();
    expect(made.greeting.getState().kind).toBe('started');
    made.greeting.tryAgain();
    expect(made.asked).toHaveLength(2);
  });
});
