import type { Disposable } from '../base/disposable.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { toUserError, UserError } from '../base/userError.ts';
import { endedLocalRun } from './endedLocalRun.ts';
import { LiveRun } from './liveRun.ts';
import { isTerminal, runKeyText, type RunKey, type RunOutcome } from './model.ts';
import { cloudPace, localPace, nearPace } from './pace.ts';
import type { RunPorts } from './ports.ts';
import type { RunRecord } from './records.ts';
import { SavedRuns, type SavedRunsOptions } from './savedRuns.ts';
import type { RunSnapshot } from './snapshot.ts';
import type { RunUpdate, watch } from './watch.ts';
import { WatchInterest } from './watchInterest.ts';

export interface RunStoreOptions extends SavedRunsOptions {
  /** What to ask about runs of a connection; undefined when the connection was removed. */
  readonly portsOf: (connectionId: string) => Promise<RunPorts | undefined>;
  /** What follows a run: the larger part of what runs are, read when there is one to follow. */
  readonly loadWatch: () => Promise<typeof watch>;
  readonly random: () => number;
}

export interface TrackOptions {
  readonly startedByUser: boolean;
  /** What rows call it; by default the name of the resource. */
  readonly name?: string;
  readonly startedMs?: number;
  readonly input?: string;
  /** Address of the document it was started from: its lines show the run. */
  readonly originUri?: string;
  /** What is known already, for instance from a list or a synchronous execution. */
  readonly outcome?: RunOutcome;
}

export interface ObserveOptions {
  /** Log lines as well. Without, only transitions are read. */
  readonly logs?: boolean;
}

interface Tracked {
  readonly run: LiveRun;
  readonly listeners: Set<{ readonly call: (snapshot: RunSnapshot) => unknown }>;
  watch?: { readonly abort: AbortController; readonly interest: WatchInterest };
  wantsLogs: boolean;
  /** A source that is no API: a run on this machine. */
  source?: AsyncIterable<RunUpdate>;
}

/**
 * The runs that were started or looked at here, one watch each however many views look. A watch goes on while somebody
 * observes the run or the user has started it, and ends with the run. All is kept over a reload but what a service can
 * be asked for again.
 */
export class RunStore implements Disposable {
  readonly #runs = new Map<string, Tracked>();
  readonly #changed: Emitter<RunSnapshot>;
  readonly #listChanged: Emitter<void>;
  readonly #ended: Emitter<RunSnapshot>;
  readonly #saved: SavedRuns;
  #isDisposed = false;

  constructor(private readonly options: RunStoreOptions) {
    this.#saved = new SavedRuns(options);
    const report = (error: unknown) => options.log.error(error instanceof Error ? error : String(error));
    this.#changed = new Emitter(report);
    this.#listChanged = new Emitter(report);
    this.#ended = new Emitter(report);
  }

  /** Something of a run changed: also runs that nobody observes but that are on. */
  get onDidChange(): Event<RunSnapshot> {
    return this.#changed.event;
  }

  /** A run was added or removed. */
  get onDidChangeList(): Event<void> {
    return this.#listChanged.event;
  }

  /** A run that was on has ended. */
  get onDidEnd(): Event<RunSnapshot> {
    return this.#ended.event;
  }

