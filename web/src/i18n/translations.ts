import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { shell } from './en/shell.ts';
import { type Language, pickLanguage } from './language.ts';

const KEY = 'language';
const files = import.meta.glob<Record<string, object>>(['./en/*.ts', './de/*.ts', '!./en/shell.ts']);

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`./${language}/${namespace}.ts`];
    if (!load) return done(new Error(`no messages ${language}/${namespace}`), null);
    load().then(
      (module) => done(null, module[namespace] ?? {}),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
};

const announce = (language: string) => {
  document.documentElement.lang = language;
};

/** English texts of the frame are in the first chunk; everything else comes when it is needed. */
export async function startTranslations(): Promise<void> {
  const lng = pickLanguage(localStorage.getItem(KEY), navigator.languages);
  i18next.on('languageChanged', announce);
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng,
      fallbackLng: 'en',
      partialBundledLanguages: true,
      resources: { en: { shell } },
      ns: ['shell'],
      defaultNS: 'shell',
      interpolation: { escapeValue: false },
    });
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await i18next.changeLanguage(language);
}

export type Namespace = 'shop' | 'checkout' | 'order' | 'account' | 'legal' | 'problems';
/** Loads texts beside the code that shows them, so that a page waits once. */
export const loadTexts = (...namespaces: readonly Namespace[]): Promise<void> =>
  i18next.loadNamespaces(namespaces).catch(() => undefined);
