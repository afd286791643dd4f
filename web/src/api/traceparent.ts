const hex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (it) => it.toString(16).padStart(2, '0')).join(
    '',
  );

/**
 * W3C traceparent of the next request. What a page asks for is one trace, and the next page begins another: a trace tells
 * what a page did, never who looked at it.
 */
export function createTraceparent(page: () => string): () => string {
  let current: { page: string; traceId: string } | undefined;
  return () => {
    const now = page();
    if (current?.page !== now) current = { page: now, traceId: hex(16) };
    return `00-${current.traceId}-${hex(8)}-01`;
  };
}
