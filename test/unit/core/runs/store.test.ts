import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/base/log.ts';
import { UserError } from '../../../../src/core/base/userError.ts';
import type { RunEntry } from '../../../../src/core/runs/entry.ts';
import type { RunKey } from '../../../../src/core/runs/model.ts';
import type { RunSnapshot } from '../../../../src/core/runs/snapshot.ts';
import { currentStep } from '../../../../src/core/runs/snapshot.ts';
import { RunStore } from '../../../../src/core/runs/store.ts';
import { watch } from '../../../../src/core/runs/watch.ts';
import {
  executionArn,
  executionKey,
  HistoryScript,
  jobRun,
  ManualClock,
  offline,
  ScriptedAccount,
  settle,
  startMs,
  throttled,
} from './fakes.ts';

const out = '/aws-glue/jobs/output';
const err = '/aws-glue/jobs/error';

/** A pipeline of one Glue job that takes a minute. */
function pipeline(clock: ManualClock): ScriptedAccount {
  const account = new ScriptedAccount(clock);
  account.script(
    new HistoryScript()
      .add('ExecutionStarted', { input: '{}' })
      .enter('Task', 'Extract')
      .scheduleJob('extract', 'jr_1')
      .wait(60_000)
      .add('TaskSucceeded', { output: '{}' })
      .exit('Task', 'Extract')
      .add('ExecutionSucceeded', { output: '{"rows":3}' }),
  );
  account.jobs.set('jr_1', () =>
    clock.nowMs < startMs + 60_000
      ? jobRun('extract', 'jr_1')
      : jobRun('extract', 'jr_1', { state: 'succeeded', awsState: 'SUCCEEDED', endedMs: startMs + 60_000 }),
  );
  account.streams.set(`${out}|jr_1-driver`, [
    { timestampMs: startMs + 10_000, fromMs: startMs + 12_000, message: 'INFO reading\n' },
    { timestampMs: startMs + 30_000, fromMs: startMs + 31_000, message: 'read 3 rows' },
  ]);
  return account;
}

function setUp(account: ScriptedAccount, saved: { content?: unknown } = {}) {
  const store = new RunStore({
    portsOf: async () => account,
    loadWatch: async () => watch,
    clock: account.clock,
    log: silentLog,
    file: {
      load: async () => structuredClone(saved.content),
      update: async (change) => void (saved.content = structuredClone(change(structuredClone(saved.content)))),
    },
    retention: () => ({ days: 7, runs: 200 }),
    random: () => 0.5,
  });
  const ended: RunSnapshot[] = [];
  store.onDidEnd((run) => ended.push(run));
  return { store, ended, saved };
}

const texts = (entries: readonly RunEntry[]) =>
  entries.map(({ path, text, late }) => `${path.join('/')} ${text}${late ? ' (late)' : ''}`);

const wholeRun = [
  'Extract entered  Task glue:startJobRun.sync',
  'Extract job run jr_1 of extract, G.1X × 2',
  'Extract INFO reading',
  'Extract read 3 rows',
  'Extract succeeded in 1 min 0 s',
  ' execution succeeded',
];

