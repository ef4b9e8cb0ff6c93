import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/base/userError.ts';
import type { RunSummary } from '../../../../src/core/runs/model.ts';
import type { Pipelines } from '../../../../src/views/pipelines/loadPipelines.ts';
import { itemName, type ItemNode, type PipelineNode, type SectionNode } from '../../../../src/views/pipelines/node.ts';
import { denied, dev, FakeAccount, job, jobRun, machine, settle, tree } from './fakes.ts';

const names = (rows: readonly PipelineNode[]): string[] =>
  rows.map((row) => (row.kind === 'item' ? itemName(row.item) : row.kind));

async function section(pipelines: Pipelines, name: string): Promise<SectionNode> {
  const [root] = await pipelines.children();
  const found = (await pipelines.children(root)).find((row) => row.kind === 'section' && row.section === name);
  await settle();
  return found as SectionNode;
}

async function items(pipelines: Pipelines, name = 'jobs'): Promise<readonly PipelineNode[]> {
  const rows = await pipelines.children(await section(pipelines, name));
  await settle();
  return rows;
}

function fakeWith(count: number): FakeAccount {
  const fake = new FakeAccount();
  fake.jobs = Array.from({ length: count }, (_, at) => job(`job-${String(at).padStart(5, '0')}`));
  return fake;
}

