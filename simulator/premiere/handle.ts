/**
 * What the plugin holds of the project: [3P] it goes stale with every transaction and import, and whenever the user edits,
 * opens another sequence or closes the project.
 */
import { noLongerValid } from './errors.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import { makeAction, type Action, type Deed } from './transaction.ts';

export abstract class Handle {
  /** The published class's name, which calls are noted by. */
  protected abstract readonly className: string;
  readonly #studio: Studio;
  readonly #project: OpenProject;
  readonly #epoch: number;

  constructor(studio: Studio, project: OpenProject) {
    this.#studio = studio;
    this.#project = project;
    this.#epoch = project.epoch;
  }

  /** The host's side of a handle that another call was given: refused if it is stale. */
  static projectOf(handle: Handle): OpenProject {
    return handle.#valid(handle.className);
  }

  protected get studio(): Studio {
    return this.#studio;
  }

  /** A call that answers at once. */
  protected now<T>(method: string, run: (project: OpenProject) => T): T {
    const call = `${this.className}.${method}`;
    this.#studio.calls.note(call);
    return run(this.#valid(call));
  }

  /** A call that answers by a promise. */
  protected async later<T>(method: string, run: (project: OpenProject) => T | Promise<T>): Promise<T> {
    const call = `${this.className}.${method}`;
    this.#studio.calls.note(call);
    const project = this.#valid(call);
    await Promise.resolve();
    this.#valid(call);
    return run(project);
  }

  protected action(method: string, make: (project: OpenProject) => Deed): Action {
    return this.now(method, (project) =>
      makeAction(this.#studio, `${this.className}.${method}`, make(project)),
    );
  }

  #valid(call: string): OpenProject {
    if (this.#project.closed || this.#project.epoch !== this.#epoch) throw noLongerValid(call);
    return this.#project;
  }
}
