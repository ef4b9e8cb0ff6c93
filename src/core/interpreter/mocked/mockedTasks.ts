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

/** Answers tasks from mocks. A task without an entry fails as `States.TaskFailed`, an activity does not exist. */
export class MockedTasks implements TaskPort {
  readonly #attempts = new Map<string, number>();

  constructor(private readonly mocks: TaskMocks) {}

  check(request: Pick<TaskRequest, 'resource' | 'target' | 'stateName'>): void {
    if (request.target.kind === 'activity' && !this.#of(request.stateName)) {
      throw new TaskUnavailable(`The activity ${request.resource} does not exist.`);
    }
  }

  async run(request: TaskRequest): Promise<Json> {
    request.started();
    const mock = this.#next(request);
    const { target } = request;
    if (target.kind === 'service' && target.pattern !== 'request') request.submitted(mock?.output ?? {});
    await Promise.resolve();
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

  #of(stateName: string): readonly TaskMock[] | undefined {
    return Object.hasOwn(this.mocks, stateName) ? this.mocks[stateName] : undefined;
  }

  #next(request: TaskRequest): TaskMock | undefined {
    const all = this.#of(request.stateName) ?? [];
    const key = JSON.stringify(request.iteration);
    const own = all.filter((mock) => mock.iteration && JSON.stringify(mock.iteration) === key);
    const isOwn = own.length > 0;
    const counter = isOwn ? `${key} ${request.stateName}` : request.stateName;
    const attempt = this.#attempts.get(counter) ?? 0;
    this.#attempts.set(counter, attempt + 1);
    return (isOwn ? own : all.filter((mock) => !mock.iteration))[attempt];
  }
}
