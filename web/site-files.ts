import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const categoriesFile = new URL('../mongo/catalogue/categories.json', import.meta.url);
const pages = ['/', '/products', '/legal/terms', '/legal/privacy', '/legal/imprint'];

/** robots.txt, sitemap.xml and absolute Open Graph addresses need the public address of the shop. */
export function siteFiles(publicUrl: string): Plugin {
  const base = publicUrl.replace(/\/+$/, '');
  return {
    name: 'shopstack-site-files',
    transformIndexHtml: (html) => html.replaceAll('%PUBLIC_URL%', base),
    generateBundle() {
      const paths = [...pages, ...categorySlugs().map((slug) => `/products?category=${slug}`)];
      this.emitFile({ type: 'asset', fileName: 'robots.txt', source: robots(base) });
      this.emitFile({ type: 'asset', fileName: 'sitemap.xml', source: sitemap(base, paths) });
    },
  };
}

const robots = (base: string) =>
  `User-agent: *
Disallow: /account
Disallow: /api/
Disallow: /checkout
Disallow: /orders
Sitemap: ${base}/sitemap.xml
`;

const sitemap = (base: string, paths: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${paths.map((path) => `  <url><loc>${base}${path}</loc></url>`).join('\n')}
</urlset>
`;

function categorySlugs(): string[] {
  try {
    return [...readFileSync(categoriesFile, 'utf8').matchAll(/"slug":\s*"([a-z0-9-]+)"/g)].flatMap(
      ([, slug]) => slug ?? [],
    );
  } catch {
    return [];
  }
}
