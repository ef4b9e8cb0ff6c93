import type { CrawlRecord } from './crawlers/records.ts';
import type { GlueState } from './glueState.ts';
import { isActive, type JobRunRecord } from './records.ts';

/** What a node of a workflow is known by beside its name. */
export function jobNode(name: string): string {
  return `JOB/${name}`;
}
export function crawlerNode(name: string): string {
  return `CRAWLER/${name}`;
}

/** The job runs and crawls that belong together: those of a workflow run, or of triggers that follow one another. */
export class Chain {
  constructor(
    private readonly state: GlueState,
    readonly id: string,
  ) {}

  /** Job runs that were started in it. */
  get jobRuns(): readonly JobRunRecord[] {
    return this.state.runs.values().filter(({ origin }) => origin?.chainId === this.id);
  }

  /** Crawls that were started in it. */
  get crawls(): readonly CrawlRecord[] {
    return this.state.crawls.values().filter(({ origin }) => origin?.chainId === this.id);
  }

  get isActive(): boolean {
    return (
      this.jobRuns.some(({ state }) => isActive(state)) || this.crawls.some(({ endedMs }) => endedMs === undefined)
    );
  }

  /** With those of nodes that a resumed run took over from the run before; oldest first. */
  get allJobRuns(): readonly JobRunRecord[] {
    const taken = this.#previous?.allJobRuns.filter(({ jobName }) => this.#inherits(jobNode(jobName))) ?? [];
    return [...taken, ...this.jobRuns].sort(
      (left, right) => left.startedMs - right.startedMs || left.attempt - right.attempt,
    );
  }

  get allCrawls(): readonly CrawlRecord[] {
    const taken = this.#previous?.allCrawls.filter(({ crawlerName }) => this.#inherits(crawlerNode(crawlerName))) ?? [];
    return [...taken, ...this.crawls].sort((left, right) => left.startedMs - right.startedMs);
  }

  /** The run of a job that ended last. */
  lastJobRun(jobName: string): JobRunRecord | undefined {
    return this.allJobRuns
      .filter((run) => run.jobName === jobName && run.endedMs !== undefined)
      .sort((left, right) => (left.endedMs ?? 0) - (right.endedMs ?? 0) || left.attempt - right.attempt)
      .at(-1);
  }

  lastCrawl(crawlerName: string): CrawlRecord | undefined {
    return this.allCrawls.findLast((crawl) => crawl.crawlerName === crawlerName && crawl.endedMs !== undefined);
  }

  #inherits(node: string): boolean {
    return this.state.workflowRuns.get(this.id)?.inherited?.includes(node) === true;
  }

  get #previous(): Chain | undefined {
    const id = this.state.workflowRuns.get(this.id)?.previousRunId;
    return id === undefined ? undefined : new Chain(this.state, id);
  }
}
