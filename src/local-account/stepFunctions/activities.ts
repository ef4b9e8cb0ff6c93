import { TaskUnavailable, type Json, type TaskRequest } from '../../core/interpreter/index.ts';
import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { seconds } from '../http/time.ts';
import type { Collection } from '../state/collection.ts';
import { activityArn, checkedArn, checkedName } from './arns.ts';
import { tagsIn } from './tagOperations.ts';
import type { TaskTokens } from './taskTokens.ts';

export interface ActivityRecord {
  readonly arn: string;
  readonly name: string;
  readonly createdMs: number;
  readonly tags?: Readonly<Record<string, string>>;
}

interface QueuedTask {
  readonly request: TaskRequest;
  readonly token: string;
}

/** How long GetActivityTask waits for work. */
const pollMs = 60_000;
const mostActivities = 10_000;

/** Activities: their tasks wait in a queue until a worker asks for one, and end with its token. */
export class Activities {
  readonly #queues = new Map<string, QueuedTask[]>();
  readonly #workers = new Map<string, (() => void)[]>();

  constructor(
    private readonly options: {
      readonly activities: Collection<ActivityRecord>;
      readonly tokens: TaskTokens;
      readonly clock: Clock;
      readonly region: string;
    },
  ) {}

  /** Takes a task to its end; throws TaskUnavailable for an activity that is not there. */
  async run(arn: string, request: TaskRequest): Promise<Json> {
    const { activities, tokens } = this.options;
    if (!activities.has(arn)) throw new TaskUnavailable(`Activity Does Not Exist: '${arn}'`);
    const token = request.taskToken ?? '';
    const result = tokens.wait(token, () => request.heartbeat(), request.signal);
    const queue = this.#queues.get(arn) ?? [];
    this.#queues.set(arn, queue);
    queue.push({ request, token });
    this.#workers.get(arn)?.shift()?.();
    return await result;
  }

  operations(): Readonly<Record<string, Operation>> {
    const { activities, clock, region } = this.options;
    const get = (arn: string): ActivityRecord => {
      const activity = activities.get(checkedArn(arn));
      if (!activity) throw new AwsError('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
      return activity;
    };
    const present = ({ arn, name, createdMs }: ActivityRecord) => ({
      activityArn: arn,
      name,
      creationDate: seconds(createdMs),
    });
    return {
      CreateActivity: async (input) => {
        const name = checkedName(input.text('name'));
        const arn = activityArn(region, name);
        const tags = tagsIn(input);
        if (!activities.has(arn) && activities.size >= mostActivities) {
          throw new AwsError('ActivityLimitExceeded', `An account can have ${mostActivities} activities.`);
        }
        const activity = activities.get(arn) ?? { arn, name, createdMs: clock.now(), tags };
        await activities.put(arn, activity);
        return { activityArn: arn, creationDate: seconds(activity.createdMs) };
      },
      DescribeActivity: (input) => present(get(input.text('activityArn'))),
      ListActivities: (input) => {
        const page = pageByKey(activities.values(), ({ arn }) => arn, {
          token: input.optionalText('nextToken'),
          size: input.optionalInteger('maxResults', { min: 0, max: 1000 }) || 100,
          invalidCode: 'InvalidToken',
        });
        return { activities: page.items.map(present), nextToken: page.nextToken };
      },
      DeleteActivity: async (input) => {
        await activities.delete(checkedArn(input.text('activityArn')));
        return {};
      },
      GetActivityTask: async (input, signal) => {
        const { arn } = get(input.text('activityArn'));
        const task = await this.#take(arn, signal);
        if (!task) return {};
        task.request.started(input.optionalText('workerName', { min: 1, max: 80 }));
        return { taskToken: task.token, input: JSON.stringify(task.request.parameters) };
      },
    };
  }

  /** The next task that still waits, after waiting for one up to a minute. */
  async #take(arn: string, signal: AbortSignal): Promise<QueuedTask | undefined> {
    // By a timer: the clock may be set meanwhile.
    const poll = new AbortController();
    const isOver = (): boolean => poll.signal.aborted || signal.aborted;
    const end = (): void => poll.abort();
    void this.options.clock.sleep(pollMs, AbortSignal.any([signal, poll.signal])).then(end, end);
    try {
      for (;;) {
        const queue = this.#queues.get(arn) ?? [];
        for (let task = queue.shift(); task; task = queue.shift()) if (!task.request.signal.aborted) return task;
        if (isOver()) return undefined;
        await this.#awaitTask(arn, poll.signal);
      }
    } finally {
      poll.abort();
    }
  }

  /** Resolves when a task was queued, or `signal` aborts. */
  async #awaitTask(arn: string, signal: AbortSignal): Promise<void> {
    const workers = this.#workers.get(arn) ?? [];
    this.#workers.set(arn, workers);
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        const place = workers.indexOf(wake);
        if (place >= 0) workers.splice(place, 1);
        resolve();
      };
      workers.push(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
