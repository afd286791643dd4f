const goodbyes: (() => Promise<unknown>)[] = [];

/** Done after everything of a service is closed, if there is time. */
export const beforeExit = (goodbye: () => Promise<unknown>): void => void goodbyes.push(goodbye);

/** Resolves when all is done, or after `withinMs`; never rejects. */
export async function sayFarewell(withinMs: number): Promise<void> {
  if (goodbyes.length === 0) return;
  const late = new Promise((resolve) => setTimeout(resolve, withinMs));
  await Promise.race([Promise.allSettled(goodbyes.map((goodbye) => goodbye())), late]);
}
