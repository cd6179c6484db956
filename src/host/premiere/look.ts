/**
 * How a clip is shown: Motion, Opacity and Crop, as plain data. Components are known by their match names and parameters
 * by their index, since display names are of the application's language, not unique, and blank for some.
 */
import type { ComponentParam, Keyframe } from '@adobe/premierepro';
import type { Component, VideoComponentChain } from '@adobe/premierepro';
import { CROP, maybe, MOTION, OPACITY, type Premiere, type VideoClipTrackItem } from './premiere.ts';
import { ticksOf, timeOf } from './ticks.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Value = number | boolean | string | Point;

export interface Key {
  /** Of the source's time, as a clip's in point. */
  readonly ticks: bigint;
  readonly value: Value;
  /** As Premiere counts them; undefined of points, whose keyframes do not tell. */
  readonly mode: number | undefined;
}

/** A parameter's value, or its keyframes in order. */
export interface Setting {
  readonly index: number;
  readonly value: Value;
  readonly keys: readonly Key[] | null;
}

export interface Look {
  readonly motion: readonly Setting[];
  readonly opacity: readonly Setting[];
  /** Of each effect Crop. */
  readonly crops: readonly (readonly Setting[])[];
}

/**
 * Keyframes before `from` become one at it, since what is made of the source from there on begins there.
 *
 * @returns keyframes counted from `from`
 */
export async function readLook(ppro: Premiere, clip: VideoClipTrackItem, from: bigint): Promise<Look> {
  const chain = await clip.getComponentChain();
  const read = async (name: string): Promise<readonly (readonly Setting[])[]> => {
    const found: Setting[][] = [];
    for (const component of await componentsOf(chain, name)) {
      found.push(await settingsOf(ppro, component, from));
    }
    return found;
  };
  const [motion = []] = await read(MOTION);
  const [opacity = []] = await read(OPACITY);
  return { motion, opacity, crops: await read(CROP) };
}

/** The chain's components of that match name. */
export async function componentsOf(chain: VideoComponentChain, name: string): Promise<Component[]> {
  const found: Component[] = [];
  for (let i = 0; i < chain.getComponentCount(); i += 1) {
    const component = chain.getComponentAtIndex(i);
    if ((await component.getMatchName()) === name) found.push(component);
  }
  return found;
}

async function settingsOf(ppro: Premiere, component: Component, from: bigint): Promise<Setting[]> {
  const settings: Setting[] = [];
  for (let index = 0; index < component.getParamCount(); index += 1) {
    const param = await maybe(() => component.getParam(index));
    // A few cannot be read at all, as what is no more than a heading.
    const value = param && valueOf(await maybe(() => param.getStartValue()));
    if (!param || value === undefined) continue;
    const keys = param.isTimeVarying() ? await keysOf(ppro, param, from) : null;
    settings.push({ index, value, keys: keys?.length === 0 ? null : keys });
  }
  return settings;
}

async function keysOf(ppro: Premiere, param: ComponentParam, from: bigint): Promise<Key[]> {
  const keys: Key[] = [];
  for (const time of param.getKeyframeListAsTickTimes()) {
    const key = await maybe(() => param.getKeyframePtr(time));
    const value = valueOf(key);
    if (key && value !== undefined)
      keys.push({ ticks: ticksOf(time) - from, value, mode: await modeOf(key) });
  }
  keys.sort((one, other) => (one.ticks < other.ticks ? -1 : 1));
  const before = keys.filter(({ ticks }) => ticks < 0n).at(-1);
  const after = keys.filter(({ ticks }) => ticks >= 0n);
  if (!before || after[0]?.ticks === 0n) return after;
  const there = valueOf(await maybe(() => param.getValueAtTime(timeOf(ppro, from))));
  return [{ ...before, ticks: 0n, value: there ?? before.value }, ...after];
}

async function modeOf(key: Keyframe): Promise<number | undefined> {
  return maybe(() => key.getTemporalInterpolationMode());
}

/** A value lies in one or two wrappers, and a point is [x, y] or has x and y. */
function valueOf(given: unknown): Value | undefined {
  if (typeof given === 'number' || typeof given === 'boolean' || typeof given === 'string') return given;
  if (typeof given !== 'object' || given === null) return undefined;
  if (Array.isArray(given)) return pointOf(given[0], given[1]);
  if ('x' in given && 'y' in given) return pointOf(given.x, given.y);
  return 'value' in given ? valueOf(given.value) : undefined;
}

function pointOf(x: unknown, y: unknown): Point | undefined {
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : undefined;
}
