/** A parameter of a clip's effect: ComponentParam. */
import { changeEffects, clipAt, type ClipPlace } from './clip-place.ts';
import {
  isPoint,
  MOTION,
  MOTION_NAME,
  replaceParam,
  valueAt,
  withKeyframe,
  type StoredKeyframe,
  type StoredParam,
} from './effects.ts';
import { illegalParameter } from './errors.ts';
import { Handle } from './handle.ts';
import {
  interpolationOf,
  Keyframe,
  PointKeyframe,
  readAs,
  readKeyframe,
  storedOf,
  writtenTo,
  type AnyKeyframe,
  type PointStyle,
  type PluginValue,
} from './keyframe.ts';
import { findItem } from './model.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import { ticksOf, tickTime, type TickTime } from './time.ts';
import type { Action } from './transaction.ts';
import { PointF } from './values.ts';

export class ComponentParam extends Handle {
  protected readonly className = 'ComponentParam';
  readonly #place: ClipPlace;
  readonly #effectId: string;
  readonly #index: number;

  constructor(studio: Studio, project: OpenProject, place: ClipPlace, effectId: string, index: number) {
    super(studio, project);
    this.#place = place;
    this.#effectId = effectId;
    this.#index = index;
  }

  get displayName(): string {
    return this.now('displayName', (project) => this.#found(project).name);
  }

  createKeyframe(inValue: PluginValue): AnyKeyframe {
    return this.now('createKeyframe', (project) => {
      const { value } = this.#found(project);
      const written = writtenTo(value, inValue);
      const start = tickTime(clipAt(project, this.#place).in);
      return isPoint(written)
        ? new PointKeyframe(new PointF(...written), start)
        : new Keyframe(written, start);
    });
  }

  getValueAtTime(time: TickTime): Promise<PluginValue> {
    return this.later('getValueAtTime', (project) =>
      readAs(valueAt(this.#found(project), ticksOf(time)), this.#style(project)),
    );
  }

  getStartValue(): Promise<AnyKeyframe> {
    return this.later('getStartValue', (project) => {
      const { value, keyframes } = this.#found(project);
      const start = clipAt(project, this.#place).in;
      const first = keyframes?.[0] ?? { ticks: start, value, interpolation: 'linear' as const };
      return readKeyframe(first, this.#style(project));
    });
  }

  getKeyframeListAsTickTimes(): TickTime[] {
    return this.now('getKeyframeListAsTickTimes', (project) =>
      (this.#found(project).keyframes ?? []).map(({ ticks }) => tickTime(ticks)),
    );
  }

  getKeyframePtr(time?: TickTime): AnyKeyframe {
    return this.now('getKeyframePtr', (project) => {
      const found = this.#keyframes(project).find(({ ticks }) => time && ticks === ticksOf(time));
      if (!found) throw illegalParameter('there is no keyframe at that time');
      return readKeyframe(found, this.#style(project));
    });
  }

  findNextKeyframe(inTime: TickTime): AnyKeyframe {
    return this.now('findNextKeyframe', (project) => {
      const found = this.#keyframes(project).find(({ ticks }) => ticks > ticksOf(inTime));
      if (!found) throw illegalParameter('there is no keyframe after that time');
      return readKeyframe(found, this.#style(project));
    });
  }

  findPreviousKeyframe(inTime: TickTime): AnyKeyframe {
    return this.now('findPreviousKeyframe', (project) => {
      const found = this.#keyframes(project).findLast(({ ticks }) => ticks < ticksOf(inTime));
      if (!found) throw illegalParameter('there is no keyframe before that time');
      return readKeyframe(found, this.#style(project));
    });
  }

  isTimeVarying(): boolean {
    return this.now('isTimeVarying', (project) => this.#found(project).keyframes !== null);
  }

  areKeyframesSupported(): Promise<boolean> {
    return this.later('areKeyframesSupported', (project) => this.#found(project).keyable);
  }

  /** [D] "Set the value of a non-time varying component". */
  createSetValueAction(inKeyFrame: AnyKeyframe): Action {
    return this.#change('createSetValueAction', (project) => {
      const { value, keyframes } = this.#found(project);
      if (keyframes) throw illegalParameter('the parameter varies over time');
      const next = storedOf(value, inKeyFrame, this.#style(project)).value;
      return (param) => ({ ...param, value: next });
    });
  }

  /** [3P] Turned on, Premiere sets a keyframe of its own. */
  createSetTimeVaryingAction(inTimeVarying: boolean): Action {
    return this.#change('createSetTimeVaryingAction', (project) => {
      const { keyable, keyframes } = this.#found(project);
      if (!keyable) throw illegalParameter('the parameter takes no keyframes');
      const start = clipAt(project, this.#place).in;
      return (param) => {
        if (inTimeVarying === (keyframes !== null)) return param;
        if (!inTimeVarying) return { ...param, value: keyframes?.[0]?.value ?? param.value, keyframes: null };
        return {
          ...param,
          keyframes: [{ ticks: start, value: param.value, interpolation: 'linear' }],
        };
      };
    });
  }

  createAddKeyframeAction(inKeyFrame: AnyKeyframe): Action {
    return this.#change('createAddKeyframeAction', (project) => {
      this.#keyframes(project);
      const added = storedOf(this.#found(project).value, inKeyFrame, this.#style(project));
      return (param) => ({ ...param, keyframes: withKeyframe(param.keyframes ?? [], added) });
    });
  }

  createRemoveKeyframeAction(inTime: TickTime): Action {
    return this.#remove('createRemoveKeyframeAction', ticksOf(inTime), ticksOf(inTime));
  }

  createRemoveKeyframeRangeAction(inTime: TickTime, outTime: TickTime): Action {
    return this.#remove('createRemoveKeyframeRangeAction', ticksOf(inTime), ticksOf(outTime));
  }

  /** [3P] A keyframe that the same transaction adds is not there yet. */
  createSetInterpolationAtKeyframeAction(inTime: TickTime, InterpolationMode: number): Action {
    return this.#change('createSetInterpolationAtKeyframeAction', (project) => {
      const interpolation = interpolationOf(InterpolationMode);
      const at = ticksOf(inTime);
      if (!this.#keyframes(project).some(({ ticks }) => ticks === at)) {
        throw illegalParameter('there is no keyframe at that time');
      }
      return (param) => ({
        ...param,
        keyframes:
          param.keyframes?.map((each) => (each.ticks === at ? { ...each, interpolation } : each)) ?? null,
      });
    });
  }

  #found(project: OpenProject): StoredParam {
    const effect = clipAt(project, this.#place).effects.find(({ id }) => id === this.#effectId);
    const param = effect?.params[this.#index];
    if (!param) throw illegalParameter('there is no such parameter');
    return param;
  }

  /** [I] Keyframes belong to parameters that were made to vary in an earlier transaction. */
  #keyframes(project: OpenProject): readonly StoredKeyframe[] {
    const { keyframes } = this.#found(project);
    if (!keyframes) throw illegalParameter('the parameter does not vary over time');
    return keyframes;
  }

  /** [3P] Motion's points are fractions; a test may have them in pixels. */
  #style(project: OpenProject): PointStyle {
    const { pointsReadAs, pointsIn } = this.studio.options;
    return { as: pointsReadAs, unit: pointsIn === 'pixels' ? this.#frame(project) : [1, 1] };
  }

  /** What the points of this parameter are fractions of: Position of the sequence's frame, others of the source's. */
  #frame(project: OpenProject): readonly [number, number] {
    const clip = clipAt(project, this.#place);
    const effect = clip.effects.find(({ id }) => id === this.#effectId);
    const sequence = project.sequence(this.#place.sequenceId);
    const item = clip.itemId === null ? undefined : findItem(project.contents, clip.itemId);
    const ofSequence = effect?.matchName === MOTION_NAME && this.#index === MOTION.position;
    const frame = ofSequence ? sequence : item?.media?.facts.video;
    return frame ? [frame.width, frame.height] : [1, 1];
  }

  #remove(method: string, from: bigint, to: bigint): Action {
    return this.#change(method, (project) => {
      this.#keyframes(project);
      return (param) => ({
        ...param,
        keyframes: param.keyframes?.filter(({ ticks }) => ticks < from || ticks > to) ?? null,
      });
    });
  }

  #change(method: string, make: (project: OpenProject) => (param: StoredParam) => StoredParam): Action {
    return this.action(method, (project) => {
      const changed = make(project);
      return {
        apply: (contents) =>
          changeEffects(contents, this.#place, (effects) =>
            effects.map((effect) =>
              effect.id === this.#effectId ? replaceParam(effect, this.#index, changed) : effect,
            ),
          ),
      };
    });
  }
}
