/**
 * Comlink as all threads of the page use it: LoupeErrors cross with their code, where Comlink keeps only the message.
 * Import on both sides.
 */
import { transfer, transferHandlers } from 'comlink';
import { isErrorCode, LoupeError } from './errors.ts';

/** What Comlink hands its `throw` handler. */
interface Thrown {
  readonly value: unknown;
}

const standard = transferHandlers.get('throw');
if (!standard) throw new Error('this Comlink has no handler for what is thrown');

transferHandlers.set('throw', {
  canHandle: (value): value is Thrown => standard.canHandle(value),
  serialize: (thrown: Thrown) =>
    thrown.value instanceof LoupeError
      ? [{ loupe: { code: thrown.value.code, detail: thrown.value.detail } }, []]
      : standard.serialize(thrown),
  deserialize: (wire: { loupe?: { code: unknown; detail: string } }): never => {
    if (isErrorCode(wire.loupe?.code)) throw new LoupeError(wire.loupe.code, wire.loupe.detail);
    return standard.deserialize(wire) as never;
  },
});

/** Samples that move to the other thread; a part of a larger buffer is copied, since the whole would go. */
export function moved<T extends Uint8Array | Uint16Array | Float32Array>(samples: T): T {
  const own = samples.byteLength === samples.buffer.byteLength ? samples : (samples.slice() as T);
  return transfer(own, own.buffer instanceof ArrayBuffer ? [own.buffer] : []);
}
