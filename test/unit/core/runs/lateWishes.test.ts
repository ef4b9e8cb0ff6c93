import { expect, it } from 'vitest';
import { silentLog } from '../../../../src/core/base/log.ts';
import type { RunKey } from '../../../../src/core/runs/model.ts';
import { NewsQueue } from '../../../../src/core/runs/newsQueue.ts';
import { RunStore } from '../../../../src/core/runs/store.ts';
import { watch } from '../../../../src/core/runs/watch.ts';
import { jobRun, ManualClock, ScriptedAccount, settle, startMs } from './fakes.ts';

const key: RunKey = { connectionId: 'c', kind: 'jobRun', resource: 'orders', id: 'jr_1' };

it('reads the log at once when it is asked for in the moment that the run ends', async () => {
  const clock = new ManualClock();
  const account = new ScriptedAccount(clock);
  const ended = { state: 'failed', awsState: 'FAILED', endedMs: startMs } as const;
  account.jobs.set('jr_1', () => jobRun('orders', 'jr_1', ended));
  account.streams.set('/aws-glue/jobs/error|jr_1', [{ timestampMs: startMs, message: 'ValueError: no rows' }]);
  const store = new RunStore({
    portsOf: async () => account,
    loadWatch: async () => watch,
    clock,
    log: silentLog,
    file: { load: async () => undefined, update: async () => undefined },
    retention: () => ({ days: 7, runs: 200 }),
    random: () => 0.5,
  });
  // As the notification of a failed run does, to name the line that failed.
  store.onDidEnd((run) => store.observe(run.key, () => undefined, { logs: true }));
  store.track(key, { startedByUser: true });
  await clock.pass(4_000);
  expect(store.snapshot(key)?.entries.map(({ text }) => text)).toContain('ValueError: no rows');
});

it('lets all go on that waited for room, not only the last', async () => {
  const queue = new NewsQueue<string>(2);
  const waited: string[] = [];
  for (const name of ['first', 'second']) void queue.pushAll([name, name])?.then(() => waited.push(name));
  await queue.take();
  await settle();
  expect(waited).toEqual(['first', 'second']);
});
