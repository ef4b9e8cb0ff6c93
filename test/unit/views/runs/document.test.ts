import { describe, expect, it } from 'vitest';
import type { EventEntry, LogEntry, RunEntry } from '../../../../src/core/runs/entry.ts';
import { LiveRun } from '../../../../src/core/runs/liveRun.ts';
import {
  DocumentWriter,
  type LineEdit,
  type OpenDocument,
} from '../../../../src/views/runs/document/documentWriter.ts';
import { errorsOnly } from '../../../../src/views/runs/document/presentFilter.ts';
import { findLinks } from '../../../../src/views/runs/document/presentLinks.ts';
import { editorLimits, PartBounds } from '../../../../src/views/runs/document/presentParts.ts';
import { RunText } from '../../../../src/views/runs/document/presentText.ts';
import { parseRunAddress, runAddress } from '../../../../src/views/runs/document/presentUri.ts';
import { executionKey, ManualClock, settle, startMs } from '../../core/runs/fakes.ts';

const log = (seconds: number, text: string, extra: Partial<LogEntry> = {}): LogEntry => ({
  kind: 'log',
  timeMs: startMs + seconds * 1000,
  late: false,
  path: ['ExtractOrders'],
  stream: 'out',
  text,
  ...extra,
});
const event = (seconds: number, mark: EventEntry['mark'], text: string, path = ['ExtractOrders']): EventEntry => ({
  kind: 'event',
  timeMs: startMs + seconds * 1000,
  late: false,
  path,
  mark,
  text,
});

function liveRun(): LiveRun {
  return new LiveRun({
    key: executionKey,
    name: 'run-1',
    startedByUser: true,
    trackedMs: startMs,
    state: 'running',
    awsState: 'RUNNING',
    startedMs: startMs,
  });
}

const story: RunEntry[] = [
  event(0.1, 'entered', 'entered  Task glue:startJobRun.sync'),
  event(0.3, 'info', 'job run jr_ab12cd34… of extract-orders, G.1X × 2'),
  log(7, 'INFO  Reading s3://raw/orders/2026-11-20/', { level: 'info' }),
  log(8, 'Traceback (most recent call last):\n  File "/tmp/extract.py", line 42, in main', {
    stream: 'err',
    level: 'error',
  }),
  log(5, 'straggler', { late: true, executor: 3 }),
  event(41, 'succeeded', 'succeeded in 41 s   0.02 DPU-h'),
  event(41.1, 'entered', 'Choice → TransformOrders', ['IsEmpty']),
];

const text = (run: LiveRun, filter = {}, part = 1, limits = editorLimits) =>
  new RunText(run, 'dev · eu-west-1', { format: { timeZone: 'UTC' }, filter, part, limits });
const small = { lines: 1_000, chars: 1024 * 1024 };
const whole = (of: RunText) => [...of.presentHeader(), ...of.take(1e9), of.presentFooter()];

