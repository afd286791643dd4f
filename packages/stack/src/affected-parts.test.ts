import { expect, test } from '@jest/globals';
import { affectedParts } from './affected-parts.ts';
import { repository } from './layout.ts';
import { readWorkspaceUses } from './workspaces.ts';

const uses = new Map([
  ['packages/contracts', []],
  ['packages/kit', ['packages/contracts']],
  ['packages/sql', []],
  ['packages/simulators', ['packages/kit']],
  ['services/cart', ['packages/kit']],
  ['services/payment', ['packages/kit', 'packages/sql']],
  ['web', ['packages/contracts']],
]);

test.each([
  ['services/cart/src/http/carts.ts', ['cart']],
  ['packages/sql/src/migrations.ts', ['payment']],
  ['packages/kit/src/log.ts', ['simulators', 'cart', 'payment']],
  ['packages/contracts/src/order.ts', ['simulators', 'cart', 'payment', 'web']],
  ['web/src/app.tsx', ['web']],
  ['web/gateway/nginx.conf.template', ['gateway']],
])('a change of %s restarts %j', (file, parts) => {
  expect(affectedParts(file, uses)).toEqual(parts);
});

test.each([
  'services/cart/src/domain/cart.test.ts',
  'services/cart/test/carts.int.test.ts',
  'services/cart/README.md',
  'services/cart/node_modules/x/index.ts',
  'web/dist/assets/app.css',
])('a change of %s restarts nothing', (file) => {
  expect(affectedParts(file, uses)).toEqual([]);
});

test('the manifests of this repository are understood', () => {
  const here = readWorkspaceUses(repository);
  expect(here.get('services/cart')).toContain('packages/kit');
  expect(affectedParts('packages/kit/src/log.ts', here)).toEqual(
    expect.arrayContaining(['cart', 'dispatch']),
  );
});
