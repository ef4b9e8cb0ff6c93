import { defineConfig } from 'vitest/config';

const suite = (name: string, testTimeout: number, { serial = false, retry = 0 } = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout * 2,
    retry,
    ...(serial ? { fileParallelism: false } : {}),
  },
});

export default defineConfig({
  test: {
    projects: [
      suite('unit', 30_000),
      suite('architecture', 60_000),
      suite('service', 60_000),
      suite('interop', 120_000, { serial: true }),
      suite('container', 300_000, { serial: true }),
      // On a busy machine VS Code loses a click now and then. npm test names what passed only when tried again.
      suite('e2e', 300_000, { serial: true, retry: process.env['CI'] ? 1 : 0 }),
    ],
  },
});
