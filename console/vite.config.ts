import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { guidesPlugin } from './guides-plugin.ts';

export default defineConfig({
  root: import.meta.dirname,
  // Relative: the server may lie behind a path of a public address.
  base: './',
  plugins: [react(), guidesPlugin()],
  // The server puts a new nonce into each answer in the place of this one.
  html: { cspNonce: '{{nonce}}' },
  build: {
    target: 'es2023',
    // The first that know `light-dark()`: for older ones it would be rewritten into variables that nobody sets.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // A font as a data URL would be refused by the pages' own policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What nearly every page needs is one file: apart, each page loads twice as many files and 10 kB more.
        codeSplitting: {
          groups: [
            { name: 'shared', test: /node_modules/, minShareCount: 9 },
            // Small parts of several pages, a request each otherwise: what stands around a file is then more than the file.
            { name: 'parts', test: /console\/(?:parts|api)\/|\/client\/|lucide-react/, minShareCount: 4 },
          ],
        },
      },
    },
  },
});
