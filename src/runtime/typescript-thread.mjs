/**
 * What a worker thread of the shell loads first: it has a module loader of its own, which knows no TypeScript, and
 * tsx's `--import tsx` acts on the main thread only.
 */
import { register } from 'tsx/esm/api';

register();
