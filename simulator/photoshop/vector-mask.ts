/**
 * What a vector mask shows: its Bézier paths filled. Adobe Photoshop File Formats Specification > Path resource
 * format tells of the records, of the fill rule and of fills that start with all pixels. [I] How paths combine is told
 * by nobody: each with what those before it made, one without an operation being part of the path before it.
 */
import type { BezierPath, BooleanOperation, LayerVectorMask } from 'ag-psd';
import { height, width } from './bounds.ts';
import type { Bounds } from './interface.ts';

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { ceil, floor, hypot, max, min, sqrt } = Math;

/** Lines per row of pixels; along a line coverage is exact. */
const LINES = 16;
/** How far, in pixels, the straight pieces may lie from the curve. */
const TOLERANCE = 0.01;

/** A straight piece of an outline, from above to below. */
interface Edge {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
  /** How far x moves per line down. */
  readonly slope: number;
  /** 1 if the outline goes down here, else -1. */
  readonly winding: number;
}

interface Shape {
  readonly operation: BooleanOperation;
  readonly nonZero: boolean;
  readonly edges: Edge[];
}

/** Where a line is inside: beginnings and ends in turn, ascending. */
type Spans = readonly number[];

function addEdge(edges: Edge[], x0: number, y0: number, x1: number, y1: number): void {
  if (y0 === y1) return;
  const slope = (x1 - x0) / (y1 - y0);
  edges.push(
    y0 < y1
      ? { x: x0, top: y0, bottom: y1, slope, winding: 1 }
      : { x: x1, top: y1, bottom: y0, slope, winding: -1 },
  );
}

/** An open path is filled as if a straight line closed it. */
function addPath(edges: Edge[], { knots, open }: BezierPath): void {
  knots.forEach((knot, index) => {
    const next = knots[index + 1] ?? knots[0];
    if (!next) return;
    // Each has the point it is entered by, itself and the point it is left by.
    const [, , x0 = 0, y0 = 0, leftX = 0, leftY = 0] = knot.points;
    const [enteredX = 0, enteredY = 0, x3 = 0, y3 = 0] = next.points;
    const closing = open && index === knots.length - 1;
    const [x1, y1, x2, y2] = closing ? [x0, y0, x3, y3] : [leftX, leftY, enteredX, enteredY];
    const straight = closing || (x1 === x0 && y1 === y0 && x2 === x3 && y2 === y3);
    // The second differences of the control points bound how far a cubic is from its chords.
    const bend = max(hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3));
    const pieces = straight ? 1 : max(1, ceil(sqrt((0.75 * bend) / TOLERANCE)));
    let [x, y] = [x0, y0];
    for (let piece = 1; piece <= pieces; piece++) {
      const t = piece / pieces;
      const u = 1 - t;
      const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
      const last = piece === pieces;
      const toX = last ? x3 : a * x0 + b * x1 + c * x2 + d * x3;
      const toY = last ? y3 : a * y0 + b * y1 + c * y2 + d * y3;
      addEdge(edges, x, y, toX, toY);
      [x, y] = [toX, toY];
    }
  });
}

function shapesOf(paths: readonly BezierPath[]): Shape[] {
  const shapes: Shape[] = [];
  for (const path of paths) {
    let shape = shapes.at(-1);
    if (!shape || path.operation !== undefined) {
      shape = { operation: path.operation ?? 'combine', nonZero: path.fillRule === 'non-zero', edges: [] };
      shapes.push(shape);
    }
    addPath(shape.edges, path);
  }
  return shapes;
}

function spansOf(edges: readonly Edge[], nonZero: boolean, y: number): number[] {
  const crossings: { readonly x: number; readonly winding: number }[] = [];
  for (const { x, top, bottom, slope, winding } of edges) {
    if (top <= y && y < bottom) crossings.push({ x: x + (y - top) * slope, winding });
  }
  crossings.sort((a, b) => a.x - b.x);
  const spans: number[] = [];
  let turns = 0;
  for (const { x, winding } of crossings) {
    const before = turns !== 0;
    turns = nonZero ? turns + winding : 1 - turns;
    if ((turns !== 0) !== before) spans.push(x);
  }
  return spans;
}

const OPERATIONS: Readonly<Record<BooleanOperation, (a: boolean, b: boolean) => boolean>> = {
  combine: (a, b) => a || b,
  subtract: (a, b) => a && !b,
  intersect: (a, b) => a && b,
  exclude: (a, b) => a !== b,
};

function combined(a: Spans, b: Spans, operation: BooleanOperation): Spans {
  const inside = OPERATIONS[operation];
  const out: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const x = min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (i < a.length && a[i] === x) i++;
    while (j < b.length && b[j] === x) j++;
    if (inside(i % 2 === 1, j % 2 === 1) !== (out.length % 2 === 1)) out.push(x);
  }
  return out;
}

/** Adds how much of each pixel from `left` on the spans cover. */
function addSpans(row: Float32Array, spans: Spans, left: number): void {
  for (let i = 0; i + 1 < spans.length; i += 2) {
    const begin = max(0, (spans[i] ?? 0) - left);
    const end = min(row.length, (spans[i + 1] ?? 0) - left);
    for (let x = floor(begin); x < end; x++) {
      row[x] = (row[x] ?? 0) + min(end, x + 1) - max(begin, x);
    }
  }
}

/** 0 to 1 of every `step`th pixel of every `step`th row of the region. */
export function vectorCoverage(mask: LayerVectorMask, region: Bounds, step: number): Float32Array {
  const shapes = shapesOf(mask.paths);
  const [first] = shapes;
  const full = mask.fillStartsWithAllPixels === true || (first && takesAway(first.operation));
  const background: Spans = full ? [region.left, region.right] : [];
  const across = ceil(width(region) / step);
  const out = new Float32Array(across * ceil(height(region) / step));
  const row = new Float32Array(width(region));
  for (let y = region.top, at = 0; y < region.bottom; y += step, at += across) {
    row.fill(0);
    const near = shapes.map((shape) => ({
      ...shape,
      edges: shape.edges.filter(({ top, bottom }) => top < y + 1 && bottom > y),
    }));
    for (let line = 0; line < LINES; line++) {
      const middle = y + (line + 0.5) / LINES;
      const spans = near.reduce(
        (sum, { edges, nonZero, operation }) => combined(sum, spansOf(edges, nonZero, middle), operation),
        background,
      );
      addSpans(row, spans, region.left);
    }
    for (let x = 0; x < across; x++) {
      const covered = min(1, (row[x * step] ?? 0) / LINES);
      out[at + x] = mask.invert ? 1 - covered : covered;
    }
  }
  return out;
}

/** A first path that takes away takes from everything. */
const takesAway = (operation: BooleanOperation): boolean =>
  operation === 'subtract' || operation === 'intersect';
