/** What a person sets in Effect Controls. */
import { makeEffect, MOTION, MOTION_NAME, OPACITY_NAME, replaceParam, type StoredEffect } from './effects.ts';
import type { ParamValue, User } from './interface.ts';
import { takeId } from './model.ts';
import { editSequence } from './place.ts';
import type { Studio } from './studio.ts';
import { withClip } from './timeline.ts';
import { handsOn } from './user-hands.ts';

export type EffectHands = Pick<User, 'setMotion' | 'setOpacity' | 'setKeyframes' | 'applyEffect'>;

export function effectHands(studio: Studio): EffectHands {
  const { onClip, edit, editClip } = handsOn(studio);

  const withValues = (
    effect: StoredEffect,
    values: readonly (readonly [number, ParamValue])[],
  ): StoredEffect =>
    values.reduce(
      (result, [index, value]) =>
        replaceParam(result, index, (param) => ({ ...param, value, keyframes: null })),
      effect,
    );

  const set = (
    name: string,
    sequenceId: string,
    clipId: string,
    matchName: string,
    change: (effect: StoredEffect) => StoredEffect,
  ): boolean =>
    editClip(name, sequenceId, clipId, (clip) =>
      clip.effects.some((effect) => effect.matchName === matchName)
        ? {
            ...clip,
            effects: clip.effects.map((effect) => (effect.matchName === matchName ? change(effect) : effect)),
          }
        : null,
    );

  return {
    setMotion: (sequenceId, clipId, motion) =>
      set('Motion', sequenceId, clipId, MOTION_NAME, (effect) =>
        withValues(
          effect,
          (Object.keys(motion) as (keyof typeof motion)[]).flatMap((key) => {
            const value = motion[key];
            return value === undefined ? [] : [[MOTION[key], value] as const];
          }),
        ),
      ),
    setOpacity: (sequenceId, clipId, opacity) =>
      set('Opacity', sequenceId, clipId, OPACITY_NAME, (effect) => withValues(effect, [[0, opacity]])),
    setKeyframes: (sequenceId, clipId, matchName, paramIndex, keyframes) =>
      set('Keyframes', sequenceId, clipId, matchName, (effect) =>
        replaceParam(effect, paramIndex, (param) => ({
          ...param,
          keyframes:
            keyframes.length === 0
              ? null
              : keyframes
                  .map(({ ticks, ...rest }) => ({ ticks: BigInt(ticks), ...rest }))
                  .sort((a, b) => (a.ticks < b.ticks ? -1 : 1)),
        })),
      ),
    applyEffect: (sequenceId, clipId, matchName, values = {}) =>
      onClip(false, sequenceId, clipId, ({ project }) => {
        const [id, after] = takeId(project.contents, 'e');
        const effect = makeEffect(id, matchName);
        if (!effect) return false;
        const set = withValues(
          effect,
          Object.entries(values).map(([index, value]) => [Number(index), value] as const),
        );
        return edit(
          project,
          `Apply ${effect.name}`,
          editSequence(after, sequenceId, (sequence) =>
            withClip(sequence, clipId, (clip) => ({ ...clip, effects: [...clip.effects, set] })),
          ),
        );
      }),
  };
}
