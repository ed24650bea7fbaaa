import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['{unit,contract,browser,fault}/**/*.test.{ts,tsx}'],
    setupFiles: ['support/strict.ts'],
    // Programs, databases and browsers are real: they need a moment on a small machine, and they share two cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    pool: 'forks',
    fileParallelism: true,
  },
});
