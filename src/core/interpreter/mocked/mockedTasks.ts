import type { Json } from '../json.ts';
import type { TaskPort, TaskRequest } from '../ports.ts';
import { TaskFailure, TaskTimeout, TaskUnavailable } from '../taskFailure.ts';

/** What one attempt of a task gives: its raw result, or how it fails. */
export interface TaskMock {
  readonly output?: Json;
  readonly error?: string | null;
  readonly cause?: string | null;
  /** The task runs out of TimeoutSeconds or HeartbeatSeconds. */
  readonly timedOut?: boolean;
  /** Indices of the Map iterations that it is for, outermost first. Default: any. */
  readonly iteration?: readonly number[];
}

/** By state name, in the order of the attempts; in the order within an iteration for those that name one. */
export type TaskMocks = Readonly<Record<string, readonly TaskMock[]>>;

/** Mocks that answer one attempt after another. */
class MockQueue {
  readonly #mocks: TaskMock[] = [];
  #taken = 0;

  add(mock: TaskMock): void {
    this.#mocks.push(mock);
  }

  take(): TaskMock | undefined {
    return this.#mocks[this.#taken++];
  }
}

/** The mocks of one state. */
class StateMocks {
  readonly #forAny = new MockQueue();
  /** By the JSON text of the indices. */
  #forIteration: Map<string, MockQueue> | undefined;

  constructor(mocks: readonly TaskMock[]) {
    for (const mock of mocks) this.#queueFor(mock).add(mock);
  }

  /** The mock for the next attempt in an iteration. */
  take(iteration: readonly number[]): TaskMock | undefined {
    return (this.#forIteration?.get(JSON.stringify(iteration)) ?? this.#forAny).take();
  }

  #queueFor({ iteration }: TaskMock): MockQueue {
    if (!iteration) return this.#forAny;
    const key = JSON.stringify(iteration);
    this.#forIteration ??= new Map();
    const known = this.#forIteration.get(key) ?? new MockQueue();
    this.#forIteration.set(key, known);
    return known;
  }
}

/** Answers tasks from mocks. A task without an entry fails as `States.TaskFailed`, an activity does not exist. */
export class MockedTasks implements TaskPort {
  readonly #states = new Map<string, StateMocks>();

  constructor(private readonly mocks: TaskMocks) {}

  check(request: Pick<TaskRequest, 'resource' | 'target' | 'stateName'>): void {
    if (request.target.kind === 'activity' && !Object.hasOwn(this.mocks, request.stateName)) {
      throw new TaskUnavailable(`The activity ${request.resource} does not exist.`);
    }
  }

  run(request: TaskRequest): Json {
    request.started();
    const mock = this.#of(request.stateName).take(request.iteration);
    const { target } = request;
    if (target.kind === 'service' && target.pattern !== 'request') request.submitted(mock?.output ?? {});
    if (!mock) {
      throw new TaskFailure(
        'States.TaskFailed',
        `There is no mock for another attempt of the state '${request.stateName}'.`,
      );
    }
    if (mock.timedOut) throw new TaskTimeout(mock.cause ?? undefined);
    if ('error' in mock) throw new TaskFailure(mock.error ?? undefined, mock.cause ?? undefined);
    return mock.output ?? null;
  }

  #of(stateName: string): StateMocks {
    const known = this.#states.get(stateName);
    if (known) return known;
    const mocks = new StateMocks(Object.hasOwn(this.mocks, stateName) ? (this.mocks[stateName] ?? []) : []);
    this.#states.set(stateName, mocks);
    return mocks;
  }
}
