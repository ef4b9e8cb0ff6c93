// npm test: everything, on a machine that has Node, npm and python3, with all set-up. Closes with one line of counts.
import { ensureDependencies } from './prepare.mjs';
import { SetupError, run } from './run.mjs';

const gates = ['typecheck', 'lint', 'format:check', 'depcruise', 'knip'];

/** Each suite returns its counts; one that cannot be set up throws. */
const suites = {
  check: async () => {
    const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
    for (const gate of gates) {
      try {
        await run(['npm', 'run', '--silent', gate]);
        counts.passed++;
        say(`  ✓ ${gate}`);
      } catch (error) {
        counts.failed++;
        counts.failures.push({ title: gate, error: error.message });
        say(`  ✗ ${gate}\n${error.message}`);
      }
    }
    return counts;
  },
  unit: async () => await vitest(['unit', 'architecture']),
  service: async () => await vitest(['service']),
  interop: async () => {
    const { installEmulators } = await import('./emulators.mjs');
    await installEmulators();
    return await vitest(['interop']);
  },
  container: async () => {
    const { runContainer } = await import('./container.mjs');
    return await runContainer();
  },
  integration: async () => {
    const { runIntegration } = await import('./integration.mjs');
    return await runIntegration();
  },
  'integration in the oldest VS Code': async () => {
    const { runIntegration } = await import('./integration.mjs');
    return await runIntegration('minimum');
  },
  e2e: async () => {
    const { runE2e } = await import('./e2e.mjs');
    return await runE2e();
  },
};

async function vitest(projects) {
  const { runVitest } = await import('./vitestCounts.mjs');
  return await runVitest(projects);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** What failed and what passed only when tried again, once more near the end, where a long log is read first. */
function sayTrouble({ name, failures = [], flaky = [] }) {
  for (const { title, error } of failures) say(`\n✗ ${name}: ${title}\n${firstLines(error, 12)}`);
  for (const title of flaky) say(`\n~ ${name}: ${title}\n    passed only when tried again`);
}

function firstLines(text, count) {
  const lines = text.split('\n');
  return lines.slice(0, count).join('\n').replace(/^/gm, '    ');
}

async function main() {
  await ensureDependencies();
  await run([process.execPath, 'esbuild.mjs', '--production']);
  const summary = [];
  for (const [name, suite] of Object.entries(suites)) {
    say(`\n== ${name}`);
    const start = Date.now();
    let counts;
    try {
      counts = await suite();
    } catch (error) {
      const text = error instanceof SetupError ? error.message : error.stack;
      say(text);
      counts = { passed: 0, failed: 1, skipped: 0, failures: [{ title: `${name} could not be run`, error: text }] };
    }
    if (counts.passed + counts.failed + counts.skipped === 0) {
      say('No test was run.');
      counts.failed = 1;
    }
    summary.push({ name, ...counts, seconds: Math.round((Date.now() - start) / 1000) });
  }
  for (const suite of summary) sayTrouble(suite);
  const total = (key) => summary.reduce((sum, suite) => sum + suite[key], 0);
  say('');
  for (const { name, passed, failed, skipped, seconds } of summary) {
    say(`${name.padEnd(34)} ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`);
  }
  const skipped = total('skipped');
  say(`\n${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return total('failed') > 0 ? 1 : 0;
}

try {
  process.exit(await main());
} catch (error) {
  say(error instanceof SetupError ? error.message : error.stack);
  say('0 passed, 1 failed');
  process.exit(1);
}
