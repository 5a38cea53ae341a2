import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{app,components,db,lib,scripts}/**/*.test.{ts,tsx}'],
    setupFiles: ['scripts/vitest-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
