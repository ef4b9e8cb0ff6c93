import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../../src/core/runs/entry.ts';
import { EntryMerge } from '../../../../src/core/runs/merge.ts';

const line = (timeMs: number, text: string): LogEntry => ({
  kind: 'log',
  timeMs,
  late: false,
  path: [],
  stream: 'out',
  text,
});

describe('EntryMerge', () => {
  it('puts lines that are a little late in order', () => {
    const merge = new EntryMerge(3_000);
    for (const id of ['a', 'b']) merge.open(id, 0);
    for (const id of ['a', 'b']) merge.caughtUp(id);
    merge.push('a', [line(100, 'second')], 1_000);
    expect(merge.release(2_000)).toEqual([]);
    merge.push('b', [line(50, 'first')], 3_000);
    expect(merge.release(4_000).map(({ text }) => text)).toEqual(['first', 'second']);
  });

  it('appends what is later than that, and marks it', () => {
    const merge = new EntryMerge(3_000);
    for (const id of ['a', 'b']) merge.open(id, 0);
    for (const id of ['a', 'b']) merge.caughtUp(id);
    merge.push('a', [line(100, 'second')], 0);
    merge.release(3_000);
    merge.push('b', [line(50, 'first'), line(150, 'third')], 4_000);
    expect(merge.release(7_000).map(({ text, late }) => `${text} ${late}`)).toEqual(['first true', 'third false']);
  });

  it('holds what an ended source gave while another one is still being read, and lets that one through alone', () => {
    const merge = new EntryMerge(3_000);
    for (const id of ['history', 'job']) merge.open(id, 0);
    for (const id of ['history', 'job']) merge.caughtUp(id);
    merge.push('history', [line(100, 'succeeded')], 1_000);
    merge.close('history');
    expect(merge.release(1_000)).toEqual([]);
    merge.push('job', [line(90, 'last words')], 2_000);
    expect(merge.release(4_000).map(({ text, late }) => `${text} ${late}`)).toEqual([
      'last words false',
      'succeeded false',
    ]);
    merge.push('job', [line(110, 'more')], 5_000);
    expect(merge.release(5_000).map(({ text }) => text)).toEqual(['more']);
  });

  it('lets nothing out that a source still being read may precede', () => {
    const merge = new EntryMerge(0);
    merge.open('history', -Infinity);
    merge.open('log', 0);
    merge.push('history', [line(10, 'a'), line(20, 'b')], 0);
    expect(merge.release(100)).toEqual([]);
    merge.push('log', [line(5, 'x'), line(15, 'y')], 0);
    expect(merge.release(100).map(({ text }) => text)).toEqual(['x', 'a']);
    merge.caughtUp('log');
    merge.caughtUp('history');
    expect(merge.release(100).map(({ text }) => text)).toEqual(['y', 'b']);
  });

  it('loses and doubles nothing, and marks exactly what is out of order, whatever comes when', () => {
    const step = fc.record({
      source: fc.integer({ min: 0, max: 3 }),
      times: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 5 }),
      passMs: fc.integer({ min: 0, max: 40 }),
      caughtUp: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const merge = new EntryMerge(30);
        for (let source = 0; source < 4; source++) merge.open(String(source), 0);
        const pushed: string[] = [];
        const out: LogEntry[] = [];
        let nowMs = 0;
        for (const { source, times, passMs, caughtUp } of steps) {
          nowMs += passMs;
          const lines = times.sort((a, b) => a - b).map((timeMs, index) => line(timeMs, `${pushed.length + index}`));
          pushed.push(...lines.map(({ text }) => text));
          merge.push(String(source), lines, nowMs);
          if (caughtUp) merge.caughtUp(String(source));
          out.push(...(merge.release(nowMs) as LogEntry[]));
        }
        out.push(...(merge.drain() as LogEntry[]));
        expect(out.map(({ text }) => text).sort()).toEqual([...pushed].sort());
        let lastMs = -Infinity;
        for (const { timeMs, late } of out) {
          expect(late).toBe(timeMs < lastMs);
          lastMs = Math.max(lastMs, timeMs);
        }
      }),
    );
  });
});
