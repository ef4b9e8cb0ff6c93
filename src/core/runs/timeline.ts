import type { HistoryEvent } from './ports.ts';
import { jsonObject, numberOf, textOf } from './eventDetails.ts';
import type { RunState } from './model.ts';
import { jobNameOf, linkAttempt, resourceOf } from './timelineLinks.ts';
import type { Step, Timeline } from './timelineModel.ts';
import { enclosing, rootContext, type EventContext, type OpenStep, type Scope } from './timelineScopes.ts';

/**
 * Builds the timeline of one execution from its history. Events come in the order of their ids, each once; types that
 * are not known change nothing.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export class HistoryTimeline implements Timeline {
  readonly #steps: OpenStep[] = [];
  readonly #byId = new Map<number, OpenStep>();
  readonly #byName = new Map<string, OpenStep[]>();
  readonly #open = new Set<OpenStep>();
  readonly #contexts = new Map<number, EventContext>();
  #lastFailed: OpenStep | undefined;

  /** `pathPrefix` stands before every path: the state that started this execution, for a nested one. */
  constructor(private readonly pathPrefix: readonly string[] = []) {}

  get steps(): readonly Step[] {
    return this.#steps;
  }

  get current(): readonly Step[] {
    const parents = new Set<number>();
    for (const step of this.#open) if (step.parentId !== undefined) parents.add(step.parentId);
    return [...this.#open].filter((step) => !parents.has(step.id));
  }

  step(id: number): Step | undefined {
    return this.#byId.get(id);
  }

  visits(name: string): readonly Step[] {
    return this.#byName.get(name) ?? [];
  }

  /** Takes up an event and gives the step that it is about. */
  apply(event: HistoryEvent): Step | undefined {
    const before = this.#contexts.get(event.previousEventId) ?? rootContext;
    const after = this.#advance(event, before);
    this.#contexts.set(event.id, after);
    return after.step;
  }

  #advance(event: HistoryEvent, before: EventContext): EventContext {
    const { type, details } = event;
    if (type.endsWith('StateEntered')) return this.#enter(event, before);
    if (type.endsWith('StateExited')) return this.#exit(event, before);
    if (type.startsWith('Execution')) return this.#execution(event, before);
    if (type.startsWith('MapIteration')) return this.#iteration(event, before);
    if (type.startsWith('MapRun')) {
      const step = before.step;
      const arn = textOf(details, 'mapRunArn');
      if (step && arn !== undefined) step.mapRunArn = arn;
      return before;
    }
    const container = /^(Map|Parallel)State(Started|Succeeded|Failed|Aborted)$/.exec(type);
    if (container) return this.#container(event, before, container[2] ?? '');
    if (type.endsWith('StateAborted')) {
      // It may follow events of the Map or Parallel around what was cut off.
      if (before.step?.type === type.slice(0, -'StateAborted'.length)) {
        this.#close(before.step, 'stopped', event.timestampMs);
      }
      return before;
    }
    if (type === 'EvaluationFailed') return this.#evaluationFailed(event, before);
    return this.#work(event, before);
  }

  #enter(event: HistoryEvent, before: EventContext): EventContext {
    const { details } = event;
    const scope = before.opensBranches && before.step ? nextBranch(before.step) : before.scope;
    const name = textOf(details, 'name') ?? '?';
    const input = textOf(details, 'input');
    const type = event.type.slice(0, -'StateEntered'.length);
    const step: OpenStep = {
      id: event.id,
      name,
      type,
      path: [...this.pathPrefix, ...scope.labels, name],
      ...(scope.owner && { parentId: scope.owner.id }),
      state: 'running',
      isCaught: false,
      isAwaitingRetry: false,
      enteredMs: event.timestampMs,
      ...(input !== undefined && { input }),
      attempts: [],
      scope,
      branches: 0,
    };
    this.#steps.push(step);
    this.#byId.set(step.id, step);
    const visits = this.#byName.get(name);
    if (visits) visits.push(step);
    else this.#byName.set(name, [step]);
    this.#open.add(step);
    const left = before.step;
    if (left && !this.#open.has(left) && left.next === undefined && left.scope === scope) left.next = name;
    // A Fail state has no exit of its own.
    if (type === 'Fail') this.#close(step, 'failed', event.timestampMs);
    return { scope, step, opensBranches: false };
  }

  #exit(event: HistoryEvent, before: EventContext): EventContext {
    const name = textOf(event.details, 'name');
    let step: OpenStep | undefined;
    for (const candidate of enclosing(before)) {
      if (candidate.name === name && this.#open.has(candidate)) {
        step = candidate;
        break;
      }
    }
    step ??= [...this.#open].findLast((candidate) => candidate.name === name);
    if (!step) return before;
    const output = textOf(event.details, 'output');
    if (output !== undefined) step.output = output;
    // Leaving by the door although the last try failed: a Catch took it up.
    const failed = step.attempts.at(-1)?.state ?? 'succeeded';
    step.isCaught = step.error !== undefined && failed !== 'succeeded';
    this.#close(step, 'succeeded', event.timestampMs);
    return { scope: step.scope, step, opensBranches: false };
  }

  #execution(event: HistoryEvent, before: EventContext): EventContext {
    switch (event.type) {
      case 'ExecutionSucceeded':
      case 'ExecutionFailed':
      case 'ExecutionTimedOut':
      case 'ExecutionAborted':
        this.#end(event, before);
        return rootContext;
      case 'ExecutionRedriven': {
        const step = this.#lastFailed;
        this.#lastFailed = undefined;
        return { scope: step?.scope ?? rootContext.scope, step, opensBranches: false };
      }
      default:
        return rootContext;
    }
  }

  #end(event: HistoryEvent, before: EventContext): void {
    const failed = event.type === 'ExecutionFailed';
    const error = textOf(event.details, 'error');
    const cause = textOf(event.details, 'cause');
    for (const step of enclosing(before)) {
      if (event.type === 'ExecutionSucceeded' || event.type === 'ExecutionAborted') break;
      if (step.error === undefined && error !== undefined) step.error = error;
      if (step.cause === undefined && cause !== undefined) step.cause = cause;
      if (failed) this.#close(step, 'failed', event.timestampMs);
    }
    const rest: RunState = event.type === 'ExecutionTimedOut' ? 'timedOut' : 'stopped';
    for (const step of [...this.#open]) {
      this.#close(step, step.isAwaitingRetry && failed ? 'failed' : rest, event.timestampMs);
    }
  }

  #iteration(event: HistoryEvent, before: EventContext): EventContext {
    const name = textOf(event.details, 'name');
    let map: OpenStep | undefined;
    for (const candidate of enclosing(before)) {
      if (candidate.type === 'Map' && (name === undefined || candidate.name === name)) {
        map = candidate;
        break;
      }
    }
    if (!map) return before;
    if (event.type === 'MapIterationStarted') {
      const label = `${map.name}[${numberOf(event.details, 'index') ?? '?'}]`;
      return { scope: { labels: [...map.scope.labels, label], owner: map }, step: undefined, opensBranches: false };
    }
    if (event.type === 'MapIterationSucceeded') map.itemsDone = (map.itemsDone ?? 0) + 1;
    else if (before.scope.owner === map) this.#closeWithin(before.scope, event.timestampMs);
    return { scope: map.scope, step: map, opensBranches: false };
  }

  #container(event: HistoryEvent, before: EventContext, what: string): EventContext {
    const type = event.type.startsWith('Map') ? 'Map' : 'Parallel';
    let step: OpenStep | undefined;
    for (const candidate of enclosing(before)) {
      if (candidate.type === type && this.#open.has(candidate)) {
        step = candidate;
        break;
      }
    }
    if (!step) return before;
    if (what === 'Started') {
      const length = numberOf(event.details, 'length');
      if (length !== undefined) step.itemCount = length;
      step.itemsDone = 0;
      step.branches = 0;
      this.#begin(step, event.timestampMs);
      return { scope: step.scope, step, opensBranches: type === 'Parallel' };
    }
    for (const inner of [...this.#open])
      if (isWithin(inner, step)) this.#close(inner, endOfInner(inner), event.timestampMs);
    if (what === 'Aborted') this.#close(step, 'stopped', event.timestampMs);
    else this.#finish(step, what === 'Succeeded' ? 'succeeded' : 'failed', event);
    if (what === 'Failed') this.#inheritFailure(step);
    return { scope: step.scope, step, opensBranches: false };
  }

  /** A Map or Parallel fails for what failed in it; its own event does not say. */
  #inheritFailure(step: OpenStep): void {
    const inner = this.#steps.findLast((each) => each.error !== undefined && isWithin(each, step));
    if (step.error === undefined && inner?.error !== undefined) step.error = inner.error;
    if (step.cause === undefined && inner?.cause !== undefined) step.cause = inner.cause;
  }

  #evaluationFailed(event: HistoryEvent, before: EventContext): EventContext {
    const name = textOf(event.details, 'state');
    const step = [...enclosing(before)].find((candidate) => name === undefined || candidate.name === name);
    if (step) this.#finish(step, 'failed', event);
    return before;
  }

  /** Task, Lambda function and activity events tell of a try. */
  #work(event: HistoryEvent, before: EventContext): EventContext {
    const match = /^(?:Task|LambdaFunction|Activity)(\w+)$/.exec(event.type);
    const { step } = before;
    if (!match || !step) return before;
    const { details } = event;
    const attempt = step.attempts.at(-1);
    switch (match[1]) {
      case 'Scheduled':
        step.resource = resourceOf(event.type, details) ?? step.resource ?? event.type;
        this.#begin(step, event.timestampMs, jobNameOf(details));
        break;
      case 'Submitted':
        if (attempt) linkAttempt(attempt, jsonObject(textOf(details, 'output')));
        break;
      case 'Succeeded':
        if (attempt) linkAttempt(attempt, jsonObject(textOf(details, 'output')));
        this.#finish(step, 'succeeded', event);
        break;
      case 'TimedOut':
        this.#finish(step, 'timedOut', event);
        break;
      case 'ScheduleFailed':
        this.#begin(step, event.timestampMs);
        this.#finish(step, 'failed', event);
        break;
      case 'Failed':
      case 'StartFailed':
      case 'SubmitFailed':
        if (attempt) linkAttempt(attempt, jsonObject(textOf(details, 'cause')));
        this.#finish(step, 'failed', event);
        break;
      default:
    }
    return { scope: step.scope, step, opensBranches: false };
  }

  #begin(step: OpenStep, timeMs: number, jobName?: string): void {
    if (!this.#open.has(step)) this.#reopen(step);
    step.isAwaitingRetry = false;
    step.attempts.push({
      number: step.attempts.length + 1,
      state: 'running',
      startedMs: timeMs,
      ...(jobName !== undefined && { jobName }),
    });
  }

  /** A redrive takes up a step that had ended. */
  #reopen(step: OpenStep): void {
    step.state = 'running';
    delete step.exitedMs;
    delete step.error;
    delete step.cause;
    this.#open.add(step);
    if (step.scope.owner && !this.#open.has(step.scope.owner)) this.#reopen(step.scope.owner);
  }

  #finish(step: OpenStep, state: RunState, event: HistoryEvent): void {
    const attempt = step.attempts.at(-1);
    const error = textOf(event.details, 'error') ?? (state === 'timedOut' ? 'States.Timeout' : undefined);
    const cause = textOf(event.details, 'cause');
    if (attempt) {
      attempt.state = state;
      attempt.endedMs = event.timestampMs;
      if (error !== undefined) attempt.error = error;
      if (cause !== undefined) attempt.cause = cause;
    }
    if (state === 'succeeded') {
      delete step.error;
      delete step.cause;
      return;
    }
    if (error !== undefined) step.error = error;
    if (cause !== undefined) step.cause = cause;
    step.isAwaitingRetry = true;
  }

  #close(step: OpenStep, state: RunState, timeMs: number): void {
    if (!this.#open.delete(step) && step.state !== 'running') return;
    step.state = state;
    step.exitedMs = timeMs;
    step.isAwaitingRetry = false;
    const attempt = step.attempts.at(-1);
    if (attempt?.state === 'running') {
      attempt.state = state;
      attempt.endedMs = timeMs;
    }
    if (state === 'failed' || state === 'timedOut') this.#lastFailed ??= step;
    if (this.#open.size === 0 && state === 'succeeded') this.#lastFailed = undefined;
  }

  #closeWithin(scope: Scope, timeMs: number): void {
    for (const step of [...this.#open]) if (step.scope === scope) this.#close(step, endOfInner(step), timeMs);
  }
}

function nextBranch(parallel: OpenStep): Scope {
  parallel.branches += 1;
  return { labels: [...parallel.scope.labels, `Branch ${parallel.branches}`], owner: parallel };
}

function isWithin(step: OpenStep, container: OpenStep): boolean {
  for (let owner = step.scope.owner; owner; owner = owner.scope.owner) if (owner === container) return true;
  return false;
}

function endOfInner(step: OpenStep): RunState {
  return step.isAwaitingRetry ? 'failed' : 'stopped';
}
