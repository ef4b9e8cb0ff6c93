import { expect, it } from 'vitest';
import { start } from './support/run.ts';

const DAY = 86_400;

it.each([DAY, -DAY])('a clock that is set by %i seconds neither ends a wait nor makes it longer', async (seconds) => {
  const run = start({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 10, End: true } } });
  await run.clock.pass(4);
  run.clock.set(seconds);
  await run.clock.pass(5);
  expect(run.types()).not.toContain('WaitStateExited');
  await run.clock.pass(1);
  expect((await run.result).status).toBe('SUCCEEDED');
});

it.each([DAY, -DAY])('a clock that is set by %i seconds does not move the limits of a task', async (seconds) => {
  const task = { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun.sync', TimeoutSeconds: 60, End: true };
  const run = start(
    { StartAt: 'T', States: { T: task } },
    { task: async () => await new Promise<never>(() => undefined) },
  );
  await run.clock.pass(30);
  run.clock.set(seconds);
  await run.clock.pass(29);
  expect(run.types()).not.toContain('TaskTimedOut');
  await run.clock.pass(1);
  expect(await run.result).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});
