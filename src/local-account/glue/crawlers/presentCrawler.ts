import type { Members } from '../../http/input.ts';
import { seconds } from '../../http/time.ts';
import { crawlerLogGroup } from './crawlerEngine.ts';
import type { CrawlRecord, CrawlerRecord } from './records.ts';

export interface CrawlerFacts {
  /** The crawl that is on. */
  readonly current: CrawlRecord | undefined;
  /** Newest first. */
  readonly crawls: readonly CrawlRecord[];
  readonly now: number;
}

/** The API's Crawler. */
export function presentCrawler(crawler: CrawlerRecord, { current, crawls, now }: CrawlerFacts): Members {
  const last = crawls.find(({ endedMs }) => endedMs !== undefined);
  return {
    Classifiers: [],
    RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVERYTHING' },
    SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DEPRECATE_IN_DATABASE' },
    LineageConfiguration: { CrawlerLineageSettings: 'DISABLE' },
    ...crawler.definition,
    Name: crawler.name,
    State: current ? (current.state === 'CANCELLING' ? 'STOPPING' : 'RUNNING') : 'READY',
    CrawlElapsedTime: current ? Math.max(0, now - current.startedMs) : 0,
    CreationTime: seconds(crawler.createdMs),
    LastUpdated: seconds(crawler.updatedMs),
    Schedule:
      crawler.schedule === undefined
        ? undefined
        : { ScheduleExpression: crawler.schedule, State: crawler.scheduleState },
    LastCrawl: last && {
      Status: last.state,
      ErrorMessage: last.errorMessage,
      LogGroup: crawlerLogGroup,
      LogStream: crawler.name,
      MessagePrefix: last.id,
      StartTime: seconds(last.startedMs),
    },
    Version: crawler.version,
  };
}

/** The API's CrawlerHistory. */
export function presentCrawl(crawl: CrawlRecord): Members {
  const states = {
    RUNNING: 'RUNNING',
    CANCELLING: 'RUNNING',
    SUCCEEDED: 'COMPLETED',
    CANCELLED: 'STOPPED',
    FAILED: 'FAILED',
  };
  const { tablesCreated, tablesUpdated, tablesDeleted, partitionsCreated } = crawl;
  return {
    CrawlId: crawl.id,
    State: states[crawl.state],
    StartTime: seconds(crawl.startedMs),
    EndTime: seconds(crawl.endedMs),
    ErrorMessage: crawl.errorMessage,
    Summary: JSON.stringify({
      TABLE: JSON.stringify({ ADD: tablesCreated, UPDATE: tablesUpdated, DELETE: tablesDeleted }),
      PARTITION: JSON.stringify({ ADD: partitionsCreated }),
    }),
    LogGroup: crawlerLogGroup,
    LogStream: crawl.crawlerName,
    MessagePrefix: crawl.id,
    DPUHour: 0,
  };
}

/** The API's Crawl, as a node of a workflow run's graph has it. */
export function presentNodeCrawl(crawl: CrawlRecord): Members {
  return {
    State: crawl.state,
    StartedOn: seconds(crawl.startedMs),
    CompletedOn: seconds(crawl.endedMs),
    ErrorMessage: crawl.errorMessage,
    LogGroup: crawlerLogGroup,
    LogStream: crawl.crawlerName,
  };
}

/** The API's CrawlerMetrics. */
export function presentMetrics(name: string, crawls: readonly CrawlRecord[], now: number): Members {
  const ended = crawls.filter(({ endedMs }) => endedMs !== undefined);
  const runtimes = ended
    .map(({ startedMs, endedMs = startedMs }) => (endedMs - startedMs) / 1000)
    .sort((a, b) => a - b);
  const on = crawls.find(({ endedMs }) => endedMs === undefined);
  const sum = (member: 'tablesCreated' | 'tablesUpdated' | 'tablesDeleted'): number =>
    ended.reduce((total, crawl) => total + crawl[member], 0);
  return {
    CrawlerName: name,
    TimeLeftSeconds: 0,
    StillEstimating: on !== undefined,
    LastRuntimeSeconds: on ? (now - on.startedMs) / 1000 : lastRuntime(ended[0]),
    MedianRuntimeSeconds: runtimes[Math.floor(runtimes.length / 2)] ?? 0,
    TablesCreated: sum('tablesCreated'),
    TablesUpdated: sum('tablesUpdated'),
    TablesDeleted: sum('tablesDeleted'),
  };
}

function lastRuntime(last: CrawlRecord | undefined): number {
  return last?.endedMs === undefined ? 0 : (last.endedMs - last.startedMs) / 1000;
}
