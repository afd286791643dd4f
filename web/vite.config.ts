import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { siteFiles } from './site-files.ts';

const repository = new URL('..', import.meta.url).pathname;

export default defineConfig({
  plugins: [react(), tailwindcss(), siteFiles(process.env.PUBLIC_URL ?? 'http://localhost:8080')],
  server: {
    fs: { allow: [repository] },
    proxy: { '/api': process.env.API_URL ?? 'http://127.0.0.1:8080' },
  },
  preview: { proxy: { '/api': process.env.API_URL ?? 'http://127.0.0.1:8080' } },
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The content security policy allows no data: URLs, so no picture may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // One chunk compresses better than three, and stays in caches when only the shop changes.
        codeSplitting: {
          groups: [
            {
              name: 'frame',
              test: /node_modules\/(react|react-dom|scheduler|react-router|i18next|react-i18next)\//,
            },
          ],
        },
      },
    },
  },
});
