import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import { toUserError } from '../../core/base/userError.ts';
import type { LocalJob } from '../../core/glue/localRun/index.ts';
import type { LocalEnd, LocalNews, LocalRunFacts } from '../../core/runs/localRun.ts';
import type { RunKey } from '../../core/runs/model.ts';
import { NewsQueue } from '../../core/runs/newsQueue.ts';
import type { RunStore } from '../../core/runs/store.ts';
import type { RunUpdate } from '../../core/runs/watch.ts';
import { baseName } from '../../core/runs/traceback.ts';

/** Takes what a run says; waits while too much of it was not read yet. */
export type LocalNewsSink = Pick<NewsQueue<LocalNews>, 'push' | 'pushAll'>;

/** A script that is about to run. */
export interface LocalStart {
  readonly job: LocalJob;
  /** Absolute path. */
  readonly script: string;
  readonly originUri: string;
  readonly connectionId: string;
  /** Runs it to its end. Aborting stops it; what it rejects with is how it failed. */
  readonly run: (id: string, news: LocalNewsSink, signal: AbortSignal) => Promise<LocalEnd>;
}

/** A script may be this many bytes ahead of whoever reads them, about. */
const queueBytes = 32 * 1024 * 1024;

/** A queue for what a run says. What an item takes beside its text counts as well: lines may be empty. */
export function createNewsQueue(): NewsQueue<LocalNews> {
  return new NewsQueue(queueBytes, (item) => (item.kind === 'end' ? 1 : item.text.length + 100));
}

/** The scripts that this window runs on this machine. They end with it. */
export class LocalRuns implements Disposable {
  readonly #on = new Map<string, AbortController>();
  readonly #ended = new Set<string>();
  readonly #over = new AbortController();
  /** Aborted when the window ends. */
  readonly over = this.#over.signal;

  constructor(
    private readonly store: { readonly feed: (...run: Parameters<RunStore['feed']>) => unknown },
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Starts a script and gives its run, which the run store follows from now on. */
  start({ job, script, originUri, connectionId, run }: LocalStart): RunKey {
    const startedMs = this.clock.now();
    const id = `${startedMs.toString(36)}-${randomBytes(4).toString('hex')}`;
    const key: RunKey = { connectionId, kind: 'localRun', resource: script, id };
    const news = createNewsQueue();
    const stop = new AbortController();
    this.#on.set(id, stop);
    void this.#toEnd(id, news, async () => await run(id, news, stop.signal));
    const { name: jobName, glueVersion, arguments: values } = job;
    const facts = { key, jobName, arguments: values, startedMs, ...(glueVersion === undefined ? {} : { glueVersion }) };
    this.store.feed(key, this.#follow(facts, news), {
      startedByUser: true,
      name: baseName(script),
      startedMs,
      originUri,
      ...(Object.keys(values).length > 0 ? { input: JSON.stringify(values) } : {}),
    });
    return key;
  }

  /** Stops a run; says of one that does not run whether it ended here, or is not of this window. */
  stop(id: string): 'stopped' | 'ended' | 'unknown' {
    const stop = this.#on.get(id);
    stop?.abort();
    if (stop) return 'stopped';
    return this.#ended.has(id) ? 'ended' : 'unknown';
  }

  /** Ends all. */
  dispose(): void {
    for (const stop of this.#on.values()) stop.abort();
    this.#over.abort();
  }

  async *#follow(facts: LocalRunFacts, news: NewsQueue<LocalNews>): AsyncGenerator<RunUpdate> {
    const { followLocalRun } = await import('../../core/runs/localRun.ts');
    yield* followLocalRun(facts, news, this.clock);
  }

  async #toEnd(id: string, news: NewsQueue<LocalNews>, run: () => Promise<LocalEnd>): Promise<void> {
    const { signal } = this.#on.get(id) ?? {};
    let end: LocalEnd;
    try {
      end = await run();
    } catch (error) {
      const failure = toUserError(error);
      if (failure.code === 'unexpected') this.log.error(failure);
      const message = [failure.message, failure.help].filter(Boolean).join(' ');
      end = signal?.aborted === true ? { kind: 'stopped' } : { kind: 'failed', message };
    } finally {
      this.#on.delete(id);
      this.#ended.add(id);
    }
    await news.push({ kind: 'end', end });
    news.close();
  }
}
