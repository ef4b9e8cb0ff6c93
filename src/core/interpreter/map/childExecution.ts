import type { ExecutionResult } from '../execution.ts';
import type { Execution } from '../frame.ts';
import type { Json, JsonObject } from '../json.ts';
import { PayloadText, Recorder } from '../recorder.ts';
import { childType, runExecution } from '../runExecution.ts';
import type { Visit } from '../visit.ts';
import type { MapRun } from './mapRun.ts';

/** What a child execution of a Map Run was and gave. */
export interface Child {
  readonly executionArn: string;
  readonly name: string;
  readonly input: Json;
  readonly startDate: number;
  readonly stopDate: number;
  readonly result: ExecutionResult;
}

/** Runs one child execution, with a history and variables of its own. Never rejects. */
export async function runChild(
  visit: Visit,
  mapRun: MapRun,
  processor: JsonObject,
  job: { readonly index: number; readonly input: Json; readonly signal: AbortSignal },
): Promise<Child> {
  const parent = visit.frame.execution;
  const { ports, options } = parent;
  const type = childType(processor);
  const name = ports.uuid();
  const startDate = ports.clock.now();
  const executionArn = mapRun.arn
    .replace(':mapRun:', type === 'EXPRESS' ? ':express:' : ':execution:')
    .replace(/:[^:]*$/, `:${name}`);
  const machineId = `${options.identity.stateMachineArn}/${mapRun.label.slice(mapRun.label.indexOf('/') + 1)}`;
  const execution: Execution = {
    ...parent,
    executionArn,
    type,
    payloads: new PayloadText(),
    recorder: new Recorder({
      clock: ports.clock,
      executionArn,
      mapRunArn: mapRun.arn,
      ...(options.onEvent && { sink: options.onEvent }),
      isLimited: type === 'STANDARD',
    }),
    context: {
      Execution: {
        Id: executionArn,
        Input: job.input,
        Name: name,
        RoleArn: options.identity.roleArn,
        StartTime: new Date(startDate).toISOString(),
        RedriveCount: 0,
      },
      StateMachine: { Id: machineId, Name: mapRun.label },
    },
  };
  const result = await runExecution(execution, processor, job.input, {
    signal: job.signal,
    stopReason: () => ({}),
    iteration: [...visit.frame.iteration, job.index],
  });
  return { executionArn, name, input: job.input, startDate, stopDate: ports.clock.now(), result };
}
