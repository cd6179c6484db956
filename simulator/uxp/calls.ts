/** Counts the plugin's calls and disturbs the ones a test asked for. Shared by the host's and the fs modules. */

/** A module's or class's and a method's name, e.g. 'fs.write'. */
type CallName = string;

interface Planned {
  readonly call: CallName;
  left: number;
  readonly action: () => void;
}

export class Calls {
  readonly counts = new Map<CallName, number>();
  private planned: Planned[] = [];

  /** To be called first in every call of the plugin's. Throws what a test planned to be thrown. */
  note(call: CallName): void {
    this.counts.set(call, (this.counts.get(call) ?? 0) + 1);
    const due = this.planned.filter((plan) => plan.call === call && --plan.left === 0);
    this.planned = this.planned.filter((plan) => plan.left > 0);
    for (const plan of due) plan.action();
  }

  /** Runs `action` just before the nth call from now on. */
  before(call: CallName, nth: number, action: () => void): void {
    this.planned.push({ call, left: nth, action });
  }

  clear(): void {
    this.planned = [];
  }
}
