/** What a YAML or JSON file holds, before anybody has looked at it. */
export type Mapping = Record<string, unknown>;

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The mapping, or an empty one. */
export const mapping = (value: unknown): Mapping => (isMapping(value) ? value : {});

/** The mappings of a list; none when it is no list. */
export const mappings = (value: unknown): Mapping[] =>
  Array.isArray(value) ? value.filter((it) => isMapping(it)) : [];

/** The texts of a list; none when it is no list. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];

/** What lies at the end of a path of keys, or undefined. */
export const dig = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((at, key) => mapping(at)[key], value);

/** The mappings that lie under a key, however deep. */
export function mappingsUnder(wanted: string, value: unknown): Mapping[] {
  if (Array.isArray(value)) return value.flatMap((it) => mappingsUnder(wanted, it));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, it]) =>
    key === wanted && isMapping(it) ? [it] : mappingsUnder(wanted, it),
  );
}
