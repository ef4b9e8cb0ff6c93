import type { ChildBefore, ExecutionResult } from '../execution.ts';
import type { Execution } from '../frame.ts';
import type { Json, JsonObject } from '../json.ts';
import { Payloads } from '../payload.ts';
import { Recorder } from '../recorder.ts';
import { childType, runExecution } from '../runExecution.ts';
import type { StopGroup } from '../stopGroup.ts';
import type { Visit } from '../visit.ts';
import type { MapRun } from './mapRun.ts';

/** What a child execution of a Map Run was and gave. */
export interface Child {
  readonly executionArn: string;
  readonly name: string;
  readonly input: Json;
  readonly startDate: number;
  readonly stopDate: number;
  readonly redriveCount: number;
  readonly result: ExecutionResult;
}

/** Runs one child execution, with a history and variables of its own; on a redrive it goes on with the one before. Never rejects. */
export async function runChild(
  visit: Visit,
  mapRun: MapRun,
  processor: JsonObject,
  job: {
    readonly index: number;
    readonly input: Json;
    readonly before?: ChildBefore | undefined;
    readonly stop: StopGroup;
  },
): Promise<Child> {
  const parent = visit.frame.execution;
  const { ports, options } = parent;
  const type = childType(processor);
  const resume = type === 'STANDARD' ? job.before?.resume : undefined;
  const now = ports.clock.now();
  const startDate = resume?.startedAt ?? now;
  const executionArn = (resume && job.before?.executionArn) ?? newArn(mapRun, type, ports.uuid());
  const name = nameOf(executionArn);
  const execution: Execution = {
    ...parent,
    executionArn,
    type,
    payloads: new Payloads(),
    recorder: new Recorder({
      clock: ports.clock,
      executionArn,
      child: { mapRunArn: mapRun.arn, index: job.index },
      lastEventId: resume?.lastEventId,
      sink: parent.sink,
      isLimited: type === 'STANDARD',
    }),
    context: () => ({
      Execution: {
        Id: executionArn,
        Input: job.input,
        Name: name,
        RoleArn: options.identity.roleArn,
        StartTime: new Date(startDate).toISOString(),
        RedriveCount: resume?.redriveCount ?? 0,
        ...(resume && { RedriveTime: new Date(now).toISOString() }),
      },
      StateMachine: { Id: mapRun.childMachineArn, Name: mapRun.label },
    }),
  };
  const result = await runExecution(execution, processor, job.input, {
    stop: job.stop,
    stopReason: () => ({}),
    iteration: [...visit.frame.iteration, job.index],
    ...(resume && { resume }),
  });
  return {
    executionArn,
    name,
    input: job.input,
    startDate,
    stopDate: ports.clock.now(),
    redriveCount: resume?.redriveCount ?? 0,
    result,
  };
}

/** A child that succeeded before a redrive, as it was. */
export function childAsBefore(
  input: Json,
  { executionArn, startDate, stopDate, redrives, output = null }: ChildBefore,
): Child {
  return {
    executionArn,
    name: nameOf(executionArn),
    input,
    startDate,
    stopDate,
    redriveCount: redrives,
    result: { status: 'SUCCEEDED', output },
  };
}

function newArn(mapRun: MapRun, type: 'STANDARD' | 'EXPRESS', name: string): string {
  return mapRun.arn
    .replace(':mapRun:', type === 'EXPRESS' ? ':express:' : ':execution:')
    .replace(/:[^:]*$/, `:${name}`);
}

function nameOf(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf(':') + 1);
}