describe('RunText', () => {
  it('reads like a log', () => {
    const run = liveRun();
    run.input = '{\n "date": "2026-11-20" }';
    run.entries.push(...story);
    expect(whole(text(run)).join('\n')).toMatchInlineSnapshot(`
      "orders-pipeline   dev · eu-west-1   RUNNING   started by you 2026-11-20 07:30:00 +00:00
      Input { "date": "2026-11-20" }

      07:30:00.100  ExtractOrders      ▸ entered  Task glue:startJobRun.sync
      07:30:00.300  ExtractOrders      job run jr_ab12cd34… of extract-orders, G.1X × 2
      07:30:07.000  ExtractOrders  out INFO  Reading s3://raw/orders/2026-11-20/
      07:30:08.000  ExtractOrders  err Traceback (most recent call last):
                                         File "/tmp/extract.py", line 42, in main
      07:30:05.000~ ExtractOrders  o3  straggler
      07:30:41.000  ExtractOrders      ✓ succeeded in 41 s   0.02 DPU-h
      07:30:41.100  IsEmpty            ▸ Choice → TransformOrders
      …"
    `);
  });

  it('folds consecutive lines of a state, lists states with their result, and knows its links', () => {
    const run = liveRun();
    run.entries.push(...story);
    const made = text(run);
    const lines = whole(made);
    expect(made.folds).toEqual([
      { start: 3, end: 9 },
      { start: 10, end: 10 },
    ]);
    expect(made.symbols).toMatchObject([
      { name: 'ExtractOrders', line: 3, endLine: 9, mark: 'succeeded', result: 'succeeded in 41 s   0.02 DPU-h' },
      { name: 'IsEmpty', line: 10 },
    ]);
    expect(made.links.map(({ line, start, end }) => lines[line]?.slice(start, end))).toEqual([
      'jr_ab12cd34…',
      's3://raw/orders/2026-11-20/',
      'File "/tmp/extract.py", line 42',
    ]);
    expect(made.factsOf(7)).toMatchObject({ level: 'error', isContinuation: true });
    expect(made.factsOf(0)).toBeUndefined();
  });

  it('shows errors only, and says so', () => {
    const run = liveRun();
    run.entries.push(...story, event(50, 'failed', 'execution failed: x', []));
    const lines = whole(text(run, errorsOnly));
    expect(lines[2]).toBe('Only errors');
    expect(lines.slice(3, -1).map((line) => line.slice(14).trim())).toEqual([
      'ExtractOrders  err Traceback (most recent call last):',
      'File "/tmp/extract.py", line 42, in main',
      '✗ execution failed: x',
    ]);
  });

  it('names a new day and cuts endless lines', () => {
    const run = liveRun();
    run.entries.push(log(0, 'x'.repeat(10_000_000)), log(86_400, 'tomorrow'));
    const lines = whole(text(run));
    expect(lines[3]?.length).toBeLessThan(2_200);
    expect(lines[3]).toMatch(/… 9998000 more characters in the full log$/);
    expect(lines[4]).toBe('── 2026-11-21 ──');
  });

  it('goes on in another part where an editor bears no more, with links between them', () => {
    const run = liveRun();
    for (let index = 0; index < 2_500; index++) run.entries.push(log(index / 1_000, `line ${index}`));
    const parts = [1, 2, 3].map((part) => text(run, {}, part, small));
    const bodies = parts.map((part) => part.take(1e9));
    for (const body of bodies) expect(body.length).toBeLessThanOrEqual(1_000);
    const numbers = bodies.flat().map((line) => Number(/line (\d+)$/.exec(line)?.[1]));
    expect(numbers.length).toBe(2_500);
    expect(numbers.every((number, index) => number === index)).toBe(true);
    expect(parts.map((part) => part.presentFooter())).toEqual(['… continued in part 2', '… continued in part 3', '…']);
    expect(parts.map((part) => part.presentHeader()[2])).toEqual([
      '',
      'Part 2, continued from part 1',
      'Part 3, continued from part 2',
    ]);
    expect(parts.map((part) => part.partLinks.map(({ line, part: to }) => `${line}:${to}`))).toEqual([
      [`${3 + bodies[0]!.length}:2`],
      ['2:1', `${3 + bodies[1]!.length}:3`],
      ['2:2'],
    ]);
  });

  it('gives a part as much as it bears of long and many-lined texts, and the rest to the next', () => {
    const run = liveRun();
    for (let index = 0; index < 300; index++) run.entries.push(log(index, `${'x'.repeat(1_000)}\n`.repeat(99)));
    const bodies: number[] = [];
    for (let part = 1; bodies.at(-1) !== 0; part++) {
      const lines = text(run, {}, part, small).take(1e9);
      expect(lines.reduce((sum, line) => sum + line.length + 1, 0)).toBeLessThanOrEqual(small.chars);
      bodies.push(lines.length);
    }
    expect(bodies.reduce((sum, lines) => sum + lines, 0)).toBe(300 * 100);
  });

  it('begins a further part only when the run has come so far', () => {
    const run = liveRun();
    const second = text(run, {}, 2, small);
    for (let index = 0; index < 996; index++) run.entries.push(log(1, 'line'));
    expect([second.take(1e9).length, second.hasMore]).toEqual([0, false]);
    const first = text(run, {}, 1, small);
    first.take(1e9);
    expect(first.presentFooter()).toBe('…');
    run.entries.push(log(1, 'the next line'));
    expect(second.hasMore).toBe(true);
    expect(second.take(1e9)).toEqual([expect.stringContaining('the next line')]);
    expect(first.presentFooter()).toBe('… continued in part 2');
    expect(first.take(1e9)).toEqual([]);
  });

  it('shows what a filter lets through of the whole run, up to what an editor bears', () => {
    const run = liveRun();
    for (let index = 0; index < 2_500; index++)
      run.entries.push(log(1, 'line', index % 2 === 0 ? { level: 'error' } : {}));
    run.entries.push(log(2, 'a rare one'));
    const rare = text(run, { text: 'rare' }, 1, small);
    expect(rare.take(1e9)).toEqual([expect.stringContaining('a rare one')]);
    expect([rare.presentFooter(), rare.partLinks]).toEqual(['…', []]);
    const errors = text(run, errorsOnly, 1, small);
    expect(errors.take(1e9).length).toBe(1_000);
    expect(errors.presentFooter()).toBe('… this document is full: the rest is in the full log');
  });

  it('has a quarter of a million lines in a part', () => {
    const entry = log(1, 'line');
    const bounds = new PartBounds(editorLimits);
    const starts = [1, 2, 3].map((part) =>
      bounds.startOf(
        part,
        Array.from({ length: 600_000 }, () => entry),
      ),
    );
    expect(starts).toEqual([0, 249_000, 498_000]);
  });

  it('ends with how the run ended', () => {
    const run = liveRun();
    run.apply({
      kind: 'facts',
      facts: {
        outcome: { state: 'failed', awsState: 'FAILED', endedMs: startMs + 192_000, error: 'E', cause: 'because' },
      },
    });
    run.isComplete = true;
    expect(text(run).presentHeader()[0]).toContain('FAILED 00:03:12');
    expect(text(run).presentFooter()).toBe('✗ failed after 3 min 12 s: E: because');
  });
});

