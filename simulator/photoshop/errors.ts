/** Errors as Photoshop throws them at a plugin. */

export class PhotoshopError extends Error {
  override readonly name = 'Error';
  /** Photoshop's error number where the documentation gives one: 9 is a collision of modal states. */
  readonly number: number | undefined;

  constructor(message: string, number?: number) {
    super(message);
    this.number = number;
  }
}

/** The plugin asked for something real Photoshop has and this one has not. */
export class NotEmulatedError extends Error {
  override readonly name = 'NotEmulatedError';

  constructor(what: string) {
    super(`The emulated Photoshop does not have this: ${what}`);
  }
}
