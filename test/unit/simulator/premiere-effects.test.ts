import { describe, expect, test } from '@jest/globals';
import { frames, handles, open, rule, type Opened } from './premiere-support.ts';

/** The clip's chain, Motion and Opacity, got anew. */
async function effects(opened: Opened) {
  const held = await handles(opened);
  const chain = await held.item.getComponentChain();
  return { ...held, chain, opacity: chain.getComponentAtIndex(0), motion: chain.getComponentAtIndex(1) };
}

type Effects = Awaited<ReturnType<typeof effects>>;
type Action = ReturnType<Effects['item']['createSetNameAction']>;

async function change(opened: Opened, make: (effects: Effects) => readonly Action[]): Promise<boolean> {
  const held = await effects(opened);
  let done = false;
  held.project.lockedAccess(() => {
    done = held.project.executeTransaction((compound) => {
      for (const action of make(held)) compound.addAction(action);
    }, 'Change');
  });
  return done;
}

const SCALE = 1;
const POSITION = 0;
const UNIFORM = 3;
const ANCHOR = 5;

const layer = ({ simulator, sequenceId }: Opened, frame: number) =>
  simulator.frameAt(sequenceId, frames(frame))[0];

const motionOf = ({ simulator, sequenceId }: Opened) =>
  simulator.view().project?.sequences.find(({ id }) => id === sequenceId)?.videoTracks[0]?.clips[0]
    ?.effects[1];

