import { describe, expect, it } from 'vitest';
import { followLocalRun, type LocalNews } from '../../../../src/core/runs/localRun.ts';
import { findFailure } from '../../../../src/core/runs/failure.ts';
import { LiveRun } from '../../../../src/core/runs/liveRun.ts';
import { NewsQueue } from '../../../../src/core/runs/newsQueue.ts';
import { parseStages } from '../../../../src/core/runs/sparkProgress.ts';

const key = { connectionId: 'local', kind: 'localRun', resource: '/repo/job.py', id: 'r1' } as const;
const clock = { now: () => 5_000, sleep: async () => await Promise.resolve() };

async function follow(queue: NewsQueue<LocalNews>, kept?: { head: number; tail: number }): Promise<LiveRun> {
  const run = new LiveRun({
    key,
    name: 'job.py',
    startedByUser: true,
    trackedMs: 0,
    state: 'waiting',
    awsState: 'STARTING',
  });
  const facts = { key, jobName: 'job', arguments: {}, startedMs: 1_000 };
  for await (const update of followLocalRun(facts, queue, clock, kept)) {
    run.apply(update);
  }
  return run;
}

/** The run after all of this was told of it. */
async function runAfter(...news: readonly LocalNews[]): Promise<LiveRun> {
  const queue = new NewsQueue<LocalNews>(10_000_000);
  for (const item of news) void queue.push(item);
  queue.close();
  return await follow(queue);
}

const out = (text: string): LocalNews => ({ kind: 'line', stream: 'out', text });
const err = (text: string): LocalNews => ({ kind: 'line', stream: 'err', text });
const exited = (code: number): LocalNews => ({ kind: 'end', end: { kind: 'exited', code } });

describe('a script on this machine', () => {
  it('is told with its lines, the streams apart, and its end', async () => {
    const run = await runAfter(out('one'), err('\u001b[31m26/11/21 12:00:00 WARN Foo: two\u001b[0m'), exited(0));
    expect(run.entries.map((entry) => [entry.kind === 'log' ? entry.stream : entry.mark, entry.text])).toEqual([
      ['out', 'one'],
      ['err', '26/11/21 12:00:00 WARN Foo: two'],
      ['succeeded', 'succeeded in 4 s'],
    ]);
    expect(run.outcome).toMatchObject({ state: 'succeeded', startedMs: 1_000, endedMs: 5_000 });
  });

  it('that failed names its error and the line of the script', async () => {
    const run = await runAfter(
      ...[
        'Traceback (most recent call last):',
        '  File "/home/hadoop/workspace/job.py", line 7, in <module>',
        '    x()',
      ].map(err),
      err("NameError: name 'x' is not defined"),
      exited(1),
    );
    expect(run.outcome).toMatchObject({ state: 'failed', error: "NameError: name 'x' is not defined" });
    expect(findFailure(run)?.line).toMatchObject({ file: '/home/hadoop/workspace/job.py', line: 7 });
    const levels = run.entries.map((entry) => entry.kind === 'log' && entry.level);
    expect(levels.slice(0, 4)).toEqual(['error', 'error', 'error', 'error']);
  });

  it('shows how far Spark is, and keeps the bar out of the log', async () => {
    const bar: LocalNews = {
      kind: 'line',
      stream: 'err',
      text: '[Stage 3:=====>          (5 + 2) / 8]',
      isOverwritten: true,
    };
    const queue = new NewsQueue<LocalNews>(10);
    void queue.push(bar);
    const updates = followLocalRun({ key, jobName: 'job', arguments: {}, startedMs: 0 }, queue, clock);
    const seen = [await updates.next(), await updates.next(), await updates.next()].map(
      ({ value }) => value as unknown,
    );
    expect(seen[2]).toMatchObject({ kind: 'job', job: { progress: 'Stage 3: 5 of 8' } });
    const run = await runAfter(bar, exited(0));
    expect(run.entries).toHaveLength(1);
    expect([...run.jobs.values()][0]?.progress).toBeUndefined();
  });

  it('that runs out of time or of memory, or was stopped, says so', async () => {
    expect((await runAfter({ kind: 'end', end: { kind: 'timedOut', limitMs: 60_000 } })).outcome.error).toContain(
      '1 min',
    );
    expect((await runAfter(exited(137))).outcome.error).toContain('memory');
    expect((await runAfter({ kind: 'end', end: { kind: 'stopped' } })).outcome.state).toBe('stopped');
    expect((await runAfter({ kind: 'end', end: { kind: 'failed', message: 'No engine.' } })).outcome.error).toBe(
      'No engine.',
    );
  });

  it('that floods keeps its beginning and its end', async () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => out(`line ${index}`));
    const queue = new NewsQueue<LocalNews>(10_000_000);
    for (const line of lines) void queue.push(line);
    void queue.push(exited(0));
    const run = await follow(queue, { head: 100, tail: 20 });
    expect(run.entries.length).toBeLessThan(150);
    expect(run.entries[0]?.text).toBe('line 0');
    expect(run.entries.at(-2)?.text).toBe('line 999');
    expect(run.entries.find((entry) => entry.kind === 'event' && entry.mark === 'warning')?.text).toMatch(/^\d+ lines/);
  });
});

