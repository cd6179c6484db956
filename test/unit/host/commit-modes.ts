/** Documents of every mode and depth for the commit's tests, made through Photoshop's own API: one layer of noise. */
import type { Photoshop } from '../../../src/host/photoshop/photoshop.ts';
import { open, type Opened } from '../simulator/support.ts';
import { runIn } from './commit-run.ts';

export const MODES = [
  ['RGBColorMode', 8],
  ['RGBColorMode', 16],
  ['RGBColorMode', 32],
  ['grayscaleMode', 8],
  ['grayscaleMode', 16],
  ['grayscaleMode', 32],
  ['CMYKColorMode', 8],
  ['CMYKColorMode', 16],
  ['labColorMode', 8],
  ['labColorMode', 16],
] as const;
export type Mode = (typeof MODES)[number][0];
export type Depth = (typeof MODES)[number][1];

/** Where the layer named “Sky” lies on the canvas of 40 × 30. */
export const BOX = { left: 6, top: 4, right: 30, bottom: 20 };

export const highest = (depth: Depth): number => (depth === 32 ? 1 : 2 ** depth - 1);

export async function documentOf(mode: Mode, depth: Depth) {
  const opened: Opened = open();
  const ps = opened.modules.photoshop as unknown as Photoshop;
  const { imaging, app } = ps;
  const first = runIn(opened);
  const id = await first.modal(async () => {
    const options = { width: 40, height: 30, mode, depth, fill: 'transparent', resolution: 72 };
    const document = await app.createDocument(options as Parameters<typeof app.createDocument>[0]);
    const layer = document?.layers[0];
    if (!document || !layer) throw new Error('no document');
    layer.name = 'Sky';
    const gray = mode === 'grayscaleMode';
    const components = gray ? 2 : 4;
    const [width, height] = [BOX.right - BOX.left, BOX.bottom - BOX.top];
    const length = width * height * components;
    const samples =
      depth === 8
        ? new Uint8Array(length)
        : depth === 16
          ? new Uint16Array(length)
          : new Float32Array(length);
    for (let i = 0; i < length; i += 1) {
      const alpha = i % components === components - 1;
      const value = alpha
        ? Math.floor(i / components) % 7 === 3
          ? 0.4
          : 1
        : 0.3 + (((i * 40503) >> 4) % 64) / 160;
      samples[i] = value * highest(depth);
    }
    const imageData = await imaging.createImageDataFromBuffer(samples, {
      width,
      height,
      components,
      colorSpace: gray ? 'Grayscale' : 'RGB',
      fullRange: true,
      ...(mode === 'CMYKColorMode' || mode === 'labColorMode' ? { colorProfile: 'Adobe RGB (1998)' } : {}),
    });
    await imaging.putPixels({
      documentID: document.id,
      layerID: layer.id,
      imageData,
      targetBounds: { ...BOX, width, height },
    });
    await imageData.dispose();
    return document.id;
  });
  return { opened, id, user: opened.simulator.user, run: runIn(opened, id) };
}
