/**
 * What the document looks like: layers from the bottom up with opacity, masks, clipping, groups and the blend
 * modes of blend.ts. Layer effects, adjustment and fill layers, and the feather and density of masks are not drawn.
 */
import type { LayerVectorMask } from 'ag-psd';
import type { Bounds } from './interface.ts';
import { blendOf } from './blend.ts';
import { height, intersect, isEmpty, union, width } from './bounds.ts';
import { maskEvery } from './mask-samples.ts';
import { boundsOf, type Layer, type Mask } from './model.ts';
import { fullScale, makeSamples, toSample, type Components, type Depth, type Samples } from './surface.ts';
import { vectorCoverage } from './vector-mask.ts';

/** Straight colour and alpha, 0 to 1; components as the document's surfaces have. */
interface Canvas {
  readonly bounds: Bounds;
  /** Only every step-th pixel and row is drawn. */
  readonly step: number;
  readonly components: Components;
  readonly depth: Depth;
  readonly values: Float32Array;
}

const blank = (bounds: Bounds, step: number, components: Components, depth: Depth): Canvas => ({
  bounds,
  step,
  components,
  depth,
  values: new Float32Array(Math.ceil(width(bounds) / step) * Math.ceil(height(bounds) / step) * components),
});

/** Coverage of a mask over the canvas, or null if there is none. */
function coverage(mask: Mask | null, { bounds, step }: Canvas): Float32Array | null {
  if (!mask || mask.disabled) return null;
  const full = fullScale(mask.surface.depth);
  const samples = maskEvery(mask, bounds, step);
  const out = new Float32Array(samples.length);
  for (let p = 0; p < out.length; p++) out[p] = (samples[p] ?? 0) / full;
  return out;
}

/** The one that cuts what is drawn; a shape's pixels are cut to its path already. */
function vectorMaskOf({ carried }: Layer): LayerVectorMask | null {
  const { vectorMask, vectorFill } = carried?.info ?? {};
  return vectorMask && !vectorMask.disable && !vectorFill ? vectorMask : null;
}

function drawn(layer: Layer, canvas: Canvas, clipTo: Float32Array | null): Float32Array | null {
  const { bounds, step, components, depth } = canvas;
  let values: Float32Array;
  if (layer.children) {
    const group = blank(bounds, step, components, depth);
    drawLayers(layer.children, group);
    values = group.values;
  } else {
    if (!layer.pixels || isEmpty(intersect(bounds, layer.pixels.bounds))) return null;
    const samples = layer.pixels.readEvery(bounds, step);
    const full = fullScale(layer.pixels.depth);
    values = new Float32Array(samples.length);
    for (let i = 0; i < samples.length; i++) values[i] = (samples[i] ?? 0) / full;
  }
  const mask = coverage(layer.mask, canvas);
  const vector = vectorMaskOf(layer);
  const path = vector ? vectorCoverage(vector, bounds, step) : null;
  const opacity = (layer.opacity / 100) * (layer.fillOpacity / 100);
  if (mask || path || clipTo || opacity < 1) {
    for (let i = components - 1, p = 0; i < values.length; i += components, p++) {
      values[i] = (values[i] ?? 0) * opacity * (mask?.[p] ?? 1) * (path?.[p] ?? 1) * (clipTo?.[p] ?? 1);
    }
  }
  return values;
}

function cover(canvas: Canvas, values: Float32Array, mode: string): void {
  const { components, values: base } = canvas;
  const blend = blendOf(mode, canvas.depth);
  for (let a = components - 1; a < values.length; a += components) {
    const above = values[a] ?? 0;
    if (above === 0) continue;
    const first = a - components + 1;
    if (above === 1 && !blend) {
      for (let c = first; c <= a; c++) base[c] = values[c] ?? 0;
      continue;
    }
    const below = base[a] ?? 0;
    const alpha = above + below - above * below;
    for (let c = first; c < a; c++) {
      const s = values[c] ?? 0;
      const b = base[c] ?? 0;
      const mixed = blend ? (1 - below) * s + below * blend(b, s) : s;
      base[c] = (mixed * above + b * below * (1 - above)) / alpha;
    }
    base[a] = alpha;
  }
}

const alphaOf = (values: Float32Array, components: number): Float32Array => {
  const out = new Float32Array(values.length / components);
  for (let p = 0; p < out.length; p++) out[p] = values[p * components + components - 1] ?? 0;
  return out;
};

function drawLayers(layers: readonly Layer[], canvas: Canvas): void {
  let base: Float32Array | null = null;
  let baseVisible = true;
  for (const layer of [...layers].reverse()) {
    if (layer.clipped && !baseVisible) continue;
    if (!layer.clipped) {
      baseVisible = layer.visible;
      base = null;
    }
    if (!layer.visible) continue;
    // A passing-through group whose own opacity and mask are whole draws its content on what lies beneath.
    if (
      layer.children &&
      layer.blendMode === 'passThrough' &&
      layer.opacity === 100 &&
      !layer.mask &&
      !vectorMaskOf(layer) &&
      !layer.clipped
    ) {
      drawLayers(layer.children, canvas);
      continue;
    }
    const values = drawn(layer, canvas, layer.clipped ? base : null);
    if (!layer.clipped) base = values ? alphaOf(values, canvas.components) : new Float32Array(0);
    if (values) cover(canvas, values, layer.blendMode);
  }
}

/**
 * The composite of `bounds` at the document's depth, interleaved with straight alpha: 2 components for
 * grayscale, 4 for RGB and Lab, 5 for CMYK. With a `step`, only every so many pixels, of every so many rows.
 */
export function compositeOf(
  layers: readonly Layer[],
  bounds: Bounds,
  components: Components,
  depth: Depth,
  step = 1,
): Samples {
  const canvas = blank(bounds, step, components, depth);
  drawLayers(layers, canvas);
  const out = makeSamples(depth, canvas.values.length);
  for (let i = 0; i < out.length; i++) out[i] = toSample(canvas.values[i] ?? 0, depth);
  return out;
}

/** Where the visible layers have pixels, within the canvas. */
export function visibleBounds(layers: readonly Layer[], canvas: Bounds): Bounds {
  const visible = (some: readonly Layer[]): Bounds =>
    some
      .filter((layer) => layer.visible)
      .reduce(
        (all, layer) => union(all, layer.children ? visible(layer.children) : boundsOf(layer, canvas)),
        {
          left: 0,
          top: 0,
          right: 0,
          bottom: 0,
        },
      );
  return intersect(visible(layers), canvas);
}
