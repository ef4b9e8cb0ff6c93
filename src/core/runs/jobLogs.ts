import { toUserError } from '../base/userError.ts';
import type { LogEntry } from './entry.ts';
import type { FollowedJob, FollowerSink } from './follower.ts';
import { logPlaces, streamRole, type LogPlace, type StreamRole } from './logGroups.ts';
import { cleanLogText, levelOf } from './logLine.ts';
import { LogStreamReader } from './logStreamReader.ts';
import { isTerminal } from './model.ts';
import { Pace } from './pace.ts';
import type { JobRunDetail, LogEvent } from './ports.ts';

/** A run with hundreds of executors is read by its first ones; the driver comes first. */
const maxStreams = 40;

interface OpenStream {
  readonly id: string;
  readonly reader: LogStreamReader;
  readonly role: StreamRole;
  readonly place: LogPlace;
  readonly pace: Pace;
}

/** Follows the log streams of one job run and gives their lines to the merge. */
export class JobLogs {
  readonly #streams = new Map<string, OpenStream>();
  readonly #refused = new Set<string>();
  readonly #source: string;
  /** The driver's streams are read together, so that their lines come in order; executors at their own pace. */
  readonly #driverPace: Pace;
  readonly #listPace: Pace;
  #listDueMs = -Infinity;
  /** Whether the run was seen while it was on, and when it was first seen ended. */
  #wasOn = false;
  #overMs: number | undefined;
  #newsMs = -Infinity;
  #isTruncated = false;
  #isDone = false;

