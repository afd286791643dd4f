/** A JSON object of strings; anything else in it is left out. */
export function readStringRecord(text: string): Record<string, string> {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
