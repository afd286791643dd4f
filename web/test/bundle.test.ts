import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const BUDGET_BYTES = 120_000;
const root = new URL('..', import.meta.url).pathname;
const vite = new URL('../../node_modules/vite/bin/vite.js', import.meta.url).pathname;
let dist = '';
let html = '';

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'shopstack-web-'));
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', dist, '--emptyOutDir'], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production', PUBLIC_URL: 'https://shop.test/' },
  });
  html = await readFile(join(dist, 'index.html'), 'utf8');
}, 180_000);
afterAll(() => rm(dist, { recursive: true, force: true }));

const read = (path: string) => readFile(join(dist, path));
const linked = (pattern: RegExp) => [...html.matchAll(pattern)].flatMap(([, path]) => path ?? []);

describe('the built shop', () => {
  test('loads at most 120 KB of compressed script before anything is shown', async () => {
    const scripts = linked(/(?:src|href)="([^"]+\.js)"/g);
    const sizes = await Promise.all(scripts.map(async (path) => gzipSync(await read(path)).length));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(scripts.length).toBeGreaterThan(1);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  test('keeps validation and forms out of the first load', async () => {
    const first = await Promise.all(
      linked(/(?:src|href)="([^"]+\.js)"/g).map(async (path) => String(await read(path))),
    );
    expect(first.join('')).not.toMatch(/ZodError|\$ZodType|useFormContext/);
  });

  test('has nothing inline that the content security policy refuses', () => {
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|data:/i);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  test('inlines no picture into script or style', async () => {
    const assets = await readdir(join(dist, 'assets'));
    const code = await Promise.all(
      assets
        .filter((name) => /\.(js|css)$/.test(name))
        .map(async (name) => String(await read(`assets/${name}`))),
    );
    expect(code.join('')).not.toMatch(/data:image|data:font/);
    expect(assets.filter((name) => /^category-.*\.svg$/.test(name)).length).toBeGreaterThanOrEqual(8);
  });

  test('tells search engines its public address', async () => {
    expect(String(await read('robots.txt'))).toContain('Sitemap: https://shop.test/sitemap.xml');
    expect(String(await read('sitemap.xml'))).toContain('<loc>https://shop.test/products</loc>');
    expect(html).toContain('content="https://shop.test/og.png"');
    expect((await read('og.png')).length).toBeGreaterThan(1000);
  });
});
