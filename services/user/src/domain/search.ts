const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** The texts whose beginnings find a user: the e-mail address, the whole name and each word of it. */
export function searchKeys(email: string, name: string): string[] {
  const whole = fold(name);
  return [...new Set([fold(email), whole, ...whole.split(/\s+/)])].filter((key) => key !== '');
}

/** Matches search keys that begin with what was typed; every character stands for itself. */
export const prefixPattern = (typed: string): RegExp =>
  new RegExp(`^${fold(typed).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`);
