import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Everything that needs no editor. The suites in a real VS Code have a configuration of their own, test/e2e.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    setupFiles: ['test/support/seed.ts'],
    // Of two cores the default would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Time is measured in bench/, never asserted in a test: this only ends what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
