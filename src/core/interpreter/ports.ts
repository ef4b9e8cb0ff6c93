import type { Clock } from '../base/clock.ts';
import type { Json, JsonObject } from './json.ts';

/** Everything that a run needs from the world. */
export interface InterpreterPorts {
  readonly clock: Clock;
  readonly tasks: TaskPort;
  /** S3 as ItemReader and ResultWriter see it. Without it such states fail as `States.ItemReaderFailed` / `States.ResultWriterFailed`. */
  readonly objects?: ObjectPort;
  /** A number in [0, 1): retry jitter, `States.MathRandom`, `$random`. */
  random(): number;
  /** A version 4 UUID: `States.UUID`, `$uuid`, task tokens, names of child executions. */
  uuid(): string;
  /** Digest of the UTF-8 bytes of `text` in lower-case hexadecimal. */
  hash(algorithm: HashAlgorithm, text: string): string;
  /**
   * Resolves when `ms` have passed, for the limits of tasks and executions; rejects on abort. Default: `clock.sleep`.
   * A clock that skips waits gives its own, so that skipping does not run every task out of time.
   */
  deadline?(ms: number, signal: AbortSignal): Promise<void>;
}

export type HashAlgorithm = 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** Runs the work of Task states. */
export interface TaskPort {
  /**
   * Runs one attempt and gives its raw result, at once or later, (before ResultSelector or Output): for `.sync` the final
   * description of the job, for `.waitForTaskToken` and activities what SendTaskSuccess gave. Fails with `TaskFailure` or
   * `TaskTimeout`. The interpreter itself keeps TimeoutSeconds and HeartbeatSeconds and aborts
   * `request.signal` when they pass, when a sibling branch failed, and when the execution is stopped.
   */
  run(request: TaskRequest): Json | Promise<Json>;
  /** Throws `TaskUnavailable` before anything is recorded when the task cannot be scheduled at all. */
  check?(request: Pick<TaskRequest, 'resource' | 'target' | 'stateName' | 'iteration' | 'retryCount'>): void;
}

export type TaskPattern = 'request' | 'sync' | 'sync:2' | 'waitForTaskToken';

/** What kind of work a `Resource` names. */
export type TaskTarget =
  | { readonly kind: 'lambda'; readonly functionArn: string }
  | { readonly kind: 'activity'; readonly activityArn: string }
  | {
      readonly kind: 'service';
      /** As in TaskScheduled: `glue`, `states`, `aws-sdk:s3`. */
      readonly resourceType: string;
      /** API action without its pattern: `startJobRun`. */
      readonly action: string;
      readonly pattern: TaskPattern;
    };

/** One attempt of one Task state. */
export interface TaskRequest {
  /** `Resource` as written in the definition. */
  readonly resource: string;
  readonly target: TaskTarget;
  /** Effective parameters (Parameters or Arguments; for Lambda ARNs and activities without them the state's input). */
  readonly parameters: Json;
  /**
   * Token for SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat: `.waitForTaskToken` and activities end with it; a
   * `.sync` task may be ended with it before its job is.
   */
  readonly taskToken?: string | undefined;
  readonly timeoutSeconds?: number | undefined;
  readonly heartbeatSeconds?: number | undefined;
  /** Evaluated `Credentials`. */
  readonly credentials?: JsonObject | undefined;
  readonly executionArn: string;
  readonly stateName: string;
  /** How often this state was retried before this attempt (0 for the first). */
  readonly retryCount: number;
  /** Indices of the Map iterations around the state, outermost first. */
  readonly iteration: readonly number[];
  /** The context object as the state sees it. */
  readonly context: JsonObject;
  /** An activity worker took the task, or the service began with it: records ActivityStarted. Called at most once. */
  started(workerName?: string): void;
  /** The service accepted the job of a `.sync` or `.waitForTaskToken` task: records TaskSubmitted with its reply. */
  submitted(output: Json): void;
  /** A heartbeat arrived: the time until `HeartbeatSeconds` starts anew. */
  heartbeat(): void;
  readonly signal: AbortSignal;
}

/** One object of an S3 listing, spelled as ListObjectsV2 does. */
export interface ListedObject {
  readonly Etag: string;
  readonly Key: string;
  /** Seconds since the epoch. */
  readonly LastModified: number;
  readonly Size: number;
  readonly StorageClass: string;
}

/** S3 reads and writes of a distributed Map. Rejections fail the Map with the rejection's message as cause. */
export interface ObjectPort {
  read(object: ObjectAddress, signal: AbortSignal): AsyncIterable<Uint8Array | string>;
  list(prefix: { readonly bucket: string; readonly prefix: string }, signal: AbortSignal): AsyncIterable<ListedObject>;
  write(object: ObjectAddress, body: AsyncIterable<string>, signal: AbortSignal): Promise<void>;
  /** Unpacks a page of a Parquet file. Without it only Snappy and plain pages can be read. */
  decompress?(codec: 'GZIP' | 'ZSTD' | 'BROTLI', bytes: Uint8Array): Uint8Array;
}

export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
}
