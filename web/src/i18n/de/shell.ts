import type { shell as english } from '../en/shell.ts';

export const shell: typeof english = {
  brand: 'ShopStack',
  title: '{{page}} – ShopStack',
  skip: 'Zum Inhalt springen',
  home: 'ShopStack-Startseite',
  nav: { label: 'Hauptnavigation', all: 'Alle Produkte', fresh: 'Neu', best: 'Am besten bewertet' },
  search: {
    label: 'Produkte suchen',
    placeholder: 'Produkte suchen',
    suggestions: 'Vorschläge',
    count_one: '{{count}} Vorschlag',
    count_other: '{{count}} Vorschläge',
  },
  account: { signIn: 'Anmelden', open: 'Ihr Konto' },
  cart: {
    open: 'Warenkorb',
    count_one: 'Warenkorb, {{count}} Artikel',
    count_other: 'Warenkorb, {{count}} Artikel',
  },
  theme: { dark: 'Zu dunklen Farben wechseln', light: 'Zu hellen Farben wechseln' },
  language: 'Sprache',
  close: 'Schließen',
  loading: 'Wird geladen …',
  retry: 'Noch einmal versuchen',
  offline:
    'Sie sind offline. Sie können sich weiter umsehen; bestellen geht wieder, sobald die Verbindung zurück ist.',
  footer: {
    shop: 'Laden',
    help: 'Ihre Bestellungen',
    legal: 'Rechtliches',
    orders: 'Bestellübersicht',
    account: 'Konto',
    terms: 'Bedingungen',
    privacy: 'Datenschutz',
    imprint: 'Impressum',
    line: 'Alle Preise enthalten die Steuer. Den Versand sehen Sie, bevor Sie bezahlen.',
  },
  notFound: {
    title: 'Diese Seite gibt es nicht',
    text: 'Vielleicht ist die Adresse alt oder vertippt. Nichts ist verloren: Ihr Warenkorb ist, wie er war.',
    home: 'Zur Startseite',
    products: 'Alle Produkte ansehen',
  },
  broken: {
    title: 'Auf dieser Seite ging etwas schief',
    text: 'Ihr Warenkorb und Ihre Bestellungen sind sicher. Neu laden hilft meistens.',
    reload: 'Neu laden',
  },
  failed: {
    offline: 'Gerade gibt es keine Verbindung. Bitte versuchen Sie es noch einmal, wenn Sie online sind.',
    unavailable: 'Das antwortet gerade nicht. Bitte versuchen Sie es gleich noch einmal.',
    unexpected: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  },
};