  /** Newest first. */
  list(): readonly RunSnapshot[] {
    return [...this.#runs.values()]
      .map(({ run }) => run)
      .sort((a, b) => (b.outcome.startedMs ?? b.trackedMs) - (a.outcome.startedMs ?? a.trackedMs));
  }

  snapshot(key: RunKey): RunSnapshot | undefined {
    return this.#runs.get(runKeyText(key))?.run;
  }

  /** Brings back the runs of earlier sessions and goes on watching those that the user started. A broken file is left out. */
  async restore(): Promise<void> {
    for (const record of await this.#saved.load()) {
      const id = runKeyText(record.key);
      if (this.#runs.has(id)) continue;
      const tracked = this.#tracked(record);
      const { run } = record.key.kind === 'localRun' ? { run: endedLocalRun(record) } : tracked;
      this.#runs.set(id, { ...tracked, run });
      this.#saved.keep([run.toRecord()]);
    }
    this.#listChanged.fire();
    for (const tracked of this.#runs.values()) this.#update(tracked);
  }

  /** Adds a run to the list, or tells more of one that is there; one that had ended is watched anew (a redrive). */
  track(key: RunKey, options: TrackOptions): RunSnapshot {
    const id = runKeyText(key);
    const nowMs = this.options.clock.now();
    const known = this.#runs.get(id);
    const { outcome, startedMs = outcome?.startedMs ?? (options.startedByUser ? nowMs : undefined) } = options;
    const record: RunRecord = {
      trackedMs: nowMs,
      state: 'waiting',
      awsState: 'STARTING',
      ...known?.run.toRecord(),
      key,
      name: options.name ?? known?.run.name ?? key.resource,
      startedByUser: options.startedByUser || (known?.run.startedByUser ?? false),
      ...(startedMs !== undefined && !known && { startedMs }),
      ...outcome,
      ...(options.originUri !== undefined && { originUri: options.originUri }),
    };
    const tracked = known ?? this.#tracked(record);
    if (known) {
      const { run } = known;
      run.startedByUser = record.startedByUser;
      if (options.originUri !== undefined) run.originUri = options.originUri;
      if (outcome) run.outcome = { ...run.outcome, ...outcome };
      else if (run.isOver && options.startedByUser) this.#begin(known);
    }
    if (options.input !== undefined) tracked.run.input = options.input;
    this.#runs.set(id, tracked);
    this.#listChanged.fire();
    this.#update(tracked);
    void this.#save();
    return tracked.run;
  }

  /**
   * Tells `listener` of every change of the run until disposed, and keeps it watched for so long. A run that is not
   * listed is observed without being listed. Changes come in bursts: whoever draws should draw once for many.
   */
  observe(key: RunKey, listener: (snapshot: RunSnapshot) => unknown, options: ObserveOptions = {}): Disposable {
    const id = runKeyText(key);
    let tracked = this.#runs.get(id);
    if (!tracked) {
      this.track(key, { startedByUser: false });
      tracked = this.#runs.get(id);
    }
    if (!tracked) throw new UserError('not-found', 'The run is not known.');
    const entry = { call: listener };
    const { listeners } = tracked;
    listeners.add(entry);
    if (options.logs && !tracked.wantsLogs) {
      tracked.wantsLogs = true;
      tracked.watch?.interest.wantLogs();
    }
    this.#update(tracked);
    return {
      dispose: () => {
        listeners.delete(entry);
        const now = this.#runs.get(id);
        if (now) this.#update(now);
      },
    };
  }

  /** Follows a run that no service can be asked about, for instance a script on this machine. Its facts must name its end. */
  feed(key: RunKey, source: AsyncIterable<RunUpdate>, options: TrackOptions): RunSnapshot {
    const snapshot = this.track(key, options);
    const tracked = this.#runs.get(runKeyText(key));
    if (tracked) {
      tracked.source = source;
      this.#update(tracked);
    }
    return snapshot;
  }

  /** Asks about a run now: it was stopped, or the user pressed Retry Now. Without a key, about all that are on. */
  hurry(key?: RunKey): void {
    for (const tracked of this.#runs.values()) {
      if (key === undefined || runKeyText(tracked.run.key) === runKeyText(key)) tracked.watch?.interest.hurry();
    }
  }

  /** Definition that an execution ran, asked for once. Rejects as the port does. */
  async definitionOf(key: RunKey, signal?: AbortSignal): Promise<string | undefined> {
    const tracked = this.#runs.get(runKeyText(key));
    if (!tracked || key.kind !== 'execution') return undefined;
    const { run } = tracked;
    if (run.definition === undefined) {
      const ports = await this.options.portsOf(key.connectionId);
      const definition = await ports?.describeDefinitionOfExecution(key.id, signal);
      if (definition !== undefined) run.definition = definition;
    }
    return run.definition;
  }

  /** Takes a finished run off the list. */
  remove(key: RunKey): void {
    const tracked = this.#runs.get(runKeyText(key));
    if (!tracked) return;
    tracked.watch?.abort.abort();
    this.#runs.delete(runKeyText(key));
    this.#listChanged.fire();
    void this.#save();
  }

  /** Forgets all runs that have ended. Those that are on stay. */
  async clear(): Promise<void> {
    for (const [id, tracked] of this.#runs) {
      if (!tracked.run.isOver) continue;
      tracked.watch?.abort.abort();
      this.#runs.delete(id);
    }
    this.#listChanged.fire();
    this.#saved.forgetEnded();
    await this.#save();
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const tracked of this.#runs.values()) tracked.watch?.abort.abort();
    for (const emitter of [this.#changed, this.#listChanged, this.#ended]) emitter.dispose();
  }

  #tracked(record: RunRecord): Tracked {
    return { run: new LiveRun(record), listeners: new Set(), wantsLogs: false };
  }

  /** Starts or ends the watch of a run, as wanted now. */
  #update(tracked: Tracked): void {
    const { run } = tracked;
    const isWanted = tracked.listeners.size > 0 || (run.startedByUser && !run.isOver) || tracked.source !== undefined;
    if (!isWanted) {
      tracked.watch?.abort.abort();
      delete tracked.watch;
      return;
    }
    if (tracked.watch || this.#isDisposed) return;
    const isRead = run.isComplete && (run.hasLogs || !tracked.wantsLogs);
    if (isRead || (run.key.kind === 'localRun' && !tracked.source)) return;
    // A row of a finished run has all it shows; only a document asks for the course of it.
    if (run.isOver && !tracked.wantsLogs && !tracked.source) return;
    this.#begin(tracked);
  }

  #begin(tracked: Tracked): void {
    tracked.watch?.abort.abort();
    const abort = new AbortController();
    const interest = new WatchInterest(tracked.wantsLogs);
    tracked.watch = { abort, interest };
    tracked.run.restart();
    void this.#follow(tracked, interest, abort.signal);
  }

  async #follow(tracked: Tracked, interest: WatchInterest, signal: AbortSignal): Promise<void> {
    const { run } = tracked;
    const { clock, random, log } = this.options;
    let hasEnded = run.isOver;
    try {
      let updates = tracked.source;
      if (!updates) {
        const ports = await this.options.portsOf(run.key.connectionId);
        if (!ports) throw new UserError('not-found', 'The connection of this run was removed.');
        const isLocal = run.key.connectionId === 'local';
        const pace = isLocal ? localPace : (await ports.isNear?.(signal)) ? nearPace : cloudPace;
        const follow = await this.options.loadWatch();
        updates = follow(run.key, { ports, clock, pace, interest, random }, signal);
      }
      for await (const update of updates) {
        if (signal.aborted) return;
        const before = run.outcome.state;
        run.apply(update);
        if (before !== run.outcome.state) void this.#save();
        this.#tell(tracked);
        if (!hasEnded && run.isOver) this.#ended.fire(run);
        hasEnded = run.isOver;
      }
      run.isComplete = run.status.kind !== 'gone';
      run.hasLogs = interest.wantsLogs || tracked.source !== undefined;
    } catch (error) {
      if (signal.aborted) return;
      const failure = toUserError(error);
      log.error(failure);
      const { message, help } = failure;
      run.apply({ kind: 'status', status: { kind: 'gone', message, help } });
    }
    if (tracked.watch?.interest !== interest) return;
    delete tracked.watch;
    delete tracked.source;
    this.#tell(tracked);
    void this.#save();
    if (run.isComplete) this.#update(tracked);
  }

  #tell(tracked: Tracked): void {
    this.#changed.fire(tracked.run);
    for (const { call } of [...tracked.listeners]) {
      try {
        call(tracked.run);
      } catch (error) {
        this.options.log.error(error instanceof Error ? error : String(error));
      }
    }
  }

  async #save(): Promise<void> {
    await this.#saved.save(() => [...this.#runs.values()].map(({ run }) => run.toRecord()));
  }
}

/** Runs that are on. */
export function activeRuns(store: RunStore): readonly RunSnapshot[] {
  return store.list().filter((run) => !isTerminal(run.outcome.state));
}
