import type { Clock } from '../../../../src/core/base/clock.ts';
import { UserError } from '../../../../src/core/base/userError.ts';
import type { RunKey } from '../../../../src/core/runs/model.ts';
import type {
  ExecutionDetail,
  HistoryEvent,
  JobRunDetail,
  LogEvent,
  RunPorts,
  WorkflowRunDetail,
} from '../../../../src/core/runs/ports.ts';

export const startMs = Date.UTC(2026, 10, 20, 7, 30, 0);
export const machineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders-pipeline';
export const executionArn = 'arn:aws:states:eu-west-1:123456789012:execution:orders-pipeline:run-1';
export const executionKey: RunKey = {
  connectionId: 'profile:dev@eu-west-1',
  kind: 'execution',
  resource: machineArn,
  id: executionArn,
};

/** Time that passes only when told to. */
export class ManualClock implements Clock {
  nowMs = startMs;
  #sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.nowMs;
  }

  get sleepers(): number {
    return this.#sleepers.length;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        reject(signal?.reason as Error);
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper = { atMs: this.nowMs + ms, wake };
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.push(sleeper);
    });
  }

  async pass(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    await settle();
    for (;;) {
      const next = Math.min(...this.#sleepers.map(({ atMs }) => atMs));
      if (next > endMs) break;
      this.nowMs = Math.max(this.nowMs, next);
      const due = this.#sleepers.filter(({ atMs }) => atMs <= this.nowMs);
      this.#sleepers = this.#sleepers.filter(({ atMs }) => atMs > this.nowMs);
      for (const { wake } of due) wake();
      await settle();
    }
    this.nowMs = endMs;
  }
}

/** Lets everything that is ready to go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Writes a history as the service does. */
export class HistoryScript {
  readonly events: HistoryEvent[] = [];
  #nowMs: number;

  constructor(atMs = startMs) {
    this.#nowMs = atMs;
  }

  get last(): number {
    return this.events.length;
  }

  wait(ms: number): this {
    this.#nowMs += ms;
    return this;
  }

  add(type: string, details: Record<string, unknown> = {}, previous = this.events.length): this {
    this.events.push({
      id: this.events.length + 1,
      previousEventId: previous,
      timestampMs: this.#nowMs,
      type,
      details,
    });
    return this;
  }

  enter(type: string, name: string, previous?: number): this {
    return this.add(`${type}StateEntered`, { name, input: '{"date":"2026-11-20"}' }, previous);
  }

  exit(type: string, name: string, output = '{}'): this {
    return this.add(`${type}StateExited`, { name, output });
  }

  scheduleJob(jobName: string, runId: string): this {
    const resource = { resourceType: 'glue', resource: 'startJobRun.sync' };
    this.add('TaskScheduled', { ...resource, parameters: JSON.stringify({ JobName: jobName }) });
    this.add('TaskStarted', resource);
    return this.add('TaskSubmitted', { ...resource, output: JSON.stringify({ JobRunId: runId, JobName: jobName }) });
  }
}

export function jobRun(jobName: string, runId: string, extra: Partial<JobRunDetail> = {}): JobRunDetail {
  return {
    state: 'running',
    awsState: 'RUNNING',
    startedMs: startMs,
    jobName,
    runId,
    attempt: 0,
    workerType: 'G.1X',
    numberOfWorkers: 2,
    glueVersion: '5.0',
    arguments: {},
    ...extra,
  };
}

/** An event that a log stream shows from `fromMs` on. */
export interface ScriptedLine extends LogEvent {
  readonly fromMs?: number;
}

/** An account whose answers follow a script on a clock. */
export class ScriptedAccount implements RunPorts {
  readonly histories = new Map<
    string,
    { events: readonly HistoryEvent[]; visible?: (event: HistoryEvent) => boolean }
  >();
  readonly jobs = new Map<string, () => JobRunDetail>();
  readonly workflows = new Map<string, () => WorkflowRunDetail>();
  /** By `group|stream`. */
  readonly streams = new Map<string, readonly ScriptedLine[]>();
  readonly calls: string[] = [];
  historyPage = 1000;
  logPage = 10_000;
  /** What the call throws instead of answering; called with the call's name and how often it was made before. */
  fail: (call: string, count: number) => Error | undefined = () => undefined;
  definition = '{}';
  /** How long DescribeExecution is behind the history. */
  describeLagMs = 0;

