// npm test: everything, on a machine that has Node, npm and python3, with all set-up. Closes with one line of counts.
//
// Two suites run side by side as long as one of them downloads or waits for containers and the other one does not mind;
// each is shown in one piece when it has ended. Whatever drives a VS Code runs alone: it keeps two processors busy.
import { inOnePiece, say } from './output.mjs';
import { ensureDependencies, packageExtension } from './prepare.mjs';
import { SetupError, run } from './run.mjs';

/** Two at a time: the first takes as long as the rest of them. */
const gates = ['lint', 'typecheck', 'format:check', 'depcruise', 'knip'];

/** Each suite returns its counts; one that cannot be set up throws. */
const suites = {
  check: async () => {
    const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
    const waiting = [...gates];
    const goThrough = async () => {
      for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
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
    };
    await Promise.all([goThrough(), goThrough()]);
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

/**
 * Downloads what the suites want, while those that want none of it run. Each suite makes sure of it once more, and says
 * what could not be had.
 */
async function setUp() {
  const [{ installEmulators }, { installVsCodeServer }] = await Promise.all([
    import('./emulators.mjs'),
    import('./vscodeServer.mjs'),
  ]);
  const steps = [installEmulators, installVsCodeServer, async () => await installVsCodeServer('minimum')];
  for (const step of steps) await step().catch(() => undefined);
}

/** @returns the counts of the suite, with its name and how long it took; a suite that cannot be run has one failure */
async function runSuite(name) {
  say(`\n== ${name}`);
  const start = Date.now();
  let counts;
  try {
    counts = await suites[name]();
  } catch (error) {
    const text = error instanceof SetupError ? error.message : error.stack;
    say(text);
    counts = { passed: 0, failed: 1, skipped: 0, failures: [{ title: `${name} could not be run`, error: text }] };
  }
  if (counts.passed + counts.failed + counts.skipped === 0) {
    say('No test was run.');
    counts.failed = 1;
  }
  return { name, ...counts, seconds: Math.round((Date.now() - start) / 1000) };
}

async function runEach(names, how = async (work) => await work()) {
  const ended = [];
  for (const name of names) ended.push(await how(async () => await runSuite(name)));
  return ended;
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
  const isSetUp = inOnePiece(setUp);
  await ensureDependencies();
  await packageExtension();
  const [computing, waiting] = await Promise.all([
    runEach(['check', 'unit', 'service', 'interop'], inOnePiece),
    isSetUp.then(async () => await runEach(['container'], inOnePiece)),
  ]);
  const alone = await runEach(['integration', 'integration in the oldest VS Code', 'e2e']);
  const summary = [...computing, ...waiting, ...alone];
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
