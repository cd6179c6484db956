/** Whether a model is the one the catalog lists. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Network } from '../catalog.ts';
import { LoupeError } from '../errors.ts';

/**
 * Throws `model-damaged`, with the file's name, unless `bytes` have the network's SHA-256.
 * In script, because `crypto.subtle` is missing where a page's scheme does not count as secure.
 */
export function verifyModel(bytes: Uint8Array, network: Pick<Network, 'file' | 'sha256'>): void {
  if (bytesToHex(sha256(bytes)) !== network.sha256) throw new LoupeError('model-damaged', network.file);
}
