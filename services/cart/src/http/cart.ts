import {
  addItem,
  emptyCart,
  getCart,
  getCartContents,
  mergeCart,
  removeItem,
  setDestination,
  setItem,
} from '@shopstack/contracts/cart';
import type { Operation } from '@shopstack/contracts/operation';
import { type Api, type Call, ok } from '@shopstack/kit/api';
import { etag, expectedVersion } from '@shopstack/kit/etag';
import { hashBody } from '@shopstack/kit/idempotency';
import { counter } from '@shopstack/kit/metrics';
import { isProblem, problem } from '@shopstack/kit/problem';
import { uuidv7 } from '@shopstack/kit/uuid';
import type { CatalogueClient } from '../clients/catalogue.ts';
import { type CartRecord, cappedWarning, knownFrom, type Prices, presentCart } from '../domain/cart.ts';
import { guestHolder, type Holder, userHolder } from '../domain/holder.ts';
import type { Carts, Change, ChangeRequest } from '../store/carts.ts';
import { issueCartCookie, readCartCookie } from './cookie.ts';

export interface CartDeps {
  carts: Carts;
  catalogue: Pick<CatalogueClient, 'snapshots'>;
  currency: string;
  cookie: { secure: boolean; path: string };
}
const changes = counter('shop_cart_changes_total');
const nothing: CartRecord = { version: 0, updatedAt: new Date(0), lines: [] };

export function cart(api: Api, deps: CartDeps): void {
  api.on(getCart, async (call) => {
    const holder = holderOf(call);
    return show(deps, holder?.id ?? '', holder ? await deps.carts.read(holder.id) : nothing);
  });

  api.on(getCartContents, async (call) => {
    const holder = holderOf(call);
    const { version, lines } = holder ? await deps.carts.read(holder.id) : nothing;
    const bare = lines.map(({ sku, quantity }) => ({ sku, quantity }));
    return ok({ id: holder?.id ?? '', version, lines: bare }, { 'cache-control': 'no-store' });
  });

  api.on(addItem, async (call) => {
    const { sku, quantity } = call.body;
    const holder = holderOf(call) ?? newGuest(call, deps);
    const present = await deps.carts.read(holder.id);
    if (await isResent(deps, holder, call)) return show(deps, holder.id, present);
    const held = present.lines.find((it) => it.sku === sku);
    const known = await sellable(deps, { sku, quantity: (held?.quantity ?? 0) + quantity, present });
    return change(deps, holder, { op: 'add', sku, quantity, known }, call);
  });

  api.on(setItem, async (call) => {
    const holder = holderOf(call);
    if (!holder) throw problem('not-found', 'The cart is empty.');
    const { sku } = call.params;
    const { quantity } = call.body;
    const present = await deps.carts.read(holder.id);
    if (await isResent(deps, holder, call)) return show(deps, holder.id, present);
    const known = await sellable(deps, { sku, quantity, present });
    return change(deps, holder, { op: 'set', sku, quantity, known }, call);
  });

  api.on(removeItem, async (call) => {
    const holder = holderOf(call);
    if (!holder) throw problem('not-found', 'The cart is empty.');
    return change(deps, holder, { op: 'remove', sku: call.params.sku }, call);
  });

  api.on(emptyCart, async (call) => {
    const holder = holderOf(call);
    return holder ? change(deps, holder, { op: 'empty' }, call) : show(deps, '', nothing);
  });

  api.on(setDestination, async (call) => {
    const holder = holderOf(call) ?? newGuest(call, deps);
    return change(deps, holder, { op: 'destination', destination: call.body }, call);
  });

  api.on(mergeCart, async (call) => {
    const holder = holderOf(call);
    if (!holder) throw problem('unauthenticated');
    const cookie = readCartCookie(call.req);
    if (!cookie) return show(deps, holder.id, await deps.carts.read(holder.id));
    const guest = guestHolder(cookie);
    const { lines } = await deps.carts.read(guest.id);
    if (lines.length === 0) return show(deps, holder.id, await deps.carts.read(holder.id));
    const snapshots = await deps.catalogue.snapshots(lines.map(({ sku }) => sku));
    const buyable = ({ sku }: { sku: string }) => {
      const it = snapshots.get(sku);
      return it && !it.discontinued ? it.available : 0;
    };
    const most = new Map(lines.map((line) => [line.sku, buyable(line)]));
    return change(deps, holder, { op: 'merge', guest, most }, call);
  });
}

