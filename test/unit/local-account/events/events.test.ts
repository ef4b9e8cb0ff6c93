import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepSchedules } from '../../../../src/local-account/glue/scheduler.ts';
import { silentLog } from '../../../../src/core/base/log.ts';
import { Events } from '../../../../src/local-account/events/service.ts';
import { Roles } from '../../../../src/local-account/iam/roles.ts';
import { StateProblems } from '../../../../src/local-account/state/stateProblems.ts';
import { FakeClock } from '../../../support/fakeClock.ts';
import { ruleSchedule } from '../../../../src/local-account/events/ruleSchedule.ts';

const at = (text: string): number => Date.parse(text);

it.each([
  ['rate(5 minutes)', '2026-01-01T00:12:00Z', '2026-01-01T00:15:00Z'],
  ['rate(1 hour)', '2025-12-31T23:30:00Z', '2026-01-01T01:00:00Z'],
  ['rate(1 hour)', '2025-12-31T10:00:00Z', '2025-12-31T11:00:00Z'],
  ['rate(1 day)', '2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z'],
  ['cron(* * * * ? *)', '2026-01-01T00:12:30Z', '2026-01-01T00:13:00Z'],
  ['cron(0 6 ? * MON-FRI *)', '2026-01-02T12:00:00Z', '2026-01-05T06:00:00Z'],
])('%s after %s is due at %s', (text, after, due) => {
  const next = ruleSchedule(text, at('2026-01-01T00:00:00Z'));
  expect(new Date(next?.(at(after)) ?? 0).toISOString()).toBe(new Date(at(due)).toISOString());
});

it.each(['rate(1 minutes)', 'rate(2 minute)', 'rate(0 days)', 'rate(5 weeks)', 'cron(x)', 'at(2026-01-01T00:00:00)'])(
  '%s is no schedule',
  (text) => {
    expect(ruleSchedule(text, 0)).toBeUndefined();
  },
);

it('a clock that is set a little makes no schedule fire twice, and loses none', async () => {
  let now = at('2026-01-01T00:00:00Z');
  // On time, then half a minute back, on time, ten minutes on, on time.
  const corrections = [0, 0, -30_000, 0, 0, 600_000, 0, 0];
  const stop = new AbortController();
  const clock = {
    now: () => now,
    sleep: async (ms: number): Promise<void> => {
      const correction = corrections.shift();
      if (correction === undefined) stop.abort();
      now += ms + (correction ?? 0);
      await Promise.resolve();
    },
  };
  const fired: string[] = [];
  const nightly = ruleSchedule('cron(8 0 * * ? *)', now) ?? (() => undefined);
  const often = ruleSchedule('rate(1 minute)', now) ?? (() => undefined);
  const list = [
    { next: nightly, fire: () => fired.push('nightly') },
    { next: often, fire: () => fired.push(`often ${new Date(now).toISOString().slice(11, 16)}`) },
  ];
  await keepSchedules(clock, () => list, stop.signal);
  expect(fired.filter((name) => name === 'nightly')).toHaveLength(1);
  const times = fired.filter((name) => name !== 'nightly');
  expect(new Set(times).size).toBe(times.length);
  expect(times.slice(0, 4)).toEqual(['often 00:01', 'often 00:02', 'often 00:03', 'often 00:04']);
});

it('what a jump of the clock went over is not made up for, and what follows fires', async () => {
  let now = at('2026-01-01T00:00:00Z');
  // Each sleep ends where the next of these says: on time, a day later, a day earlier, on time.
  const jumps = [300_000, 86_400_000, -86_400_000, 300_000];
  const stop = new AbortController();
  const clock = {
    now: () => now,
    sleep: async (ms: number): Promise<void> => {
      const jump = jumps.shift();
      if (jump === undefined) stop.abort();
      now += jump === 300_000 ? ms : (jump ?? 0);
      await Promise.resolve();
    },
  };
  const fired: string[] = [];
  const next = ruleSchedule('rate(1 minute)', now) ?? (() => undefined);
  await keepSchedules(clock, () => [{ next, fire: () => fired.push(new Date(now).toISOString()) }], stop.signal);
  expect(fired.filter((time) => time.startsWith('2026-01-02')).length).toBeLessThanOrEqual(1);
  expect(fired[0]).toBe('2026-01-01T00:01:00.000Z');
  expect(fired.at(-1)?.startsWith('2026-01-01')).toBe(true);
});

it('a rule starts its state machine with its own input, or with the event', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-events-'));
  const clock = new FakeClock(at('2026-01-01T00:00:00Z'));
  const started: [string, unknown][] = [];
  const events = await Events.open({
    stateFolder: folder,
    region: 'eu-west-1',
    problems: new StateProblems(silentLog),
    roles: await Roles.open(folder, new StateProblems(silentLog), clock),
    clock,
    log: silentLog,
    startExecution: async (arn, input) => {
      started.push([arn, JSON.parse(input)]);
      await Promise.resolve();
    },
  });
  const call = async (operation: string, members: object): Promise<object> =>
    await events.service.invoke(operation, { ...members }, new AbortController().signal);
  const Arn = 'arn:aws:states:eu-west-1:000000000000:stateMachine:nightly';
  await call('PutRule', { Name: 'r', ScheduleExpression: 'rate(1 minute)' });
  await call('PutTargets', {
    Rule: 'r',
    Targets: [
      { Id: 'a', Arn, Input: '{"own":1}' },
      { Id: 'b', Arn },
    ],
  });
  await expect
    .poll(() => {
      clock.advance(60_000);
      return started.length;
    })
    .toBeGreaterThanOrEqual(2);
  expect(started[0]).toEqual([Arn, { own: 1 }]);
  expect(started[1]?.[1]).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    region: 'eu-west-1',
    resources: ['arn:aws:events:eu-west-1:000000000000:rule/r'],
  });
  await call('DisableRule', { Name: 'r' });
  const before = started.length;
  clock.advance(60_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(started).toHaveLength(before);
  await events.close();
  await rm(folder, { recursive: true, force: true });
});
