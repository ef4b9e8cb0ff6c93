import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Log } from '../../core/base/log.ts';
import {
  resumePoint,
  startExecution,
  type InterpreterPorts,
  type Json,
  type JsonObject,
  type MapRunSnapshot,
  type ObjectPort,
  type ResumePoint,
  type RunningExecution,
  type TaskPort,
} from '../../core/interpreter/index.ts';
import { AwsError } from '../http/awsError.ts';
import { executionArn, expressArn } from './arns.ts';
import { childBefore } from './childExecutions.ts';
import { endOf, newRecord, withoutEnd, type ExecutionRequest } from './executionRecord.ts';
import type { ExecutionRecord, MachineRecord } from './records.ts';
import { notRedrivable, runningReason } from './redrivable.ts';
import type { SfnState } from './sfnState.ts';

export interface ExecutionEngineOptions {
  readonly state: SfnState;
  /** What the tasks of one execution run through. */
  readonly tasksOf: (execution: ExecutionRecord) => TaskPort;
  readonly objects: ObjectPort;
  readonly clock: Clock;
  /** Multiplies waits and retry delays of executions that start now. */
  readonly waitScale: () => number;
  readonly log: Log;
}

interface ActiveExecution {
  readonly running: RunningExecution;
  readonly done: Promise<void>;
}

