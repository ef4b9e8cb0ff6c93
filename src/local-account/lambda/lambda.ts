import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Log } from '../../core/base/log.ts';
import type { LogStore } from '../logs/logStore.ts';
import { accountId } from '../sts.ts';
import { runFunctionProcess, type CallEnd, type FunctionProcessOptions } from './functionProcess.ts';
import type { FunctionSource, LocalFunction } from './functionSource.ts';

export interface LambdaOptions extends FunctionProcessOptions {
  readonly source: FunctionSource;
  readonly logs: LogStore;
  readonly log: Log;
}

/** Lambda functions of the workspace: one process for each call, so many at a time, with a log stream for each. */
export class Lambda {
  readonly #closed = new AbortController();
  readonly #waiting: (() => void)[] = [];
  #free = Math.max(2, availableParallelism());

  constructor(private readonly options: LambdaOptions) {}

  async find(nameOrArn: string): Promise<LocalFunction | undefined> {
    return await this.options.source.find(nameOrArn);
  }

  /** Runs a function to its end; `event` is JSON text. Aborting ends its process. */
  async invoke(given: LocalFunction, event: string, signal: AbortSignal): Promise<CallEnd> {
    const either = AbortSignal.any([signal, this.#closed.signal]);
    await this.#awaitTurn();
    try {
      either.throwIfAborted();
      return await this.#run(given, event, either);
    } finally {
      this.#free += 1;
      this.#waiting.shift()?.();
    }
  }

  /** Ends the processes of all calls. */
  close(): void {
    this.#closed.abort();
  }

  async #awaitTurn(): Promise<void> {
    while (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#free -= 1;
  }

  async #run(given: LocalFunction, event: string, signal: AbortSignal): Promise<CallEnd> {
    const { clock, logs, log, region } = this.options;
    const requestId = randomUUID();
    const logGroup = `/aws/lambda/${given.name}`;
    const startedMs = clock.now();
    const day = new Date(startedMs).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${day}/[$LATEST]${requestId.replaceAll('-', '')}`;
    let lastMs = startedMs;
    let written = Promise.resolve();
    const onLine = (message: string): void => {
      lastMs = Math.max(lastMs, clock.now());
      const line = { timestampMs: lastMs, message: message === '' ? ' ' : message };
      written = written
        .then(async () => await logs.write(logGroup, logStream, [line]))
        .catch((error: unknown) => log.error(`A log line of ${given.name} was lost: ${String(error)}`));
    };
    const functionArn = `arn:aws:lambda:${region}:${accountId}:function:${given.name}`;
    onLine(`START RequestId: ${requestId} Version: $LATEST`);
    try {
      const call = { requestId, functionArn, logGroup, logStream, event, onLine };
      return await runFunctionProcess(this.options, given, call, signal);
    } finally {
      onLine(`END RequestId: ${requestId}`);
      const tookMs = Math.max(0, clock.now() - startedMs);
      onLine(`REPORT RequestId: ${requestId} Duration: ${tookMs} ms Memory Size: ${given.memoryMb} MB`);
      await written;
    }
  }
}
