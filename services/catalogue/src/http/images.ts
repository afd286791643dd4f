import { getImage } from '@shopstack/contracts/catalogue';
import { uploadImage } from '@shopstack/contracts/merchandise';
import { type Api, created, responded } from '@shopstack/kit/api';
import { checkIfMatch, etag } from '@shopstack/kit/etag';
import { problem } from '@shopstack/kit/problem';
import { imageUrl, presentProduct, type ShopFront } from '../domain/product.ts';
import type { Images, Width } from '../store/images.ts';
import type { Products } from '../store/products.ts';
import type { Stock } from '../store/stock.ts';

interface Deps {
  images: Images;
  products: Pick<Products, 'find' | 'change'>;
  stock: Pick<Stock, 'availability'>;
  front: ShopFront;
}
const MAX_IMAGES = 12;

export function images(api: Api, deps: Deps): void {
  api.on(getImage, async ({ params, query, res }) => {
    const width = query.w === undefined ? undefined : (Number(query.w) as Width);
    const image = await deps.images.read(params.name, width);
    if (!image) throw problem('not-found', 'There is no such picture.');
    res.setHeader('cache-control', 'public, max-age=31536000, immutable');
    res.setHeader('cross-origin-resource-policy', 'cross-origin');
    res.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    res.type(image.type).send(image.bytes);
    return responded;
  });

  api.on(uploadImage, async ({ params, query, ifMatch, req }) => {
    const product = await deps.products.find(params.sku);
    if (!product) throw problem('not-found', `There is no product ${params.sku}.`);
    checkIfMatch(ifMatch, product.version, 'optional');
    if (product.images.length >= MAX_IMAGES)
      throw problem('validation-failed', `A product has at most ${MAX_IMAGES} pictures.`);
    const upload: unknown = req.body;
    if (!Buffer.isBuffer(upload) || upload.length === 0)
      throw problem('image-unreadable', 'The body is empty.');
    const name = await deps.images.keepUpload(upload);
    const all = [...product.images.filter((it) => it.name !== name), { name, alt: query.alt }];
    const changed = await deps.products.change(product._id, product.version, { images: all, outgoing: [] });
    const available = await deps.stock.availability(changed.variants.map(({ sku }) => sku));
    const body = presentProduct(changed, (sku) => available.get(sku) ?? 0, deps.front);
    return created(imageUrl(deps.front, name), body, { etag: etag(changed.version) });
  });
}
