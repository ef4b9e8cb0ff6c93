import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/base/userError.ts';
import type { RunSummary } from '../../../../src/core/runs/model.ts';
import { startOnce } from '../../../../src/extension/starts/startOnce.ts';

const now = 1_000_000;
const clock = { now: () => now, sleep: async () => undefined };
const ambiguous = new UserError('ambiguous-start', 'The connection broke after the start was sent.');

function run(id: string, startedMs: number): RunSummary {
  const key = { connectionId: 'c', kind: 'jobRun', resource: 'job', id } as const;
  return { key, name: id, state: 'running', awsState: 'RUNNING', startedMs };
}

function start(outcomes: (string | UserError)[], answer: (runs: readonly RunSummary[]) => RunSummary | 'again') {
  const asked: string[][] = [];
  let started = 0;
  const result = startOnce(clock, {
    name: 'job',
    start: async () => {
      const outcome = outcomes[started++];
      if (outcome instanceof UserError) throw outcome;
      return outcome ?? '';
    },
    recent: async () => [run('new', now - 1_000), run('old', now - 3_600_000)],
    ask: async (_name, _error, runs) => {
      asked.push(runs.map(({ name }) => name));
      return answer(runs);
    },
  });
  return { result, asked, count: () => started };
}

describe('a start that cannot be repeated safely', () => {
  it('gives the id of the run', async () => {
    const { result, asked } = start(['jr_1'], () => 'again');
    expect([await result, asked]).toEqual(['jr_1', []]);
  });

  it('is not repeated where its fate is open: the user sees the runs since then and takes one', async () => {
    const { result, asked, count } = start([ambiguous], (runs) => runs[0]!);
    expect([await result, asked, count()]).toEqual(['new', [['new']], 1]);
  });

  it('is repeated on the word of the user', async () => {
    const { result, count } = start([ambiguous, 'jr_2'], () => 'again');
    expect([await result, count()]).toEqual(['jr_2', 2]);
  });

  it('fails with any other error at once', async () => {
    const denied = new UserError('access-denied', 'No.');
    const { result, asked } = start([denied], () => 'again');
    await expect(result).rejects.toBe(denied);
    expect(asked).toEqual([]);
  });
});
