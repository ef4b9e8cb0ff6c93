import type { EventEntry, EventMark } from './entry.ts';
import { failureLine, jsonObject, numberOf, textOf } from './eventDetails.ts';
import { estimateCost, formatDpuHours } from './cost.ts';
import { formatDuration, formatOrdinal } from './format.ts';
import type { HistoryEvent, JobRunDetail } from './ports.ts';
import type { Step, Timeline } from './timelineModel.ts';

/**
 * Turns history events into the lines of the run document. A line that needs a later event to be whole (what a Task
 * calls, where a Choice went) is given when that event comes, with the earlier time, or by `flush`.
 */
export class TransitionWriter {
  readonly #pending = new Map<number, EventEntry>();

  constructor(
    private readonly timeline: Timeline,
    private readonly pathPrefix: readonly string[] = [],
  ) {}

  /** Call after the timeline took up `event`; `step` is what it said. */
  write(event: HistoryEvent, step: Step | undefined): EventEntry[] {
    const out: EventEntry[] = [];
    const { type, timestampMs: timeMs } = event;
    if (step && type.endsWith('StateEntered')) this.#entered(event, step, out);
    else if (step && type.endsWith('StateExited')) this.#exited(timeMs, step, out);
    else if (type.startsWith('Execution')) this.#execution(event, out);
    else if (step) this.#work(event, step, out);
    return out;
  }

  /** Everything that was held back, as it is. Call at the end of a page that was the last for now. */
  flush(): EventEntry[] {
    const out = [...this.#pending.values()];
    this.#pending.clear();
    return out;
  }

  #entered(event: HistoryEvent, step: Step, out: EventEntry[]): void {
    const left = this.#choiceBefore(step);
    if (left) out.push({ ...left, text: `${left.text} → ${step.name}` });
    const entry = this.#entry(event.timestampMs, step.path, 'entered', `entered  ${step.type}`);
    if (step.type === 'Task') this.#pending.set(event.id, entry);
    else if (step.type !== 'Choice') out.push(entry);
  }

