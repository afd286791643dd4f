import type { ReviewState } from '@shopstack/contracts/ratings';
import type { z } from 'zod';

export type State = z.infer<typeof ReviewState>;

const link =
  /(?:https?:\/\/|www\.)\S|\b[\w-]+\.(?:com|net|org|info|biz|shop|store|online|site|xyz|top|io|co|de|uk|fr|eu|ru|cn)\b|\S@\S+\.\S/iu;
const rude =
  /(?<!\p{L})(?:(?:mother)?fuck\p{L}*|(?:bull)?shit(?:s|ty)?|cunts?|bitch(?:es)?|bastards?|(?:ass|arse)holes?|wankers?|twats?|whores?|sluts?|scheisse|scheiss\p{L}*|arschl[oö]ch(?:er)?|wichser|hurens[oö]hne?|fotzen?|merde|putain|connards?)(?!\p{L})/iu;
const disguises: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  $: 's',
  '!': 'i',
};

/** Whether a person has to look at the text first: it holds a link, an address or a rude word. */
export function needsModeration(...texts: readonly string[]): boolean {
  return texts.some((text) => {
    const plain = text.normalize('NFKC').replaceAll('ß', 'ss');
    const undisguised = plain.replaceAll(/(?<=\p{L})[0134$!](?=\p{L})/gu, (it) => disguises[it] ?? it);
    return link.test(plain) || rude.test(plain) || rude.test(undisguised);
  });
}

/** State after its author wrote a review: what moderation holds back stays held back until it is moderated. */
export const stateAfterWriting = (
  before: State | undefined,
  options: { suspicious: boolean; watched: boolean },
): State => {
  if (options.suspicious || options.watched) return 'pending';
  return before === undefined || before === 'published' ? 'published' : 'pending';
};
