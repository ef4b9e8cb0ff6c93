import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLog } from '../../../../src/core/base/log.ts';
import { openGlueState, type GlueState } from '../../../../src/local-account/glue/glueState.ts';
import type { JobRunner } from '../../../../src/local-account/glue/jobRunner.ts';
import type { JobRunRecord } from '../../../../src/local-account/glue/records.ts';
import { RunEngine } from '../../../../src/local-account/glue/runEngine.ts';
import { LogStore } from '../../../../src/local-account/logs/logStore.ts';
import { StateProblems } from '../../../../src/local-account/state/stateProblems.ts';
import { systemClock } from '../../../../src/processes/systemClock.ts';

let folder: string;
let state: GlueState;
let engine: RunEngine;
/** Runs until it is stopped. */
const endless: JobRunner = {
  run: async ({ onRunning }, signal) => {
    await onRunning(undefined);
    return await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
    });
  },
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-runs-'));
  const problems = new StateProblems(silentLog);
  state = await openGlueState(folder, problems);
  const logs = await LogStore.open(join(folder, 'logs'), problems, systemClock);
  const runners = { glueetl: endless, gluestreaming: endless, pythonshell: endless, glueray: endless };
  engine = new RunEngine({ state, logs, runners, clock: systemClock, log: silentLog });
  for (const name of ['copy', 'load']) {
    const definition = { Command: { Name: 'pythonshell' }, ExecutionProperty: { MaxConcurrentRuns: 100 } };
    await state.jobs.put(name, { name, definition, createdMs: 0, modifiedMs: 0 });
  }
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const start = async (jobName: string, queues = false): Promise<JobRunRecord> =>
  await engine.start({ jobName, arguments: {}, overrides: { JobRunQueuingEnabled: queues } });

it('runs 50 at once over all jobs; one more is refused as on AWS, or waits where its job queues', async () => {
  const [first] = await Promise.all(Array.from({ length: 50 }, async () => await start('copy')));
  await expect(start('load')).rejects.toMatchObject({
    code: 'ResourceNumberLimitExceededException',
    message: 'Exceeded the maximum number of concurrent job runs for the account: 50.',
  });
  const { id } = await start('load', true);
  expect(state.runs.get(id)?.state).toBe('WAITING');
  if (first) await engine.stop(first);
  await vi.waitFor(() => expect(state.runs.get(id)?.state).toBe('RUNNING'), 60_000);
});
