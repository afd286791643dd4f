import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { care } from './care.ts';
import type { Drawing } from './collection.ts';
import { drawCategory, drawHero, drawLogo, type Shop } from './compositions.ts';
import { desk } from './desk.ts';
import { garden } from './garden.ts';
import { home } from './home.ts';
import { kitchen } from './kitchen.ts';
import { play } from './play.ts';
import { type Category, categories, stage } from './scene.ts';
import { svg } from './shapes.ts';
import { travel } from './travel.ts';
import { wear } from './wear.ts';

const folder = join(import.meta.dirname, '..', 'images');
const shop: Shop = { kitchen, home, desk, garden, travel, wear, care, play };

const drawn = new Map<string, string>([
  ['hero', drawHero(shop)],
  ['logo', drawLogo()],
]);
const drawProduct = (category: Category, handle: string, { colours, draw }: Drawing) => {
  for (const [index, [name, colour]] of Object.entries(colours ?? { only: '#888888' }).entries())
    drawn.set(index === 0 ? handle : `${handle}-${name}`, svg(800, 800, stage(category, draw(colour))));
};
for (const category of categories) {
  drawn.set(`category-${category}`, drawCategory(shop, category));
  for (const [handle, drawing] of Object.entries(shop[category])) drawProduct(category, handle, drawing);
}

mkdirSync(folder, { recursive: true });
for (const old of readdirSync(folder)) if (old.endsWith('.svg')) rmSync(join(folder, old));
for (const [name, picture] of drawn) writeFileSync(join(folder, `${name}.svg`), picture);
console.log(`${drawn.size} illustrations`);