/** A document as an editor holds it. */
class FakeDocument implements OpenDocument {
  lines: string[];
  isVisible = true;
  refusals = 0;
  rereads = 0;
  edits = 0;
  largest = 0;

  constructor(whole: string) {
    this.lines = whole.split('\n').slice(0, -1);
  }

  get lineCount(): number {
    return this.lines.length;
  }

  async apply(edits: readonly LineEdit[]): Promise<boolean> {
    await Promise.resolve();
    if (this.refusals > 0) {
      this.refusals -= 1;
      return false;
    }
    this.edits += 1;
    for (const { start, end, lines } of [...edits].sort((a, b) => b.start - a.start)) {
      this.largest = Math.max(this.largest, lines.length);
      this.lines = [...this.lines.slice(0, start), ...lines, ...this.lines.slice(end)];
    }
    return true;
  }

  reread(): void {
    this.rereads += 1;
  }
}

describe('DocumentWriter', () => {
  function setUp() {
    const run = liveRun();
    const clock = new ManualClock();
    const writer = new DocumentWriter(text(run), clock);
    const document = new FakeDocument(writer.read());
    const end = new AbortController();
    const done = writer.write(document, end.signal);
    // As one text: comparing a hundred thousand lines one by one takes seconds.
    const expectEqual = () => expect(document.lines.join('\n')).toBe(whole(text(run)).join('\n'));
    return { run, clock, writer, document, end, done, expectEqual };
  }

  it('adds what comes, in few edits, and ends when told', async () => {
    const { run, clock, writer, document, end, done, expectEqual } = setUp();
    for (const entry of story) {
      run.entries.push(entry);
      writer.poke();
      await clock.pass(20);
    }
    await clock.pass(500);
    expectEqual();
    expect(document.edits).toBeLessThanOrEqual(3);
    run.input = '{"late": true}';
    writer.poke();
    await clock.pass(500);
    expectEqual();
    end.abort();
    await done;
    expect(clock.sleepers).toBe(0);
  });

  it('brings a hundred thousand lines in edits that an editor bears', async () => {
    const { run, clock, writer, document, expectEqual } = setUp();
    for (let index = 0; index < 100_000; index++) run.entries.push(log(index / 1000, `line ${index}`));
    writer.poke();
    await clock.pass(10_000);
    expectEqual();
    expect(document.largest).toBeLessThanOrEqual(10_001);
    expect(document.edits).toBeLessThanOrEqual(20);
  });

  it('tries a refused edit again, and after three times lets the editor read anew', async () => {
    const { run, clock, writer, document, expectEqual } = setUp();
    document.refusals = 2;
    run.entries.push(...story);
    writer.poke();
    await clock.pass(500);
    expectEqual();
    document.refusals = 3;
    run.entries.push(log(60, 'more'));
    writer.poke();
    await clock.pass(500);
    expect(document.rereads).toBe(1);
    expect(writer.read().split('\n').slice(0, -1)).toEqual(whole(text(run)));
  });

  it('repairs a document that was changed behind its back', async () => {
    const { run, clock, writer, document, expectEqual } = setUp();
    document.lines.push('typed by nobody');
    run.entries.push(...story);
    writer.poke();
    await clock.pass(500);
    expectEqual();
  });

  it('shows another text when the filter changes', async () => {
    const { run, clock, writer, document } = setUp();
    run.entries.push(...story);
    writer.poke();
    await clock.pass(500);
    writer.show(text(run, errorsOnly));
    await clock.pass(500);
    expect(document.lines).toEqual(whole(text(run, errorsOnly)));
    writer.show(text(run));
    await settle();
    await clock.pass(500);
    expect(document.lines).toEqual(whole(text(run)));
  });
});

