import type { ExecutionResult } from '../execution.ts';
import type { EventOrigin, HistoryEvent } from '../history.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { InterpreterPorts } from '../ports.ts';
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
  const events: ExecutedEvent[] = [];
  const name = options.id ?? 'execution';
  const { result } = startExecution({
    definition: options.definition,
    input: options.input ?? {},
    type: options.type ?? 'STANDARD',
    identity: identityOf(name, options.type ?? 'STANDARD'),
    ports: mockedPorts(options),
    onEvent: (event, origin) => void events.push(flatten(event, origin)),
    ...(options.signal && { signal: options.signal }),
  });
  return { ...(await result), events };
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

const PAYLOADS = new Set(['input', 'output', 'parameters']);

function flatten(event: HistoryEvent, origin: EventOrigin): ExecutedEvent {
  const flat: Record<string, unknown> = {};
  for (const [key, details] of Object.entries(event)) {
    if (!key.endsWith('EventDetails')) continue;
    for (const [name, value] of Object.entries(details as Record<string, unknown>)) {
      if (PAYLOADS.has(name) && typeof value === 'string') flat[name] = JSON.parse(value);
      else if (name === 'assignedVariables') flat[name] = parseMembers(value);
      else flat[name] = value;
    }
  }
  const { type, id, previousEventId, timestamp } = event;
  return {
    ...flat,
    type,
    id,
    previousEventId,
    timestamp,
    ...(origin.stateName !== undefined && { stateName: origin.stateName }),
    ...(origin.mapRunArn !== undefined && { child: true }),
  };
}

function parseMembers(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name, typeof text === 'string' ? (JSON.parse(text) as Json) : text]),
  );
}
