import { describe, expect, it } from 'vitest';
import {
  resumePoint,
  startExecution,
  TaskFailure,
  type ExecutionResult,
  type HistoryEvent,
  type Json,
  type JsonObject,
} from '../../../../src/core/interpreter/index.ts';
import { ManualClock, sampleIdentity } from './support/run.ts';

interface Tried {
  readonly result: ExecutionResult;
  readonly events: readonly HistoryEvent[];
  /** States whose task ran, with the item of their iteration. */
  readonly ran: readonly string[];
}

/** Runs a machine whose task states fail where `fails` says so, from where `before` ended. */
async function attempt(
  definition: JsonObject,
  fails: (name: string) => boolean,
  before?: Tried,
  input: Json = [10, 20, 30],
): Promise<Tried> {
  const events = [...(before?.events ?? [])];
  const ran: string[] = [];
  const resume = before && resumePoint(definition, events);
  if (before) expect(resume).toBeDefined();
  const { result } = startExecution({
    definition,
    input,
    type: 'STANDARD',
    identity: sampleIdentity,
    ports: {
      clock: new ManualClock(),
      tasks: {
        run: async ({ stateName, iteration, parameters }) => {
          const name = [stateName, ...iteration].join(' ');
          ran.push(name);
          // What succeeds does so before anything fails.
          for (let turn = 0; turn < (fails(name) ? 40 : 1); turn++)
            await new Promise((resolve) => setImmediate(resolve));
          if (fails(name)) throw new TaskFailure('Down', name);
          return parameters;
        },
      },
      random: () => 0,
      uuid: () => 'u',
      hash: () => '',
    },
    onEvent: (event) => events.push(event),
    waitScale: 0,
    ...(resume && { resume }),
  });
  return { result: await result, events, ran };
}

const task = (more: JsonObject): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:lambda:eu-west-1:1:function:f',
  ...more,
});

const twoBranches: JsonObject = {
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Orders', States: { Orders: task({ Parameters: { done: 'orders' }, End: true }) } },
        {
          StartAt: 'Fetch',
          States: {
            Fetch: task({ Parameters: { rows: 7 }, Assign: { rows: 7 }, Next: 'Load' }),
            Load: task({ Parameters: { 'loaded.$': '$rows' }, Next: 'Check' }),
            Check: task({ End: true }),
          },
        },
      ],
      End: true,
    },
  },
};

describe('redrive of a Parallel', () => {
  it('runs only the branches that did not succeed, each from the state that failed', async () => {
    const first = await attempt(twoBranches, (name) => name === 'Load');
    expect([...first.ran].sort()).toEqual(['Fetch', 'Load', 'Orders']);
    const second = await attempt(twoBranches, () => false, first);
    expect(second.ran).toEqual(['Load', 'Check']);
    expect(second.result).toEqual({ status: 'SUCCEEDED', output: [{ done: 'orders' }, { loaded: 7 }] });
  });

  it('knows over several redrives what succeeded in which', async () => {
    const first = await attempt(twoBranches, (name) => name === 'Load');
    const second = await attempt(twoBranches, (name) => name === 'Check', first);
    expect(second.ran).toEqual(['Load', 'Check']);
    const third = await attempt(twoBranches, () => false, second);
    expect(third.ran).toEqual(['Check']);
    expect(third.result.output).toEqual([{ done: 'orders' }, { loaded: 7 }]);
  });

  it('counts the last of its own retries', async () => {
    const retried: JsonObject = structuredClone(twoBranches);
    const both = (retried['States'] as JsonObject)['Both'] as Record<string, Json>;
    both['Retry'] = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }];
    let failures = 0;
    const first = await attempt(retried, (name) => name === 'Fetch' || (name === 'Load' && failures++ < 9));
    expect(first.ran.filter((name) => name === 'Orders')).toHaveLength(2);
    const second = await attempt(retried, () => false, first);
    expect(second.ran).toEqual(['Fetch', 'Load', 'Check']);
  });
});

describe('redrive of an inline Map', () => {
  const each: JsonObject = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemSelector: { 'value.$': '$$.Map.Item.Value' },
        ItemProcessor: {
          StartAt: 'Read',
          States: {
            Read: task({ Next: 'Sides' }),
            Sides: {
              Type: 'Parallel',
              Branches: [
                { StartAt: 'Left', States: { Left: task({ End: true }) } },
                { StartAt: 'Right', States: { Right: task({ End: true }) } },
              ],
              ResultSelector: { 'left.$': '$[0].value', 'right.$': '$[1].value' },
              End: true,
            },
          },
        },
        End: true,
      },
    },
  };

  it('runs only what did not succeed in iterations that did not', async () => {
    const first = await attempt(each, (name) => name === 'Right 1');
    expect(first.result.status).toBe('FAILED');
    const second = await attempt(each, () => false, first);
    expect(second.ran).toEqual(['Right 1']);
    expect(second.result.output).toEqual([10, 20, 30].map((value) => ({ left: value, right: value })));
  });

  it('starts iterations that were not begun', async () => {
    const one: JsonObject = structuredClone(each);
    ((one['States'] as JsonObject)['Each'] as Record<string, Json>)['MaxConcurrency'] = 1;
    const first = await attempt(one, (name) => name === 'Read 1');
    expect(first.ran).toEqual(['Read 0', 'Left 0', 'Right 0', 'Read 1']);
    const second = await attempt(one, () => false, first);
    expect(second.ran).toEqual(['Read 1', 'Left 1', 'Right 1', 'Read 2', 'Left 2', 'Right 2']);
    expect(second.result.output).toEqual([10, 20, 30].map((value) => ({ left: value, right: value })));
  });
});
