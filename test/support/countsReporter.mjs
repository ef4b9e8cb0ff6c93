import { writeFileSync } from 'node:fs';

/**
 * A vitest reporter that writes what npm test closes with: counts, each failure with its message, and the tests that
 * passed only when tried again. The file is named by SLUICE_TEST_COUNTS.
 */
export default class CountsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const withState = (state) => tests.filter((test) => test.result().state === state);
    const counts = {
      passed: withState('passed').length,
      failed: withState('failed').length,
      skipped: withState('skipped').length + withState('pending').length,
      failures: [
        ...withState('failed').map((test) => failure(titleOf(test), test.result().errors)),
        ...modules.flatMap((module) => outsideTests(module).map((part) => failure(titleOf(part), part.errors()))),
        ...unhandledErrors.map((error) =>
          failure(`outside any test, after ${error.VITEST_TEST_PATH ?? '?'} › ${error.VITEST_TEST_NAME ?? '?'}`, [
            error,
          ]),
        ),
      ],
      flaky: withState('passed')
        .filter((test) => test.diagnostic()?.flaky === true)
        .map(titleOf),
    };
    writeFileSync(process.env.SLUICE_TEST_COUNTS, JSON.stringify(counts));
  }
}

/** Files and suites that failed by themselves: they could not be loaded, or a hook threw. */
function outsideTests(module) {
  return [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0);
}

function titleOf(part) {
  const file = part.type === 'module' ? part.relativeModuleId : part.module.relativeModuleId;
  return part.type === 'module' ? file : `${file} › ${part.fullName}`;
}

function failure(title, errors = []) {
  return { title, error: errors.map((error) => plain(error.stack ?? error.message)).join('\n') };
}

/** Without the colours of a terminal. */
function plain(text) {
  return String(text).replace(/\u001b\[[0-9;]*m/g, '');
}
