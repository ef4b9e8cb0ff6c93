import {
  startExecution,
  TaskFailure,
  type ExecutionResult,
  type HistoryEvent,
  type Json,
  type JsonObject,
  type MapRunSnapshot,
  type ObjectPort,
  type RunningExecution,
  type TaskRequest,
} from '../../../../../src/core/interpreter/index.ts';
import { hashText } from '../../../../../src/core/interpreter/mocked/hashText.ts';

/** Time that passes when a test says so. */
export class ManualClock {
  #now = Date.UTC(2026, 0, 1);
  readonly #sleepers = new Set<{ until: number; readonly wake: () => void }>();

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms === 0) return;
    await new Promise<void>((resolve, reject) => {
      const sleeper = { until: this.#now + ms, wake: resolve };
      const stop = () => {
        this.#sleepers.delete(sleeper);
        reject(new DOMException('Aborted', 'AbortError'));
      };
      if (signal?.aborted) {
        stop();
        return;
      }
      signal?.addEventListener('abort', stop, { once: true });
      this.#sleepers.add(sleeper);
    });
  }

  /** Sets the clock by so many seconds; what sleeps goes on as long as it would have. */
  set(seconds: number): void {
    this.#now += seconds * 1000;
    const shifted = [...this.#sleepers];
    for (const sleeper of shifted) sleeper.until += seconds * 1000;
  }

  get sleepers(): number {
    return this.#sleepers.size;
  }

  /** Lets `seconds` pass and everything that waits for it happen. */
  async pass(seconds: number): Promise<void> {
    await settled();
    const end = this.#now + seconds * 1000;
    for (;;) {
      const next = [...this.#sleepers].filter(({ until }) => until <= end).sort((a, b) => a.until - b.until)[0];
      if (!next) break;
      this.#now = next.until;
      this.#sleepers.delete(next);
      next.wake();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Resolves when all that can happen now has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export interface Run extends RunningExecution {
  readonly clock: ManualClock;
  readonly events: HistoryEvent[];
  readonly types: () => string[];
  readonly mapRuns: MapRunSnapshot[];
}

export interface RunOptions {
  readonly input?: Json;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly task?: (request: TaskRequest) => Promise<Json> | Json;
  readonly objects?: ObjectPort;
  readonly random?: () => number;
  readonly signal?: AbortSignal;
  readonly waitScale?: number;
  /** Events of child executions go to `events` as well. */
  readonly withChildren?: boolean;
}

export function start(definition: JsonObject, options: RunOptions = {}): Run {
  const clock = new ManualClock();
  const events: HistoryEvent[] = [];
  const mapRuns: MapRunSnapshot[] = [];
  let ids = 0;
  const running = startExecution({
    definition,
    input: options.input ?? {},
    type: options.type ?? 'STANDARD',
    identity: {
      executionArn: 'arn:aws:states:eu-west-1:111111111111:execution:Orders:run-1',
      executionName: 'run-1',
      stateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:Orders',
      stateMachineName: 'Orders',
      roleArn: 'arn:aws:iam::111111111111:role/Orders',
    },
    ports: {
      clock,
      tasks: {
        run: async (request) => {
          if (!options.task) throw new TaskFailure('NoTask', 'This test has no task.');
          return await options.task(request);
        },
      },
      ...(options.objects && { objects: options.objects }),
      random: options.random ?? (() => 0.5),
      uuid: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`,
      hash: hashText,
    },
    onEvent: (event, origin) => {
      if (origin.mapRunArn === undefined || options.withChildren) events.push(event);
    },
    onMapRun: (run) => mapRuns.push(run),
    ...(options.signal && { signal: options.signal }),
    ...(options.waitScale !== undefined && { waitScale: options.waitScale }),
  });
  return { ...running, clock, events, types: () => events.map((event) => event.type), mapRuns };
}

/** The result of a machine with one state `S` (or more), for runs that wait for nothing. */
export async function resultOf(
  states: JsonObject,
  options: RunOptions & { readonly jsonata?: boolean } = {},
): Promise<ExecutionResult> {
  const definition = {
    StartAt: Object.keys(states)[0] ?? '',
    States: states,
    ...(options.jsonata && { QueryLanguage: 'JSONata' }),
  };
  return await start(definition, options).result;
}

/** The output of a Pass state whose field `value` is what the template gives. */
export async function valueOf(template: Json, input: Json = {}): Promise<Json | undefined> {
  const result = await resultOf({ S: { Type: 'Pass', Parameters: { 'value.$': template }, End: true } }, { input });
  if (result.status !== 'SUCCEEDED') throw new Error(`${result.error ?? ''}: ${result.cause ?? ''}`);
  return (result.output as JsonObject)['value'];
}

/** Of an execution whose names do not matter. */
export const sampleIdentity = {
  executionArn: 'arn:aws:states:eu-west-1:1:execution:m:e',
  executionName: 'e',
  stateMachineArn: 'arn:aws:states:eu-west-1:1:stateMachine:m',
  stateMachineName: 'm',
  roleArn: 'r',
};
