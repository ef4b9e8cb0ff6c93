import { describe, expect, it } from 'vitest';
import {
  resumePoint,
  startExecution,
  TaskFailure,
  type HistoryEvent,
  type Json,
  type JsonObject,
} from '../../../../src/core/interpreter/index.ts';
import { ManualClock, sampleIdentity } from './support/run.ts';

const DEFINITION: JsonObject = {
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Assign: { day: 'mon' }, Result: { table: 'orders' }, Next: 'Load' },
    Load: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:eu-west-1:1:function:load',
      Parameters: { 'table.$': '$.table', 'day.$': '$day', 'redrives.$': '$$.Execution.RedriveCount' },
      End: true,
    },
  },
};

async function run(task: (parameters: Json) => Json, before: readonly HistoryEvent[] = []) {
  const events: HistoryEvent[] = [...before];
  const resume = resumePoint(DEFINITION, before);
  const { result } = startExecution({
    definition: DEFINITION,
    input: {},
    type: 'STANDARD',
    identity: sampleIdentity,
    ports: {
      clock: new ManualClock(),
      tasks: { run: async ({ parameters }) => task(parameters) },
      random: () => 0,
      uuid: () => 'u',
      hash: () => '',
    },
    onEvent: (event) => events.push(event),
    ...(resume && { resume }),
  });
  return { result: await result, events };
}

describe('redrive', () => {
  it('goes on at the state that failed, with its input and the variables, and appends to the history', async () => {
    const first = await run(() => {
      throw new TaskFailure('Down', 'later');
    });
    expect(first.result.status).toBe('FAILED');
    const second = await run((parameters) => parameters, first.events);
    expect(second.result).toEqual({ status: 'SUCCEEDED', output: { table: 'orders', day: 'mon', redrives: 1 } });
    expect(second.events.map((event) => event.id)).toEqual(second.events.map((_, at) => at + 1));
    const added = second.events.slice(first.events.length).map((event) => event.type);
    expect(added.slice(0, 2)).toEqual(['ExecutionRedriven', 'TaskStateEntered']);
    expect(added.at(-1)).toBe('ExecutionSucceeded');
  });

  it('there is nothing to go on with after a success', async () => {
    const { events } = await run((parameters) => parameters);
    expect(resumePoint(DEFINITION, events)).toBeUndefined();
  });
});
