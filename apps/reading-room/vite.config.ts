import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: {
    conditions: ['@crashkeep/source', 'module', 'browser', 'development|production'],
    // @mantine/hooks imports react-dom and does not declare it: with linked workspaces it must be told where that is.
    dedupe: ['react', 'react-dom'],
  },
  // Browsers that know light-dark(): it stays as it is written. No source map of a page that shows memory.
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  server: { proxy: { '/api': process.env['CRASHKEEP_PUBLIC_ROOM_URL'] ?? 'http://localhost:8081' } },
});
