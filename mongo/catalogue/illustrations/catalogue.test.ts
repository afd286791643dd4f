import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';

const folder = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const rows = parse<Record<string, string>>(read('products.csv'), { columns: true });
const products = rows.filter((row) => row.Title !== '');
const categories: { slug: string; name: string; image: string; description: string }[] = JSON.parse(
  read('categories.json'),
);
const images = [
  ...new Set(rows.flatMap((row) => [row['Image Src'] ?? '', row['Variant Image'] ?? ''])),
].filter((image) => image !== '');
const scenery = [...categories.map(({ image }) => image), 'images/hero.svg', 'images/logo.svg'];
const optionsOf = (row: Record<string, string>) => [1, 2, 3].map((n) => row[`Option${n} Value`]).join('/');

const unsafe =
  /<script|<foreignObject|<text|<image|<use|<style|href|https?:(?!\/\/www\.w3\.org\/2000\/svg")|\son\w+=/i;

describe('products', () => {
  it('are at least 55, each with its own handle', () => {
    const handles = products.map(({ Handle }) => Handle);
    expect(handles.length).toBeGreaterThanOrEqual(55);
    expect(new Set(handles).size).toBe(handles.length);
    for (const handle of handles) expect(handle).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('belong to one of 8 categories, none of them empty', () => {
    expect(categories).toHaveLength(8);
    expect(new Set(products.map(({ Type }) => Type))).toEqual(new Set(categories.map(({ name }) => name)));
    for (const { name, slug } of categories) expect(slug).toBe(name.toLowerCase());
  });

  it('keep the rows of a product together', () => {
    const starts = rows.filter((row, i) => row.Handle !== rows[i - 1]?.Handle);
    expect(starts.map(({ Handle }) => Handle)).toEqual(products.map(({ Handle }) => Handle));
  });

  it.each(products.map((row) => [row.Handle, row] as const))(
    '%s is described in 60 to 120 words',
    (_, row) => {
      const body = row['Body (HTML)'] ?? '';
      const words = body
        .replace(/<[^>]+>/g, ' ')
        .split(/\s+/)
        .filter(Boolean).length;
      expect(words).toBeGreaterThanOrEqual(60);
      expect(words).toBeLessThanOrEqual(120);
      expect(body.replace(/<\/?(p|ul|li|strong|em)>/g, '')).not.toMatch(/[<>]/);
      expect(row.Tags).toMatch(/^[\w-]+:[^,]+(, [\w-]+:[^,]+)*$/);
      expect(row['SEO Description']?.length).toBeLessThanOrEqual(170);
    },
  );

  it('that are read or eaten are taxed at the reduced rate', () => {
    const reduced = products
      .filter((row) => row['Variant Tax Code'] === 'reduced')
      .map(({ Handle }) => Handle);
    expect(reduced).toEqual([
      'hillside-olive-oil',
      'lime-blossom-honey',
      'kitchen-table-year',
      'small-garden-slowly',
      'weather-for-beginners',
    ]);
  });
});

describe('variants', () => {
  it('have a SKU of their own and options that differ within the product', () => {
    const skus = rows.map((row) => row['Variant SKU']);
    for (const sku of skus) expect(sku).toMatch(/^[A-Z0-9]+(-[A-Z0-9]+)*$/);
    expect(new Set(skus).size).toBe(rows.length);
    expect(new Set(rows.map((row) => `${row.Handle}:${optionsOf(row)}`)).size).toBe(rows.length);
  });

  it('have a price, a weight, a stock and a valid barcode', () => {
    for (const row of rows) {
      expect(row['Variant Price']).toMatch(/^\d+\.\d{2}$/);
      expect(row['Variant Compare At Price']).toMatch(/^(\d+\.\d{2})?$/);
      if (row['Variant Compare At Price'])
        expect(Number(row['Variant Compare At Price'])).toBeGreaterThan(Number(row['Variant Price']));
      expect(Number(row['Variant Grams'])).toBeGreaterThan(0);
      expect(row['Variant Inventory Qty']).toMatch(/^\d+$/);
      const digits = Array.from(row['Variant Barcode'] ?? '', Number);
      expect(digits).toHaveLength(13);
      expect(digits.reduce((sum, digit, i) => sum + digit * (i % 2 ? 3 : 1), 0) % 10).toBe(0);
    }
  });

  it('show the shop as it is: some are scarce and one or two are sold out', () => {
    const stocks = rows.map((row) => Number(row['Variant Inventory Qty']));
    expect(stocks.filter((stock) => stock === 0).length).toBeGreaterThanOrEqual(1);
    expect(stocks.filter((stock) => stock === 0).length).toBeLessThanOrEqual(2);
    expect(stocks.filter((stock) => stock >= 1 && stock <= 4).length).toBeGreaterThanOrEqual(5);
  });
});

describe('illustrations', () => {
  it('exist for every product and have a text for those who cannot see them', () => {
    for (const row of products) expect(row['Image Src']).toBe(`images/${row.Handle}.svg`);
    for (const row of rows.filter((each) => each['Image Src'] !== ''))
      expect(row['Image Alt Text']?.length).toBeGreaterThan(15);
  });

  it.each([...images, ...scenery])('%s is a small and harmless drawing', (image) => {
    expect(existsSync(join(folder, image))).toBe(true);
    const drawing = read(image);
    const limit = scenery.includes(image) ? 32 : 12;
    expect(Buffer.byteLength(drawing)).toBeLessThanOrEqual(limit * 1024);
    expect(drawing).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+">/);
    expect(drawing).not.toMatch(unsafe);
    expect(drawing).not.toMatch(/NaN|undefined|Infinity/);
  });

  it.each([...images, ...scenery])('%s defines every paint it uses, once', (image) => {
    const drawing = read(image);
    const ids = Array.from(drawing.matchAll(/ id="([^"]+)"/g), ([, id]) => id);
    const used = new Set(Array.from(drawing.matchAll(/url\(#([^)]+)\)/g), ([, id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...used].filter((id) => !ids.includes(id))).toEqual([]);
  });
});
