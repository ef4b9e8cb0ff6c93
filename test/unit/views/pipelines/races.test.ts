import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/base/userError.ts';
import type { RunSummary } from '../../../../src/core/runs/model.ts';
import type { Pipelines } from '../../../../src/views/pipelines/loadPipelines.ts';
import type { ItemNode, PipelineNode, RunNode } from '../../../../src/views/pipelines/node.ts';
import { FakeAccount, job, jobRun, machine, settle, tree } from './fakes.ts';

async function items(pipelines: Pipelines, section: string): Promise<readonly PipelineNode[]> {
  const [root] = await pipelines.children();
  const found = (await pipelines.children(root)).find((row) => row.kind === 'section' && row.section === section);
  await settle();
  const rows = await pipelines.children(found);
  await settle();
  return rows;
}

/** A tree with the job `orders`, whose runs are numbered from the newest, which has the highest number. */
async function orders(count: number, isOn: (number: number) => boolean = () => false) {
  const fake = new FakeAccount();
  fake.jobs = [job('orders')];
  const all = tree(fake);
  const set = (on: (number: number) => boolean): void => {
    const { nowMs } = all.clock;
    const runs = Array.from({ length: count }, (_, at) => {
      const number = count - at;
      return jobRun('orders', `jr_${number}`, on(number) ? 'running' : 'succeeded', nowMs - 1_000_000 + number * 1_000);
    });
    fake.runs.set('orders', runs);
  };
  set(isOn);
  const [item] = (await items(all.pipelines, 'jobs')) as ItemNode[];
  if (!item) throw new Error('There is no row of the job.');
  return { ...all, item, set };
}

const runNames = (rows: readonly PipelineNode[]): string[] =>
  rows.filter((row): row is RunNode => row.kind === 'run').map(({ run }) => run.name);

describe('what comes in another order', () => {
  it('reads on when the try after a throttled call fails for another reason', async () => {
    const fake = new FakeAccount();
    fake.jobs = [job('orders')];
    fake.machines = [machine('pipeline')];
    const { pipelines, clock } = tree(fake);
    fake.failures.set('listJobRuns', new UserError('throttled', 'AWS limits requests.'));
    await items(pipelines, 'jobs');
    await items(pipelines, 'machines');
    await clock.pass(1_000);
    expect(fake.count('listJobRuns')).toBe(1);
    fake.failures.delete('listJobRuns');
    fake.failures.set('listExecutions', new UserError('network', 'The connection was reset.'));
    await clock.pass(120_000);
    expect(fake.count('listExecutions')).toBe(1);
    expect(fake.count('listJobRuns')).toBe(2);
  });

  it('shows the end of an older run that nobody watches, although a newer one is long over', async () => {
    const { pipelines, clock, item, set } = await orders(2, (number) => number === 1);
    const stateOf = async (): Promise<(string | undefined)[]> =>
      (await pipelines.children(item)).map((row) => (row.kind === 'run' ? row.run.state : undefined));
    expect(await stateOf()).toEqual(['succeeded', 'running']);
    set(() => false);
    await clock.pass(12_000);
    expect(await stateOf()).toEqual(['succeeded', 'succeeded']);
  });

  it('keeps the rows that "Load more…" brought while it looks again at a run that is on', async () => {
    const { pipelines, clock, item } = await orders(40, (number) => number === 40);
    const more = (await pipelines.children(item)).at(-1)!;
    await pipelines.loadMore(more);
    expect(runNames(await pipelines.children(item))).toHaveLength(35);
    await clock.pass(12_000);
    expect(runNames(await pipelines.children(item))).toHaveLength(35);
    pipelines.refresh(item);
    expect(runNames(await pipelines.children(item))).toHaveLength(10);
  });

  it('begins with the newest run when "Load more…" is clicked in a list that is just being read anew', async () => {
    const { pipelines, item } = await orders(60);
    const more = (await pipelines.children(item)).at(-1)!;
    await pipelines.loadMore(more);
    const again = (await pipelines.children(item)).at(-1)!;
    pipelines.refresh(item);
    await pipelines.loadMore(again);
    expect(runNames(await pipelines.children(item))[0]).toBe('jr_60');
  });

  it('does not call a job one that never ran because its runs are read anew before they came', async () => {
    const { pipelines, item } = await orders(3);
    const first = pipelines.children(item);
    pipelines.refresh(item);
    expect((await first).map(({ kind }) => kind)).toEqual([]);
    expect(runNames(await pipelines.children(item))).toHaveLength(3);
  });

  it.each([
    ['ahead of', 30_000],
    ['behind', -30_000],
  ])('says that a run is on, although this machine is %s the clock of the service', async (_, skewMs) => {
    const { pipelines, clock, item, tracked, trackedChanges } = await orders(1);
    await clock.pass(2_000);
    const { nowMs } = clock;
    const tell = (run: RunSummary): void => {
      tracked[0] = run;
      trackedChanges.fire(run);
    };
    tell({ ...jobRun('orders', 'jr_2', 'waiting', nowMs + skewMs), awsState: 'STARTING' });
    tell(jobRun('orders', 'jr_2', 'running', nowMs));
    expect(item.lastRun?.state).toBe('running');
    await pipelines.ensureState(item);
    expect(item.lastRun?.state).toBe('running');
    tell(jobRun('orders', 'jr_2', 'succeeded', nowMs));
    expect(item.lastRun?.state).toBe('succeeded');
  });

  it('says that a run is on as soon as there is a row for it: it was started before the list came', async () => {
    const fake = new FakeAccount();
    fake.jobs = [job('orders'), job('reports')];
    const { pipelines, tracked, clock } = tree(fake);
    tracked.push(jobRun('orders', 'jr_2', 'running', clock.nowMs));
    fake.runs.set('orders', [jobRun('orders', 'jr_2', 'running', clock.nowMs), jobRun('orders', 'jr_1', 'failed', 0)]);
    const [item] = (await items(pipelines, 'jobs')) as ItemNode[];
    expect(item?.lastRun?.state).toBe('running');
    await clock.pass(1_000);
    expect(item?.recent.map(({ name }) => name)).toEqual(['jr_2', 'jr_1']);
  });
});
