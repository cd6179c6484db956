/** In the browser: the panel's side of the wire. Bundled by bridge.ts, which calls `moveRows`. */
import { connectHost } from '../src/bridge/page.ts';
import { PROTOCOL } from '../src/bridge/protocol.ts';
import { bridgeSink, bridgeSource } from '../src/bridge/rows.ts';

/** Rows taken or given at once, about as many as a band of tiles has. */
const ROWS = 200;

const nothing = () => undefined;
const host = connectHost({
  layerChanged: nothing,
  themeChanged: nothing,
  enhance: nothing,
  commitProgress: nothing,
});
const greeted = host.hello({ protocol: PROTOCOL });

declare global {
  var moveRows: (way: 'read' | 'write', height: number) => Promise<number>;
}

/** Moves a picture 6,000 pixels wide over the wire. @returns MB/s of raw samples */
globalThis.moveRows = async (way, height) => {
  await greeted;
  const format = { width: 6000, height, channels: 4, depth: 8 } as const;
  const source = bridgeSource(host, 'job', format);
  const sink = bridgeSink(host, 'job');
  const samples = new Uint8Array(ROWS * 24_000).map((_, i) => (i * 17) % 253);
  await sink.open(format);
  const began = performance.now();
  for (let y = 0; y < height; y += ROWS) {
    if (way === 'read') await source.read(ROWS);
    else await sink.write(ROWS, samples);
  }
  return (height * 24_000) / 1e3 / (performance.now() - began);
};
