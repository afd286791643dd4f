import type { Row } from './row.ts';
import { catalogueRows } from './rows-catalogue.ts';
import { auditRows, deadLetterRows } from './rows-desk.ts';
import { cartRows, dispatchRows, paymentRows, ratingsRows, shippingRows } from './rows-shopping.ts';
import { userRows } from './rows-user.ts';

export const rows: Readonly<Record<string, Row>> = {
  ...userRows,
  ...catalogueRows,
  ...cartRows,
  ...shippingRows,
  ...ratingsRows,
  ...paymentRows,
  ...dispatchRows,
  ...deadLetterRows,
  ...auditRows,
};
export const rowOf = (id: string): Row => {
  const row = rows[id];
  if (!row) throw new Error(`${id} has no row in web/test/contract/rows-*.ts`);
  return row;
};
