/**
 * Resizing of surfaces, separable, on premultiplied components. Photoshop's own kernels are not published:
 * every bicubic of its list is Keys' cubic convolution with a = -0.5 here (R. Keys, "Cubic convolution
 * interpolation for digital image processing", 1981), widened when shrinking; bilinear is the triangle; nearest
 * is the nearest.
 */
import type { Bounds } from './interface.ts';
import { height, intersect, isEmpty, sized, width } from './bounds.ts';
import { fullScale, makeSamples, Surface, toSample, type Depth, type Samples } from './surface.ts';

const A = -0.5;

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { abs, ceil, floor, max, min, round } = Math;
const lesser = (a: number, b: number): number => (b < a ? b : a);
const greater = (a: number, b: number): number => (b > a ? b : a);

function cubic(x: number): number {
  const d = abs(x);
  if (d < 1) return ((A + 2) * d - (A + 3)) * d * d + 1;
  if (d < 2) return ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
  return 0;
}
const triangle = (x: number): number => max(0, 1 - abs(x));

/** Which source samples, with which weights, make each output sample of one axis. */
interface Taps {
  readonly count: number;
  readonly from: Int32Array;
  readonly weights: Float32Array;
}

/**
 * @param first first output position, @param count how many, @param scale output per source length
 * @param low and @param high: positions outside [low, high) read the nearest inside
 */
function tapsOf(
  first: number,
  count: number,
  scale: number,
  low: number,
  high: number,
  method: string,
): Taps {
  const nearest = method === 'nearestNeighbor';
  const kernel = method === 'bilinear' ? triangle : cubic;
  const stretch = max(1, 1 / scale);
  const support = (method === 'bilinear' ? 1 : 2) * stretch;
  const taps = nearest ? 1 : ceil(support * 2) + 1;
  const from = new Int32Array(count * taps);
  const weights = new Float32Array(count * taps);
  for (let i = 0; i < count; i++) {
    const centre = (first + i + 0.5) / scale;
    const start = nearest ? floor(centre) : ceil(centre - support - 0.5);
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const weight = nearest ? 1 : kernel((start + k + 0.5 - centre) / stretch);
      from[i * taps + k] = min(high - 1, max(low, start + k));
      weights[i * taps + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < taps; k++) weights[i * taps + k] = (weights[i * taps + k] ?? 0) / sum;
  }
  return { count: taps, from, weights };
}

/** Floats with alpha multiplied in, 0 to 1 each (32 bit: as they are). */
function premultiply(samples: Samples, components: number, depth: Depth): Float32Array {
  const out = new Float32Array(samples.length);
  const full = fullScale(depth);
  if (components === 1) {
    for (let i = 0; i < samples.length; i++) out[i] = (samples[i] ?? 0) / full;
    return out;
  }
  for (let i = components - 1; i < samples.length; i += components) {
    const alpha = (samples[i] ?? 0) / full;
    for (let c = 1; c < components; c++) out[i - c] = ((samples[i - c] ?? 0) / full) * alpha;
    out[i] = alpha;
  }
  return out;
}

function store(values: Float32Array, components: number, depth: Depth): Samples {
  const out = makeSamples(depth, values.length);
  if (components === 1) {
    for (let i = 0; i < values.length; i++) out[i] = toSample(values[i] ?? 0, depth);
    return out;
  }
  for (let i = components - 1; i < values.length; i += components) {
    const value = values[i] ?? 0;
    const alpha = value < 0 ? 0 : value > 1 ? 1 : value;
    out[i] = toSample(alpha, depth);
    if (out[i] === 0) continue;
    // By the alpha as it came out: where that shot over 1, so did the colours.
    for (let c = i - components + 1; c < i; c++) out[c] = toSample((values[c] ?? 0) / value, depth);
  }
  return out;
}

