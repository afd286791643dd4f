import { createShopper, type Shopper } from '@shopstack/acceptance/shopper';
import type { Arena } from '../arena/arena.ts';

/** The shop's own merchandiser, signed in. */
export async function merchandiserOf(arena: Arena): Promise<Shopper> {
  const { email, password } = arena.account('merchandiser');
  const person = createShopper(arena.shop.url);
  await person.signIn(email, password);
  return person;
}
