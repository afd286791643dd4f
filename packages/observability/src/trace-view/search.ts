import { badInput } from './refusal.ts';

/** What somebody looks for among the traces. */
export interface Search {
  order: string | undefined;
  service: string | undefined;
  /** The whole name of the trace. */
  name: string | undefined;
  /** Only traces in which something failed. */
  errors: boolean;
  minMs: number;
  limit: number;
}

const known = ['order', 'service', 'name', 'errors', 'minMs', 'limit', 'live'];
const LONGEST_MS = 86_400_000;
const MOST = 500;
const USUAL = 300;

/** An empty field of a form is no condition. @throws Refusal that names the parameter */
export function readSearch(query: URLSearchParams): Search {
  const strange = [...query.keys()].find((name) => !known.includes(name));
  if (strange !== undefined)
    throw badInput(`There is no parameter ${strange}; there are ${known.join(', ')}`);
  return {
    order: text(query, 'order'),
    service: text(query, 'service'),
    name: text(query, 'name'),
    errors: flag(query, 'errors'),
    minMs: number(query, 'minMs', { least: 0, most: LONGEST_MS, usual: 0 }),
    limit: number(query, 'limit', { least: 1, most: MOST, usual: USUAL }),
  };
}

/** The same search for an address; what is usual is left out. */
export function searchText({ order, service, name, errors, minMs }: Partial<Search>): string {
  const query = new URLSearchParams();
  if (order !== undefined) query.set('order', order);
  if (service !== undefined) query.set('service', service);
  if (name !== undefined) query.set('name', name);
  if (errors === true) query.set('errors', 'true');
  if (minMs) query.set('minMs', String(minMs));
  return query.size === 0 ? '' : `?${query}`;
}

function text(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name)?.trim();
  if (value !== undefined && value.length > 200) throw badInput(`${name} is longer than 200 characters`);
  return value || undefined;
}

export function flag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name) ?? '';
  if (!['', 'true', 'false'].includes(value)) throw badInput(`${name} is true or false, not ${value}`);
  return value === 'true';
}

function number(query: URLSearchParams, name: string, is: { least: number; most: number; usual: number }) {
  const value = query.get(name)?.trim();
  if (!value) return is.usual;
  const read = Number(value);
  if (read >= is.least && read <= is.most) return read;
  throw badInput(`${name} is a number from ${is.least} to ${is.most}, not ${value}`);
}
