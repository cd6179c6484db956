/** The host's side of a transaction while its callback runs. */
export class Compound {
  /** In the order they were added. */
  readonly actions: object[] = [];
  /** When the transaction began. */
  readonly epoch: number;
  open = true;

  constructor(epoch: number) {
    this.epoch = epoch;
  }
}
