import { defineConfig } from 'vitest/config';

// Everything that needs no editor. The suites in a real VS Code have a configuration of their own, test/e2e.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    setupFiles: ['test/support/seed.ts'],
    // Time is measured in bench/, never asserted in a test: this only ends what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
