import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstViewSize } from './dev/first-view-size.js';

/** In development the API is asked of a running vault. */
export default defineConfig({
  plugins: [react(), firstViewSize()],
  resolve: {
    conditions: ['@crashkeep/source', 'module', 'browser', 'development|production'],
    // @mantine/hooks imports react-dom and does not declare it: with linked workspaces it must be told where that is.
    dedupe: ['react', 'react-dom', '@mantine/core', '@mantine/hooks'],
  },
  // Browsers that know light-dark(): it stays as it is written.
  build: { target: 'es2023', cssTarget: ['chrome123', 'firefox120', 'safari17.5'], assetsInlineLimit: 0 },
  server: {
    proxy: { '/api': process.env['CRASHKEEP_PUBLIC_CONSOLE_URL'] ?? 'http://localhost:8080' },
  },
});