  /** The Choice that led to `step`, whose line waited to name where it went. */
  #choiceBefore(step: Step): EventEntry | undefined {
    for (const [id, entry] of this.#pending) {
      const choice = this.timeline.step(id);
      if (choice?.type === 'Choice' && choice.next === step.name && choice.parentId === step.parentId) {
        this.#pending.delete(id);
        return entry;
      }
    }
    return undefined;
  }

  #exited(timeMs: number, step: Step, out: EventEntry[]): void {
    this.#take(step.id, out);
    if (step.type === 'Choice') {
      this.#pending.set(step.id, this.#entry(timeMs, step.path, 'entered', 'Choice'));
      return;
    }
    if (step.isCaught) {
      out.push(this.#entry(timeMs, step.path, 'warning', `caught ${step.error ?? 'the error'}`));
      return;
    }
    const took = formatDuration((step.exitedMs ?? timeMs) - step.enteredMs);
    const tries = step.attempts.length > 1 ? ` on the ${formatOrdinal(step.attempts.length)} attempt` : '';
    out.push(this.#entry(timeMs, step.path, 'succeeded', `succeeded in ${took}${tries}${usage(step)}`));
  }

  #execution(event: HistoryEvent, out: EventEntry[]): void {
    const { timestampMs: timeMs, details } = event;
    const failure = failureLine(textOf(details, 'error'), textOf(details, 'cause'));
    const because = failure === undefined ? '' : `: ${failure}`;
    const add = (mark: EventMark, text: string) => {
      out.push(...this.flush(), this.#entry(timeMs, this.pathPrefix, mark, text));
    };
    if (event.type === 'ExecutionSucceeded') add('succeeded', 'execution succeeded');
    else if (event.type === 'ExecutionFailed') add('failed', `execution failed${because}`);
    else if (event.type === 'ExecutionTimedOut') add('failed', `execution timed out${because}`);
    else if (event.type === 'ExecutionAborted') add('stopped', `execution stopped${because}`);
    else if (event.type === 'ExecutionRedriven') add('info', 'execution redriven from the failure');
  }

  #work(event: HistoryEvent, step: Step, out: EventEntry[]): void {
    const { type, timestampMs: timeMs, details } = event;
    const attempt = step.attempts.length;
    if (type.endsWith('Scheduled')) {
      const pending = this.#pending.get(step.id);
      this.#pending.delete(step.id);
      const what = step.resource ?? '';
      if (pending) out.push({ ...pending, text: `${pending.text} ${what}`.trimEnd() });
      if (attempt > 1)
        out.push(this.#entry(timeMs, step.path, 'entered', `${formatOrdinal(attempt)} attempt  ${what}`));
      return;
    }
    if (type === 'MapStateStarted') {
      const count = step.itemCount ?? 0;
      out.push(this.#entry(timeMs, step.path, 'info', count === 1 ? '1 item' : `${count} items`));
      return;
    }
    if (type === 'MapRunStarted') {
      out.push(this.#entry(timeMs, step.path, 'info', `map run ${textOf(details, 'mapRunArn') ?? ''}`.trimEnd()));
      return;
    }
    if (type === 'MapIterationFailed' || type === 'MapIterationAborted') {
      const word = type.endsWith('Failed') ? 'failed' : 'stopped';
      out.push(this.#entry(timeMs, step.path, word, `item ${numberOf(details, 'index') ?? '?'} ${word}`));
      return;
    }
    if (!/(Failed|TimedOut|Aborted)$/.test(type)) return;
    this.#take(step.id, out);
    const failure = failureLine(textOf(details, 'error'), textOf(details, 'cause'));
    const word = type.endsWith('Aborted') ? 'stopped' : type.endsWith('TimedOut') ? 'timed out' : 'failed';
    const which = attempt > 1 ? `${formatOrdinal(attempt)} attempt ${word}` : word;
    const mark = word === 'stopped' ? 'stopped' : 'failed';
    out.push(this.#entry(timeMs, step.path, mark, failure === undefined ? which : `${which}: ${failure}`));
  }

  #take(id: number, out: EventEntry[]): void {
    const entry = this.#pending.get(id);
    if (!entry) return;
    this.#pending.delete(id);
    out.push(entry);
  }

  #entry(timeMs: number, path: readonly string[], mark: EventMark, text: string): EventEntry {
    return { kind: 'event', timeMs, late: false, path, mark, text };
  }
}

/** What the job run of a step used, from the JobRun object that `.sync` gives as result. */
function usage(step: Step): string {
  if (!step.attempts.at(-1)?.jobRun) return '';
  const run = jsonObject(step.output);
  const seconds = run && numberOf(run, 'ExecutionTime');
  if (!run || seconds === undefined) return '';
  const facts = {
    executionSeconds: seconds,
    dpuSeconds: numberOf(run, 'DPUSeconds'),
    workerType: textOf(run, 'WorkerType'),
    numberOfWorkers: numberOf(run, 'NumberOfWorkers'),
    maxCapacity: numberOf(run, 'MaxCapacity'),
  };
  const estimate = estimateCost(facts);
  return estimate ? `   ${formatDpuHours(estimate)}` : '';
}

/** `job run jr_ab12cd34… of extract-orders, G.1X × 2`. */
export function describeJobRun(
  detail: Pick<JobRunDetail, 'jobName' | 'runId' | 'workerType' | 'numberOfWorkers'>,
): string {
  const id = detail.runId.length > 16 ? `${detail.runId.slice(0, 12)}…` : detail.runId;
  const workers =
    detail.workerType !== undefined && detail.numberOfWorkers !== undefined
      ? `, ${detail.workerType} × ${detail.numberOfWorkers}`
      : '';
  return `job run ${id} of ${detail.jobName}${workers}`;
}
