import type { Account } from '../../../../src/aws/account.ts';
import type { GlueJob, GlueTrigger, GlueWorkflow } from '../../../../src/aws/glue/api.ts';
import type { StateMachineSummary } from '../../../../src/aws/stepFunctions/api.ts';
import type { Clock } from '../../../../src/core/base/clock.ts';
import { Emitter } from '../../../../src/core/base/emitter.ts';
import { UserError } from '../../../../src/core/base/userError.ts';
import { profileConnection, type Connection } from '../../../../src/core/connections/connection.ts';
import type { RunState, RunSummary } from '../../../../src/core/runs/model.ts';
import { Pipelines } from '../../../../src/views/pipelines/loadPipelines.ts';

export const dev = profileConnection('dev', 'eu-west-1');

/** Time that passes only when told to. */
export class ManualClock implements Clock {
  nowMs = Date.UTC(2026, 10, 20, 7, 33);
  #sleepers: { atMs: number; wake: () => void }[] = [];

  now(): number {
    return this.nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => reject(new DOMException('aborted', 'AbortError'));
      if (signal?.aborted) {
        abort();
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      this.#sleepers.push({ atMs: this.nowMs + ms, wake });
    });
  }

  async pass(ms: number, stepMs = 250): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      this.nowMs += stepMs;
      const due = this.#sleepers.filter(({ atMs }) => atMs <= this.nowMs);
      this.#sleepers = this.#sleepers.filter(({ atMs }) => atMs > this.nowMs);
      for (const { wake } of due) wake();
      await settle();
    }
  }
}

/** Lets everything that is ready to go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function job(name: string, extra: Partial<GlueJob> = {}): GlueJob {
  return {
    name,
    kind: 'spark',
    role: 'glue-role',
    scriptLocation: `s3://scripts/${name}.py`,
    maxRetries: 0,
    maxConcurrentRuns: 1,
    defaultArguments: {},
    nonOverridableArguments: {},
    ...extra,
  };
}

export function machine(name: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): StateMachineSummary {
  return { name, type, arn: `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}` };
}

export function jobRun(jobName: string, id: string, state: RunState, startedMs: number): RunSummary {
  return {
    key: { connectionId: dev.id, kind: 'jobRun', resource: jobName, id },
    name: id,
    state,
    awsState: state.toUpperCase(),
    startedMs,
    ...(state === 'running' ? {} : { endedMs: startedMs + 41_000 }),
  };
}

export function denied(iamAction: string): UserError {
  return new UserError('access-denied', `Profile "dev" may not do this (${iamAction} denied).`, 'Ask for it.', {
    iamAction,
  });
}

/** An account in memory that counts what is asked of it. */
export class FakeAccount {
  jobs: GlueJob[] = [];
  machines: StateMachineSummary[] = [];
  workflows: GlueWorkflow[] = [];
  triggers: GlueTrigger[] = [];
  runs = new Map<string, RunSummary[]>();
  pageSize = 200;
  readonly calls: string[] = [];
  /** Thrown by the call of that name, at its nth page where one is given (`listJobs:2`). */
  failures = new Map<string, Error>();
  /** What happens while the call of that name is answered. */
  during = new Map<string, () => void>();

  readonly account = {
    connection: dev as Connection,
    identity: async () => {
      this.#call('identity');
      return { accountId: '123456789012', arn: 'arn:aws:iam::123456789012:user/u' };
    },
    glue: {
      listJobs: (signal?: AbortSignal) => this.#pages('listJobs', this.jobs, signal),
      getJob: async (name: string) => {
        this.#call('getJob');
        const found = this.jobs.find((each) => each.name === name);
        if (!found) throw new UserError('not-found', 'gone');
        return found;
      },
      listJobRuns: async (name: string, page: { nextToken?: string; pageSize: number }) =>
        this.#runs('listJobRuns', name, page),
      listWorkflows: (signal?: AbortSignal) => this.#pages('listWorkflows', this.workflows, signal),
      listWorkflowRuns: async (name: string, page: { nextToken?: string; pageSize: number }) =>
        this.#runs('listWorkflowRuns', name, page),
      listTriggersOfJob: async () => {
        this.#call('listTriggersOfJob');
        return this.triggers;
      },
      listTriggersOfWorkflow: async () => this.triggers,
    },
    stepFunctions: {
      listStateMachines: (signal?: AbortSignal) => this.#pages('listStateMachines', this.machines, signal),
      listExecutions: async (arn: string, page: { nextToken?: string; pageSize: number }) =>
        this.#runs('listExecutions', arn, page),
    },
  } as unknown as Account;

  count(call: string): number {
    return this.calls.filter((each) => each === call).length;
  }

  async *#pages<T>(call: string, rows: readonly T[], signal?: AbortSignal): AsyncGenerator<readonly T[]> {
    let at = 0;
    do {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      this.#call(call);
      const failure = this.failures.get(`${call}:${this.count(call)}`);
      if (failure) throw failure;
      yield rows.slice(at, (at += this.pageSize));
    } while (at < rows.length);
  }

  #runs(call: string, resource: string, page: { nextToken?: string; pageSize: number }) {
    this.#call(call);
    const from = Number(page.nextToken ?? 0);
    const all = this.runs.get(resource) ?? [];
    const end = from + page.pageSize;
    return { items: all.slice(from, end), ...(end < all.length ? { nextToken: String(end) } : {}) };
  }

  #call(call: string): void {
    this.calls.push(call);
    this.during.get(call)?.();
    const failure = this.failures.get(call);
    if (failure) throw failure;
  }
}

/** The tree over a fake account. */
export function tree(fake = new FakeAccount()) {
  const clock = new ManualClock();
  const pins: string[] = [];
  const trackedChanges = new Emitter<RunSummary>();
  const tracked: RunSummary[] = [];
  const connections: Connection[] = [dev];
  const pipelines = new Pipelines({
    clock,
    tracked: {
      of: (connectionId, resource) =>
        tracked.filter(({ key }) => key.connectionId === connectionId && key.resource === resource),
      onDidChange: trackedChanges.event,
    },
    connections: () => connections,
    account: async () => fake.account,
    pinned: () => pins,
  });
  const changes: string[] = [];
  pipelines.onDidChange((nodes) => changes.push(...(nodes?.map(({ id }) => id) ?? ['*'])));
  pipelines.visible = true;
  return { pipelines, clock, fake, pins, tracked, trackedChanges, connections, changes };
}
