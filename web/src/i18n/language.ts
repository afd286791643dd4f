export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

const isLanguage = (value: string): value is Language => languages.some((language) => language === value);

/** What was chosen before, else the first language of the browser that we speak, else English. */
export function pickLanguage(chosen: string | null, preferred: readonly string[]): Language {
  const wanted = [chosen ?? '', ...preferred.map((tag) => tag.split('-')[0]?.toLowerCase() ?? '')];
  return wanted.find(isLanguage) ?? 'en';
}
