/** Keyframes as a plugin makes and reads them: values of their own, which no transaction makes stale. */
import { constants } from './constants.ts';
import { isPoint, type StoredKeyframe } from './effects.ts';
import { illegalParameter } from './errors.ts';
import type { Interpolation, ParamValue } from './interface.ts';
import { ticksOf, tickTime, type TickTime } from './time.ts';
import { Color, PointF } from './values.ts';

/** What a plugin reads and writes as a parameter's value. */
export type PluginValue = number | string | boolean | PointF | Color;

const MODES: Readonly<Record<Interpolation, number>> = {
  linear: constants.InterpolationMode.LINEAR,
  hold: constants.InterpolationMode.HOLD,
  bezier: constants.InterpolationMode.BEZIER,
};

export function interpolationOf(mode: number): Interpolation {
  for (const name of ['linear', 'hold', 'bezier'] as const) if (MODES[name] === mode) return name;
  throw illegalParameter('a value of Constants.InterpolationMode is required');
}

/** [3P] Of points there is no more to a keyframe than this. */
export class PointKeyframe {
  value: { value: PointF };
  position: TickTime;

  constructor(value: PointF, position: TickTime) {
    this.value = { value };
    this.position = position;
  }
}

export class Keyframe {
  value: { value: PluginValue };
  position: TickTime;
  #interpolation: Interpolation;

  constructor(value: PluginValue, position: TickTime, interpolation: Interpolation = 'linear') {
    this.value = { value };
    this.position = position;
    this.#interpolation = interpolation;
  }

  getTemporalInterpolationMode(): Promise<number> {
    return Promise.resolve(MODES[this.#interpolation]);
  }

  setTemporalInterpolationMode(temporalInterpolationMode: number): Promise<boolean> {
    this.#interpolation = interpolationOf(temporalInterpolationMode);
    return Promise.resolve(true);
  }

  static interpolationOf(keyframe: Keyframe): Interpolation {
    return keyframe.#interpolation;
  }
}

export type AnyKeyframe = Keyframe | PointKeyframe;

/** How a plugin is given points, and by what they are multiplied. */
export interface PointStyle {
  readonly as: 'array' | 'point';
  readonly unit: readonly [number, number];
}

/** What a plugin reads of a value that is kept. */
export function readAs(value: ParamValue, { as, unit }: PointStyle): PluginValue {
  if (!isPoint(value)) return value;
  const [x, y] = [value[0] * unit[0], value[1] * unit[1]];
  // [3P] Points come back as arrays, though the types say PointF.
  return as === 'point' ? new PointF(x, y) : ([x, y] as unknown as PointF);
}

/** What is kept of a value that a plugin writes to a parameter which holds `old`. */
export function writtenTo(old: ParamValue, value: unknown): ParamValue {
  if (isPoint(old)) {
    if (value instanceof PointF && Number.isFinite(value.x) && Number.isFinite(value.y)) {
      return [value.x, value.y];
    }
  } else if (typeof value === typeof old && (typeof value !== 'number' || Number.isFinite(value))) {
    return value as ParamValue;
  }
  throw illegalParameter(`a value like ${JSON.stringify(old)} is required, points as PointF`);
}

export function readKeyframe(
  { ticks, value, interpolation }: StoredKeyframe,
  style: PointStyle,
): AnyKeyframe {
  const read = readAs(value, style);
  const position = tickTime(ticks);
  return isPoint(value)
    ? new PointKeyframe(read as PointF, position)
    : new Keyframe(read, position, interpolation);
}

/** The keyframe that a call was given, as it is kept. */
export function storedOf(old: ParamValue, keyframe: unknown, { unit }: PointStyle): StoredKeyframe {
  if (!(keyframe instanceof Keyframe) && !(keyframe instanceof PointKeyframe)) {
    throw illegalParameter('a Keyframe is required');
  }
  const { value } = keyframe.value;
  // What was read as an array is taken back as it is.
  const written = isPoint(old) && isPoint(value) ? value : writtenTo(old, value);
  return {
    ticks: ticksOf(keyframe.position),
    value: isPoint(written) ? [written[0] / unit[0], written[1] / unit[1]] : written,
    interpolation: keyframe instanceof Keyframe ? Keyframe.interpolationOf(keyframe) : 'linear',
  };
}
