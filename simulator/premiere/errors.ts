/** Errors as Premiere throws them at a plugin. */

export class PremiereError extends Error {
  override readonly name = 'Error';
}

/** [3P] What a stale handle or action says. */
export const noLongerValid = (what: string): PremiereError =>
  new PremiereError(`The script object is no longer valid. (${what})`);

/** [3P] What an argument of the wrong kind says. */
export const illegalParameter = (what: string): PremiereError =>
  new PremiereError(`Illegal Parameter type: ${what}`);

/** The plugin asked for something real Premiere has and this one has not. */
export class NotEmulatedError extends Error {
  override readonly name = 'NotEmulatedError';

  constructor(what: string) {
    super(`The emulated Premiere does not have this: ${what}`);
  }
}