describe('lines that come together', () => {
  const block = (stream: 'out' | 'err', ...lines: readonly string[]): LocalNews => ({
    kind: 'block',
    stream,
    text: lines.join('\n'),
  });

  it('are what they are one by one, with their levels, colours, bars and tracebacks', async () => {
    const lines = [
      ['plain', '', '\ttab', '26/11/21 12:00:00 WARN Foo: two', '', ''],
      ['\u001b[31mred\u001b[0m', 'bell \u0007'],
      ['before', '[Stage 3:=====>          (5 + 2) / 8]', 'after'],
      ['Traceback (most recent call last):', '  File "/home/hadoop/workspace/job.py", line 7, in <module>'],
      ['    x()', "NameError: name 'x' is not defined", 'later'],
    ];
    const together = await runAfter(...lines.map((some) => block('err', ...some)), exited(1));
    const single = await runAfter(...lines.flat().map(err), exited(1));
    expect(together.entries).toEqual(single.entries);
    expect(together.outcome).toEqual(single.outcome);
    expect(together.outcome.error).toBe("NameError: name 'x' is not defined");
  });

  it('are left out in the middle of a flood, but for what they tell', async () => {
    const queue = new NewsQueue<LocalNews>(10_000_000);
    for (let from = 0; from < 1_000; from += 10) {
      const lines = Array.from({ length: 10 }, (_, index) => `line ${from + index}`);
      if (from === 500) lines.splice(0, 2, 'Traceback (most recent call last):', 'KeyError: 7');
      void queue.push(block('err', ...lines));
    }
    void queue.push(exited(1));
    const run = await follow(queue, { head: 100, tail: 25 });
    const texts = run.entries.map(({ text }) => text);
    expect(texts.slice(0, 2)).toEqual(['line 0', 'line 1']);
    expect(texts[100]).toBe('875 lines were left out here');
    expect(texts.slice(101, 126)).toEqual(Array.from({ length: 25 }, (_, index) => `line ${975 + index}`));
    expect(run.outcome.error).toBe('KeyError: 7');
    expect([...run.jobs.values()][0]?.lastLog?.text).toBe('line 999');
  });
});

describe('the progress bar of Spark', () => {
  it('is read with all its stages', () => {
    expect(parseStages('[Stage 1:>  (0 + 2) / 2][Stage 12:====>(9 + 1) / 10]')).toEqual([
      { stage: 1, done: 0, total: 2 },
      { stage: 12, done: 9, total: 10 },
    ]);
    expect(parseStages('INFO [Stage left] (1 + 1) / 2')).toEqual([]);
  });
});

describe('a queue of news', () => {
  it('makes whoever fills it wait until there is room', async () => {
    const queue = new NewsQueue<number>(2);
    expect(queue.push(1)).toBeUndefined();
    let hasRoom = false;
    const waited = queue.push(2)?.then(() => (hasRoom = true));
    await Promise.resolve();
    expect(hasRoom).toBe(false);
    expect(await queue.take()).toEqual([1, 2]);
    await waited;
    expect(hasRoom).toBe(true);
  });
});
