/** A message that the campaign has made to die. */
export interface PlantedLetter {
  messageId: string;
  /** Where it dies. */
  queue: string;
}

/** What the campaign has put where the audit would take it for a loss. */
export interface Planted {
  deadLetters: PlantedLetter[];
  /** Ids of messages that no queue wants. */
  unrouted: string[];
}

export const nothingPlanted = (): Planted => ({ deadLetters: [], unrouted: [] });

export const isPlanted = ({ deadLetters, unrouted }: Planted, messageId: string): boolean =>
  unrouted.includes(messageId) || deadLetters.some((it) => it.messageId === messageId);
