import { expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/base/log.ts';
import type { RunUpdate } from '../../../../src/core/runs/watch.ts';
import { LocalRuns } from '../../../../src/extension/localRuns/localRuns.ts';
import { FakeClock } from '../../../support/fakeClock.ts';

const job = { name: 'orders', kind: 'spark', arguments: {} } as const;
const start = { job, script: '/w/orders.py', originUri: 'file:///w/orders.py', connectionId: 'machine' };

function runs(): { readonly runs: LocalRuns; readonly ended: () => Promise<readonly RunUpdate[]> } {
  let fed: AsyncIterable<RunUpdate> | undefined;
  const store = { feed: (_key: unknown, source: AsyncIterable<RunUpdate>): void => void (fed = source) };
  const ended = async (): Promise<readonly RunUpdate[]> => {
    const updates: RunUpdate[] = [];
    for await (const update of fed ?? []) updates.push(update);
    return updates;
  };
  return { runs: new LocalRuns(store, new FakeClock(), silentLog), ended };
}

it('tells a run that has ended a moment ago from one of another window', async () => {
  const { runs: local, ended } = runs();
  const { id } = local.start({ ...start, run: async () => await Promise.resolve({ kind: 'exited', code: 0 }) });
  await ended();
  expect(local.stop(id)).toBe('ended');
  expect(local.stop('elsewhere')).toBe('unknown');
});

it('stops a run, whose own failure on the way out is no failure', async () => {
  const { runs: local, ended } = runs();
  const { id } = local.start({
    ...start,
    run: async (_id, _news, signal) =>
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('torn down')))),
  });
  expect(local.stop(id)).toBe('stopped');
  const updates = await ended();
  expect(updates.at(-1)).toMatchObject({ kind: 'facts', facts: { outcome: { state: 'stopped' } } });
});

it('stops all with the window', async () => {
  const { runs: local } = runs();
  const signals: AbortSignal[] = [];
  for (const script of ['/w/a.py', '/w/b.py']) {
    local.start({
      ...start,
      script,
      run: async (_id, _news, signal) => {
        signals.push(signal);
        return await new Promise((resolve) => signal.addEventListener('abort', () => resolve({ kind: 'stopped' })));
      },
    });
  }
  local.dispose();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  expect(local.over.aborted).toBe(true);
  await Promise.resolve();
});
