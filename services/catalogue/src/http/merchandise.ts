import { draft, type OutgoingMessage } from '@shopstack/bus/message';
import {
  createProduct,
  discontinueProduct,
  type ProductFields,
  patchProduct,
  replaceProduct,
} from '@shopstack/contracts/merchandise';
import { productDiscontinued, productPriceChanged } from '@shopstack/contracts/messages';
import { type Api, created, noContent, ok } from '@shopstack/kit/api';
import { checkIfMatch, etag } from '@shopstack/kit/etag';
import { problem } from '@shopstack/kit/problem';
import { type ProductRecord, presentProduct, type ShopFront, type VariantRecord } from '../domain/product.ts';
import type { ProductChange, ProductContent, Products } from '../store/products.ts';
import type { Stock } from '../store/stock.ts';

interface Deps {
  products: Products;
  stock: Pick<Stock, 'availability' | 'open'>;
  front: ShopFront;
  /** Called after a write that left outgoing events. */
  wake: () => void;
}

/** The merchandiser's doors to products. */
export function merchandise(api: Api, deps: Deps): void {
  const { products, front } = deps;

  api.on(createProduct, async ({ body }) => {
    const { id, ...fields } = body;
    const product = await products.create(id, contentOf(fields, front.currency), []);
    await openStock(deps, product);
    const shown = await present(deps, product);
    return created(`${front.publicPath}/products/${shown.sku}`, shown, { etag: etag(product.version) });
  });

  api.on(replaceProduct, async ({ params, body, ifMatch }) => {
    const product = await present404(deps, params.sku);
    checkIfMatch(ifMatch, product.version);
    return changed(deps, product, contentOf(body, front.currency));
  });

  api.on(patchProduct, async ({ params, body, ifMatch }) => {
    const product = await present404(deps, params.sku);
    checkIfMatch(ifMatch, product.version);
    const { variants, ...rest } = body;
    return changed(deps, product, {
      ...rest,
      ...(variants ? { variants: variants.map((it) => variantOf(it, front.currency)) } : {}),
    });
  });

  api.on(discontinueProduct, async ({ params, ifMatch }) => {
    const product = await present404(deps, params.sku);
    checkIfMatch(ifMatch, product.version);
    if (!product.discontinued) await changed(deps, product, { discontinued: true });
    return noContent;
  });
}

async function changed(deps: Deps, before: ProductRecord, change: ProductChange) {
  const outgoing = factsOf(before, change, deps.front.currency);
  const product = await deps.products.change(before._id, before.version, { ...change, outgoing });
  if (change.variants) await openStock(deps, product);
  if (outgoing.length > 0) deps.wake();
  return ok(await present(deps, product), { etag: etag(product.version) });
}

/** What others have to know of a change. */
function factsOf(before: ProductRecord, change: ProductChange, currency: string): OutgoingMessage[] {
  const version = before.version + 1;
  const old = new Map(before.variants.map((it) => [it.sku, it.priceMinor]));
  const repriced = (change.variants ?? []).filter(
    (it) => old.has(it.sku) && old.get(it.sku) !== it.priceMinor,
  );
  const facts = repriced.map((it) =>
    draft(productPriceChanged, {
      subject: before._id,
      data: { productId: before._id, sku: it.sku, price: { amountMinor: it.priceMinor, currency }, version },
    }),
  );
  if (!change.discontinued || before.discontinued) return facts;
  const skus = before.variants.map(({ sku }) => sku);
  return [
    ...facts,
    draft(productDiscontinued, { subject: before._id, data: { productId: before._id, skus, version } }),
  ];
}

async function openStock(deps: Deps, product: ProductRecord): Promise<void> {
  for (const { sku } of product.variants) await deps.stock.open(sku, product._id);
}
async function present(deps: Deps, product: ProductRecord) {
  const available = await deps.stock.availability(product.variants.map(({ sku }) => sku));
  return presentProduct(product, (sku) => available.get(sku) ?? 0, deps.front);
}
async function present404(deps: Deps, key: string): Promise<ProductRecord> {
  const product = await deps.products.find(key);
  if (!product) throw problem('not-found', `There is no product ${key}.`);
  return product;
}

const contentOf = (fields: ProductFields, currency: string): ProductContent => ({
  ...fields,
  variants: fields.variants.map((it) => variantOf(it, currency)),
});
function variantOf(it: ProductFields['variants'][number], currency: string): VariantRecord {
  for (const price of [it.price, it.compareAtPrice]) {
    if (price && price.currency !== currency) {
      throw problem('validation-failed', `This shop sells in ${currency}.`, {
        errors: [{ pointer: '/variants', detail: `prices are in ${currency}` }],
      });
    }
  }
  return {
    sku: it.sku,
    options: it.options,
    priceMinor: it.price.amountMinor,
    weightGrams: it.weightGrams,
    ...(it.compareAtPrice ? { compareAtMinor: it.compareAtPrice.amountMinor } : {}),
  };
}
