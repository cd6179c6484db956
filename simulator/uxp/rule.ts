/** A rule of a host's that its emulation enforces. */

/** D: Adobe's documentation. 3P: reported by plugin authors from the host. I: inferred, chosen strict. */
export type Mark = 'D' | '3P' | 'I';

export interface Rule {
  readonly id: string;
  readonly rule: string;
  readonly source: string;
  readonly mark: Mark;
}
