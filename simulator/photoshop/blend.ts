/**
 * Blend modes on components of 0 to 1: `base` is what lies beneath, `blend` the layer. Formulas: ISO 32000-1
 * 11.3.5 (the separable modes PDF shares with Photoshop) and, for the linear family, Adobe's descriptions.
 * Not here, and shown as normal: dissolve, darker and lighter colour, vivid and linear light, pin light, hard
 * mix, hue, saturation, colour, luminosity.
 */
import type { Depth } from './surface.ts';

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { abs, max, min, sqrt } = Math;

type Blend = (base: number, blend: number) => number;

const screen: Blend = (b, s) => b + s - b * s;
const hardLight: Blend = (b, s) => (s <= 0.5 ? b * 2 * s : screen(b, 2 * s - 1));

const modes: Readonly<Record<string, Blend>> = {
  darken: min,
  lighten: max,
  multiply: (b, s) => b * s,
  screen,
  overlay: (b, s) => hardLight(s, b),
  hardLight,
  softLight: (b, s) => {
    if (s <= 0.5) return b - (1 - 2 * s) * b * (1 - b);
    const d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : sqrt(b);
    return b + (2 * s - 1) * (d - b);
  },
  colorDodge: (b, s) => (b === 0 ? 0 : s >= 1 ? 1 : min(1, b / (1 - s))),
  colorBurn: (b, s) => (b >= 1 ? 1 : s <= 0 ? 0 : 1 - min(1, (1 - b) / s)),
  linearDodge: (b, s) => min(1, b + s),
  linearBurn: (b, s) => max(0, b + s - 1),
  difference: (b, s) => abs(b - s),
  exclusion: (b, s) => b + s - 2 * b * s,
  blendSubtraction: (b, s) => max(0, b - s),
  blendDivide: (b, s) => (s <= 0 ? 1 : min(1, b / s)),
};

/** In 32 bits light adds up beyond 1. */
const unbounded: Readonly<Record<string, Blend>> = { linearDodge: (b, s) => b + s };

/** The mode's function, or null where the layer simply covers. */
export const blendOf = (mode: string, depth: Depth): Blend | null =>
  (depth === 32 ? unbounded[mode] : undefined) ?? modes[mode] ?? null;
