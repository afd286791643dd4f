import { problem } from './problem.ts';

/** The strong ETag of a version. */
export const etag = (version: number): string => `"${version}"`;

/** Whether If-Match names the version; a `W/` that compression added does not count. */
const names = (header: string, version: number): boolean =>
  header.split(',').some((part) => {
    const tag = part.trim().replace(/^W\//, '');
    return tag === '*' || tag === etag(version);
  });

/** @throws Problem 428 when a needed If-Match is missing, 412 when it names another version. */
export function checkIfMatch(
  header: string | undefined,
  version: number,
  need: 'required' | 'optional' = 'required',
): void {
  if (header === undefined) {
    if (need === 'optional') return;
    throw problem('if-match-missing');
  }
  if (!names(header, version)) throw problem('etag-stale');
}

/** The version that If-Match expects, for guards inside a store; undefined for none or `*`. */
export function expectedVersion(header: string | undefined): number | undefined {
  const tag = header?.trim().match(/^(?:W\/)?"(0|[1-9]\d{0,14})"$/)?.[1];
  if (tag !== undefined) return Number(tag);
  if (header === undefined || header.trim() === '*') return undefined;
  throw problem('etag-stale');
}
