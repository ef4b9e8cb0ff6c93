import { readFileSync } from 'node:fs';
import { say } from './output.mjs';

/** Follows the result file of test/integration/index.ts and prints each test as it ends. */
export class IntegrationReport {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** @type {{title: string, error: string}[]} */
  failures = [];
  isStarted = false;
  isEnded = false;
  #file;
  #lines = 0;

  constructor(file) {
    this.#file = file;
  }

  /** Reads what is new. */
  poll() {
    let text;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return;
    }
    this.isStarted = true;
    const lines = text.split('\n').slice(0, -1);
    for (const line of lines.slice(this.#lines)) this.#show(JSON.parse(line));
    this.#lines = lines.length;
  }

  /** Counts and prints a failure. */
  fail(title, error = '') {
    this.failed++;
    this.failures.push({ title, error });
    say(`  ✗ ${title}\n${indent(error)}`);
  }

  #show(entry) {
    switch (entry.kind) {
      case 'passed':
        this.passed++;
        return say(`  ✓ ${entry.title} (${entry.durationMs} ms)`);
      case 'skipped':
        this.skipped++;
        return say(`  - ${entry.title} (skipped)`);
      case 'failed':
        this.fail(entry.title, entry.error);
        if ('expected' in entry) {
          say(indent(`expected ${JSON.stringify(entry.expected)}\nactual   ${JSON.stringify(entry.actual)}`));
        }
        return;
      case 'end':
        this.isEnded = true;
        // A suite that cannot even be loaded has no failed test to count.
        if (entry.error && this.failed === 0) this.fail('the suites', entry.error);
    }
  }
}

function indent(text) {
  return text.replace(/^/gm, '      ');
}
