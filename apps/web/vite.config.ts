import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstViewSize } from './dev/first-view-size.js';
import { madeUpVault } from './dev/made-up-plugin.js';

/** `--mode made-up` answers the API from made-up data; otherwise it is asked of a running vault. */
export default defineConfig(({ mode }) => ({
  plugins: [react(), firstViewSize(), ...(mode === 'made-up' ? [madeUpVault()] : [])],
  resolve: {
    conditions: ['@crashkeep/source', 'module', 'browser', 'development|production'],
    // @mantine/hooks imports react-dom and does not declare it: with linked workspaces it must be told where that is.
    dedupe: ['react', 'react-dom', '@mantine/core', '@mantine/hooks'],
  },
  // Browsers that know light-dark(): it stays as it is written.
  build: { target: 'es2023', cssTarget: ['chrome123', 'firefox120', 'safari17.5'], assetsInlineLimit: 0 },
  server: {
    proxy: mode === 'made-up' ? {} : { '/api': process.env['CRASHKEEP_PUBLIC_CONSOLE_URL'] ?? 'http://localhost:8080' },
  },
}));