  constructor(
    private readonly sink: FollowerSink,
    private readonly job: FollowedJob,
    private readonly onFound: (found: { readonly lastLog?: LogEntry; readonly progress?: string }) => void,
  ) {
    this.#source = `logs ${job.runId}`;
    this.#driverPace = new Pace(sink.pace, sink.clock.now());
    this.#listPace = new Pace(sink.pace, sink.clock.now());
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  get dueMs(): number {
    let due = this.#listDueMs;
    // After the end, the streams are read with each list.
    if (this.#overMs !== undefined) return due;
    for (const stream of this.#streams.values()) due = Math.min(due, stream.pace.dueMs);
    return due;
  }

  /** Look for streams and lines at the next chance. */
  hurry(): void {
    const nowMs = this.sink.clock.now();
    this.#listDueMs = Math.min(this.#listDueMs, nowMs);
    for (const stream of this.#streams.values()) stream.pace.hurry(nowMs);
  }

  async *poll(detail: JobRunDetail, signal: AbortSignal): AsyncGenerator<void> {
    const { clock, pace, slowdown } = this.sink;
    const beganMs = clock.now();
    const isOver = isTerminal(detail.state);
    if (isOver) this.#overMs ??= beganMs;
    else this.#wasOn = true;
    let news = 0;
    const isWhole = this.#listDueMs <= beganMs;
    if (isWhole) {
      // After the end, lists and lines are read together, so that a poll without news has seen everything.
      if (isOver) for (const stream of this.#streams.values()) stream.pace.hurry(beganMs);
      news += await this.#list(detail, signal);
      if (!isOver) this.#listDueMs = clock.now() + pace.listMs * slowdown;
      yield;
    }
    const due = [...this.#streams.values()].filter((stream) => stream.pace.dueMs <= clock.now());
    const changed = new Map<Pace, boolean>();
    for (const stream of due) {
      let lines = 0;
      for (;;) {
        const page = await stream.reader.next(signal);
        lines += this.#take(stream, page.events, detail);
        if (!page.more) break;
        if (page.events.length > 0) yield;
      }
      this.sink.merge.caughtUp(stream.id);
      changed.set(stream.pace, lines > 0 || changed.get(stream.pace) === true);
      news += lines;
      yield;
    }
    for (const [streamPace, isChanged] of changed) streamPace.polled(clock.now(), isChanged, slowdown);
    if (news > 0) this.#newsMs = clock.now();
    if (!isOver || !isWhole) return;
    if (news === 0 && beganMs >= this.#lateUntilMs(detail)) {
      this.#finish();
      return;
    }
    this.#listPace.polled(clock.now(), news > 0, slowdown);
    this.#listDueMs = this.#listPace.dueMs;
  }

  /**
   * Lines may arrive up to here. By this machine's clock where the run's end was seen, else by the time of the end that
   * AWS tells, which does not count where it lies ahead of this machine's clock. Late lines may have later ones behind
   * them.
   */
  #lateUntilMs(detail: JobRunDetail): number {
    const { lateLogsMs } = this.sink.pace;
    const seenMs = this.#overMs ?? this.sink.clock.now();
    const endedMs = this.#wasOn ? seenMs : Math.min(seenMs, detail.endedMs ?? seenMs);
    const untilMs = endedMs + lateLogsMs;
    return seenMs < untilMs ? Math.max(untilMs, this.#newsMs + lateLogsMs / 4) : untilMs;
  }

  async #list(detail: JobRunDetail, signal: AbortSignal): Promise<number> {
    let found = 0;
    for (const place of logPlaces(detail)) {
      if (this.#refused.has(place.group)) continue;
      let names;
      try {
        names = await this.sink.ports.listLogStreams(place.group, place.prefix, signal);
      } catch (error) {
        this.#refuse(place, error);
        continue;
      }
      for (const name of names) found += this.#open(place, name, detail);
    }
    return found;
  }

  /** The logs of a group that may not be read are missing, and the document says so; the rest goes on. */
  #refuse(place: LogPlace, error: unknown): void {
    const failure = toUserError(error);
    if (!['access-denied', 'not-supported', 'bad-input', 'endpoint-invalid', 'unexpected'].includes(failure.code))
      throw error;
    this.#refused.add(place.group);
    this.#note(`no lines from ${place.group}: ${failure.message}`);
  }

  #open(place: LogPlace, stream: string, detail: JobRunDetail): number {
    const id = `${place.group} ${stream}`;
    const role = streamRole(place, stream);
    if (!role || this.#streams.has(id)) return 0;
    if (this.#streams.size >= maxStreams) {
      if (!this.#isTruncated) this.#note(`more than ${maxStreams} log streams: the rest is in ${place.group}`);
      this.#isTruncated = true;
      return 0;
    }
    this.#streams.set(id, {
      id,
      reader: new LogStreamReader(this.sink.ports, { group: place.group, stream }),
      role,
      place,
      pace: role.executor === undefined ? this.#driverPace : new Pace(this.sink.pace, this.sink.clock.now()),
    });
    this.#driverPace.hurry(this.sink.clock.now());
    this.sink.merge.open(id, detail.startedMs ?? this.job.foundMs);
    return 1;
  }

  #take(stream: OpenStream, events: readonly LogEvent[], detail: JobRunDetail): number {
    const own = stream.place.isShared ? events.filter((event) => isWithin(event, detail)) : events;
    if (own.length === 0) return 0;
    const { kind, executor } = stream.role;
    if (kind === 'progress') {
      const progress = cleanLogText(own.at(-1)?.message ?? '').trim();
      this.onFound({ progress });
      return own.length;
    }
    const entries = own.map((event): LogEntry => {
      const text = cleanLogText(event.message);
      const level = levelOf(text);
      return {
        kind: 'log',
        timeMs: event.timestampMs,
        late: false,
        path: this.job.path,
        stream: kind,
        ...(executor !== undefined && { executor }),
        ...(level && { level }),
        text,
        jobRunId: this.job.runId,
      };
    });
    this.sink.merge.push(stream.id, entries, this.sink.clock.now());
    const lastLog = entries.findLast((entry) => entry.text.trim() !== '');
    if (lastLog && lastLog.stream !== 'insight') this.onFound({ lastLog });
    return own.length;
  }

  #note(text: string): void {
    const timeMs = this.sink.clock.now();
    this.sink.addEvents(this.#source, [
      { kind: 'event', timeMs, late: false, path: this.job.path, mark: 'warning', text },
    ]);
  }

  #finish(): void {
    this.#isDone = true;
    for (const id of this.#streams.keys()) this.sink.merge.close(id);
  }
}

/** A shared stream holds other runs of the job; a minute is allowed for what Glue writes after a run's end. */
function isWithin(event: LogEvent, detail: JobRunDetail): boolean {
  const fromMs = detail.startedMs ?? 0;
  const toMs = detail.endedMs === undefined ? Infinity : detail.endedMs + 60_000;
  return event.timestampMs >= fromMs && event.timestampMs <= toMs;
}
