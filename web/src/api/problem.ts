import type { ProblemCode, ProblemDetails } from '@shopstack/contracts/problems';

/** `offline`: no answer came; `unexpected`: an answer nobody promised. */
export type FailureCode = ProblemCode | 'offline' | 'unexpected';

export interface Failure {
  code: FailureCode;
  status: number;
  details?: ProblemDetails;
  retryAfterSeconds?: number;
  location?: string;
}

/** Why a call did not succeed; branch on `code`. */
export class ApiProblem extends Error {
  readonly code: FailureCode;
  readonly status: number;
  readonly details: ProblemDetails | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly location: string | undefined;

  constructor(failure: Failure) {
    super(failure.details?.detail ?? failure.code);
    this.name = 'ApiProblem';
    this.code = failure.code;
    this.status = failure.status;
    this.details = failure.details;
    this.retryAfterSeconds = failure.retryAfterSeconds;
    this.location = failure.location;
  }
}

export const isProblem = (error: unknown, ...codes: FailureCode[]): error is ApiProblem =>
  error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code));

/** The last part of a problem's `type` is its code, whatever address stands before it. */
export function codeOf(details: unknown, status: number): FailureCode {
  const type = isDetails(details) ? details.type : '';
  const code = type.split(/[/:#]/).at(-1) ?? '';
  if (/^[a-z]+(-[a-z]+)*$/.test(code) && code !== 'blank') return code as ProblemCode;
  return fallback[status] ?? (status >= 500 ? 'internal-error' : 'unexpected');
}
const fallback: Readonly<Record<number, FailureCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  429: 'too-many-requests',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

const isDetails = (value: unknown): value is ProblemDetails =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Reads an error answer; the body may be anything. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const location = response.headers.get('location');
  return new ApiProblem({
    code: codeOf(body, response.status),
    status: response.status,
    ...(isDetails(body) ? { details: body } : {}),
    ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
    ...(location ? { location } : {}),
  });
}

/** Field name → what the service says about it, for forms. */
export function fieldErrors(problem: ApiProblem): Record<string, string> {
  const errors = problem.details?.errors ?? [];
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer.replace(/^\//, ''), detail]));
}
