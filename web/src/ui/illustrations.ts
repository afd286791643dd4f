import hero from '../../../mongo/catalogue/images/hero.svg?url';

const files = import.meta.glob<string>('../../../mongo/catalogue/images/category-*.svg', {
  query: '?url',
  import: 'default',
  eager: true,
});
const bySlug = new Map(
  Object.entries(files).map(([path, url]) => [path.replace(/^.*\/category-|\.svg$/g, ''), url] as const),
);

/** The shop's own drawings; the build names them by their content. */
export const heroIllustration = hero;
export const categoryIllustration = (slug: string): string | undefined => bySlug.get(slug);
