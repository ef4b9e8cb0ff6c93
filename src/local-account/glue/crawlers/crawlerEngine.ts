import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../core/base/clock.ts';
import { Emitter } from '../../../core/base/emitter.ts';
import type { Log } from '../../../core/base/log.ts';
import { AwsError } from '../../http/awsError.ts';
import type { LogStore } from '../../logs/logStore.ts';
import type { ObjectStore } from '../../s3/objectStore.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { notFound } from '../errors.ts';
import type { GlueState } from '../glueState.ts';
import type { RunOrigin } from '../records.ts';
import { crawl } from './crawl.ts';
import type { CrawlRecord, CrawlerRecord } from './records.ts';

export const crawlerLogGroup = '/aws-glue/crawlers';

export interface CrawlerEngineOptions {
  readonly state: GlueState;
  readonly catalog: Catalog;
  readonly objects: ObjectStore;
  readonly logs: LogStore;
  readonly clock: Clock;
  readonly log: Log;
}

interface ActiveCrawl {
  readonly id: string;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

const lost = 'The local account ended while this crawl was on.';

/** Runs crawlers, each once at a time, and keeps what came of it. */
export class CrawlerEngine {
  readonly #active = new Map<string, ActiveCrawl>();
  readonly #ended: Emitter<CrawlRecord>;

  constructor(private readonly options: CrawlerEngineOptions) {
    this.#ended = new Emitter((error) => options.log.error(`A listener of ended crawls failed: ${String(error)}`));
  }

  /** A crawl is over. */
  get onDidEnd() {
    return this.#ended.event;
  }

  get isBusy(): boolean {
    return this.#active.size > 0;
  }

  /** The crawl that is on. */
  current(name: string): CrawlRecord | undefined {
    const active = this.#active.get(name);
    return active && this.options.state.crawls.get(active.id);
  }

  /** Newest first. */
  crawlsOf(name: string): readonly CrawlRecord[] {
    return this.options.state.crawls
      .values()
      .filter(({ crawlerName }) => crawlerName === name)
      .sort((left, right) => right.startedMs - left.startedMs || (left.id < right.id ? 1 : -1));
  }

  /** Says of crawls that a process which was killed left open that they failed. */
  async recover(): Promise<void> {
    const { crawls } = this.options.state;
    for (const record of crawls.values().filter(({ endedMs }) => endedMs === undefined)) {
      const endedMs = this.options.clock.now();
      await crawls.put(record.id, { ...record, state: 'FAILED', endedMs, errorMessage: lost });
    }
  }

  /** Throws EntityNotFoundException, and CrawlerRunningException while it is on. Resolves when the start is on record. */
  async start(name: string, origin?: RunOrigin): Promise<CrawlRecord> {
    const { state, clock } = this.options;
    const crawler = state.crawlers.get(name);
    if (!crawler) throw notFound(`Crawler entry with name ${name} does not exist`);
    if (this.#active.has(name)) {
      throw new AwsError('CrawlerRunningException', `Crawler with name ${name} has already started`);
    }
    const record: CrawlRecord = {
      id: randomUUID(),
      crawlerName: name,
      state: 'RUNNING',
      startedMs: clock.now(),
      ...(origin && { origin }),
      tablesCreated: 0,
      tablesUpdated: 0,
      tablesDeleted: 0,
      partitionsCreated: 0,
    };
    const controller = new AbortController();
    const saved = state.crawls.put(record.id, record);
    // Counted from here on: two starts at once must not both find it ready.
    this.#active.set(name, { id: record.id, controller, done: this.#follow(crawler, record, { controller, saved }) });
    await saved;
    return record;
  }

  /** Throws CrawlerNotRunningException and CrawlerStoppingException. */
  async stop(name: string): Promise<void> {
    const { crawlers, crawls } = this.options.state;
    if (!crawlers.has(name)) throw notFound(`Crawler entry with name ${name} does not exist`);
    const active = this.#active.get(name);
    const record = active && crawls.get(active.id);
    if (!active || !record) {
      throw new AwsError('CrawlerNotRunningException', `Crawler with name ${name} isn't running`);
    }
    if (active.controller.signal.aborted) {
      throw new AwsError('CrawlerStoppingException', `Crawler with name ${name} is already stopping`);
    }
    await crawls.put(record.id, { ...record, state: 'CANCELLING' });
    active.controller.abort();
  }

  /** Ends all crawls and resolves when they are over. */
  async close(): Promise<void> {
    for (const { controller } of this.#active.values()) controller.abort();
    await Promise.all([...this.#active.values()].map(async ({ done }) => await done));
    this.#ended.dispose();
  }

  async #follow(
    crawler: CrawlerRecord,
    record: CrawlRecord,
    { controller, saved }: { readonly controller: AbortController; readonly saved: Promise<void> },
  ): Promise<void> {
    const { state, clock, log } = this.options;
    const { name } = crawler;
    const line = this.#lineWriter(record);
    let end: Partial<CrawlRecord>;
    try {
      await saved;
      line.say('BENCHMARK', `Running Start Crawl for Crawler ${name}`);
      const parts = { ...this.options, say: line.say };
      end = { ...(await crawl(parts, crawler, controller.signal)), state: 'SUCCEEDED' };
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      end = controller.signal.aborted ? { state: 'CANCELLED' } : { state: 'FAILED', errorMessage };
      if (!controller.signal.aborted) line.say('ERROR', errorMessage);
    }
    line.say('BENCHMARK', 'Crawler has finished running and is in state READY');
    await line.written();
    const ended = { ...(state.crawls.get(record.id) ?? record), ...end, endedMs: clock.now() };
    try {
      await state.crawls.put(record.id, ended);
    } catch (error) {
      log.error(`The end of crawl ${record.id} could not be saved: ${String(error)}`);
    }
    this.#active.delete(name);
    this.#ended.fire(ended);
  }

  #lineWriter(record: CrawlRecord): { say: (level: string, text: string) => void; written: () => Promise<void> } {
    const { logs, clock, log } = this.options;
    let written = Promise.resolve();
    return {
      say: (level, text) => {
        const event = { timestampMs: clock.now(), message: `[${record.id}] ${level} : ${text}` };
        written = written
          .then(async () => await logs.write(crawlerLogGroup, record.crawlerName, [event]))
          .catch((error: unknown) => log.error(`A log line of ${record.crawlerName} was lost: ${String(error)}`));
      },
      written: async () => await written,
    };
  }
}
