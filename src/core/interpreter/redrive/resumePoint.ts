import type { ResumePoint } from '../execution.ts';
import type { HistoryEvent } from '../history.ts';
import type { Json, JsonObject } from '../json.ts';
import { LineRecord } from './lineRecord.ts';
import { scopesOf, type Scope } from './scopes.ts';

/** Events of a task, a Parallel or a Map after which its state is left by a catcher. */
const isFailure = /(?:Failed|TimedOut)$/;

/**
 * Where RedriveExecution goes on: the state of the machine's own level that was entered and not left, its input and the
 * variables assigned until then; inside a Parallel or an inline Map the branches and iterations that did not succeed, each at
 * the state that it ended in; of a distributed Map the Map Run, whose children are asked for one by one. Undefined when the history shows no such state, as
 * after a success. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export function resumePoint(definition: JsonObject, events: Iterable<HistoryEvent>): ResumePoint | undefined {
  const reader = new HistoryReader(scopesOf(definition));
  for (const event of events) reader.read(event);
  return reader.resumePoint;
}

/** Ids of the events with which the iterations around an event began, by the name of their Map. */
type Iterations = Readonly<Record<string, number>>;

class HistoryReader {
  readonly #trunk: LineRecord;
  readonly #iterations = new Map<number, LineRecord>();
  readonly #around = new Map<number, Iterations>();
  /** The line that an event belongs to, as far as a state was entered on it. */
  readonly #lines = new Map<number, LineRecord>();
  readonly #types = new Map<number, string>();
  #lastEventId = 0;
  #redriveCount = 0;
  #startedAt = 0;

  constructor(private readonly scopes: ReadonlyMap<string, Scope>) {
    this.#trunk = new LineRecord(scopes);
  }

  read(event: HistoryEvent): void {
    const { id, type, previousEventId } = event;
    this.#lastEventId = id;
    this.#types.set(id, type);
    const before = this.#around.get(previousEventId) ?? {};
    this.#around.set(id, before);
    if (type === 'ExecutionStarted') this.#startedAt = event.timestamp;
    else if (type === 'ExecutionRedriven') {
      this.#redriveCount++;
      this.#trunk.resume();
    } else if (type === 'MapIterationStarted') this.#beginIteration(event, before);
    else this.#readState(event, before);
    const line = this.#lines.get(id) ?? this.#lines.get(previousEventId);
    if (!line) return;
    this.#lines.set(id, line);
    const mapRun = event['mapRunStartedEventDetails'] ?? event['mapRunRedrivenEventDetails'];
    if (typeof mapRun?.['mapRunArn'] === 'string') line.mapRun(mapRun['mapRunArn'], event.timestamp);
  }

  get resumePoint(): ResumePoint | undefined {
    const progress = this.#trunk.progress;
    if (progress?.kind !== 'open') return undefined;
    const { stateName, input, variables, inner, mapRun } = progress;
    return {
      stateName,
      input,
      variables,
      ...(inner && { inner }),
      ...(mapRun && { mapRun }),
      lastEventId: this.#lastEventId,
      redriveCount: this.#redriveCount + 1,
      startedAt: this.#startedAt,
    };
  }

  #beginIteration(event: HistoryEvent, before: Iterations): void {
    const { name, index } = event['mapIterationStartedEventDetails'] ?? {};
    if (typeof name !== 'string' || typeof index !== 'number') return;
    const line = this.#lineOf(name, before)?.inner?.begin(index, event.previousEventId);
    if (!line) return;
    this.#iterations.set(event.id, line);
    this.#around.set(event.id, { ...before, [name]: event.id });
  }

  #readState({ previousEventId, ...event }: HistoryEvent, before: Iterations): void {
    const entered = event['stateEnteredEventDetails'];
    const exited = event['stateExitedEventDetails'];
    const name = (entered ?? exited)?.['name'];
    if (typeof name !== 'string') return;
    if (entered) {
      const line = this.#lineOf(name, before, previousEventId);
      line?.enter(name, parse(entered['input']));
      if (line) this.#lines.set(event.id, line);
    } else if (exited) {
      this.#lineOf(name, before)?.exit(name, parse(exited['output']), {
        assigned: assigned(exited['assignedVariables']),
        byCatch: isFailure.test(this.#types.get(previousEventId) ?? ''),
      });
    }
  }

  /** The line that a state runs on; it begins with a state that is entered right after its Parallel has started. */
  #lineOf(name: string, around: Iterations, enteredAfter?: number): LineRecord | undefined {
    const container = this.scopes.get(name)?.container;
    if (!container) return this.scopes.has(name) ? this.#trunk : undefined;
    if (container.kind === 'Map') {
      const iteration = around[container.name];
      return iteration === undefined ? undefined : this.#iterations.get(iteration);
    }
    const inner = this.#lineOf(container.name, around)?.inner;
    const begins = enteredAfter !== undefined && this.#types.get(enteredAfter) === 'ParallelStateStarted';
    return begins ? inner?.begin(container.branch, enteredAfter) : inner?.line(container.branch);
  }
}

function assigned(texts: unknown): JsonObject {
  if (typeof texts !== 'object' || texts === null) return {};
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, parse(text)]));
}

function parse(text: unknown): Json {
  return typeof text === 'string' ? (JSON.parse(text) as Json) : {};
}