describe('Effects of a clip', () => {
  rule('premiere-chain', 'Opacity and Motion come first and stay', async () => {
    const opened = await open();
    const { chain, motion, opacity } = await effects(opened);
    expect(chain.getComponentCount()).toBe(2);
    expect([await opacity.getMatchName(), await motion.getMatchName()]).toEqual([
      'AE.ADBE Opacity',
      'AE.ADBE Motion',
    ]);
    expect(motion.getParamCount()).toBe(11);
    const names = Array.from({ length: 11 }, (_, index) => motion.getParam(index).displayName);
    expect(names.slice(0, 6)).toEqual(['Position', 'Scale', 'Scale Width', '', 'Rotation', 'Anchor Point']);
    expect(names.slice(7)).toEqual(['Crop Left', 'Crop Top', 'Crop Right', 'Crop Bottom']);
    expect(() => motion.getParam(11)).toThrow('no parameter 11');
    await expect(
      change(opened, (held) => [held.chain.createRemoveComponentAction(held.motion)]),
    ).rejects.toThrow('component');
  });

  rule('premiere-points', 'Points are written as PointF and read as arrays', async () => {
    const opened = await open();
    const { ppro, motion } = await effects(opened);
    const read = async () =>
      (await (await effects(opened)).motion.getParam(POSITION).getStartValue()).value.value;
    expect(await read()).toEqual([0.5, 0.5]);
    const array = [0.25, 0.75] as unknown as InstanceType<typeof ppro.PointF>;
    expect(() => motion.getParam(POSITION).createKeyframe(array)).toThrow('PointF');
    await change(opened, (held) => {
      const param = held.motion.getParam(POSITION);
      return [param.createSetValueAction(param.createKeyframe(ppro.PointF(0.25, 0.75)))];
    });
    expect(await read()).toEqual([0.25, 0.75]);
    expect(layer(opened, 12)?.position).toEqual([0.25, 0.75]);
    const other = await open({ pointsReadAs: 'point' });
    const point = await (await effects(other)).motion.getParam(POSITION).getStartValue();
    expect(point.value.value).toMatchObject({ x: 0.5, y: 0.5 });
    expect('getTemporalInterpolationMode' in point).toBe(false);
    const pixels = await open({ pointsIn: 'pixels' });
    const { motion: own } = await effects(pixels);
    const shown = async (index: number) => (await own.getParam(index).getStartValue()).value.value;
    expect([await shown(POSITION), await shown(ANCHOR)]).toEqual([
      [960, 540],
      [48, 32],
    ]);
    await change(pixels, (held) => {
      const param = held.motion.getParam(POSITION);
      return [param.createSetValueAction(param.createKeyframe(ppro.PointF(480, 810)))];
    });
    expect(layer(pixels, 12)?.position).toEqual([0.25, 0.75]);
  });

  rule(
    'premiere-values',
    'A parameter is set by a keyframe of its kind, while it does not vary',
    async () => {
      const opened = await open();
      const set = (index: number, value: number | boolean) =>
        change(opened, ({ motion }) => {
          const param = motion.getParam(index);
          return [param.createSetValueAction(param.createKeyframe(value))];
        });
      await expect(set(UNIFORM, 50)).rejects.toThrow('a value like true');
      await expect(set(SCALE, true)).rejects.toThrow('a value like 100');
      await expect(
        change(opened, ({ motion }) => [motion.getParam(SCALE).createSetValueAction(50 as never)]),
      ).rejects.toThrow('a Keyframe is required');
      expect(await set(SCALE, 50)).toBe(true);
      expect(await set(UNIFORM, false)).toBe(true);
      expect(layer(opened, 12)).toMatchObject({ scale: 50, scaleWidth: 100 });
      await change(opened, ({ motion }) => [motion.getParam(SCALE).createSetTimeVaryingAction(true)]);
      await expect(set(SCALE, 60)).rejects.toThrow('varies over time');
    },
  );

  rule(
    'premiere-keyframes',
    'Keyframes lie in the source’s time, on a parameter that varies already',
    async () => {
      const opened = await open();
      const { ppro } = await effects(opened);
      const add = (frame: number, value: number) =>
        change(opened, ({ motion }) => {
          const param = motion.getParam(SCALE);
          const keyframe = param.createKeyframe(value);
          keyframe.position = ppro.TickTime.createWithTicks(frames(frame));
          return [param.createAddKeyframeAction(keyframe)];
        });
      await expect(add(5, 100)).rejects.toThrow('does not vary');
      await change(opened, ({ motion }) => [motion.getParam(SCALE).createSetTimeVaryingAction(true)]);
      const times = async () =>
        (await effects(opened)).motion
          .getParam(SCALE)
          .getKeyframeListAsTickTimes()
          .map(({ ticks }) => ticks);
      // The clip's first frame, which Premiere adds of itself.
      expect(await times()).toEqual([frames(5)]);
      expect(await add(15, 200)).toBe(true);
      expect(await times()).toEqual([frames(5), frames(15)]);
      expect([10, 15, 20, 25].map((frame) => layer(opened, frame)?.scale)).toEqual([100, 150, 200, 200]);
      const { motion } = await effects(opened);
      const param = motion.getParam(SCALE);
      const at = ppro.TickTime.createWithTicks(frames(10));
      expect(await param.getValueAtTime(at)).toBe(150);
      expect(param.findNextKeyframe(at).position.ticks).toBe(frames(15));
      expect(param.findPreviousKeyframe(at).position.ticks).toBe(frames(5));
      await change(opened, (held) => [
        held.motion.getParam(SCALE).createRemoveKeyframeAction(ppro.TickTime.createWithTicks(frames(5))),
      ]);
      expect(await times()).toEqual([frames(15)]);
      await expect(
        change(opened, (held) => [held.motion.getParam(UNIFORM).createSetTimeVaryingAction(true)]),
      ).rejects.toThrow('no keyframes');
    },
  );

  rule('premiere-interpolation', 'Modes are those of Constants, on keyframes that are there', async () => {
    const opened = await open();
    const { ppro } = await effects(opened);
    const { LINEAR, HOLD, BEZIER } = ppro.Constants.InterpolationMode;
    expect([LINEAR, HOLD, BEZIER]).toEqual([0, 4, 5]);
    await change(opened, ({ motion }) => [motion.getParam(SCALE).createSetTimeVaryingAction(true)]);
    const at = ppro.TickTime.createWithTicks(frames(15));
    await expect(
      change(opened, ({ motion }) => {
        const param = motion.getParam(SCALE);
        const keyframe = param.createKeyframe(200);
        keyframe.position = at;
        return [
          param.createAddKeyframeAction(keyframe),
          param.createSetInterpolationAtKeyframeAction(at, HOLD),
        ];
      }),
    ).rejects.toThrow('no keyframe at that time');
    await change(opened, ({ motion }) => {
      const param = motion.getParam(SCALE);
      const keyframe = param.createKeyframe(200);
      keyframe.position = at;
      return [param.createAddKeyframeAction(keyframe)];
    });
    const first = ppro.TickTime.createWithTicks(frames(5));
    await change(opened, ({ motion }) => [
      motion.getParam(SCALE).createSetInterpolationAtKeyframeAction(first, HOLD),
    ]);
    expect(layer(opened, 19)?.scale).toBe(100);
    const { motion } = await effects(opened);
    const keyframe = motion.getParam(SCALE).getKeyframePtr(first);
    if (!('getTemporalInterpolationMode' in keyframe)) throw new Error('It has no mode');
    expect(await keyframe.getTemporalInterpolationMode()).toBe(HOLD);
    expect(() => keyframe.setTemporalInterpolationMode(1)).toThrow('InterpolationMode');
    expect(motionOf(opened)?.params[SCALE]).toMatchObject({
      keyframes: [{ interpolation: 'hold' }, { interpolation: 'linear' }],
    });
  });

  rule('premiere-filter', 'A new effect is inserted, then got from the chain', async () => {
    const opened = await open();
    const { ppro } = await effects(opened);
    expect(await ppro.VideoFilterFactory.getMatchNames()).toContain('AE.ADBE AECrop');
    await expect(ppro.VideoFilterFactory.createComponent('AE.ADBE None')).rejects.toThrow('no effect');
    const crop = await ppro.VideoFilterFactory.createComponent('AE.ADBE AECrop');
    expect('getParam' in crop).toBe(false);
    await expect(change(opened, ({ chain }) => [chain.createInsertComponentAction(crop, 1)])).rejects.toThrow(
      'index',
    );
    await expect(
      change(opened, ({ chain, motion }) => [chain.createAppendComponentAction(motion)]),
    ).rejects.toThrow('VideoFilterFactory');
    expect(await change(opened, ({ chain }) => [chain.createAppendComponentAction(crop)])).toBe(true);
    await change(opened, ({ chain }) => {
      const left = chain.getComponentAtIndex(2).getParam(0);
      return [left.createSetValueAction(left.createKeyframe(12))];
    });
    expect(layer(opened, 12)?.crop).toEqual([12, 0, 0, 0]);
    await change(opened, ({ chain }) => [chain.createRemoveComponentAction(chain.getComponentAtIndex(2))]);
    expect(layer(opened, 12)?.crop).toEqual([0, 0, 0, 0]);
  });
});

