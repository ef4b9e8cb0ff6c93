import type { Clock } from '../../core/base/clock.ts';
import { LastError } from './lastError.ts';
import type { OutputKind } from './runStreams.ts';

export interface SparkLine {
  readonly kind: OutputKind;
  readonly text: string;
}

/** Glue writes the progress of a stage so often. */
const progressMs = 5000;

/** What Spark draws while a stage goes on. */
const progressBar = /^\s*((?:\[Stage [^\]]*\]\s*)+)$/;

/** `24/03/05 12:00:00 ERROR Executor: …`, and without a clock where an image says it otherwise. */
const logLine =
  /^\d\d(?:\d\d)?[/-]\d\d[/-]\d\d[ T][\d:.,]+ +(?:\[[^\]]*\] +)?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL) +(?:\[[^\]]*\] +)?([\w.$]+)/;

/** Loggers that only executors have; in local mode driver and executor are one process. */
const executorLoggers =
  /(?:^|\.)(?:Executor|PythonRunner|PythonUDFRunner|ArrowPythonRunner|ShuffleBlockFetcherIterator)$/;

/** Lines that follow the log line of an error. */
const continuation = /^(?:\s|$|Caused by: |Traceback |\.\.\. \d+ more|[\w.$]+(?:Exception|Error)\b)/;

/** Sorts the lines of a Spark job in local mode: script, system, executor, progress. */
export class SparkLines {
  readonly #last = new LastError();
  #isExecutor = false;
  #nextProgressMs = 0;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** Last line of the last traceback: what AWS shows as the run's error message. */
  get lastError(): string | undefined {
    return this.#last.text;
  }

  /** undefined for what is left out: bars that come faster than Glue writes them. */
  sort(line: {
    readonly stream: 'stdout' | 'stderr';
    readonly text: string;
    readonly isOverwritten?: boolean;
  }): SparkLine | undefined {
    const bar = progressBar.exec(line.text)?.[1]?.trim();
    if (bar !== undefined || line.isOverwritten === true) {
      const now = this.clock.now();
      if (bar === undefined || now < this.#nextProgressMs) return undefined;
      this.#nextProgressMs = now + progressMs;
      return { kind: 'progress', text: bar };
    }
    // spark-submit lets the script's errors out on stdout, among its output.
    const isError = this.#last.hear(line.text);
    const logger = logLine.exec(line.text)?.[1];
    if (logger !== undefined) this.#isExecutor = executorLoggers.test(logger);
    else if (line.stream === 'stdout' || !continuation.test(line.text)) this.#isExecutor = false;
    if (line.stream === 'stderr' && this.#isExecutor) return { kind: 'executor', text: line.text };
    return { kind: isError || line.stream === 'stderr' ? 'error' : 'output', text: line.text };
  }
}
