/** In a page: the engine's client, and how the video worker calls a clip's engine. */
import { proxy, wrap } from 'comlink';
import type { FrameEngine } from '../../src/video/types.ts';

export { createEngine } from '../../src/panel/engine/client.ts';

export function framesOver(port: MessagePort): FrameEngine {
  const engine = wrap<FrameEngine>(port);
  return { enhance: (source, sink) => engine.enhance(proxy(source), proxy(sink)) };
}
