/**
 * Shows one layer as another is: blend mode, opacity, style, masks and label. For a result that is no copy of its
 * original, which would have all of that from the start. The two are in the same document.
 */
import type { PixelDepth } from './colour.ts';
import { fullOf } from './cover.ts';
import { ask, describeLayer, isDescriptor, referTo } from './descriptor.ts';
import { readCoverage } from './part.ts';
import { bitsOf, type Bounds, type Document, type Layer, type Photoshop, pixelBounds } from './photoshop.ts';
import { samplesOf } from './pixels.ts';

/** Bytes of a mask put at once; Photoshop holds them several times. */
const STRIP_PIXELS = 1 << 20;

/** `mask`: whether the original's mask goes over too. It does not where it is in the result's alpha already. */
export async function lookAlike(
  ps: Photoshop,
  document: Document,
  { from, to }: { readonly from: Layer; readonly to: Layer },
  { mask }: { readonly mask: boolean },
): Promise<void> {
  to.blendMode = from.blendMode;
  to.opacity = from.opacity;
  to.fillOpacity = from.fillOpacity;
  await copyStyle(ps, document, from, to);
  await copyLabel(ps, document, from, to);
  if (mask) await copyMasks(ps, document, from, to);
}

/** As Photoshop records it: the effects are asked for and set as one descriptor. Without any there is no such property. */
async function copyStyle(ps: Photoshop, document: Document, from: Layer, to: Layer): Promise<void> {
  const effects = await ask(ps, document, from, 'layerEffects');
  // The effects of a layer can be hidden as a whole, and then do not show in the original either.
  if (!isDescriptor(effects) || (await ask(ps, document, from, 'layerFXVisible')) === false) return;
  await ps.action.batchPlay(
    [
      {
        _obj: 'set',
        _target: [{ _ref: 'property', _property: 'layerEffects' }, ...referTo(document.id, to.id)],
        to: effects,
      },
    ],
    {},
  );
}

/** The label's colour is a convenience: where it cannot be set, the result goes without. */
async function copyLabel(ps: Photoshop, document: Document, from: Layer, to: Layer): Promise<void> {
  const color = await ask(ps, document, from, 'color');
  if (!isDescriptor(color) || color['_value'] === 'none') return;
  const set = { _obj: 'set', _target: referTo(document.id, to.id), to: { _obj: 'layer', color } };
  await ps.action.batchPlay([set], {}).catch(() => undefined);
}

/**
 * The masks become one mask of pixels, since a vector mask can be read but not put (Adobe, Imaging › putLayerMask). It is
 * only made where the result has pixels. A mask's density is in what is read of it; its feather is a property.
 */
async function copyMasks(ps: Photoshop, document: Document, from: Layer, to: Layer): Promise<void> {
  const shown = (await describeLayer(ps, document.id, from.id)).maskShown;
  const vector = (await ask(ps, document, from, 'hasVectorMask')) === true;
  if (!shown && !vector) return;
  const bounds = pixelBounds(to);
  const width = bounds.right - bounds.left;
  const step = Math.max(1, Math.floor(STRIP_PIXELS / width));
  for (let { top } = bounds; top < bounds.bottom; top += step) {
    const strip = { ...bounds, top, bottom: Math.min(bounds.bottom, top + step) };
    const mask = new Uint8Array(width * (strip.bottom - top)).fill(255);
    if (shown) {
      for await (const { coverage } of readCoverage(ps, document, from, strip, 'mask'))
        multiply(mask, coverage);
    }
    if (vector) multiply(mask, await readVectorMask(ps, document, from, strip));
    await putMask(ps, document, to, strip, mask, top === bounds.top);
  }
  if (shown && from.layerMaskFeather > 0) to.layerMaskFeather = from.layerMaskFeather;
}

function multiply(mask: Uint8Array, by: Uint8Array): void {
  for (let i = 0; i < mask.length; i += 1) mask[i] = Math.round(((mask[i] ?? 0) * (by[i] ?? 0)) / 255);
}

/** Where Photoshop has less than was asked for, the path shows nothing. */
async function readVectorMask(
  ps: Photoshop,
  document: Document,
  layer: Layer,
  strip: Bounds,
): Promise<Uint8Array> {
  const width = strip.right - strip.left;
  const mask = new Uint8Array(width * (strip.bottom - strip.top));
  const options = { documentID: document.id, layerID: layer.id, kind: 'vector' as const };
  const { imageData, sourceBounds } = await ps.imaging.getLayerMask({
    ...options,
    sourceBounds: { ...strip },
  });
  try {
    const samples = await imageData.getData({ chunky: true, fullRange: true });
    const full = fullOf(samples.BYTES_PER_ELEMENT === 1 ? 8 : samples.BYTES_PER_ELEMENT === 2 ? 16 : 32);
    const at = (sourceBounds.top - strip.top) * width + sourceBounds.left - strip.left;
    for (let i = 0; i < samples.length; i += 1) {
      const y = Math.floor(i / imageData.width);
      mask[at + y * width + (i % imageData.width)] = Math.round((255 * (samples[i] ?? 0)) / full);
    }
  } finally {
    await imageData.dispose();
  }
  return mask;
}

async function putMask(
  ps: Photoshop,
  document: Document,
  { id }: Layer,
  { left, top, right, bottom }: Bounds,
  mask: Uint8Array,
  replace: boolean,
): Promise<void> {
  const size = { width: right - left, height: bottom - top };
  const depth = bitsOf(ps, document) as PixelDepth;
  const samples = samplesOf(depth, mask.length);
  const most = fullOf(depth);
  for (let i = 0; i < mask.length; i += 1) samples[i] = ((mask[i] ?? 0) * most) / 255;
  // As Adobe has it for masks (Imaging › createImageDataFromBuffer).
  const imageData = await ps.imaging.createImageDataFromBuffer(samples, {
    ...size,
    components: 1,
    chunky: false,
    fullRange: true,
    colorSpace: 'Grayscale',
    colorProfile: 'Gray Gamma 2.2',
  });
  try {
    const targetBounds = { left, top, ...size };
    await ps.imaging.putLayerMask({
      documentID: document.id,
      layerID: id,
      kind: 'user',
      imageData,
      replace,
      targetBounds,
    });
  } finally {
    await imageData.dispose();
  }
}
