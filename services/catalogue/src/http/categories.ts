import { listCategories } from '@shopstack/contracts/catalogue';
import { type Api, ok } from '@shopstack/kit/api';
import type { Categories, CategoryRecord } from '../store/categories.ts';
import type { Search } from '../store/search.ts';

interface Node {
  slug: string;
  name: string;
  count: number;
  children: Node[];
}

export function categories(
  api: Api,
  deps: { categories: Pick<Categories, 'all'>; search: Pick<Search, 'all'> },
): void {
  api.on(listCategories, async () => {
    const counts = new Map<string, number>();
    for (const slug of deps.search.all().flatMap((it) => it.categories))
      counts.set(slug, (counts.get(slug) ?? 0) + 1);
    return ok({ items: branch(deps.categories.all(), counts, null) });
  });
}

const branch = (all: readonly CategoryRecord[], counts: Map<string, number>, parent: string | null): Node[] =>
  all
    .filter((it) => it.parent === parent)
    .map((it) => ({
      slug: it._id,
      name: it.name,
      count: counts.get(it._id) ?? 0,
      children: branch(all, counts, it._id),
    }));
