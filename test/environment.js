import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's Node environment runs tests in a vm context with its own typed arrays, which onnxruntime-node
 * and sharp then reject ("must be type of Float32Array"). This one shares the outer realm's.
 */
export default class SharedArraysEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of [
      'Int8Array',
      'Uint8Array',
      'Uint8ClampedArray',
      'Int16Array',
      'Uint16Array',
      'Int32Array',
      'Uint32Array',
      'Float32Array',
      'Float64Array',
      'BigInt64Array',
      'BigUint64Array',
      'DataView',
      'ArrayBuffer',
      'Error',
    ]) {
      this.global[name] = globalThis[name];
    }
  }
}
