import { address, destination, nothing, type Rows, type Scene } from './row.ts';

const byId = { params: { id: nothing } };
const ofOrder = { query: { orderId: nothing } };
const bySku = ({ product }: Scene) => ({ params: { sku: product.sku } });
/** A guest's cookie that no cart belongs to. */
const guest = { headers: { cookie: `cart=${'x'.repeat(22)}` } };

export const cartRows: Rows = {
  getCart: { access: 'shopper', answer: 200 },
  getCartContents: { access: 'shopper', answer: 200 },
  emptyCart: { access: 'shopper', answer: 200 },
  addItem: {
    access: 'shopper',
    request: ({ product }) => ({ body: { sku: product.sku, quantity: 1 } }),
    answer: 200,
  },
  setItem: {
    access: 'shopper',
    request: () => ({ ...guest, params: { sku: 'no-such-sku' }, body: { quantity: 2 } }),
    answer: 'unknown-sku',
  },
  removeItem: { access: 'shopper', request: (scene) => ({ ...guest, ...bySku(scene) }), answer: 'not-found' },
  setDestination: { access: 'shopper', request: () => ({ body: destination }), answer: 200 },
  mergeCart: { access: 'signed-in', answer: 200 },
};

export const shippingRows: Rows = {
  listCountries: { access: 'anyone', answer: 200 },
  listPlaces: {
    access: 'anyone',
    request: () => ({ params: { country: 'DE' }, query: { q: 'Ham', limit: '3' } }),
    answer: 200,
  },
  quote: {
    access: 'anyone',
    request: ({ product }) => ({ body: { destination, lines: [{ sku: product.sku, quantity: 1 }] } }),
    answer: 201,
  },
  getQuote: { access: 'anyone', request: () => ({ params: { quoteId: nothing } }), answer: 'not-found' },
  listShipments: { access: 'follower', request: () => ofOrder, answer: 200 },
  getShipment: { access: 'follower', request: () => byId, answer: 'not-found' },
  addTrackingEvent: {
    access: { roles: ['support'], partner: 'carrier' },
    request: () => ({ ...byId, body: { eventId: '1', state: 'delivered' } }),
    answer: 'not-found',
  },
};

const byProduct = ({ product }: Scene) => ({ params: { productId: product.id } });
export const ratingsRows: Rows = {
  getRating: { access: 'anyone', request: byProduct, answer: 200 },
  listReviews: { access: 'anyone', request: byProduct, answer: 200 },
  getMyReview: { access: 'signed-in', request: byProduct, answer: 200 },
  putMyReview: {
    access: 'signed-in',
    request: (scene) => ({
      ...byProduct(scene),
      body: { rating: 5, title: 'Good', body: 'Very good', author: 'Ada' },
    }),
    answer: 'not-verified-buyer',
  },
  removeMyReview: { access: 'signed-in', request: byProduct, answer: 'not-found' },
  voteReview: {
    access: 'signed-in',
    request: () => ({ ...byId, body: { helpful: true } }),
    answer: 'not-found',
  },
  listModeration: { access: { roles: ['support'] }, answer: 200 },
  moderateReview: {
    access: { roles: ['support'] },
    request: () => ({ ...byId, body: { state: 'hidden' } }),
    answer: 'not-found',
  },
};

export const paymentRows: Rows = {
  listPaymentMethods: {
    access: 'anyone',
    request: () => ({ query: { currency: 'EUR', country: 'DE' } }),
    answer: 200,
  },
  listPayments: { access: 'follower', request: () => ofOrder, answer: 200 },
  getPayment: { access: 'follower', request: () => byId, answer: 'not-found' },
  actOnPayment: {
    access: 'follower',
    request: () => ({ ...byId, body: { outcome: 'approve' } }),
    answer: 'not-found',
  },
  attemptPayment: {
    access: 'follower',
    request: () => ({ ...byId, body: { paymentMethod: 'card', paymentToken: 'sim_ok' } }),
    answer: 'not-found',
  },
  receiveSimulatorWebhook: {
    access: 'signature',
    request: () => ({ raw: '{"id":"event-1","payment":{}}', headers: { 'simulator-signature': 't=1,v1=0' } }),
    answer: 'signature-invalid',
  },
  receiveMpesaCallback: {
    access: 'signature',
    request: () => ({ params: { attemptToken: 'A'.repeat(64) }, raw: '{"Body":{}}' }),
    answer: 'not-found',
  },
};

export const dispatchRows: Rows = {
  placeOrder: {
    access: 'shopper',
    request: () => ({
      body: {
        cartVersion: 1,
        shippingQuoteId: nothing,
        address,
        paymentMethod: 'card',
        paymentToken: 'sim_ok',
        expectedTotal: { amountMinor: 1, currency: 'EUR' },
        email: 'guest@example.test',
      },
    }),
    answer: 'cart-empty',
  },
  getOrder: { access: 'follower', request: () => byId, answer: 'not-found' },
  streamOrder: { access: 'follower', request: () => byId, answer: 'not-found' },
  cancelOrder: { access: 'follower', request: () => ({ ...byId, body: {} }), answer: 'not-found' },
  returnGoods: {
    access: 'follower',
    request: ({ product }) => ({ ...byId, body: { lines: [{ sku: product.sku, quantity: 1 }] } }),
    answer: 'not-found',
  },
  refundOrder: {
    access: { roles: ['support'] },
    request: () => ({ ...byId, body: { amount: { amountMinor: 1, currency: 'EUR' }, reason: 'scratched' } }),
    answer: 'not-found',
  },
  listOrders: { access: { roles: ['support'] }, answer: 200 },
  getJourney: { access: { roles: ['support'] }, request: () => byId, answer: 'not-found' },
  listSagas: { access: { roles: ['support'] }, answer: 200 },
  resumeSaga: {
    access: { roles: ['support'] },
    request: () => ({ params: { orderId: nothing }, body: { note: 'looked at it' } }),
    answer: 'not-found',
  },
};
