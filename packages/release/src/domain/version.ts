const pattern = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

export function isVersion(text: string): boolean {
  return pattern.test(text);
}

/** Negative when `left` is the older one. Both must be X.Y.Z. */
export function compareVersions(left: string, right: string): number {
  const [ours, theirs] = [numbersOf(left), numbersOf(right)];
  return ours[0] - theirs[0] || ours[1] - theirs[1] || ours[2] - theirs[2];
}

export function nextPatch(version: string): string {
  const [major, minor, patch] = numbersOf(version);
  return `${major}.${minor}.${patch + 1}`;
}

export function highest(versions: Iterable<string>): string | undefined {
  return [...versions].sort(compareVersions).at(-1);
}

/** `cart/v1.0.4` is version 1.0.4 of cart; anything else is no release. */
export function readTag(name: string): { service: string; version: string } | undefined {
  const [service, version, ...rest] = name.split('/');
  if (!service || rest.length > 0 || !version?.startsWith('v') || !isVersion(version.slice(1)))
    return undefined;
  return { service, version: version.slice(1) };
}

export function tagOf(service: string, version: string): string {
  return `${service}/v${version}`;
}

function numbersOf(version: string): [number, number, number] {
  const [, major, minor, patch] = pattern.exec(version) ?? [];
  if (major === undefined) throw new Error(`${version} is not a version like 1.2.3`);
  return [Number(major), Number(minor), Number(patch)];
}
