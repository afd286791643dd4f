/** A store or a provider does not answer: then nothing can be said about the shop. */
export class Unreadable extends Error {}

/** @throws Unreadable naming the store instead of whatever it throws. */
export async function reading<T>(name: string, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Unreadable(`${name} cannot be read: ${why}`, { cause });
  }
}
