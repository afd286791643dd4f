import type { Query } from '../api/http.ts';

export const sorts = ['relevance', 'newest', 'price-asc', 'price-desc', 'rating', 'name'] as const;
export type Sort = (typeof sorts)[number];

/** What the address bar says about the list; prices are in minor units. */
export interface Filters {
  q: string;
  category: string | undefined;
  brands: readonly string[];
  minPrice: number | undefined;
  maxPrice: number | undefined;
  inStock: boolean;
  rating: number | undefined;
  sort: Sort | undefined;
}

const isSort = (value: string | null): value is Sort => sorts.some((sort) => sort === value);
const wholeNumber = (value: string | null): number | undefined =>
  value !== null && /^\d{1,9}$/.test(value) ? Number(value) : undefined;

/** Nonsense in an address is ignored, never an error page. */
export function readFilters(params: URLSearchParams): Filters {
  const rating = wholeNumber(params.get('rating'));
  const category = params.get('category');
  const sort = params.get('sort');
  return {
    q: (params.get('q') ?? '').trim().slice(0, 120),
    category: category && /^[a-z0-9][a-z0-9-]{0,59}$/.test(category) ? category : undefined,
    brands: params.getAll('brand').slice(0, 20),
    minPrice: wholeNumber(params.get('minPrice')),
    maxPrice: wholeNumber(params.get('maxPrice')),
    inStock: params.get('inStock') === 'true',
    rating: rating && rating >= 1 && rating <= 5 ? rating : undefined,
    sort: isSort(sort) ? sort : undefined,
  };
}

/** The query of the catalogue; the address bar uses the same names. */
export const toQuery = (filters: Filters): Query => ({
  q: filters.q || undefined,
  category: filters.category,
  brand: filters.brands.length > 0 ? filters.brands : undefined,
  minPrice: filters.minPrice,
  maxPrice: filters.maxPrice,
  inStock: filters.inStock ? 'true' : undefined,
  rating: filters.rating,
  sort: filters.sort,
});

export function toParams(filters: Filters): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(toQuery(filters))) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) params.append(name, String(item));
  }
  return params;
}

/** Keeps the search text and the order, takes every filter away. */
export const withoutFilters = (filters: Filters): Filters => ({
  ...filters,
  category: undefined,
  brands: [],
  minPrice: undefined,
  maxPrice: undefined,
  inStock: false,
  rating: undefined,
});

export const toggleBrand = (filters: Filters, brand: string): Filters => ({
  ...filters,
  brands: filters.brands.includes(brand)
    ? filters.brands.filter((one) => one !== brand)
    : [...filters.brands, brand],
});

export type Active =
  | { kind: 'category' | 'brand'; value: string; without: Filters }
  | { kind: 'price'; min: number | undefined; max: number | undefined; without: Filters }
  | { kind: 'inStock'; without: Filters }
  | { kind: 'rating'; value: number; without: Filters };

/** Each filter that is set, with what the list would be without it. */
export function activeFilters(filters: Filters): Active[] {
  const { category, brands, minPrice: min, maxPrice: max, rating } = filters;
  const active: Active[] = [];
  if (category)
    active.push({ kind: 'category', value: category, without: { ...filters, category: undefined } });
  for (const brand of brands)
    active.push({ kind: 'brand', value: brand, without: toggleBrand(filters, brand) });
  if (min !== undefined || max !== undefined)
    active.push({
      kind: 'price',
      min,
      max,
      without: { ...filters, minPrice: undefined, maxPrice: undefined },
    });
  if (filters.inStock) active.push({ kind: 'inStock', without: { ...filters, inStock: false } });
  if (rating) active.push({ kind: 'rating', value: rating, without: { ...filters, rating: undefined } });
  return active;
}
