import { type ProblemCode, problems } from '@shopstack/contracts/problems';

export interface FieldError {
  /** JSON pointer into the body, or `/query/limit`, `/params/sku`, `/headers/if-match`. */
  pointer: string;
  detail: string;
}
export interface ProblemExtra {
  errors?: readonly FieldError[];
  /** Machine-readable context that the caller may see, for example the new total. */
  members?: Readonly<Record<string, unknown>>;
  retryAfterSeconds?: number;
  /** Where the thing that is in the way can be found. */
  location?: string;
  cause?: unknown;
}

/** An outcome the caller is told: domain and stores throw it, the HTTP door turns it into problem+json. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly extra: ProblemExtra;

  constructor(code: ProblemCode, detail?: string, extra: ProblemExtra = {}) {
    super(detail ?? code, { cause: extra.cause });
    this.name = 'Problem';
    this.code = code;
    [this.status, this.title] = problems[code];
    this.detail = detail;
    this.extra = extra;
  }
}

/** `throw problem('out-of-stock', 'Only 2 are left.')` */
export const problem = (code: ProblemCode, detail?: string, extra?: ProblemExtra): Problem =>
  new Problem(code, detail, extra);

export const isProblem = (error: unknown, ...codes: ProblemCode[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
