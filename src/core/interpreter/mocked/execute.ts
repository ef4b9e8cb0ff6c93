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
  const type = options.type ?? 'STANDARD';
  const { result } = startExecution({
    definition: options.definition,
    input: options.input ?? {},
    type,
    identity: identityOf(name, type),
    ports: mockedPorts(options),
    onRecorded: (event) => void recorded.push(event),
    ...(options.signal && { signal: options.signal }),
  });
  return Object.assign(new ExecutedHistory(recorded), await result);
}

/** The events of a run, put together when somebody looks: most callers want the outcome alone. */
class ExecutedHistory {
  readonly #recorded: readonly RecordedEvent[];
  #events: readonly ExecutedEvent[] | undefined;

  constructor(recorded: readonly RecordedEvent[]) {
    this.#recorded = recorded;
  }

  get events(): readonly ExecutedEvent[] {
    return (this.#events ??= this.#recorded.map(flatten));
  }
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
    objects: new TextObjects(options.s3, () => clock.now()),
    random: () => Math.random(),
    uuid: () => crypto.randomUUID(),
    hash: hashText,
  };
}

function flatten({ type, id, previousEventId, timestamp, content, origin }: RecordedEvent): ExecutedEvent {
  const flat: Record<string, unknown> & { readonly type: string } = { type, id, previousEventId, timestamp };
  const { stateName, details, input, output, parameters } = content;
  for (const [name, value] of Object.entries(details ?? {})) flat[name] = value;
  if (input) flat['input'] = input.value;
  if (output) flat['output'] = output.value;
  if (parameters) flat['parameters'] = parameters.value;
  if ('assignedVariables' in flat) flat['assignedVariables'] = parseMembers(flat['assignedVariables']);
  if (stateName !== undefined) flat['stateName'] = stateName;
  if (origin.child) flat['child'] = true;
  return flat;
}

function parseMembers(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name, typeof text === 'string' ? (JSON.parse(text) as Json) : text]),
  );
}
