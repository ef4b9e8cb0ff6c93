import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const suite = (name: string, testTimeout: number, { workers = 0, retry = 0, isolate = true } = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout * 2,
    retry,
    isolate,
    // What is waited for comes at once, or on a busy machine after a while.
    expect: { poll: { timeout: testTimeout / 2 } },
    // None: one less than the machine has processors.
    ...(workers > 0 ? { maxWorkers: workers } : {}),
  },
});

/** Where tests compute and wait for nothing, a second one beside the first pays on two processors. */
const computing = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    projects: [
      // Files share a process: what they test keeps no state of its own, and loading it anew for each takes most of the time.
      suite('unit', 30_000, { isolate: false, workers: computing }),
      suite('architecture', 120_000, { workers: computing }),
      suite('service', 60_000),
      suite('interop', 120_000, { workers: 1 }),
      // Two files at once: each waits more than it works, for engines, stops and limits.
      suite('container', 300_000, { workers: 2 }),
      // Two VS Codes at once: each waits more than it works. On a busy machine one loses a click now and then. npm test names what passed only when tried again.
      suite('e2e', 300_000, { workers: 2, retry: process.env['CI'] ? 1 : 0 }),
    ],
  },
});
