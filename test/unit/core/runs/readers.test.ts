import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/base/userError.ts';
import { HistoryReader } from '../../../../src/core/runs/historyReader.ts';
import { LogStreamReader } from '../../../../src/core/runs/logStreamReader.ts';
import type { ExecutionPort, LogPage } from '../../../../src/core/runs/ports.ts';
import { executionArn, HistoryScript, ManualClock, ScriptedAccount } from './fakes.ts';

async function readAll(reader: HistoryReader): Promise<number[]> {
  const ids: number[] = [];
  for (;;) {
    const { events, more } = await reader.next();
    ids.push(...events.map(({ id }) => id));
    if (!more) return ids;
  }
}

describe('HistoryReader', () => {
  it('reads the last page again as it grows, and gives each event once', async () => {
    const account = new ScriptedAccount(new ManualClock());
    account.historyPage = 3;
    const script = new HistoryScript();
    for (let count = 0; count < 5; count++) script.add('x');
    account.script(script);
    const reader = new HistoryReader(account, executionArn);
    expect(await readAll(reader)).toEqual([1, 2, 3, 4, 5]);
    expect(await readAll(reader)).toEqual([]);
    for (let count = 0; count < 5; count++) script.add('x');
    expect(await readAll(reader)).toEqual([6, 7, 8, 9, 10]);
  });

  it('gives an event of a doubled page once', async () => {
    const events = new HistoryScript().add('a').add('b').add('c').events;
    const pages = [
      { items: events.slice(0, 2), nextToken: '1' },
      { items: events.slice(0, 3), nextToken: '2' },
      { items: events },
    ];
    let call = 0;
    const port = { getExecutionHistory: async () => pages[call++]! } as unknown as ExecutionPort;
    expect(await readAll(new HistoryReader(port, executionArn))).toEqual([1, 2, 3]);
  });

  it('reads from the start again when its token is no longer good', async () => {
    const account = new ScriptedAccount(new ManualClock());
    account.historyPage = 2;
    const script = new HistoryScript().add('a').add('b').add('c');
    account.script(script);
    const reader = new HistoryReader(account, executionArn);
    await readAll(reader);
    let isExpired = true;
    account.fail = () => {
      const error = isExpired ? new UserError('bad-input', 'Invalid Token') : undefined;
      isExpired = false;
      return error;
    };
    script.add('d');
    expect(await readAll(reader)).toEqual([4]);
  });
});

describe('LogStreamReader', () => {
  const events = (...texts: string[]) => texts.map((message, index) => ({ timestampMs: index, message }));

  async function read(pages: readonly (LogPage | Error | undefined)[]): Promise<string[]> {
    let call = 0;
    const port = {
      getLogEvents: async () => {
        const page = pages[call++];
        if (page instanceof Error) throw page;
        return page;
      },
      listLogStreams: async () => [],
    };
    const reader = new LogStreamReader(port, { group: 'g', stream: 's' });
    const texts: string[] = [];
    while (call < pages.length) {
      const page = await reader.next().catch(() => undefined);
      texts.push(...(page?.events ?? []).map(({ message }) => message));
    }
    return texts;
  }

  it('waits for a stream that is not there yet, and takes nothing twice', async () => {
    const page = { events: events('a'), nextToken: 't1' };
    expect(await read([undefined, page, { events: [], nextToken: 't1' }])).toEqual(['a']);
  });

  it('takes what a page grew by before its token moved on', async () => {
    const first = { events: events('a'), nextToken: 't1' };
    const grown = { events: events('b'), nextToken: 't1' };
    const more = { events: events('b', 'c'), nextToken: 't1' };
    const moved = { events: events('b', 'c', 'd'), nextToken: 't2' };
    expect(await read([first, grown, more, moved, { events: events('e'), nextToken: 't3' }])).toEqual([
      ...['a', 'b', 'c', 'd', 'e'],
    ]);
  });

  it('loses nothing when a call fails', async () => {
    const page = { events: events('a'), nextToken: 't1' };
    expect(
      await read([new Error('reset'), page, new Error('reset'), { events: events('b'), nextToken: 't2' }]),
    ).toEqual(['a', 'b']);
  });
});