function holderOf<T extends Operation>({ principal, req }: Call<T>): Holder | undefined {
  if (principal.kind === 'user') return userHolder(principal.id);
  const cookie = readCartCookie(req);
  return cookie ? guestHolder(cookie) : undefined;
}
const newGuest = <T extends Operation>({ res }: Call<T>, deps: CartDeps): Holder =>
  guestHolder(issueCartCookie(res, deps.cookie));

/** What a resend has in common with the first. Without a key only our own reconnecting to Redis resends. */
function requestOf<T extends Operation>({ req, body }: Call<T>): ChangeRequest {
  const key = req.get('idempotency-key');
  if (key === undefined) return { id: uuidv7(), digest: '' };
  return { id: hashBody(key).slice(0, 32), digest: hashBody([req.method, req.path, body]).slice(0, 16) };
}

/** A resend is answered before stock is asked: the first may have taken the last units. */
const isResent = async <T extends Operation>(deps: CartDeps, holder: Holder, call: Call<T>) =>
  call.req.get('idempotency-key') !== undefined && deps.carts.hasDone(holder.id, requestOf(call));

async function change<T extends Operation>(deps: CartDeps, holder: Holder, what: Change, call: Call<T>) {
  const { record, capped } = await deps.carts.change(holder, what, {
    request: requestOf(call),
    expectedVersion: expectedVersion(call.ifMatch),
  });
  if (what.op !== 'ordered') changes.inc({ change: what.op });
  return show(deps, holder.id, record, capped);
}

/** @throws Problem `unknown-sku`, `out-of-stock`, or `unavailable` while the catalogue is away. */
async function sellable(deps: CartDeps, it: { sku: string; quantity: number; present: CartRecord }) {
  const snapshot = (await deps.catalogue.snapshots([it.sku], it.present.destination?.country)).get(it.sku);
  if (!snapshot) throw problem('unknown-sku', `No product has the SKU ${it.sku}.`);
  if (snapshot.discontinued)
    throw problem('out-of-stock', `${snapshot.name} is no longer sold.`, { members: { available: 0 } });
  if (snapshot.available < it.quantity) {
    const left = snapshot.available;
    const detail =
      left === 0 ? `${snapshot.name} is sold out.` : `Only ${left} of ${snapshot.name} are left.`;
    throw problem('out-of-stock', detail, { members: { available: left } });
  }
  const held = it.present.lines.find(({ sku }) => sku === it.sku);
  return knownFrom(snapshot, held?.known?.addedAt ?? new Date().toISOString());
}

async function show(deps: CartDeps, id: string, record: CartRecord, capped: readonly string[] = []) {
  const shown = presentCart(id, record, await pricesOf(deps, record), deps.currency);
  const body = { ...shown, warnings: [...capped.map(cappedWarning), ...shown.warnings] };
  return ok(body, { etag: etag(record.version), 'cache-control': 'no-store' });
}

async function pricesOf(deps: CartDeps, record: CartRecord): Promise<Prices> {
  const skus = record.lines.map(({ sku }) => sku);
  try {
    return { confirmed: true, bySku: await deps.catalogue.snapshots(skus, record.destination?.country) };
  } catch (error) {
    if (!isProblem(error, 'unavailable')) throw error;
    return { confirmed: false, lastKnown: await deps.carts.lastKnown(skus) };
  }
}
