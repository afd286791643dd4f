import type { problems as english } from '../en/problems.ts';

export const problems: typeof english = {
  unauthenticated: 'Bitte melden Sie sich zuerst an.',
  'token-expired': 'Sie wurden abgemeldet. Bitte melden Sie sich wieder an.',
  'sign-in-failed':
    'E-Mail-Adresse und Passwort passen nicht zusammen. Prüfen Sie beides oder legen Sie ein Konto an.',
  'refresh-rejected': 'Sie wurden abgemeldet. Bitte melden Sie sich wieder an.',
  forbidden: 'Ihr Konto darf das nicht.',
  'account-disabled': 'Dieses Konto ist geschlossen. Bitte schreiben Sie uns, falls das ein Irrtum ist.',
  'origin-rejected': 'Die Anfrage kam von einer anderen Adresse. Öffnen Sie den Laden in einem neuen Tab.',
  'not-verified-buyer': 'Sie können ein Produkt bewerten, sobald Ihre Bestellung angekommen ist.',
  'not-found': 'Das gibt es hier nicht (mehr).',
  'unknown-sku': 'Dieses Produkt gibt es nicht mehr.',
  'request-timeout': 'Das hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',
  'email-taken': 'Mit dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich stattdessen an.',
  'idempotency-key-running': 'Wir arbeiten noch daran. Bitte warten Sie einen Moment.',
  'version-conflict': 'Es hat sich im selben Moment geändert. Bitte versuchen Sie es noch einmal.',
  'etag-stale':
    'Es wurde inzwischen woanders geändert. Wir haben den neuesten Stand geladen: bitte prüfen und noch einmal speichern.',
  'out-of-stock': 'So viele sind nicht auf Lager.',
  'price-changed':
    'Die Summe hat sich geändert. Bitte sehen Sie sich die neue an und bestellen Sie noch einmal.',
  'cart-changed':
    'Ihr Warenkorb hat sich geändert, vielleicht in einem anderen Tab. Bitte prüfen Sie ihn und bestellen Sie noch einmal.',
  'cart-empty': 'Ihr Warenkorb ist leer.',
  'cart-full': 'In einen Warenkorb passen höchstens 100 verschiedene Produkte.',
  'cart-already-ordered': 'Dieser Warenkorb ist schon bestellt.',
  'cart-not-orderable':
    'Etwas in Ihrem Warenkorb kann gerade nicht gekauft werden. Öffnen Sie den Warenkorb, dort steht, was.',
  'quote-expired': 'Das Versandangebot war zu alt. Wir haben neue geholt: bitte wählen Sie noch einmal.',
  'quote-mismatch':
    'Das Versandangebot galt für andere Waren oder eine andere Adresse. Bitte wählen Sie noch einmal.',
  'already-shipped': 'Das Paket ist schon unterwegs, die Bestellung kann nicht mehr storniert werden.',
  'order-final': 'Diese Bestellung ist beendet, es lässt sich nichts mehr ändern.',
  'not-returnable':
    'Das lässt sich nicht zurückschicken, oder nicht mehr so viel davon. Sehen Sie sich die Bestellung noch einmal an: Vielleicht kommt es schon zurück.',
  'payment-not-open':
    'Jetzt geht kein weiterer Versuch: Die Bank wird noch gefragt, oder alle Versuche sind verbraucht.',
  'no-action-pending': 'Die Bank wartet nicht mehr auf eine Antwort.',
  'validation-failed': 'Einige Felder brauchen noch einen Blick.',
  'unknown-country': 'In dieses Land liefern wir nicht.',
  'destination-unreachable': 'An diese Adresse können wir nicht liefern.',
  'payment-method-unavailable':
    'Diese Zahlungsart gibt es für diese Bestellung nicht. Bitte wählen Sie eine andere.',
  'password-too-common':
    'Dieses Passwort steht auf Listen, die Diebe zuerst probieren. Bitte wählen Sie ein anderes.',
  'password-wrong': 'Das jetzige Passwort stimmt nicht.',
  'too-many-requests': 'Das waren viele Versuche. Bitte warten Sie kurz und versuchen Sie es noch einmal.',
  'internal-error': 'Bei uns ist etwas kaputtgegangen. Bitte versuchen Sie es gleich noch einmal.',
  unavailable: 'Das antwortet gerade nicht. Bitte versuchen Sie es gleich noch einmal.',
};