describe('RunStore', () => {
  it('asks nothing about an Express execution: AWS has no answer', async () => {
    const clock = new ManualClock();
    const { store } = setUp(new ScriptedAccount(clock));
    const id = executionArn.replace(':execution:', ':express:');
    const key: RunKey = { ...executionKey, id };
    const outcome = { state: 'succeeded', awsState: 'SUCCEEDED', startedMs: startMs, endedMs: startMs + 9 } as const;
    store.track(key, { startedByUser: true, outcome });
    store.observe(key, () => undefined, { logs: true });
    await clock.pass(60_000);
    expect(store.snapshot(key)).toMatchObject({ outcome, status: { kind: 'live' }, isComplete: true });
  });

  it('ends a run when its history does, although the execution still calls itself running', async () => {
    const account = pipeline(new ManualClock());
    account.describeLagMs = 5_000;
    const { store, ended } = setUp(account);
    store.track(executionKey, { startedByUser: true });
    await account.clock.pass(90_000);
    expect(store.snapshot(executionKey)?.outcome).toMatchObject({ state: 'succeeded', awsState: 'SUCCEEDED' });
    expect(ended).toHaveLength(1);
  });

  it('follows an execution with the log lines of the job it started, to its end', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    const { store, ended } = setUp(account);
    store.track(executionKey, { startedByUser: true, name: 'orders-pipeline' });
    const seen: string[] = [];
    store.observe(executionKey, (run) => void seen.push(currentStep(run)?.name ?? run.outcome.state), { logs: true });
    await clock.pass(40_000);
    const run = store.snapshot(executionKey)!;
    expect(run).toMatchObject({ outcome: { state: 'running' }, input: '{"date":"2026-11-20"}' });
    expect(currentStep(run)?.name).toBe('Extract');
    expect(run.jobs.get('jr_1')?.lastLog?.text).toBe('read 3 rows');
    expect(ended).toEqual([]);
    await clock.pass(40_000);
    expect(texts(run.entries), 'what is known is shown at once').toEqual(wholeRun);
    expect(run.isComplete, 'lines may still arrive').toBe(false);
    await clock.pass(75_000);
    expect(texts(run.entries)).toEqual(wholeRun);
    expect(run).toMatchObject({
      outcome: { state: 'succeeded', startedMs: startMs },
      output: '{"rows":3}',
      isComplete: true,
    });
    expect(ended).toHaveLength(1);
    expect(clock.sleepers, 'nothing is left waiting').toBe(0);
  });

  it('watches once however many look, and stops when nobody does', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    const { store } = setUp(account);
    const looks = [1, 2, 3].map(() => store.observe(executionKey, () => undefined));
    await clock.pass(10_000);
    const calls = account.count('getExecutionHistory');
    expect(calls).toBeLessThanOrEqual(6);
    expect(account.count('listLogStreams'), 'nobody asked for lines').toBe(0);
    for (const look of looks) look.dispose();
    await clock.pass(60_000);
    expect(account.count('getExecutionHistory')).toBe(calls);
    expect(clock.sleepers).toBe(0);
  });

  it('polls ever slower while nothing changes', async () => {
    const clock = new ManualClock();
    const account = new ScriptedAccount(clock);
    account.script(new HistoryScript().add('ExecutionStarted').enter('Wait', 'Sleep'));
    const { store } = setUp(account);
    store.observe(executionKey, () => undefined);
    await clock.pass(10_000);
    const early = account.count('getExecutionHistory');
    await clock.pass(600_000);
    const perMinute = (account.count('getExecutionHistory') - early) / 10;
    expect(early).toBeGreaterThanOrEqual(4);
    expect(perMinute).toBeLessThanOrEqual(7);
  });

  it('puts the lines into their places when somebody asks for them later', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    const { store } = setUp(account);
    store.track(executionKey, { startedByUser: true });
    await clock.pass(45_000);
    const run = store.snapshot(executionKey)!;
    const { generation } = run;
    store.observe(executionKey, () => undefined, { logs: true });
    await clock.pass(60_000);
    expect(run.generation).toBeGreaterThan(generation);
    expect(texts(run.entries)).toEqual(wholeRun);
  });

  it('reads a finished run that somebody opens after all', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    const { store, ended } = setUp(account);
    store.track(executionKey, { startedByUser: true });
    await clock.pass(120_000);
    expect(ended).toHaveLength(1);
    store.observe(executionKey, () => undefined, { logs: true });
    await clock.pass(20_000);
    expect(texts(store.snapshot(executionKey)!.entries)).toEqual(wholeRun);
    expect(ended, 'it ends once').toHaveLength(1);
  });

  it('goes on after a reload, and tells the end that came meanwhile', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    const first = setUp(account);
    first.store.track(executionKey, { startedByUser: true, name: 'orders-pipeline', originUri: 'file:///p.asl.json' });
    await clock.pass(20_000);
    first.store.dispose();
    await clock.pass(60_000);
    const second = setUp(account, first.saved);
    await second.store.restore();
    second.store.observe(executionKey, () => undefined, { logs: true });
    await clock.pass(20_000);
    expect(second.ended).toHaveLength(1);
    const run = second.store.snapshot(executionKey)!;
    expect(run).toMatchObject({ name: 'run-1', startedByUser: true, originUri: 'file:///p.asl.json' });
    expect(texts(run.entries)).toEqual(wholeRun);
  });

  it('survives throttling, says so only after half a minute, and is slower until it is over', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    const { store } = setUp(account);
    const statuses: string[] = [];
    store.observe(
      executionKey,
      ({ status }) => {
        if (statuses.at(-1) !== status.kind) statuses.push(status.kind);
        if (status.kind === 'limited') expect(status.message).toBe('AWS is limiting requests; updating slower');
      },
      { logs: true },
    );
    account.fail = () => (clock.nowMs > startMs + 5_000 && clock.nowMs < startMs + 20_000 ? throttled : undefined);
    await clock.pass(20_000);
    expect(statuses).toEqual(['live']);
    account.fail = () => (clock.nowMs < startMs + 80_000 ? throttled : undefined);
    await clock.pass(160_000);
    expect(statuses).toEqual(['live', 'limited', 'live']);
    expect(texts(store.snapshot(executionKey)!.entries)).toEqual(wholeRun);
  });

  it('is not ended by a lost network, whatever call it hits', async () => {
    for (const call of ['describeExecution', 'getExecutionHistory', 'getJobRun', 'listLogStreams', 'getLogEvents']) {
      const clock = new ManualClock();
      const account = pipeline(clock);
      account.fail = (name, count) => (name === call && count % 2 === 0 && count < 12 ? offline : undefined);
      const { store } = setUp(account);
      store.observe(executionKey, () => undefined, { logs: true });
      await clock.pass(400_000);
      const run = store.snapshot(executionKey)!;
      expect(run.isComplete, call).toBe(true);
      expect(texts(run.entries), call).toEqual(wholeRun);
      expect(run.status.kind).toBe('live');
    }
  });

  it('shows when it will try again, and tries at once when asked', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    account.fail = () => offline;
    const { store } = setUp(account);
    store.observe(executionKey, () => undefined);
    await clock.pass(60_000);
    const run = store.snapshot(executionKey)!;
    expect(run.status).toMatchObject({ kind: 'offline', message: 'eu-west-1 cannot be reached.' });
    account.fail = () => undefined;
    store.hurry(executionKey);
    await settle();
    expect(run.status.kind).toBe('live');
  });

  it('keeps a run whose sign-in expired, and goes on by itself', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    const { store } = setUp(account);
    store.observe(executionKey, () => undefined);
    await clock.pass(10_000);
    account.fail = () => new UserError('sso-expired', 'Sign-in of profile "dev" has expired.', 'Sign in.');
    await clock.pass(20_000);
    expect(store.snapshot(executionKey)).toMatchObject({ status: { kind: 'blocked' }, outcome: { state: 'running' } });
    account.fail = () => undefined;
    await clock.pass(60_000);
    expect(store.snapshot(executionKey)).toMatchObject({ status: { kind: 'live' }, outcome: { state: 'succeeded' } });
  });

  it('follows the rest when the logs may not be read, and says what is missing', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    account.fail = (call) =>
      call === 'listLogStreams' ? new UserError('access-denied', 'logs:DescribeLogStreams denied.') : undefined;
    const { store } = setUp(account);
    store.observe(executionKey, () => undefined, { logs: true });
    await clock.pass(140_000);
    const run = store.snapshot(executionKey)!;
    expect(run.isComplete).toBe(true);
    expect(texts(run.entries)).toContain(
      'Extract no lines from /aws-glue/jobs/output: logs:DescribeLogStreams denied.',
    );
    expect(texts(run.entries)).toContain(' execution succeeded');
  });

  it('says that a run is gone, and ends', async () => {
    const clock = new ManualClock();
    const { store } = setUp(new ScriptedAccount(clock));
    store.observe(executionKey, () => undefined);
    await clock.pass(60_000);
    expect(store.snapshot(executionKey)?.status).toMatchObject({
      kind: 'gone',
      message: 'The execution does not exist.',
    });
    expect(clock.sleepers).toBe(0);
  });

  it('marks lines that come after what follows them', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    account.streams.set(`${err}|jr_1-driver`, [
      { timestampMs: startMs + 11_000, fromMs: startMs + 14_000, message: 'a little late' },
      { timestampMs: startMs + 12_000, fromMs: startMs + 50_000, message: 'very late' },
    ]);
    const { store } = setUp(account);
    store.observe(executionKey, () => undefined, { logs: true });
    await clock.pass(120_000);
    const lines = texts(store.snapshot(executionKey)!.entries);
    expect(lines.slice(2, 6)).toEqual([
      'Extract INFO reading',
      'Extract a little late',
      'Extract read 3 rows',
      'Extract very late (late)',
    ]);
  });

  it('has the last lines of a job before the end of the execution, although they are read after it', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    account.streams.delete(`${out}|jr_1-driver`);
    account.streams.set(`${err}|jr_1-driver`, [
      { timestampMs: startMs + 59_800, fromMs: startMs + 61_500, message: 'last words' },
    ]);
    const { store } = setUp(account);
    store.observe(executionKey, () => undefined, { logs: true });
    await clock.pass(120_000);
    expect(texts(store.snapshot(executionKey)!.entries).slice(2)).toEqual([
      'Extract last words',
      'Extract succeeded in 1 min 0 s',
      ' execution succeeded',
    ]);
  });

  it('reads 25,000 events and 100,000 lines in order, each once', async () => {
    const clock = new ManualClock();
    clock.nowMs = startMs + 3_600_000;
    const account = new ScriptedAccount(clock);
    const script = new HistoryScript().add('ExecutionStarted').enter('Task', 'Extract').scheduleJob('extract', 'jr_1');
    script.wait(60_000).add('TaskSucceeded').exit('Task', 'Extract');
    while (script.last < 24_998) script.wait(10).enter('Pass', 'Tick').exit('Pass', 'Tick');
    account.script(script.add('ExecutionSucceeded'));
    account.jobs.set('jr_1', () =>
      jobRun('extract', 'jr_1', { state: 'succeeded', awsState: 'SUCCEEDED', endedMs: startMs + 60_000 }),
    );
    const lines = Array.from({ length: 50_000 }, (_, index) => ({
      timestampMs: startMs + index,
      message: `out ${index}`,
    }));
    account.streams.set(`${out}|jr_1-driver`, lines);
    account.streams.set(
      `${err}|jr_1-driver`,
      lines.map(({ timestampMs }, index) => ({ timestampMs, message: `err ${index}` })),
    );
    const { store } = setUp(account);
    store.observe(executionKey, () => undefined, { logs: true });
    await clock.pass(30_000);
    const { entries, isComplete } = store.snapshot(executionKey)!;
    expect(isComplete).toBe(true);
    expect(entries.filter(({ kind }) => kind === 'log')).toHaveLength(100_000);
    expect(entries.filter(({ late }) => late)).toHaveLength(0);
    expect(new Set(entries.map(({ text, timeMs }) => `${timeMs} ${text}`)).size).toBeGreaterThan(100_000);
  });

  it('follows a job run of its own, with what it cost', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    const key: RunKey = { connectionId: 'c', kind: 'jobRun', resource: 'extract', id: 'jr_1' };
    account.jobs.set('jr_1', () =>
      clock.nowMs < startMs + 60_000
        ? jobRun('extract', 'jr_1')
        : jobRun('extract', 'jr_1', {
            ...{ state: 'failed', awsState: 'FAILED', endedMs: startMs + 60_000, executionSeconds: 192 },
            error: 'AnalysisException: Path does not exist: s3://raw/orders',
          }),
    );
    const { store, ended } = setUp(account);
    store.track(key, { startedByUser: true });
    store.observe(key, () => undefined, { logs: true });
    await clock.pass(120_000);
    expect(texts(store.snapshot(key)!.entries)).toEqual([
      ' job run jr_1 of extract, G.1X × 2',
      ' INFO reading',
      ' read 3 rows',
      ' failed after 3 min 12 s: AnalysisException: Path does not exist: s3://raw/orders   0.11 DPU-h ≈ $0.05',
    ]);
    expect(ended).toMatchObject([{ outcome: { state: 'failed' } }]);
  });

  it('follows the jobs of a workflow run', async () => {
    const clock = new ManualClock();
    const account = pipeline(clock);
    const key: RunKey = { connectionId: 'c', kind: 'workflowRun', resource: 'nightly', id: 'wr_1' };
    account.workflows.set('wr_1', () => {
      const detail = account.jobs.get('jr_1')!();
      const outcome = { state: detail.state, awsState: detail.state === 'running' ? 'RUNNING' : 'COMPLETED' };
      const nodes = [{ type: 'JOB' as const, name: 'extract', jobRuns: [detail], crawls: [] }];
      return {
        ...outcome,
        startedMs: startMs,
        workflowName: 'nightly',
        runId: 'wr_1',
        properties: {},
        nodes,
        ...(detail.endedMs && { endedMs: detail.endedMs }),
      };
    });
    const { store } = setUp(account);
    store.observe(key, () => undefined, { logs: true });
    await clock.pass(120_000);
    const run = store.snapshot(key)!;
    expect(run.timeline.steps).toMatchObject([{ name: 'extract', type: 'Job', state: 'succeeded' }]);
    expect(texts(run.entries)).toEqual([
      'extract job run jr_1 of extract, G.1X × 2',
      'extract INFO reading',
      'extract read 3 rows',
      'extract succeeded in 1 min 0 s',
      ' workflow run succeeded in 1 min 0 s',
    ]);
    expect(account.count('getJobRun'), 'the workflow tells of its jobs').toBe(0);
  });

  it('follows executions that the execution started', async () => {
    const clock = new ManualClock();
    const account = new ScriptedAccount(clock);
    const inner = executionArn.replace('run-1', 'inner');
    const sync = { resourceType: 'states', resource: 'startExecution.sync:2' };
    account.script(
      new HistoryScript()
        .add('ExecutionStarted')
        .enter('Task', 'Nested')
        .add('TaskScheduled', sync)
        .add('TaskSubmitted', { ...sync, output: JSON.stringify({ ExecutionArn: inner }) })
        .wait(10_000)
        .add('TaskSucceeded', sync)
        .exit('Task', 'Nested')
        .add('ExecutionSucceeded'),
    );
    account.script(
      new HistoryScript(startMs + 1_000)
        .add('ExecutionStarted')
        .enter('Pass', 'Inside')
        .exit('Pass', 'Inside')
        .add('ExecutionSucceeded'),
      inner,
    );
    const { store } = setUp(account);
    store.observe(executionKey, () => undefined, { logs: true });
    await clock.pass(60_000);
    expect(texts(store.snapshot(executionKey)!.entries)).toEqual([
      'Nested entered  Task states:startExecution.sync:2',
      'Nested/Inside entered  Pass',
      'Nested/Inside succeeded in 0 ms',
      'Nested execution succeeded',
      'Nested succeeded in 10 s',
      ' execution succeeded',
    ]);
  });

  it('keeps runs over a reload within the retention, forgets ended ones when told, and shrugs at a broken file', async () => {
    const clock = new ManualClock();
    const { store, saved } = setUp(new ScriptedAccount(clock));
    const outcome = { state: 'succeeded' as const, awsState: 'SUCCEEDED', startedMs: startMs, endedMs: startMs };
    store.track({ ...executionKey, id: 'a' }, { startedByUser: true, outcome });
    store.track(
      { ...executionKey, id: 'b' },
      { startedByUser: false, outcome: { state: 'running', awsState: 'RUNNING' } },
    );
    await settle();
    clock.nowMs += 8 * 86_400_000;
    const later = setUp(new ScriptedAccount(clock), saved);
    await later.store.restore();
    expect(later.store.list().map(({ key }) => key.id)).toEqual(['b']);
    store.track({ ...executionKey, id: 'c' }, { startedByUser: true, outcome });
    await store.clear();
    expect(store.list().map(({ key }) => key.id)).toEqual(['b']);
    expect(JSON.stringify(saved.content)).not.toContain('"c"');
    for (const content of [undefined, 3, { runs: 'x' }, { runs: [{}, { key: { kind: 'execution' } }] }]) {
      const broken = setUp(new ScriptedAccount(clock), { content });
      await broken.store.restore();
      expect(broken.store.list()).toEqual([]);
    }
  });
});
