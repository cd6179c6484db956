/** A clip's effects: VideoComponentChain and Component. */
import { changeEffects, clipAt, type ClipPlace } from './clip-place.ts';
import {
  APPLICABLE,
  displayNameOf,
  makeEffect,
  MOTION_NAME,
  OPACITY_NAME,
  type StoredEffect,
} from './effects.ts';
import { illegalParameter } from './errors.ts';
import { Handle } from './handle.ts';
import { takeId } from './model.ts';
import { ComponentParam } from './param.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import type { Action, Deed } from './transaction.ts';

/** Opacity and Motion are there by themselves and stay. */
const FIXED = [OPACITY_NAME, MOTION_NAME];

/** An effect that is on no clip yet. [3P] It has no parameters to be got at. */
export class VideoFilterComponent {
  readonly #matchName: string;

  constructor(matchName: string) {
    this.#matchName = matchName;
  }

  static matchNameOf(component: VideoFilterComponent): string {
    return component.#matchName;
  }
}

export class VideoComponentChain extends Handle {
  protected readonly className = 'VideoComponentChain';
  readonly #place: ClipPlace;

  constructor(studio: Studio, project: OpenProject, place: ClipPlace) {
    super(studio, project);
    this.#place = place;
  }

  getComponentCount(): number {
    return this.now('getComponentCount', (project) => clipAt(project, this.#place).effects.length);
  }

  getComponentAtIndex(componentIndex: number): Component {
    return this.now('getComponentAtIndex', (project) => {
      const effect = clipAt(project, this.#place).effects[componentIndex];
      if (!effect) throw illegalParameter(`there is no component ${componentIndex}`);
      return new Component(this.studio, project, this.#place, effect.id);
    });
  }

  createInsertComponentAction(
    component: Component | VideoFilterComponent,
    componentInsertionIndex: number,
  ): Action {
    return this.action('createInsertComponentAction', (project) => {
      const count = clipAt(project, this.#place).effects.length;
      if (!(componentInsertionIndex >= FIXED.length && componentInsertionIndex <= count)) {
        throw illegalParameter(`the index ${componentInsertionIndex}`);
      }
      return this.#insert(component, componentInsertionIndex);
    });
  }

  createAppendComponentAction(component: Component | VideoFilterComponent): Action {
    return this.action('createAppendComponentAction', () => this.#insert(component, Infinity));
  }

  createRemoveComponentAction(component: Component | VideoFilterComponent): Action {
    return this.action('createRemoveComponentAction', (project) => {
      const id = component instanceof Component ? Component.idOf(component) : '';
      const effect = clipAt(project, this.#place).effects.find((each) => each.id === id);
      if (!effect || FIXED.includes(effect.matchName)) throw illegalParameter('the component');
      return {
        apply: (contents) =>
          changeEffects(contents, this.#place, (effects) => effects.filter((each) => each.id !== id)),
      };
    });
  }

  #insert(component: unknown, index: number): Deed {
    if (!(component instanceof VideoFilterComponent)) {
      throw illegalParameter('a component of VideoFilterFactory is required');
    }
    const matchName = VideoFilterComponent.matchNameOf(component);
    return {
      apply: (contents) => {
        const [id, after] = takeId(contents, 'e');
        const effect = makeEffect(id, matchName);
        return changeEffects(after, this.#place, (effects) => [
          ...effects.slice(0, index),
          ...(effect ? [effect] : []),
          ...effects.slice(index),
        ]);
      },
    };
  }
}

export class Component extends Handle {
  protected readonly className = 'Component';
  readonly #place: ClipPlace;
  readonly #effectId: string;

  constructor(studio: Studio, project: OpenProject, place: ClipPlace, effectId: string) {
    super(studio, project);
    this.#place = place;
    this.#effectId = effectId;
  }

  static idOf(component: Component): string {
    Handle.projectOf(component);
    return component.#effectId;
  }

  getMatchName(): Promise<string> {
    return this.later('getMatchName', (project) => this.#found(project).matchName);
  }

  getDisplayName(): Promise<string> {
    return this.later('getDisplayName', (project) => this.#found(project).name);
  }

  getParamCount(): number {
    return this.now('getParamCount', (project) => this.#found(project).params.length);
  }

  getParam(paramIndex = 0): ComponentParam {
    return this.now('getParam', (project) => {
      if (!this.#found(project).params[paramIndex]) {
        throw illegalParameter(`there is no parameter ${paramIndex}`);
      }
      return new ComponentParam(this.studio, project, this.#place, this.#effectId, paramIndex);
    });
  }

  #found(project: OpenProject): StoredEffect {
    const effect = clipAt(project, this.#place).effects.find(({ id }) => id === this.#effectId);
    if (!effect) throw illegalParameter('there is no such component');
    return effect;
  }
}

/** [D] VideoFilterFactory */
export const createVideoFilterFactory = (studio: Studio) => ({
  createComponent: async (matchName: string): Promise<VideoFilterComponent> => {
    studio.calls.note('VideoFilterFactory.createComponent');
    await Promise.resolve();
    if (!APPLICABLE.includes(matchName)) throw illegalParameter(`there is no effect ${matchName}`);
    return new VideoFilterComponent(matchName);
  },
  getMatchNames: async (): Promise<string[]> => {
    studio.calls.note('VideoFilterFactory.getMatchNames');
    await Promise.resolve();
    return [...APPLICABLE];
  },
  getDisplayNames: async (): Promise<string[]> => {
    studio.calls.note('VideoFilterFactory.getDisplayNames');
    await Promise.resolve();
    return APPLICABLE.map((name) => displayNameOf(name) ?? name);
  },
});