describe('sections', () => {
  it('shows what is there by name, with its count once the connection is open', async () => {
    const fake = new FakeAccount();
    fake.jobs = [job('b10'), job('b9'), job('a')];
    const { pipelines } = tree(fake);
    const jobs = await section(pipelines, 'jobs');
    expect([jobs.loaded, jobs.complete]).toEqual([3, true]);
    expect(names(await pipelines.children(jobs))).toEqual(['a', 'b9', 'b10']);
    expect(names(await items(pipelines, 'machines'))).toEqual(['note']);
  });

  it('reads 10,000 jobs only as far as they are shown, and one page at a time', async () => {
    const { pipelines, fake, changes, clock } = tree(fakeWith(10_000));
    pipelines.visible = false;
    const jobs = await section(pipelines, 'jobs');
    let rows = await pipelines.children(jobs);
    expect(rows.length).toBe(201);
    expect(fake.count('listJobs')).toBe(1);
    for (let page = 2; page <= 5; page++) {
      changes.length = 0;
      await pipelines.loadMore(rows.at(-1)!);
      await settle();
      rows = await pipelines.children(jobs);
      expect(new Set(changes)).toEqual(new Set([jobs.id]));
      expect([rows.length, fake.count('listJobs')]).toEqual([page * 200 + 1, page]);
    }
    await clock.pass(60_000);
    expect(fake.count('listJobRuns')).toBe(0);
  });

  it('gives each resource one object and one id over reloads, and different ids over connections', async () => {
    const { pipelines, connections } = tree(fakeWith(3));
    const before = await items(pipelines);
    pipelines.refresh();
    const after = await items(pipelines);
    expect(after.every((row, at) => row === before[at])).toBe(true);
    connections.push({ ...dev, id: 'profile:dev@us-east-1', region: 'us-east-1' });
    const ids: string[] = [];
    for (const root of await pipelines.children()) {
      for (const each of await pipelines.children(root))
        ids.push(each.id, ...(await pipelines.children(each)).map((row) => row.id));
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('puts pinned rows first, and reads those that the first pages lack', async () => {
    const { pipelines, pins, fake } = tree(fakeWith(1_000));
    pins.push('job-00999', 'job-00007', 'long-gone');
    const rows = await items(pipelines);
    expect(names(rows).slice(0, 3)).toEqual(['job-00007', 'job-00999', 'job-00000']);
    expect(fake.count('listJobs')).toBe(1);
  });

  it('reads on until a filter has found enough, and says so when it found none', async () => {
    const { pipelines, fake } = tree(fakeWith(1_000));
    const jobs = await section(pipelines, 'jobs');
    await pipelines.children(jobs);
    pipelines.filter = '  JOB -009';
    await settle();
    expect(names(await pipelines.children(jobs)).length).toBe(100);
    expect([fake.count('listJobs'), jobs.shown, jobs.loaded]).toEqual([5, 100, 1_000]);
    pipelines.filter = 'no such job';
    await settle();
    expect(names(await pipelines.children(jobs))).toEqual(['note']);
    pipelines.filter = '';
    await settle();
    expect(fake.count('listJobs')).toBe(5);
    expect((await pipelines.children(jobs)).length).toBe(201);
  });
});

describe('failures', () => {
  it('shows one row for a section that may not be listed and lets the others be', async () => {
    const fake = fakeWith(2);
    fake.machines = [machine('orders')];
    fake.failures.set('listJobs', denied('glue:GetJobs'));
    const { pipelines } = tree(fake);
    const jobs = await section(pipelines, 'jobs');
    expect(names(await pipelines.children(jobs))).toEqual(['error']);
    expect(names(await items(pipelines, 'machines'))).toEqual(['orders']);
  });

  it('tries again when a failed section is looked at again, and not in a loop', async () => {
    const fake = fakeWith(2);
    fake.failures.set('listJobs', denied('glue:GetJobs'));
    const { pipelines } = tree(fake);
    pipelines.onDidChange((nodes) => nodes?.forEach((node) => void pipelines.children(node)));
    const jobs = await section(pipelines, 'jobs');
    await pipelines.children(jobs);
    for (let turn = 0; turn < 20; turn++) await settle();
    expect(fake.count('listJobs')).toBeLessThanOrEqual(3);
    fake.failures.clear();
    pipelines.refresh(jobs);
    expect(names(await pipelines.children(jobs))).toEqual(['job-00000', 'job-00001']);
  });

  it('keeps the rows it has when a later page fails', async () => {
    const fake = fakeWith(500);
    fake.failures.set('listJobs:2', new UserError('network', 'eu-west-1 cannot be reached.'));
    const { pipelines } = tree(fake);
    const jobs = await section(pipelines, 'jobs');
    const rows = await pipelines.children(jobs);
    await pipelines.loadMore(rows.at(-1)!);
    await settle();
    const after = await pipelines.children(jobs);
    expect([after.length, after.at(-1)?.kind]).toEqual([201, 'error']);
  });

  it('says once under the connection that its sign-in has expired, and goes on after it', async () => {
    const fake = fakeWith(1);
    fake.failures.set('identity', new UserError('sso-expired', 'Sign-in of profile "dev" has expired.'));
    const { pipelines } = tree(fake);
    const [root] = await pipelines.children();
    expect(names(await pipelines.children(root))).toEqual(['error']);
    expect(fake.count('listJobs')).toBe(0);
    fake.failures.clear();
    pipelines.refresh(root);
    expect(names(await pipelines.children(root))).toEqual(['section', 'section', 'section']);
    expect(root).toMatchObject({ accountId: '123456789012' });
  });

  it('shows the runs of a job whose triggers may not be read, and says so', async () => {
    const fake = fakeWith(1);
    fake.runs.set('job-00000', [jobRun('job-00000', 'jr_1', 'failed', 1_000)]);
    fake.failures.set('listTriggersOfJob', denied('glue:GetTriggers'));
    const { pipelines } = tree(fake);
    const [row] = await items(pipelines);
    expect(names(await pipelines.children(row))).toEqual(['run', 'error']);
  });
});

describe('runs', () => {
  it('lists triggers, then runs newest first, ten at a time', async () => {
    const fake = fakeWith(1);
    fake.triggers = [
      { name: 'nightly', kind: 'SCHEDULED', awsState: 'ACTIVATED', actions: [{ jobName: 'job-00000' }] },
    ];
    fake.runs.set(
      'job-00000',
      Array.from({ length: 30 }, (_, at) => jobRun('job-00000', `jr_${at}`, 'succeeded', 1_000_000 - at)),
    );
    const { pipelines } = tree(fake);
    const [row] = await items(pipelines);
    const rows = await pipelines.children(row);
    expect(names(rows)).toEqual(['trigger', ...Array.from({ length: 10 }, () => 'run'), 'more']);
    await pipelines.loadMore(rows.at(-1)!);
    const all = await pipelines.children(row);
    expect(all.length).toBe(31);
    expect(all.slice(1, 11).every((each, at) => each === rows[at + 1])).toBe(true);
  });

  it('shows under an Express machine what was started here, and asks for no list', async () => {
    const fake = new FakeAccount();
    fake.machines = [machine('fast', 'EXPRESS')];
    const { pipelines, tracked } = tree(fake);
    const run = jobRun('x', 'arn:…:express:fast:1', 'succeeded', 5);
    tracked.push({ ...run, key: { ...run.key, kind: 'execution', resource: fake.machines[0]!.arn } });
    const [row] = await items(pipelines, 'machines');
    expect(names(await pipelines.children(row))).toEqual(['note', 'run']);
    expect(fake.count('listExecutions')).toBe(0);
  });

  it('shows a run that was just started before any list has it, and its end when it comes', async () => {
    const fake = fakeWith(1);
    const { pipelines, tracked, trackedChanges, changes } = tree(fake);
    const [row] = (await items(pipelines)) as [ItemNode];
    expect(names(await pipelines.children(row))).toEqual(['note']);
    const run = jobRun('job-00000', 'jr_new', 'running', 1_000);
    tracked.unshift(run);
    trackedChanges.fire(run);
    await settle();
    expect(changes).toContain(row.id);
    const rows = await pipelines.children(row);
    expect(rows).toMatchObject([{ kind: 'run', run: { state: 'running' } }]);
    tracked[0] = { ...run, state: 'failed', awsState: 'FAILED', endedMs: 2_000 };
    trackedChanges.fire(tracked[0]);
    expect((await pipelines.children(row))[0]).toBe(rows[0]);
    expect([row.lastRun?.state, rows]).toMatchObject(['failed', [{ run: { state: 'failed' } }]]);
  });
});

describe('last states', () => {
  it('keeps what a watched run became while the list of runs was read', async () => {
    const fake = fakeWith(1);
    const { pipelines, pins, tracked, trackedChanges } = tree(fake);
    pins.push('job-00000');
    const queued: RunSummary = { ...jobRun('job-00000', 'jr_new', 'running', 1_000), state: 'waiting' };
    tracked.push(queued);
    fake.during.set('listJobRuns', () => {
      tracked[0] = { ...queued, state: 'running' };
      trackedChanges.fire(tracked[0]);
    });
    const [row] = (await items(pipelines)) as [ItemNode];
    expect(row.lastRun?.state).toBe('running');
  });

  it('reads those of pinned rows at once, the rest slowly and only while the tree is seen', async () => {
    const { pipelines, pins, fake, clock } = tree(fakeWith(50));
    pins.push('job-00031');
    const rows = await items(pipelines);
    expect(fake.count('listJobRuns')).toBe(1);
    expect((rows[0] as ItemNode).lastRun).toBeNull();
    await clock.pass(2_500);
    expect(fake.count('listJobRuns')).toBeGreaterThan(5);
    expect(fake.count('listJobRuns')).toBeLessThanOrEqual(11);
    pipelines.visible = false;
    const before = fake.count('listJobRuns');
    await clock.pass(10_000);
    expect(fake.count('listJobRuns')).toBeLessThanOrEqual(before + 1);
  });

  it('reads the one under the pointer ahead of the rest', async () => {
    const fake = fakeWith(200);
    fake.runs.set('job-00150', [jobRun('job-00150', 'jr_1', 'failed', 1_000)]);
    const { pipelines } = tree(fake);
    const row = (await items(pipelines))[150] as ItemNode;
    await pipelines.ensureState(row);
    expect(row.lastRun?.state).toBe('failed');
    expect(fake.count('listJobRuns')).toBeLessThanOrEqual(2);
  });

  it('asks once for a state that is on its way, however often the rows are drawn', async () => {
    const fake = fakeWith(3);
    const { pipelines, pins } = tree(fake);
    pins.push('job-00000', 'job-00001', 'job-00002');
    const jobs = await section(pipelines, 'jobs');
    for (let times = 0; times < 5; times++) void pipelines.children(jobs);
    await pipelines.children(jobs);
    await settle();
    expect(fake.count('listJobRuns')).toBe(3);
  });

  it('stops asking when the states may not be read', async () => {
    const fake = fakeWith(100);
    fake.failures.set('listJobRuns', denied('glue:GetJobRuns'));
    const { pipelines, clock } = tree(fake);
    const rows = await items(pipelines);
    await clock.pass(10_000);
    expect(fake.count('listJobRuns')).toBe(1);
    expect((rows[99] as ItemNode).stateError?.details.iamAction).toBe('glue:GetJobRuns');
  });

  it('backs off when it is throttled, says so after half a minute, and goes on', async () => {
    const fake = fakeWith(20);
    fake.failures.set('listJobRuns', new UserError('throttled', 'AWS is limiting requests.'));
    const { pipelines, clock } = tree(fake);
    const jobs = await section(pipelines, 'jobs');
    const rows = await pipelines.children(jobs);
    await clock.pass(25_000);
    expect(jobs.slowed).toBe(false);
    await clock.pass(60_000);
    expect(jobs.slowed).toBe(true);
    expect(fake.count('listJobRuns')).toBeLessThan(10);
    fake.failures.clear();
    await clock.pass(60_000);
    expect(jobs.slowed).toBe(false);
    expect(rows.every((row) => row.kind === 'item' && row.lastRun === null)).toBe(true);
  });

  it('ticks only rows that run, and looks again at those that nobody watches', async () => {
    const fake = fakeWith(3);
    fake.runs.set('job-00001', [jobRun('job-00001', 'jr_1', 'running', 1_000)]);
    const { pipelines, clock, changes } = tree(fake);
    const rows = await items(pipelines);
    await clock.pass(3_000);
    changes.length = 0;
    await clock.pass(3_000);
    expect(new Set(changes)).toEqual(new Set([rows[1]?.id]));
    fake.runs.set('job-00001', [jobRun('job-00001', 'jr_1', 'succeeded', 1_000)]);
    await clock.pass(15_000);
    expect((rows[1] as ItemNode).lastRun?.state).toBe('succeeded');
    await clock.pass(2_000);
    changes.length = 0;
    await clock.pass(5_000);
    expect(changes).toEqual([]);
  });
});