/** The pixels of `target` (in scaled coordinates), from a reader of the source in its own coordinates. */
export function resampleRegion(
  read: (bounds: Bounds) => Samples,
  components: number,
  depth: Depth,
  scale: { readonly x: number; readonly y: number },
  target: Bounds,
  clamp: Bounds,
  method: string,
): Samples {
  const across = width(target);
  const down = height(target);
  const tx = tapsOf(target.left, across, scale.x, clamp.left, clamp.right, method);
  const ty = tapsOf(target.top, down, scale.y, clamp.top, clamp.bottom, method);
  const source: Bounds = {
    left: tx.from.reduce(lesser),
    right: tx.from.reduce(greater) + 1,
    top: ty.from.reduce(lesser),
    bottom: ty.from.reduce(greater) + 1,
  };
  const values = premultiply(read(source), components, depth);
  const sourceWidth = width(source);
  const sourceHeight = height(source);
  const rows = new Float32Array(sourceHeight * across * components);
  for (let y = 0; y < sourceHeight; y++) {
    for (let x = 0; x < across; x++) {
      const at = (y * across + x) * components;
      for (let k = 0; k < tx.count; k++) {
        const weight = tx.weights[x * tx.count + k] ?? 0;
        if (weight === 0) continue;
        const from = (y * sourceWidth + (tx.from[x * tx.count + k] ?? 0) - source.left) * components;
        for (let c = 0; c < components; c++)
          rows[at + c] = (rows[at + c] ?? 0) + weight * (values[from + c] ?? 0);
      }
      // Below zero in both directions must not become something above it.
      if (depth === 32) continue;
      for (let c = at; c < at + components; c++) if ((rows[c] ?? 0) < 0) rows[c] = 0;
    }
  }
  const out = new Float32Array(down * across * components);
  const rowLength = across * components;
  for (let y = 0; y < down; y++) {
    for (let k = 0; k < ty.count; k++) {
      const weight = ty.weights[y * ty.count + k] ?? 0;
      if (weight === 0) continue;
      const from = ((ty.from[y * ty.count + k] ?? 0) - source.top) * rowLength;
      const at = y * rowLength;
      for (let i = 0; i < rowLength; i++) out[at + i] = (out[at + i] ?? 0) + weight * (rows[from + i] ?? 0);
    }
  }
  return store(out, components, depth);
}

const PIECE = 512;

/**
 * A picture of `from` pixels scaled to `to` pixels, in pieces, so that little of the source is held at a time.
 * `read` takes bounds within (0, 0, from.width, from.height).
 */
export function resampleTo(
  read: (bounds: Bounds) => Samples,
  components: number,
  depth: Depth,
  from: { readonly width: number; readonly height: number },
  to: { readonly width: number; readonly height: number },
): Samples {
  const scale = { x: to.width / from.width, y: to.height / from.height };
  const out = makeSamples(depth, to.width * to.height * components);
  const stepX = max(1, round(PIECE * min(1, scale.x)));
  const stepY = max(1, round(PIECE * min(1, scale.y)));
  const whole = sized(0, 0, to.width, to.height);
  for (let top = 0; top < to.height; top += stepY) {
    for (let left = 0; left < to.width; left += stepX) {
      const piece = intersect(sized(left, top, stepX, stepY), whole);
      const clamp = sized(0, 0, from.width, from.height);
      const samples = resampleRegion(read, components, depth, scale, piece, clamp, 'bilinear');
      const row = width(piece) * components;
      for (let y = 0; y < height(piece); y++) {
        out.set(samples.subarray(y * row, (y + 1) * row), ((top + y) * to.width + left) * components);
      }
    }
  }
  return out;
}

/**
 * A surface whose document grows by `scale`. Pixels beyond the canvas are kept; where the layer reaches the
 * canvas's edge its edge stays hard.
 */
export function resampleSurface(
  surface: Surface,
  content: Bounds,
  canvas: Bounds,
  scale: { readonly x: number; readonly y: number },
  method: string,
): Surface {
  const result = new Surface(surface.components, surface.depth);
  if (isEmpty(content)) return result;
  const clamp = {
    left: min(canvas.left, content.left),
    top: min(canvas.top, content.top),
    right: max(canvas.right, content.right),
    bottom: max(canvas.bottom, content.bottom),
  };
  const limit = {
    left: round(clamp.left * scale.x),
    top: round(clamp.top * scale.y),
    right: round(clamp.right * scale.x),
    bottom: round(clamp.bottom * scale.y),
  };
  // A bicubic's edge reaches up to two source pixels beyond the content.
  const target = intersect(limit, {
    left: floor((content.left - 2) * scale.x),
    top: floor((content.top - 2) * scale.y),
    right: ceil((content.right + 2) * scale.x),
    bottom: ceil((content.bottom + 2) * scale.y),
  });
  for (let top = target.top; top < target.bottom; top += PIECE) {
    for (let left = target.left; left < target.right; left += PIECE) {
      const piece = intersect(sized(left, top, PIECE, PIECE), target);
      const samples = resampleRegion(
        (bounds) => surface.read(bounds),
        surface.components,
        surface.depth,
        scale,
        piece,
        clamp,
        method,
      );
      result.put(samples, piece);
    }
  }
  return result;
}
