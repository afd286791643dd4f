/** What was asked cannot be had; becomes problem+json. */
export class Refusal extends Error {
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

export const badInput = (detail: string): Refusal => new Refusal(400, 'This is not understood', detail);
