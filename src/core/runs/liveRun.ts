import type { RunEntry } from './entry.ts';
import { isTerminal, type RunKey, type RunOutcome } from './model.ts';
import type { RunRecord } from './records.ts';
import { currentStep, type RunJob, type RunSnapshot, type WatchStatus } from './snapshot.ts';
import type { Timeline } from './timelineModel.ts';
import type { RunUpdate } from './watch.ts';

const noTimeline: Timeline = { steps: [], current: [], step: () => undefined, visits: () => [] };

/** A run as the store holds it: the snapshot that everyone reads, and how updates change it. */
export class LiveRun implements RunSnapshot {
  readonly key: RunKey;
  readonly trackedMs: number;
  name: string;
  outcome: RunOutcome = { state: 'waiting', awsState: 'STARTING' };
  startedByUser: boolean;
  originUri?: string;
  input?: string;
  output?: string;
  definition?: string;
  redriveStatus?: string;
  timeline: Timeline = noTimeline;
  jobs = new Map<string, RunJob>();
  entries: RunEntry[] = [];
  generation = 0;
  status: WatchStatus = { kind: 'live' };
  isComplete = false;
  /** The entries hold the log lines as well. */
  hasLogs = false;
  #stepName: string | undefined;

  constructor(record: RunRecord) {
    this.key = record.key;
    this.trackedMs = record.trackedMs;
    this.name = record.name;
    this.startedByUser = record.startedByUser;
    if (record.originUri !== undefined) this.originUri = record.originUri;
    this.#stepName = record.stepName;
    this.#setOutcome(record);
  }

  /** What a row names beside the run: where it is, or where it failed; known over a reload. */
  get stepName(): string | undefined {
    return currentStep(this)?.name ?? this.#stepName;
  }

  toRecord(): RunRecord {
    const { key, name, startedByUser, trackedMs, originUri, stepName } = this;
    const { state, awsState, startedMs, endedMs, error, cause } = this.outcome;
    return {
      key,
      name,
      startedByUser,
      trackedMs,
      state,
      awsState,
      ...(startedMs !== undefined && { startedMs }),
      ...(endedMs !== undefined && { endedMs }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause: cause.slice(0, 4_000) }),
      ...(stepName !== undefined && !(state === 'succeeded') && { stepName }),
      ...(originUri !== undefined && { originUri }),
    };
  }

  /** Forgets what a watch found, because another one will find it again. */
  restart(): void {
    this.entries = [];
    this.jobs = new Map();
    this.timeline = noTimeline;
    this.generation += 1;
    this.isComplete = false;
    this.status = { kind: 'live' };
  }

  apply(update: RunUpdate): void {
    switch (update.kind) {
      case 'facts': {
        const { outcome, name, input, output, redriveStatus } = update.facts;
        if (outcome) this.#setOutcome(outcome);
        if (name !== undefined) this.name = name;
        if (input !== undefined) this.input = input;
        if (output !== undefined) this.output = output;
        if (redriveStatus !== undefined) this.redriveStatus = redriveStatus;
        return;
      }
      case 'timeline':
        this.timeline = update.timeline;
        return;
      case 'job':
        this.jobs.set(update.job.detail.runId, update.job);
        return;
      case 'entries':
        for (const entry of update.entries) this.entries.push(entry);
        return;
      case 'restart':
        this.entries = [];
        this.generation += 1;
        return;
      case 'status':
        this.status = update.status;
        return;
      case 'touched':
    }
  }

  #setOutcome({ state, awsState, startedMs = this.outcome.startedMs, endedMs, error, cause }: RunOutcome): void {
    this.outcome = {
      state,
      awsState,
      ...(startedMs !== undefined && { startedMs }),
      ...(endedMs !== undefined && { endedMs }),
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    };
  }

  get isOver(): boolean {
    return isTerminal(this.outcome.state);
  }
}
