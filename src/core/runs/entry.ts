/** Where a log line was written: a script's stdout or stderr, Glue's continuous log, or Glue's own analysis of a failure. */
export type LogStreamKind = 'out' | 'err' | 'log' | 'insight';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

interface EntryBase {
  /** Milliseconds since the epoch, as the service stamped it. */
  readonly timeMs: number;
  /** Arrived after later entries had been given out, so it stands below them. */
  readonly late: boolean;
  /** Names from the outermost scope to the state, for instance `['Branch 1', 'Clean']`; empty for the run itself. */
  readonly path: readonly string[];
}

export interface LogEntry extends EntryBase {
  readonly kind: 'log';
  readonly stream: LogStreamKind;
  /** Number of the Spark executor that wrote it; the driver has none. */
  readonly executor?: number;
  readonly level?: LogLevel;
  /** One event's text without its last newline; may hold several lines. */
  readonly text: string;
  readonly jobRunId?: string;
}

/** How a transition looks: entered, passed through, or how it ended. */
export type EventMark = 'entered' | 'info' | 'succeeded' | 'failed' | 'warning' | 'stopped';

export interface EventEntry extends EntryBase {
  readonly kind: 'event';
  readonly mark: EventMark;
  /** Without the mark, in the words of the run document, for instance `entered  Task glue:startJobRun.sync`. */
  readonly text: string;
}

/** One entry of a run's merged log. */
export type RunEntry = LogEntry | EventEntry;
