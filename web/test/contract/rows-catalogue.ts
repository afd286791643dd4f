import { nothing, type Rows, type Scene } from './row.ts';

const bySku = ({ product }: Scene) => ({ params: { sku: product.sku } });
const merchandiser = { roles: ['merchandiser'] } as const;
const fields = (sku: string) => ({
  name: 'Test lamp',
  description: 'It shines.',
  brand: 'Testwerk',
  categories: ['lighting'],
  taxClass: 'standard',
  attributes: { material: 'brass' },
  variants: [{ sku, options: {}, price: { amountMinor: 1999, currency: 'EUR' }, weightGrams: 700 }],
});

export const catalogueRows: Rows = {
  listProducts: { access: 'anyone', request: () => ({ query: { q: 'lamp', limit: '2' } }), answer: 200 },
  getProduct: { access: 'anyone', request: bySku, answer: 200 },
  listRelated: { access: 'anyone', request: bySku, answer: 200 },
  listCategories: { access: 'anyone', answer: 200 },
  suggest: { access: 'anyone', request: () => ({ query: { q: 'lam' } }), answer: 200 },
  snapshotPrices: {
    access: 'anyone',
    request: ({ product }) => ({ body: { skus: [product.sku], country: 'DE' } }),
    answer: 200,
  },
  getImage: {
    access: 'anyone',
    request: ({ product }) => ({ params: { name: product.images[0]?.name ?? '' } }),
    answer: 200,
  },
  createProduct: {
    access: merchandiser,
    request: ({ product }) => ({ body: { ...fields(product.sku), id: product.id } }),
    answer: 'product-exists',
  },
  replaceProduct: {
    access: merchandiser,
    request: (scene) => ({ ...bySku(scene), body: fields(scene.product.sku) }),
    answer: 'etag-stale',
  },
  patchProduct: {
    access: merchandiser,
    request: (scene) => ({ ...bySku(scene), body: { name: 'Another name', discontinued: true } }),
    answer: 'etag-stale',
  },
  discontinueProduct: { access: merchandiser, request: bySku, answer: 'etag-stale' },
  uploadImage: {
    access: merchandiser,
    request: (scene) => ({ ...bySku(scene), raw: 'no picture' }),
    answer: 'image-unreadable',
  },
  adjustStock: {
    access: merchandiser,
    request: (scene) => ({ ...bySku(scene), body: { delta: -1_000_000, reason: 'lost' } }),
    answer: 'stock-would-be-negative',
  },
  listStockMovements: { access: merchandiser, request: bySku, answer: 200 },
  importProducts: {
    access: merchandiser,
    request: () => ({ raw: 'no,product\ncsv,at all' }),
    answer: 'csv-unreadable',
  },
  exportProducts: { access: merchandiser, answer: 200 },
  getReservation: {
    access: { roles: ['support', 'merchandiser'] },
    request: () => ({ params: { orderId: nothing } }),
    answer: 'not-found',
  },
};
