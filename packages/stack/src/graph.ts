interface Node {
  readonly name: string;
  readonly needs: readonly string[];
}

/** Throws when a part needs one that is not there, or itself through others. */
export function checkGraph(parts: readonly Node[]): void {
  const byName = new Map(parts.map((part) => [part.name, part]));
  const visit = (part: Node, path: readonly string[]): void => {
    if (path.includes(part.name))
      throw new Error(`parts need each other: ${[...path, part.name].join(' → ')}`);
    for (const need of part.needs) {
      const needed = byName.get(need);
      if (!needed) throw new Error(`${part.name} needs ${need}, which is not there`);
      visit(needed, [...path, part.name]);
    }
  };
  for (const part of parts) visit(part, []);
}

/** Starts every part as soon as everything it needs has been started; rejects with the first failure. */
export async function inOrder<P extends Node>(
  parts: readonly P[],
  start: (part: P) => Promise<void>,
): Promise<void> {
  checkGraph(parts);
  const byName = new Map(parts.map((part) => [part.name, part]));
  const started = new Map<string, Promise<void>>();
  const begin = (part: P): Promise<void> => {
    const running = started.get(part.name);
    if (running) return running;
    const needed = part.needs.flatMap((need) => byName.get(need) ?? []);
    const promise = Promise.all(needed.map(begin)).then(() => start(part));
    started.set(part.name, promise);
    return promise;
  };
  await Promise.all(parts.map(begin));
}

/** The same parts turned round: each needs those that needed it. For stopping. */
export function reversed<P extends Node>(parts: readonly P[]): P[] {
  return parts.map((part) => ({
    ...part,
    needs: parts.filter((other) => other.needs.includes(part.name)).map(({ name }) => name),
  }));
}
