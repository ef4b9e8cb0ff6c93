import type { ExecutionResult } from '../execution.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { InterpreterPorts } from '../ports.ts';
import type { RecordedEvent } from '../recorder.ts';
import { startExecution } from '../startExecution.ts';
import { hashText } from './hashText.ts';
import { MockedTasks, type TaskMocks } from './mockedTasks.ts';
import { SkippingClock } from './skippingClock.ts';
import { TextObjects } from './textObjects.ts';

export interface ExecuteOptions {
  readonly definition: JsonObject;
  readonly input?: Json;
  readonly mocks?: TaskMocks;
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Objects that an ItemReader reads: `bucket/key` → text. */
  readonly s3?: Readonly<Record<string, string>>;
  /** Name of the execution. */
  readonly id?: string;
  readonly signal?: AbortSignal;
}

/** An event of the history with its details beside its type and payloads parsed. `child`: of a child execution. */
export type ExecutedEvent = Readonly<Record<string, unknown>> & { readonly type: string };

export interface ExecuteResult extends ExecutionResult {
  readonly events: readonly ExecutedEvent[];
}

/** Runs a definition to its end with mocked tasks, without waiting: time jumps over Wait states and retry delays. */
export async function execute(options: ExecuteOptions): Promise<ExecuteResult> {
  const recorded: RecordedEvent[] = [];
  const name = options.id ?? 'execution';
  const { result } = startExecution({
    definition: options.definition,
    input: options.input ?? {},
    type: options.type ?? 'STANDARD',
    identity: identityOf(name, options.type ?? 'STANDARD'),
    ports: mockedPorts(options),
    onRecorded: (event) => void recorded.push(event),
    ...(options.signal && { signal: options.signal }),
  });
  let events: readonly ExecutedEvent[] | undefined;
  return {
    ...(await result),
    // Put together when somebody looks: most callers want the outcome alone.
    get events() {
      return (events ??= recorded.map(flatten));
    },
  };
}

function identityOf(name: string, type: 'STANDARD' | 'EXPRESS') {
  const prefix = 'arn:aws:states:us-east-1:111111111111';
  return {
    executionArn: `${prefix}:${type === 'EXPRESS' ? 'express' : 'execution'}:StateMachine:${name}`,
    executionName: name,
    stateMachineArn: `${prefix}:stateMachine:StateMachine`,
    stateMachineName: 'StateMachine',
    roleArn: 'arn:aws:iam::111111111111:role/StepFunctions',
  };
}

function mockedPorts(options: ExecuteOptions): InterpreterPorts {
  const clock = new SkippingClock(Date.now());
  return {
    clock,
    deadline: async (ms, signal) => await clock.deadline(ms, signal),
    tasks: new MockedTasks(options.mocks ?? {}),
    objects: new TextObjects(options.s3 ?? {}, () => clock.now()),
    random: () => Math.random(),
    uuid: () => crypto.randomUUID(),
    hash: hashText,
  };
}

function flatten(event: RecordedEvent): ExecutedEvent {
  const { type, id, previousEventId, timestamp, stateName, details, payload } = event;
  const flat: Record<string, unknown> & { readonly type: string } = { type, id, previousEventId, timestamp };
  for (const [name, value] of Object.entries(details?.[1] ?? {})) flat[name] = value;
  if (payload) flat[payload.name] = payload.value;
  if (typeof flat['parameters'] === 'string') flat['parameters'] = JSON.parse(flat['parameters']);
  if ('assignedVariables' in flat) flat['assignedVariables'] = parseMembers(flat['assignedVariables']);
  if (stateName !== undefined) flat['stateName'] = stateName;
  if (event.origin.child) flat['child'] = true;
  return flat;
}

function parseMembers(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name, typeof text === 'string' ? (JSON.parse(text) as Json) : text]),
  );
}