  constructor(readonly clock: ManualClock) {}

  script(history: HistoryScript, arn = executionArn): void {
    this.histories.set(arn, { events: history.events });
  }

  count(call: string): number {
    return this.calls.filter((each) => each === call).length;
  }

  async describeExecution(arn: string): Promise<ExecutionDetail> {
    this.#call('describeExecution');
    const events = this.#events(arn);
    const seenMs = this.clock.nowMs - this.describeLagMs;
    const seen = events.filter(({ timestampMs }) => timestampMs <= seenMs);
    const end = seen.findLast((event) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(event.type));
    const awsState = { ExecutionSucceeded: 'SUCCEEDED', ExecutionFailed: 'FAILED' }[end?.type ?? ''] ?? 'RUNNING';
    return {
      state: awsState === 'RUNNING' ? 'running' : awsState === 'FAILED' ? 'failed' : 'succeeded',
      awsState,
      name: arn.split(':').at(-1) ?? '',
      stateMachineArn: machineArn,
      startedMs: startMs,
      input: '{"date":"2026-11-20"}',
      ...(end && { endedMs: end.timestampMs }),
    };
  }

  async getExecutionHistory(arn: string, { nextToken }: { nextToken?: string }) {
    this.#call('getExecutionHistory');
    const events = this.#events(arn);
    const from = Number(nextToken ?? 0);
    const end = from + this.historyPage;
    return { items: events.slice(from, end), ...(end < events.length && { nextToken: String(end) }) };
  }

  async describeDefinitionOfExecution(): Promise<string> {
    this.#call('describeDefinitionOfExecution');
    return this.definition;
  }

  async getJobRun(_jobName: string, runId: string): Promise<JobRunDetail> {
    this.#call('getJobRun');
    const detail = this.jobs.get(runId);
    if (!detail) throw new UserError('not-found', `Job run ${runId} does not exist.`);
    return detail();
  }

  async getWorkflowRun(_name: string, runId: string): Promise<WorkflowRunDetail> {
    this.#call('getWorkflowRun');
    const detail = this.workflows.get(runId);
    if (!detail) throw new UserError('not-found', `Workflow run ${runId} does not exist.`);
    return detail();
  }

  async getLogEvents(place: { group: string; stream: string }, nextToken: string | undefined) {
    this.#call('getLogEvents');
    const lines = this.#lines(`${place.group}|${place.stream}`);
    if (!lines) return undefined;
    const from = Number(nextToken ?? 0);
    const events = lines.slice(from, from + this.logPage);
    return { events, nextToken: String(from + events.length) };
  }

  async listLogStreams(group: string, prefix: string): Promise<readonly string[]> {
    this.#call('listLogStreams');
    return [...this.streams.keys()]
      .filter((name) => name.startsWith(`${group}|${prefix}`) && (this.#lines(name)?.length ?? 0) > 0)
      .map((name) => name.slice(group.length + 1));
  }

  #lines(name: string): readonly LogEvent[] | undefined {
    return this.streams.get(name)?.filter(({ fromMs = 0 }) => fromMs <= this.clock.nowMs);
  }

  #events(arn: string): readonly HistoryEvent[] {
    const history = this.histories.get(arn);
    if (!history) throw new UserError('not-found', 'The execution does not exist.');
    return history.events.filter(history.visible ?? ((event) => event.timestampMs <= this.clock.nowMs));
  }

  #call(call: string): void {
    const error = this.fail(call, this.count(call));
    this.calls.push(call);
    if (error) throw error;
  }
}

export const throttled = new UserError('throttled', 'AWS is limiting requests.');
export const offline = new UserError('network', 'eu-west-1 cannot be reached.');
