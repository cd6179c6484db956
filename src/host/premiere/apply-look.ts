/**
 * Gives a clip a look, in as few transactions as Premiere needs: an effect can be set only when its insertion is done, and
 * a keyframe added only when its parameter is known to vary.
 */
import type { Action, Component, ComponentParam, Keyframe, VideoFilterComponent } from '@adobe/premierepro';
import { type Key, componentsOf, type Look, type Setting, type Value } from './look.ts';
import { CROP, maybe, MOTION, OPACITY, type Premiere, type VideoClipTrackItem } from './premiere.ts';
import { ticksOf, timeOf } from './ticks.ts';

/** Actions of one transaction: made when it runs, not before. */
export type Step = (add: (action: Action) => void) => void;

/** Steps in order; each is prepared on the clip as it is after the one before, and is null where there is nothing to do. */
export function lookSteps(
  ppro: Premiere,
  look: Look,
): readonly ((clip: VideoClipTrackItem) => Promise<Step | null>)[] {
  const own: readonly (readonly [string, readonly Setting[]])[] = [
    [MOTION, look.motion],
    [OPACITY, look.opacity],
  ];
  const onOwn = async (clip: VideoClipTrackItem, prepare: Prepare): Promise<Step[]> => {
    const chain = await clip.getComponentChain();
    const steps: Step[] = [];
    for (const [name, settings] of own) {
      const [component] = await componentsOf(chain, name);
      if (component) steps.push(...(await prepareAll(ppro, component, settings, prepare)));
    }
    return steps;
  };
  const onCrops = async (clip: VideoClipTrackItem, prepare: Prepare): Promise<Step[]> => {
    const crops = await componentsOf(await clip.getComponentChain(), CROP);
    const steps: Step[] = [];
    for (const [i, settings] of look.crops.entries()) {
      const component = crops[i];
      if (component) steps.push(...(await prepareAll(ppro, component, settings, prepare)));
    }
    return steps;
  };
  return [
    async (clip) => together([...(await insertCrops(ppro, clip, look)), ...(await onOwn(clip, setValue))]),
    async (clip) => together([...(await onOwn(clip, addKeys)), ...(await onCrops(clip, setValue))]),
    async (clip) => together(await onCrops(clip, addKeys)),
  ];
}

function together(steps: readonly Step[]): Step | null {
  if (steps.length === 0) return null;
  return (add) => {
    for (const step of steps) step(add);
  };
}

async function insertCrops(ppro: Premiere, clip: VideoClipTrackItem, look: Look): Promise<Step[]> {
  const chain = await clip.getComponentChain();
  const crops: VideoFilterComponent[] = [];
  for (let i = 0; i < look.crops.length; i += 1) {
    crops.push(await ppro.VideoFilterFactory.createComponent(CROP));
  }
  return crops.map((crop) => (add) => add(chain.createAppendComponentAction(crop)));
}

type Prepare = (ppro: Premiere, param: ComponentParam, setting: Setting) => Promise<Step | null>;

async function prepareAll(
  ppro: Premiere,
  component: Component,
  settings: readonly Setting[],
  prepare: Prepare,
): Promise<Step[]> {
  const steps: Step[] = [];
  for (const setting of settings) {
    const param = await maybe(() => component.getParam(setting.index));
    const step = param && (await prepare(ppro, param, setting));
    if (step) steps.push(step);
  }
  return steps;
}

/** The value, or that it varies. */
const setValue: Prepare = (ppro, param, { value, keys }) =>
  Promise.resolve((add) => {
    if (keys) add(param.createSetTimeVaryingAction(true));
    else add(param.createSetValueAction(param.createKeyframe(written(ppro, value)), true));
  });

/** The keyframes; those that Premiere put there when the parameter began to vary go. */
const addKeys: Prepare = async (ppro, param, { keys }) => {
  if (!keys) return null;
  const made: Keyframe[] = [];
  for (const key of keys) made.push(await keyframeOf(ppro, param, key));
  const mine = new Set(keys.map(({ ticks }) => ticks));
  const others = param.getKeyframeListAsTickTimes().filter((time) => !mine.has(ticksOf(time)));
  return (add) => {
    for (const keyframe of made) add(param.createAddKeyframeAction(keyframe));
    for (const time of others) add(param.createRemoveKeyframeAction(time, true));
  };
};

async function keyframeOf(ppro: Premiere, param: ComponentParam, key: Key): Promise<Keyframe> {
  const keyframe = param.createKeyframe(written(ppro, key.value));
  keyframe.position = timeOf(ppro, key.ticks);
  const { mode } = key;
  // Before it is added: in the same transaction it could not be found by its time.
  if (mode !== undefined) await maybe(() => keyframe.setTemporalInterpolationMode(mode));
  return keyframe;
}

/** Points are read as arrays and written as Premiere's own class only. */
function written(ppro: Premiere, value: Value): Parameters<ComponentParam['createKeyframe']>[0] {
  return typeof value === 'object' ? new ppro.PointF(value.x, value.y) : value;
}
