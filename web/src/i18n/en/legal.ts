interface Page {
  title: string;
  lead: string;
  sections: { title: string; text: string }[];
}

const terms: Page = {
  title: 'Terms',
  lead: 'The rules of buying here, in plain words.',
  sections: [
    {
      title: 'A demonstration shop',
      text: 'ShopStack is a demonstration. As long as the checkout shows test cards, no contract comes about, nothing is charged and nothing is sent. Whoever runs this software as a real shop replaces this page with their own terms.',
    },
    {
      title: 'Prices',
      text: 'All prices include tax. Delivery is added at the checkout and shown before you order. If a price changes while something is in your cart, you are told before you pay.',
    },
    {
      title: 'Ordering',
      text: 'Your products are held as soon as you place the order. The order is accepted when its page says “Confirmed”. If that is not possible, you see the reason, and the payment is released.',
    },
    {
      title: 'Cancelling',
      text: 'You can cancel on the order’s page until the parcel has left. What you paid goes back the way it came.',
    },
    {
      title: 'Reviews',
      text: 'Only buyers whose parcel has arrived can review a product. Reviews may be held back for a look when they contain insults or advertising.',
    },
  ],
};

const privacy: Page = {
  title: 'Privacy',
  lead: 'What we keep about you, why, and for how long.',
  sections: [
    {
      title: 'Without an account',
      text: 'Looking around needs nothing from you. A cookie with a random number remembers your cart for 30 days. There is no advertising, no tracking and no content from other companies on these pages.',
    },
    {
      title: 'When you order',
      text: 'We keep your e-mail address, the delivery address, what you bought and what happened to the order. The carrier gets the address. Card numbers never reach our servers.',
    },
    {
      title: 'With an account',
      text: 'We also keep your name, a fingerprint of your password (never the password itself), saved addresses and where you are signed in. A cookie that scripts cannot read keeps you signed in.',
    },
    {
      title: 'In this browser',
      text: 'Your language, the colour theme, a half-finished checkout (until you close the tab) and the keys to orders you placed as a guest are stored in this browser only.',
    },
    {
      title: 'Your rights',
      text: 'You may ask what is stored about you, have it corrected or deleted, and take it with you. What tax law makes a shop keep, such as invoices, stays for as long as the law says and is then deleted.',
    },
  ],
};

const imprint: Page = {
  title: 'Imprint',
  lead: 'Who is responsible for this shop.',
  sections: [
    {
      title: 'Operator',
      text: 'This is a demonstration of the ShopStack software without a commercial operator. Whoever publishes it enters name, address, e-mail, register number and tax number here, as the law of their country demands.',
    },
    {
      title: 'Pictures and texts',
      text: 'The illustrations, products and brands were made for this demonstration. Similarities to real brands are not intended.',
    },
  ],
};

export const legal = { updated: 'Version of November 2026', pages: { terms, privacy, imprint } };
