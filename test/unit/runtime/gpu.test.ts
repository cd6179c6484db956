import { afterEach, describe, expect, test } from '@jest/globals';
import { nameOf, requestGpu } from '../../../src/runtime/gpu.ts';

type Info = Parameters<typeof nameOf>[0];
const info = (given: Partial<Info>): Info =>
  ({ vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false, ...given }) as Info;

const navigatorHere = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
const setGpu = (gpu: unknown) =>
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
afterEach(() => {
  if (navigatorHere) Object.defineProperty(globalThis, 'navigator', navigatorHere);
  else Reflect.deleteProperty(globalThis, 'navigator');
});

describe('a GPU', () => {
  test.each([
    [{ vendor: 'nvidia', architecture: 'ampere' }, 'NVIDIA GPU (ampere)'],
    [{ vendor: 'apple', architecture: 'metal-3' }, 'Apple GPU (metal-3)'],
    [{ vendor: 'amd', description: 'AMD Radeon RX 7900 XT' }, 'AMD Radeon RX 7900 XT'],
    [{ vendor: 'intel', device: 'Arc A770' }, 'Intel Arc A770'],
    [{}, 'GPU'],
  ])('is named as far as the browser tells: %j', (given, name) => {
    expect(nameOf(info(given))).toBe(name);
  });

  test.each([
    ['there is no WebGPU', undefined, 'there is no WebGPU here'],
    ['there is no adapter', { requestAdapter: () => Promise.resolve(null) }, 'no GPU was found'],
    [
      'the adapter is a CPU in disguise',
      {
        requestAdapter: () =>
          Promise.resolve({ info: info({ vendor: 'google', architecture: 'swiftshader' }) }),
      },
      'the only GPU found is emulated on the CPU',
    ],
  ])('is unavailable when %s', async (_, gpu, why) => {
    setGpu(gpu);
    await expect(requestGpu(false)).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining(why),
    });
  });

  test('is unavailable when its device cannot be had', async () => {
    const adapter = {
      info: info({ vendor: 'nvidia' }),
      limits: {},
      features: new Set<string>(),
      requestDevice: () => Promise.reject(new Error('busy')),
    };
    setGpu({ requestAdapter: () => Promise.resolve(adapter) });
    await expect(requestGpu(false)).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining('the GPU could not be opened'),
    });
  });
});
