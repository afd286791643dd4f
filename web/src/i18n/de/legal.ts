import type { legal as english } from '../en/legal.ts';

export const legal: typeof english = {
  updated: 'Stand: November 2026',
  pages: {
    terms: {
      title: 'Bedingungen',
      lead: 'Die Regeln des Einkaufs hier, in einfachen Worten.',
      sections: [
        {
          title: 'Ein Vorführladen',
          text: 'ShopStack ist eine Vorführung. Solange die Kasse Testkarten zeigt, kommt kein Vertrag zustande, nichts wird abgebucht und nichts verschickt. Wer diese Software als echten Laden betreibt, ersetzt diese Seite durch eigene Bedingungen.',
        },
        {
          title: 'Preise',
          text: 'Alle Preise enthalten die Steuer. Der Versand kommt an der Kasse dazu und steht da, bevor Sie bestellen. Ändert sich ein Preis, während etwas im Warenkorb liegt, erfahren Sie es vor dem Bezahlen.',
        },
        {
          title: 'Bestellen',
          text: 'Ihre Ware wird zurückgelegt, sobald Sie bestellen. Angenommen ist die Bestellung, wenn auf ihrer Seite „Bestätigt“ steht. Geht das nicht, sehen Sie den Grund, und die Zahlung wird freigegeben.',
        },
        {
          title: 'Stornieren',
          text: 'Auf der Seite der Bestellung können Sie stornieren, bis das Paket abgegangen ist. Was Sie bezahlt haben, kommt auf demselben Weg zurück.',
        },
        {
          title: 'Bewertungen',
          text: 'Nur wer ein Paket bekommen hat, kann ein Produkt bewerten. Bewertungen mit Beleidigungen oder Werbung können zurückgehalten werden, bis jemand sie gelesen hat.',
        },
      ],
    },
    privacy: {
      title: 'Datenschutz',
      lead: 'Was wir über Sie aufbewahren, warum und wie lange.',
      sections: [
        {
          title: 'Ohne Konto',
          text: 'Zum Umsehen brauchen wir nichts von Ihnen. Ein Cookie mit einer Zufallszahl merkt sich Ihren Warenkorb 30 Tage lang. Es gibt auf diesen Seiten keine Werbung, keine Nachverfolgung und keine Inhalte anderer Firmen.',
        },
        {
          title: 'Wenn Sie bestellen',
          text: 'Wir bewahren Ihre E-Mail-Adresse, die Lieferadresse, was Sie gekauft haben und was mit der Bestellung geschah. Der Zusteller bekommt die Adresse. Kartennummern erreichen unsere Server nie.',
        },
        {
          title: 'Mit einem Konto',
          text: 'Dazu kommen Ihr Name, ein Fingerabdruck Ihres Passworts (nie das Passwort selbst), gespeicherte Adressen und wo Sie angemeldet sind. Ein Cookie, das Skripte nicht lesen können, hält Sie angemeldet.',
        },
        {
          title: 'In diesem Browser',
          text: 'Ihre Sprache, die Farben, eine halb ausgefüllte Kasse (bis Sie den Tab schließen) und die Schlüssel zu Bestellungen, die Sie als Gast aufgegeben haben, liegen nur in diesem Browser.',
        },
        {
          title: 'Ihre Rechte',
          text: 'Sie dürfen fragen, was über Sie gespeichert ist, es berichtigen oder löschen lassen und mitnehmen. Was das Steuerrecht einen Laden aufbewahren lässt, etwa Rechnungen, bleibt so lange wie vorgeschrieben und wird dann gelöscht.',
        },
      ],
    },
    imprint: {
      title: 'Impressum',
      lead: 'Wer für diesen Laden verantwortlich ist.',
      sections: [
        {
          title: 'Betreiber',
          text: 'Dies ist eine Vorführung der Software ShopStack ohne gewerblichen Betreiber. Wer sie veröffentlicht, trägt hier Name, Anschrift, E-Mail, Registernummer und Steuernummer ein, wie es das Recht seines Landes verlangt.',
        },
        {
          title: 'Bilder und Texte',
          text: 'Zeichnungen, Produkte und Marken wurden für diese Vorführung gemacht. Ähnlichkeiten mit echten Marken sind nicht beabsichtigt.',
        },
      ],
    },
  },
};
