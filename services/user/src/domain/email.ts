/** What makes two spellings of an e-mail address the same account. */
export const emailKey = (email: string): string => email.normalize('NFKC').toLowerCase();
