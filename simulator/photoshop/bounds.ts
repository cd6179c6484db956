/** Arithmetic of rectangles. An empty one has no width or no height. */
import type { Bounds } from './interface.ts';

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { max, min } = Math;

export const EMPTY: Bounds = { left: 0, top: 0, right: 0, bottom: 0 };

export const width = (bounds: Bounds): number => bounds.right - bounds.left;
export const height = (bounds: Bounds): number => bounds.bottom - bounds.top;
export const isEmpty = (bounds: Bounds): boolean =>
  bounds.right <= bounds.left || bounds.bottom <= bounds.top;

export const sized = (left: number, top: number, across: number, down: number): Bounds => ({
  left,
  top,
  right: left + across,
  bottom: top + down,
});

/** The document's pixels that a part of a grid of every step-th pixel of `bounds` stands for. */
export const onGrid = (part: Bounds, bounds: Bounds, step: number): Bounds => ({
  left: bounds.left + part.left * step,
  top: bounds.top + part.top * step,
  right: bounds.left + part.right * step,
  bottom: bounds.top + part.bottom * step,
});

export function intersect(a: Bounds, b: Bounds): Bounds {
  const both = {
    left: max(a.left, b.left),
    top: max(a.top, b.top),
    right: min(a.right, b.right),
    bottom: min(a.bottom, b.bottom),
  };
  return isEmpty(both) ? EMPTY : both;
}

export function union(a: Bounds, b: Bounds): Bounds {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  return {
    left: min(a.left, b.left),
    top: min(a.top, b.top),
    right: max(a.right, b.right),
    bottom: max(a.bottom, b.bottom),
  };
}

export const sameBounds = (a: Bounds, b: Bounds): boolean =>
  a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
