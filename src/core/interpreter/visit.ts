import { textOrNone } from './fields.ts';
import type { Frame, InnerLine, OpenState } from './frame.ts';
import type { Json, JsonObject } from './json.ts';
import { evaluateJsonata, jsonataText, PAUSE } from './jsonata/evaluate.ts';
import { fillJsonata } from './jsonata/fillTemplate.ts';
import { jsonataFunctions } from './jsonata/functions.ts';
import { parseJsonPath, readPath, type PathRoots } from './paths/jsonPath.ts';
import { fillPayload } from './paths/payloadTemplate.ts';
import { runtimeError } from './stateError.ts';
import type { StateType } from './states/index.ts';

/** What an evaluation sees beside context and variables. */
export interface EvaluationData {
  /** `$` of JSONPath. Default: the state's input. */
  readonly data?: Json | undefined;
  /** `$states.result` of JSONata. */
  readonly result?: Json | undefined;
  /** `$states.errorOutput` of JSONata. */
  readonly errorOutput?: Json | undefined;
  /** `$$.Map` where it is not that of the frame (ItemSelector of a Map). */
  readonly map?: JsonObject | undefined;
}

/** Receives intermediate values for TestState's inspection data, by their names there. */
export type Inspect = (name: string, value: Json) => void;

/** State types with Retry: only their context object counts the retries. */
const CAN_RETRY: ReadonlySet<string> = new Set(['Task', 'Map', 'Parallel']);

const NO_LINES: readonly InnerLine[] = [];

/** One state being run, from its entry to its exit: evaluates the state's fields in its query language. */
export class Visit implements OpenState {
  readonly stateType: StateType;
  readonly isJsonata: boolean;
  readonly input: Json;
  /** When it was entered, in milliseconds since the epoch, and the id of the event that says so. */
  readonly time: number;
  eventId = 0;
  retryCount = 0;
  taskToken: string | undefined;
  inner: readonly InnerLine[] = NO_LINES;
  readonly #inspect: Inspect | undefined;

  constructor(
    readonly frame: Frame,
    readonly name: string,
    readonly state: JsonObject,
    given: {
      readonly stateType: StateType;
      readonly input: Json;
      readonly time: number;
      readonly inspect?: Inspect;
    },
  ) {
    this.stateType = given.stateType;
    this.isJsonata =
      (textOrNone(state['QueryLanguage'], 'QueryLanguage') ?? frame.execution.queryLanguage) === 'JSONata';
    this.input = given.input;
    this.time = given.time;
    this.#inspect = given.inspect;
  }

  get type(): string {
    return this.stateType.name;
  }

  inspect(name: string, value: Json): void {
    this.#inspect?.(name, value);
  }

  /** The context object (`$$`, `$states.context`). */
  context(map: JsonObject | undefined = this.frame.map): JsonObject {
    const fixed = this.frame.execution.context();
    return {
      ...fixed,
      State: fixed['State'] ?? {
        EnteredTime: new Date(this.time).toISOString(),
        Name: this.name,
        ...(CAN_RETRY.has(this.type) && { RetryCount: this.retryCount }),
      },
      ...(this.taskToken !== undefined && { Task: { Token: this.taskToken } }),
      ...(map && { Map: map }),
    };
  }

  roots(given: EvaluationData = {}): PathRoots {
    return {
      data: 'data' in given ? given.data : this.input,
      context: () => this.context(given.map),
      variables: this.frame.variables,
    };
  }

  /** Value at a JSONPath; undefined when a definite path leads nowhere. */
  read(path: string, given: EvaluationData = {}): Json | undefined {
    return readPath(parseJsonPath(path), this.roots(given));
  }

  /** Value at the JSONPath of a field, or `States.Runtime`. */
  require(field: string, path: string, given: EvaluationData = {}): Json {
    const value = this.read(path, given);
    if (value !== undefined) return value;
    const searched = path.startsWith('$$') ? this.context(given.map) : (this.roots(given).data ?? null);
    throw runtimeError(
      `The JSONPath '${path}' specified for the field '${field}' could not be found in the input '${JSON.stringify(searched)}'`,
    );
  }

  /** Fills a template of the state's query language; `field` names it in errors. */
  fill(field: string, template: Json, given: EvaluationData = {}): Json | Promise<Json> {
    if (this.isJsonata) return fillJsonata(template, this.bindings(given), field);
    return this.fillPaths(template, given);
  }

  /** Fills a template of a JSONPath state. */
  fillPaths(template: Json, given: EvaluationData): Json {
    return fillPayload(template, this.roots(given), this.frame.execution.ports);
  }

  /** The value of a field that may be a JSONata expression, or itself when it is none. */
  async jsonata(field: string, value: Json, given: EvaluationData = {}): Promise<Json> {
    const expression = typeof value === 'string' ? jsonataText(value) : undefined;
    return expression === undefined ? value : await evaluateJsonata(expression, this.bindings(given), field);
  }

  bindings(given: EvaluationData): Record<string, unknown> {
    return {
      ...jsonataFunctions(this.frame.execution.ports),
      ...this.frame.variables,
      [PAUSE]: (): Promise<void> | undefined => this.frame.execution.pace.step(this.frame.stop),
      states: {
        input: this.input,
        context: this.context(given.map),
        ...(given.result !== undefined && { result: given.result }),
        ...(given.errorOutput !== undefined && { errorOutput: given.errorOutput }),
      },
    };
  }
}
