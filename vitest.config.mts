import { defineConfig } from 'vitest/config';

const suite = (name: string, testTimeout: number, serial = false) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout * 2,
    ...(serial ? { fileParallelism: false } : {}),
  },
});

export default defineConfig({
  test: {
    projects: [
      suite('unit', 10_000),
      suite('architecture', 60_000),
      suite('service', 60_000),
      suite('interop', 120_000, true),
      suite('container', 300_000, true),
      suite('e2e', 300_000, true),
    ],
  },
});
