import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The centre that `npm run dev` asks; `./run` starts one there.
const centre = process.env.OUTRIDER_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../artifacts/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing may be inlined into the page: its policy lets in files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What many pages share comes in one file instead of in dozens of small ones.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 6, test: /node_modules|src\/(api|format|language|lists)/ }] } } },
  },
  server: {
    proxy: {
      '/api': centre,
      '/openapi': centre,
      '/ws': { target: centre, ws: true },
    },
  },
  test: { environment: 'jsdom', setupFiles: ['src/app/testing.ts'] },
});
