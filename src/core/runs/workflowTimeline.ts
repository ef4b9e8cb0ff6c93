import { isTerminal, type RunOutcome } from './model.ts';
import type { WorkflowRunNode } from './ports.ts';
import type { Step, StepAttempt, Timeline } from './timelineModel.ts';

/** The job runs and crawls of a workflow run as steps, in the order in which they were first seen. */
export class WorkflowTimeline implements Timeline {
  #steps: Step[] = [];
  readonly #index = new Map<string, number>();

  get steps(): readonly Step[] {
    return this.#steps;
  }

  get current(): readonly Step[] {
    return this.#steps.filter((step) => !isTerminal(step.state));
  }

  step(id: number): Step | undefined {
    return this.#steps[id];
  }

  visits(name: string): readonly Step[] {
    return this.#steps.filter((step) => step.name === name);
  }

  /** True when something changed. */
  update(nodes: readonly WorkflowRunNode[]): boolean {
    let changed = false;
    for (const node of nodes) {
      for (const run of node.jobRuns) {
        const jobRun = { jobName: run.jobName, runId: run.runId };
        changed =
          this.#put({ key: run.runId, name: node.name, type: 'Job', outcome: run, extra: { jobRun } }) || changed;
      }
      for (const crawl of node.crawls) {
        const key = `${node.name} ${crawl.startedMs ?? 0}`;
        changed = this.#put({ key, name: node.name, type: 'Crawler', outcome: crawl, extra: {} }) || changed;
      }
    }
    return changed;
  }

  #put(seen: {
    readonly key: string;
    readonly name: string;
    readonly type: string;
    readonly outcome: RunOutcome;
    readonly extra: Pick<StepAttempt, 'jobRun'>;
  }): boolean {
    const { outcome, name } = seen;
    const id = this.#index.get(seen.key) ?? this.#steps.length;
    const before = this.#steps[id];
    if (before?.state === outcome.state && before.error === outcome.error) return false;
    this.#index.set(seen.key, id);
    const failure = {
      ...(outcome.error !== undefined && { error: outcome.error }),
      ...(outcome.cause !== undefined && { cause: outcome.cause }),
    };
    const enteredMs = outcome.startedMs ?? before?.enteredMs ?? 0;
    const ended = outcome.endedMs;
    this.#steps[id] = {
      id,
      name,
      type: seen.type,
      path: [name],
      state: outcome.state,
      isCaught: false,
      isAwaitingRetry: false,
      enteredMs,
      ...(ended !== undefined && { exitedMs: ended }),
      ...failure,
      attempts: [
        {
          number: 1,
          state: outcome.state,
          startedMs: enteredMs,
          ...(ended !== undefined && { endedMs: ended }),
          ...failure,
          ...seen.extra,
        },
      ],
    };
    return true;
  }
}
