import { describe, expect, it } from 'vitest';
import { StartHistory, startKey } from '../../../../src/extension/starts/startHistory.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';

/** The document as it would lie in the folder. */
const files = (stored?: unknown): MemoryFiles => new MemoryFiles(stored === undefined ? {} : { 'last-starts': stored });

describe('what was started last', () => {
  it('comes back, the newest first, and a name keeps its own per connection', async () => {
    const history = new StartHistory(files());
    const a = startKey('local', 'execution', 'a/b');
    await history.remember(a, { atMs: 1, input: '{}' });
    await history.remember(startKey('other', 'execution', 'a/b'), { atMs: 2, input: '[]' });
    expect(await history.last(a)).toEqual({ atMs: 1, input: '{}' });
    expect(await history.recent()).toEqual(['other/execution/a%2Fb', 'local/execution/a%2Fb']);
  });

  it('keeps both of two that are started at once', async () => {
    const history = new StartHistory(files());
    await Promise.all([history.remember('a', { atMs: 1 }), history.remember('b', { atMs: 2 })]);
    expect(await history.recent()).toEqual(['b', 'a']);
  });

  it('is bounded', async () => {
    const history = new StartHistory(files());
    for (let at = 0; at < 210; at++) await history.remember(`k${at}`, { atMs: at });
    expect((await history.recent()).length).toBe(200);
    expect(await history.last('k0')).toBeUndefined();
  });

  it('leaves out what a damaged file holds', async () => {
    const stored = {
      ok: { atMs: 1, values: { a: 'b' } },
      bad: { atMs: 'x' },
      worse: 7,
      odd: { atMs: 1, values: { a: 1 } },
    };
    expect(await new StartHistory(files(stored)).recent()).toEqual(['ok']);
    expect(await new StartHistory(files('text')).recent()).toEqual([]);
  });
});