/** The digests that interpreters ask for, by Node's names. */
const digests = { MD5: 'md5', 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const;

const lostError = 'Sluice.LocalAccountEnded';
const lostCause = 'The local account ended while this execution was on. Start it again.';

/** Runs executions and keeps what they do. */
export class ExecutionEngine {
  readonly #active = new Map<string, ActiveExecution>();
  readonly #redriving = new Set<string>();
  /** Map Runs on their way to the disk: an execution has not ended before its own are there. */
  readonly #saving = new Set<Promise<void>>();
  readonly #ended = new Emitter<string>();
  readonly #ports: Omit<InterpreterPorts, 'tasks'>;

  constructor(private readonly options: ExecutionEngineOptions) {
    this.#ports = {
      clock: options.clock,
      objects: options.objects,
      random: () => Math.random(),
      uuid: () => randomUUID(),
      hash: (algorithm, text) => createHash(digests[algorithm]).update(text).digest('hex'),
    };
  }

  get isBusy(): boolean {
    return this.#active.size > 0;
  }

  /** Ends what a process that was killed left open: its histories get their last event. */
  async recover(): Promise<void> {
    const { state, clock } = this.options;
    for (const execution of state.executions.values().filter(({ status }) => status === 'RUNNING')) {
      const events = await state.histories.read(execution.arn);
      const last = events.at(-1)?.id ?? 0;
      state.histories.add(execution.arn, {
        timestamp: clock.now(),
        type: 'ExecutionAborted',
        id: last + 1,
        previousEventId: last,
        executionAbortedEventDetails: { error: lostError, cause: lostCause },
      });
      await state.histories.finish(execution.arn);
      await state.executions.put(execution.arn, {
        ...execution,
        status: 'ABORTED',
        error: lostError,
        cause: lostCause,
        endedMs: clock.now(),
      });
    }
    for (const run of state.mapRuns.values().filter(({ status }) => status === 'RUNNING')) {
      await state.mapRuns.put(run.mapRunArn, { ...run, status: 'ABORTED', stopDate: clock.now() });
    }
  }

  /** Starts a Standard execution; one of that name and input which is on is given again. */
  async start(request: ExecutionRequest): Promise<ExecutionRecord> {
    const { state, clock } = this.options;
    const { machine, name, input } = request;
    const arn = executionArn(machine.arn, name);
    const before = state.executions.get(arn);
    if (before?.status === 'RUNNING' && before.input === input) return before;
    if (before) throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    const record = newRecord(request, arn, clock.now());
    await state.executions.put(arn, record);
    const running = this.#interpret(record, machine.type);
    this.#active.set(arn, { running, done: this.#follow(record, running) });
    return record;
  }

  /** Goes on with a Standard execution that did not succeed, at the state it ended in. Throws ExecutionNotRedrivable. */
  async redrive(arn: string, token: string): Promise<number> {
    const { state, clock } = this.options;
    const before = state.executions.get(arn);
    if (!before) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    if (before.redriveToken === token && before.redrivenMs !== undefined) return before.redrivenMs;
    const reason = notRedrivable(before, clock.now());
    if (reason !== undefined) throw new AwsError('ExecutionNotRedrivable', reason);
    // Counted from here on: two redrives at once must not both go on.
    if (this.#redriving.has(arn)) throw new AwsError('ExecutionNotRedrivable', runningReason);
    this.#redriving.add(arn);
    try {
      const events = await state.histories.read(arn);
      const resume = resumePoint(JSON.parse(before.definition) as JsonObject, events);
      if (!resume) throw new AwsError('ExecutionNotRedrivable', 'Its history does not say in which state it ended.');
      const redrivenMs = clock.now();
      const record = {
        ...withoutEnd(before),
        status: 'RUNNING' as const,
        redriveCount: resume.redriveCount,
        redrivenMs,
        redriveToken: token,
      };
      await state.executions.put(arn, record);
      const running = this.#interpret(record, 'STANDARD', resume);
      this.#active.set(arn, { running, done: this.#follow(record, running) });
      return redrivenMs;
    } finally {
      this.#redriving.delete(arn);
    }
  }

  /** Starts an Express execution that goes on by itself. Its history is not kept. */
  startExpress(request: ExecutionRequest): ExecutionRecord {
    return this.#beginExpress(request).record;
  }

  /** Runs an Express execution to its end, or to its caller's. Its history is not kept. */
  async runExpress(request: ExecutionRequest, signal: AbortSignal): Promise<ExecutionRecord> {
    const { record, running } = this.#beginExpress(request);
    const stop = (): void => running.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return { ...record, ...endOf(await running.result), endedMs: this.options.clock.now() };
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  #beginExpress(request: ExecutionRequest): { readonly record: ExecutionRecord; readonly running: RunningExecution } {
    const { machine, name } = request;
    const record = newRecord(request, expressArn(machine.arn, name, randomUUID()), this.options.clock.now());
    const running = this.#interpret(record, machine.type);
    const done = running.result.then(() => {
      this.#active.delete(record.arn);
      this.#ended.fire(record.arn);
    });
    this.#active.set(record.arn, { running, done });
    return { record, running };
  }

  /** Ends an execution and resolves when that is on record. */
  async stop(arn: string, error?: string, cause?: string): Promise<void> {
    const active = this.#active.get(arn);
    if (!active) return;
    active.running.abort(error, cause);
    await active.done;
  }

  /** The record of an execution once it has ended. */
  async untilEnded(arn: string, signal: AbortSignal): Promise<ExecutionRecord | undefined> {
    while (this.#active.has(arn)) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          subscription.dispose();
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const subscription = this.#ended.event((ended) => {
          if (ended === arn) wake();
        });
        signal.addEventListener('abort', wake, { once: true });
      });
    }
    return this.options.state.executions.get(arn);
  }

  async close(): Promise<void> {
    const active = [...this.#active.values()];
    for (const { running } of active)
      running.abort(lostError, 'The local account was shut down while this execution was on.');
    await Promise.all(active.map(async ({ done }) => await done));
    await this.options.state.children.flush();
    this.#ended.dispose();
  }

  async #follow(record: ExecutionRecord, running: RunningExecution): Promise<void> {
    const { state, clock, log } = this.options;
    try {
      const end = endOf(await running.result);
      await Promise.all(this.#saving);
      await state.histories.finish(record.arn);
      // Whoever sees the end may ask about its Map Runs, and after a restart as well.
      await state.mapRuns.flush();
      await state.executions.put(record.arn, { ...record, ...end, endedMs: clock.now() });
    } catch (error) {
      log.error(`The end of execution ${record.arn} could not be saved: ${String(error)}`);
    } finally {
      this.#active.delete(record.arn);
      this.#ended.fire(record.arn);
    }
  }

  #interpret(record: ExecutionRecord, type: MachineRecord['type'], resume?: ResumePoint): RunningExecution {
    const { state } = this.options;
    return startExecution({
      definition: JSON.parse(record.definition) as JsonObject,
      input: JSON.parse(record.input) as Json,
      type,
      identity: {
        executionArn: record.arn,
        executionName: record.name,
        stateMachineArn: record.machineArn,
        stateMachineName: record.machineName,
        roleArn: record.roleArn,
      },
      ports: { ...this.#ports, tasks: this.options.tasksOf(record) },
      waitScale: this.options.waitScale(),
      ...(resume && { resume, childBefore: async (place) => await childBefore(state, place) }),
      onEvent: (event, origin) => {
        if (type !== 'STANDARD') return;
        if (origin.executionArn === record.arn) state.histories.add(record.arn, event);
        else if (origin.mapRunArn !== undefined && origin.childIndex !== undefined) {
          const place = { mapRunArn: origin.mapRunArn, index: origin.childIndex };
          state.children.add(place, origin.executionArn, event);
        }
      },
      onMapRun: (run) => this.#saveMapRun(run),
    });
  }

  #saveMapRun(run: MapRunSnapshot): void {
    const { state, log } = this.options;
    const saving = state.mapRuns
      .put(run.mapRunArn, { ...run })
      .catch((error: unknown) => log.error(`Map Run ${run.mapRunArn} could not be saved: ${String(error)}`))
      .finally(() => this.#saving.delete(saving));
    this.#saving.add(saving);
  }
}
