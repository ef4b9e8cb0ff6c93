import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/base/log.ts';
import type { RunKey } from '../../../../src/core/runs/model.ts';
import { RunStore } from '../../../../src/core/runs/store.ts';
import { watch } from '../../../../src/core/runs/watch.ts';
import { jobRun, ManualClock, ScriptedAccount, startMs, type ScriptedLine } from './fakes.ts';

const out = '/aws-glue/jobs/output|jr_1';
const endMs = startMs + 60_000;

/** A job run that ends after a minute, on a connection whose account shows `streams`. */
function setUp(streams: Readonly<Record<string, readonly ScriptedLine[]>>, connectionId = 'profile:dev@eu-west-1') {
  const clock = new ManualClock();
  const account = new ScriptedAccount(clock);
  account.jobs.set('jr_1', () =>
    clock.nowMs < endMs
      ? jobRun('extract', 'jr_1')
      : jobRun('extract', 'jr_1', { state: 'succeeded', awsState: 'SUCCEEDED', endedMs: endMs }),
  );
  for (const [name, lines] of Object.entries(streams)) account.streams.set(name, lines);
  const key: RunKey = { connectionId, kind: 'jobRun', resource: 'extract', id: 'jr_1' };
  const store = new RunStore({
    portsOf: async () => account,
    loadWatch: async () => watch,
    clock,
    log: silentLog,
    file: { load: async () => undefined, update: async () => undefined },
    retention: () => ({ days: 7, runs: 200 }),
    random: () => 0.5,
  });
  store.track(key, { startedByUser: true });
  const open = () => store.observe(key, () => undefined, { logs: true });
  const run = store.snapshot(key)!;
  const lines = () => run.entries.filter(({ kind }) => kind === 'log').map(({ text }) => text);
  return { clock, account, run, open, lines };
}

describe('the logs of a job run that ended', () => {
  const reading = { timestampMs: startMs + 10_000, fromMs: startMs + 12_000, message: 'reading' };

  it('are read for a minute more, since CloudWatch delivers late', async () => {
    const { clock, run, open, lines } = setUp({
      [out]: [reading, { timestampMs: endMs - 1_000, fromMs: endMs + 45_000, message: 'Traceback' }],
      [`${out}-driver`]: [{ timestampMs: endMs - 500, fromMs: endMs + 55_000, message: 'a stream that came late' }],
    });
    open();
    await clock.pass(100_000);
    expect(run).toMatchObject({ outcome: { state: 'succeeded' }, isComplete: false });
    await clock.pass(120_000);
    expect(lines()).toEqual(['reading', 'Traceback', 'a stream that came late']);
    expect(run.isComplete).toBe(true);
    expect(clock.sleepers).toBe(0);
  });

  it('are read on while they still grow after that minute', async () => {
    const late = Array.from({ length: 12 }, (_, index) => ({
      timestampMs: endMs - 1_000 + index,
      fromMs: endMs + index * 8_000,
      message: `late ${index}`,
    }));
    const { clock, run, open, lines } = setUp({ [out]: [reading, ...late] });
    open();
    await clock.pass(260_000);
    expect(lines()).toEqual(['reading', ...late.map(({ message }) => message)]);
    expect(run.isComplete).toBe(true);
  });

  it('cost ever fewer calls while nothing comes', async () => {
    const { clock, account, run, open } = setUp({ [out]: [reading] });
    open();
    await clock.pass(63_000);
    const [lists, reads] = [account.count('listLogStreams'), account.count('getLogEvents')];
    await clock.pass(120_000);
    expect(run.isComplete).toBe(true);
    expect(account.count('listLogStreams') - lists, 'two groups').toBeLessThanOrEqual(2 * 11);
    expect(account.count('getLogEvents') - reads, 'one stream').toBeLessThanOrEqual(11);
  });

  it('are whole at once where the run is long over', async () => {
    const { clock, account, run, open, lines } = setUp({ [out]: [reading] });
    await clock.pass(600_000);
    open();
    await clock.pass(5_000);
    expect(lines()).toEqual(['reading']);
    expect(run.isComplete).toBe(true);
    expect(account.count('listLogStreams')).toBeLessThanOrEqual(4);
  });

  it('are awaited for a minute at most where the clock of this machine is behind', async () => {
    const { clock, account, run, open } = setUp({ [out]: [reading] });
    account.jobs.set('jr_1', () =>
      jobRun('extract', 'jr_1', { state: 'succeeded', awsState: 'SUCCEEDED', endedMs: startMs + 86_400_000 }),
    );
    open();
    await clock.pass(80_000);
    expect(run.isComplete).toBe(true);
  });

  it('are awaited for a few seconds only where another endpoint on this machine answers, and read often', async () => {
    const late = { timestampMs: endMs - 100, fromMs: endMs + 3_000, message: 'late' };
    const { clock, account, run, open, lines } = setUp({ [out]: [reading, late] });
    Object.assign(account, { isNear: async () => await Promise.resolve(true) });
    open();
    await clock.pass(14_500);
    expect(lines()).toEqual(['reading']);
    await clock.pass(65_000);
    expect(lines()).toEqual(['reading', 'late']);
    expect(run.isComplete).toBe(true);
  });

  it('are whole at the end on this machine', async () => {
    const { clock, run, open, lines } = setUp({ [out]: [reading] }, 'local');
    open();
    await clock.pass(65_000);
    expect(lines()).toEqual(['reading']);
    expect(run.isComplete).toBe(true);
  });
});
