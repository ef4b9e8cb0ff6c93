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

/** The mocks of one state, which answer one attempt after another. */
class StateMocks {
  readonly #forAny: readonly TaskMock[];
  /** By the JSON text of the indices. */
  readonly #forIteration: Map<string, StateMocks> | undefined;
  #taken = 0;

  constructor(mocks: readonly TaskMock[]) {
    const isForAny = mocks.every(({ iteration }) => !iteration);
    this.#forAny = isForAny ? mocks : mocks.filter(({ iteration }) => !iteration);
    this.#forIteration = isForAny ? undefined : byIteration(mocks);
  }

  /** The mock for the next attempt in an iteration. */
  take(iteration: readonly number[]): TaskMock | undefined {
    const own = this.#forIteration?.get(JSON.stringify(iteration));
    return own ? own.take([]) : this.#forAny[this.#taken++];
  }
}

function byIteration(mocks: readonly TaskMock[]): Map<string, StateMocks> {
  const lists = new Map<string, TaskMock[]>();
  for (const { iteration, ...mock } of mocks) {
    if (!iteration) continue;
    const key = JSON.stringify(iteration);
    const list = lists.get(key);
    if (list) list.push(mock);
    else lists.set(key, [mock]);
  }
  return new Map([...lists].map(([key, list]) => [key, new StateMocks(list)]));
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