test('What the user sets in Effect Controls is what the plugin reads and the monitor shows', async () => {
  const opened = await open();
  const { user } = opened.simulator;
  const { sequenceId, clipId } = opened;
  expect(user.setMotion(sequenceId, clipId, { scale: 80, rotation: 15, anchor: [0, 1], cropTop: 5 })).toBe(
    true,
  );
  expect(user.setOpacity(sequenceId, clipId, 40)).toBe(true);
  expect(
    user.setKeyframes(sequenceId, clipId, 'AE.ADBE Motion', POSITION, [
      { ticks: frames(15), value: [1, 0.5], interpolation: 'linear' },
      { ticks: frames(5), value: [0, 0.5], interpolation: 'linear' },
    ]),
  ).toBe(true);
  expect(user.applyEffect(sequenceId, clipId, 'AE.ADBE AECrop', { 2: 7 })).toBe(true);
  expect(user.applyEffect(sequenceId, clipId, 'none')).toBe(false);
  expect(layer(opened, 15)).toMatchObject({
    scale: 80,
    scaleWidth: 80,
    rotation: 15,
    anchor: [0, 1],
    crop: [0, 5, 7, 0],
    opacity: 40,
    position: [0.5, 0.5],
    sourceTicks: frames(10),
    width: 96,
    height: 64,
    rate: 25,
  });
  const { motion, opacity, ppro } = await effects(opened);
  const at = ppro.TickTime.createWithTicks(frames(10));
  expect(await motion.getParam(POSITION).getValueAtTime(at)).toEqual([0.5, 0.5]);
  expect(motion.getParam(POSITION).isTimeVarying()).toBe(true);
  expect((await opacity.getParam(0).getStartValue()).value.value).toBe(40);
  user.setClipDisabled(sequenceId, clipId, true);
  expect(layer(opened, 15)).toBeUndefined();
});
