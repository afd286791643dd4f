import { addAddress, listAddresses, removeAddress, replaceAddress } from '@shopstack/contracts/user';
import { type Api, created, noContent, ok } from '@shopstack/kit/api';
import { checkIfMatch, etag } from '@shopstack/kit/etag';
import { decodeCursor, pageOf } from '@shopstack/kit/page';
import { uuidv7 } from '@shopstack/kit/uuid';
import { z } from 'zod';
import * as book from '../domain/addresses.ts';
import type { Addresses } from '../store/addresses.ts';
import { callerOf } from './caller.ts';

const Cursor = z.tuple([z.string()]);

export function addresses(api: Api, deps: { addresses: Addresses; publicPath: string }): void {
  api.on(listAddresses, async ({ principal, query }) => {
    const after = decodeCursor(Cursor, query.cursor)?.[0] ?? '';
    const all = await deps.addresses.all(callerOf(principal).id);
    const rows = all.filter((it) => it.id > after).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return ok(
      pageOf(rows, query.limit, (last) => [last.id]),
      { 'cache-control': 'no-store' },
    );
  });

  api.on(addAddress, async ({ principal, body }) => {
    const id = uuidv7();
    const { changed } = await deps.addresses.change(callerOf(principal).id, (list) =>
      book.addAddress(list, id, body),
    );
    return created(`${deps.publicPath}/users/me/addresses/${id}`, changed, { etag: etag(changed.version) });
  });

  api.on(replaceAddress, async ({ principal, params, body, ifMatch }) => {
    const { changed } = await deps.addresses.change(callerOf(principal).id, (list) => {
      checkIfMatch(ifMatch, book.findAddress(list, params.id).version);
      return book.replaceAddress(list, params.id, body);
    });
    return ok(changed, { etag: etag(changed.version) });
  });

  api.on(removeAddress, async ({ principal, params, ifMatch }) => {
    await deps.addresses.change(callerOf(principal).id, (list) => {
      checkIfMatch(ifMatch, book.findAddress(list, params.id).version);
      return { addresses: book.removeAddress(list, params.id) };
    });
    return noContent;
  });
}