describe('run document addresses', () => {
  it('name their run, whatever the resource is called', () => {
    for (const resource of ['a/b:c', 'Ü %2F', 'x']) {
      const key = { ...executionKey, resource };
      const address = runAddress(key, 'a/b 07:30');
      expect(address.path).toBe('/a-b 07-30.sluice-run');
      expect(parseRunAddress(address)).toEqual({ key, part: 1 });
      const third = runAddress(key, 'a/b 07:30', 3);
      expect(third.path).toBe('/a-b 07-30 part 3.sluice-run');
      expect(parseRunAddress(third)).toEqual({ key, part: 3 });
    }
    const { query } = runAddress(executionKey, 'x');
    expect(parseRunAddress({ path: '/etc/passwd', query })).toBeUndefined();
    expect(parseRunAddress({ path: '/x.sluice-run', query: '' })).toBeUndefined();
    expect(parseRunAddress({ path: '/x.sluice-run', query: '{' })).toBeUndefined();
    expect(parseRunAddress({ path: '/x.sluice-run', query: `${query}/0` })).toBeUndefined();
    expect(parseRunAddress({ path: '/x.sluice-run', query: `${query}/2/3` })).toBeUndefined();
  });
});

describe('findLinks', () => {
  it.each([
    ['see s3a://bucket/key/a.json.', ['s3a://bucket/key/a.json']],
    ['arn:aws:states:eu-west-1:1:execution:m:n, done', ['arn:aws:states:eu-west-1:1:execution:m:n']],
    ['extract.py:42 failed at line 7', ['extract.py:42', 'line 7']],
    ['the online 3 line', []],
    ['Failed Line Number: 21; x', ['Line Number: 21']],
  ])('%s', (line, expected) => {
    expect(findLinks(line).map(({ start, end }) => line.slice(start, end))).toEqual(expected);
  });
});
