/**
 * Callers who ask the same at the same time share one read. Whoever comes while one is under way waits for the next, so
 * that nobody is told what was read before they asked. A read that fails fails for those who wait for the next as well:
 * while somebody is away, nobody waits for more than one read.
 */
export function shareReads<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const reads = new Map<string, { current: Promise<T>; next?: Promise<T> }>();
  const start = (key: string): Promise<T> => {
    const current = read(key);
    const entry: { current: Promise<T>; next?: Promise<T> } = { current };
    reads.set(key, entry);
    const forget = () => {
      reads.delete(key);
    };
    current.then(() => {
      if (!entry.next) forget();
    }, forget);
    return current;
  };
  return (key) => {
    const entry = reads.get(key);
    if (!entry) return start(key);
    entry.next ??= entry.current.then(() => start(key));
    return entry.next;
  };
}
